"""The card: one message with buttons, changed in place, or put anew below what was sent."""

from __future__ import annotations

import hashlib
import logging
from collections import OrderedDict
from typing import TYPE_CHECKING

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity
from telegram.error import BadRequest

from bot.documents.text import MESSAGE_UNITS, split, utf16_units
from bot.storage.errors import StoreError
from bot.storage.postgres.looks import Look
from bot.telegram.lanes import LostError
from bot.telegram.previews import NO_PREVIEW
from bot.telegram.removing import removed

if TYPE_CHECKING:
    from telegram import Bot, Message

    from bot.conversation.talk.effects import Show
    from bot.conversation.talk.values import Screen
    from bot.desk import Desk
    from bot.telegram.retries import Retries

log = logging.getLogger(__name__)

MOST_STALE = 5
"""So many earlier cards stand in a chat before they are taken away in one call."""

MOST_ABOVE = 2
"""So often a tap may bring files without the card being put below them."""

MOST_LOOKS = 10_000
"""Of so many people it is known what their card looks like; of others it is shown once more."""


class Card:
    """Everybody's card; remembers which earlier ones have gone."""

    def __init__(self, bot: Bot, desk: Desk, retried: Retries) -> None:
        self._bot = bot
        self._cards = desk.store.cards
        self._retried = retried
        self._gone: dict[str, frozenset[int]] = {}
        self._looks: OrderedDict[str, Look] = OrderedDict()
        self._left = desk.store.lanes.looks if desk.store.lanes else None

    async def show(  # noqa: PLR0913 -- all that decides where it stands
        self,
        user_id: str,
        chat_id: int,
        effect: Show,
        tapped: int = 0,
        screen: int = 0,
        *,
        files: bool = False,
        ends: bool = False,
    ) -> bool:
        """The screen, in the card where it can be: of somebody forgotten, in what was tapped.

        A new card leaves the earlier one where it is until some have gathered, or until something
        is at its end (`ends`): they are taken away together. Where a tap has brought nothing but
        `files`, the card stays above a few of them. Gives whether the message that was tapped is
        another now, or gone.
        """
        cards = self._cards
        card, stale = cards.all_of(user_id)
        card = card or tapped
        stays = files and self._has_room(user_id, tapped)
        if stays and self._looks[user_id].digest == self._digest(effect.screen):
            cards.shown(user_id, screen)
            return False
        below = (effect.below and not stays) or cards.is_unsure(user_id)
        edited = await self._edited(chat_id, card, effect.screen) if card and not below else None
        if edited is not None:
            self._look(user_id, card, effect.screen)
            cards.shown(user_id, screen)
            return edited
        cards.doubt(user_id)
        message = await self._sent(chat_id, effect.screen)
        gone = self._gone.get(user_id, frozenset())
        stale = tuple(one for one in stale if one not in gone)
        stale = (*stale, card) if card else stale
        try:
            self._retried.check()
            cards.put(user_id, message.message_id, stale, screen)
        except (StoreError, LostError):
            await self._cleared(user_id, chat_id, (message.message_id,))
            raise
        cards.be_sure(user_id)
        self._look(user_id, message.message_id, effect.screen)
        if ends or len(stale) >= MOST_STALE:
            await self._cleared(user_id, chat_id, stale)
            return True
        return False

    def _has_room(self, user_id: str, tapped: int) -> bool:
        """Whether few files stand under the card that was tapped, if it is the person's."""
        look = self._looks.get(user_id) or self._left_behind(user_id)
        if look is None or look.card != tapped:
            return False
        self._looks[user_id] = look = look._replace(above=look.above + 1)
        return look.above <= MOST_ABOVE

    def _left_behind(self, user_id: str) -> Look | None:
        """What the process knew that had the person's lane last."""
        try:
            return self._left.of(user_id) if self._left else None
        except StoreError:
            return None  # then the card is put below what is sent

    def forget(self, user_id: str) -> None:
        """Nothing is remembered of somebody's cards."""
        self._looks.pop(user_id, None)
        self._gone.pop(user_id, None)

    def unlook(self, user_id: str) -> Look | None:
        """Another process may change the card from now on; what it looks like until then."""
        return self._looks.pop(user_id, None)

    def _look(self, user_id: str, card: int, screen: Screen) -> None:
        before = self._looks.pop(user_id, None)
        above = before.above if before and before.card == card else 0
        self._looks[user_id] = Look(card, self._digest(screen), above)
        if len(self._looks) > MOST_LOOKS:
            self._looks.popitem(last=False)

    def _digest(self, screen: Screen) -> bytes:
        """What tells a screen from others, without its words."""
        shown = repr((_card_text(screen), screen.rows)).encode()
        if self._left:
            return self._left.digest(shown)
        return hashlib.blake2b(shown, digest_size=16).digest()

    async def _sent(self, chat_id: int, screen: Screen) -> Message:
        text, entities = _card_text(screen)
        return await self._retried(
            lambda: self._bot.send_message(
                chat_id,
                text,
                entities=entities,
                reply_markup=_keyboard(screen),
                link_preview_options=NO_PREVIEW,
            ),
            again_after_time_out=True,
        )

    async def _edited(self, chat_id: int, card: int, screen: Screen) -> bool | None:
        """Whether the card was changed to show the screen; None where it can not be."""
        text, entities = _card_text(screen)
        try:
            await self._retried(
                lambda: self._bot.edit_message_text(
                    text,
                    chat_id,
                    card,
                    entities=entities,
                    reply_markup=_keyboard(screen),
                    link_preview_options=NO_PREVIEW,
                ),
                again_after_time_out=True,
            )
        except BadRequest as error:
            return False if "not modified" in error.message.lower() else None
        return True

    async def _cleared(self, user_id: str, chat_id: int, stale: tuple[int, ...]) -> None:
        """Take earlier cards away, once; one that is too old to go only loses its place.

        That they went is written down with the next card.
        """
        gone = self._gone.get(user_id, frozenset())
        left = tuple(one for one in stale if one not in gone)
        if left and await removed(self._bot, chat_id, left):
            gone |= frozenset(left)
        self._gone[user_id] = gone & frozenset(stale)


def _card_text(screen: Screen) -> tuple[str, list[MessageEntity]]:
    """The title in bold and the text below it, within one message; what may be changed as code."""
    text = f"{screen.title}\n\n{screen.text}" if screen.text else screen.title
    if utf16_units(text) > MESSAGE_UNITS:
        text = split(text, MESSAGE_UNITS - 2)[0] + "\n…"
    entities = [MessageEntity(MessageEntity.BOLD, 0, utf16_units(screen.title))]
    start = text.find(screen.filled, len(screen.title)) if screen.filled else -1
    if start > 0:
        # A tap copies it, to be changed and sent back.
        offset, length = utf16_units(text[:start]), utf16_units(screen.filled)
        entities.append(MessageEntity(MessageEntity.CODE, offset, length))
    return text, entities


def _keyboard(screen: Screen) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(button.label, callback_data=button.data) for button in row]
            for row in screen.rows
        ]
    )
