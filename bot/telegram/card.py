"""The card: one message with buttons, changed in place, or put anew below what was sent."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity
from telegram.error import BadRequest, TelegramError

from bot.documents.text import MESSAGE_UNITS, split, utf16_units
from bot.storage.errors import StoreError
from bot.telegram.lanes import LostError
from bot.telegram.previews import NO_PREVIEW

if TYPE_CHECKING:
    from telegram import Bot, Message

    from bot.conversation.talk.effects import Show
    from bot.conversation.talk.values import Screen
    from bot.desk import Desk
    from bot.telegram.retries import Retries

log = logging.getLogger(__name__)


class Card:
    """Everybody's card; remembers which earlier ones have gone."""

    def __init__(self, bot: Bot, desk: Desk, retried: Retries) -> None:
        self._bot = bot
        self._cards = desk.store.cards
        self._retried = retried
        self._gone: dict[str, frozenset[int]] = {}

    async def show(
        self, user_id: str, chat_id: int, effect: Show, tapped: int = 0, screen: int = 0
    ) -> None:
        """The screen, in the card where it can be: of somebody forgotten, in what was tapped."""
        cards = self._cards
        card, stale = cards.all_of(user_id)
        card = card or tapped
        below = effect.below or cards.is_unsure(user_id)
        if card and not below and await self._edited(chat_id, card, effect.screen):
            cards.shown(user_id, screen)
            await self._cleared(user_id, chat_id, stale)
            return
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
        await self._cleared(user_id, chat_id, stale)

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

    async def _edited(self, chat_id: int, card: int, screen: Screen) -> bool:
        """Whether the card now shows the screen."""
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
            return "not modified" in error.message.lower()
        return True

    async def _cleared(self, user_id: str, chat_id: int, stale: tuple[int, ...]) -> None:
        """Take earlier cards away, once; one that is too old to go only loses its place.

        That they went is written down with the next card.
        """
        gone = self._gone.get(user_id, frozenset())
        if gone.issuperset(stale):
            return
        for message_id in stale:
            if message_id in gone:
                continue
            try:
                await self._bot.delete_message(chat_id, message_id)
            except BadRequest:
                log.debug("an old card could not be removed")
            except TelegramError:
                continue
            gone |= {message_id}
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
