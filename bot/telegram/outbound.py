"""From effects to Bot API calls: one card edited in place, letters and files as messages."""

from __future__ import annotations

import asyncio
import io
import logging
from dataclasses import replace
from typing import TYPE_CHECKING

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    MessageEntity,
)
from telegram.constants import ChatAction
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.conversation.talk.effects import (
    SendChart,
    SendExport,
    SendFiles,
    SendInvitation,
    SendLetter,
    SendNotes,
    SendSigned,
    SendTemplate,
    SendText,
    Show,
    Toast,
)
from bot.desk import signed
from bot.documents.text import MESSAGE_UNITS, split, utf16_units
from bot.telegram.inviting import invitation_keyboard
from bot.telegram.previews import ALBUM, NO_PREVIEW, Previews, acting
from bot.telegram.retries import Retries

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from concurrent.futures import Executor

    from telegram import Bot

    from bot.conversation.talk.effects import Effect
    from bot.conversation.talk.values import Screen
    from bot.desk import Desk, Document, Receipt

log = logging.getLogger(__name__)

TOAST_LENGTH = 200
CAPTION_LENGTH = 1000
ZIP_TIME_OUT = 300.0
"""Seconds for sending 45 MB over a slow line."""


class Outbound:
    """Delivers receipts to chats. `pause` waits between attempts; tests hand in their own."""

    def __init__(
        self,
        bot: Bot,
        desk: Desk,
        workshop: Executor,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._bot = bot
        self._desk = desk
        self._workshop = workshop
        self.retried = Retries(pause)
        self._previews = Previews(bot, desk, workshop, self.retried)

    async def deliver(
        self, receipt: Receipt, chat_id: int, query_id: str = "", tapped: int = 0
    ) -> None:
        """What was asked for first, then the card below it; `tapped` is the message of a tap."""
        toast = next((e.text for e in receipt.effects if isinstance(e, Toast)), "")
        if query_id:
            await self._answer(query_id, toast)
        below = said = False
        try:
            for effect in receipt.effects:
                below |= await self._sent(receipt, chat_id, effect)
            # Settled at once: a process killed from here on does not send it a second time.
            self._desk.settle(receipt)
            said = True
            for effect in receipt.effects:
                if isinstance(effect, Show):
                    shown = replace(effect, below=effect.below or below)
                    await self.show(receipt.user_id, chat_id, shown, tapped)
            if receipt.forgotten:
                await self._previews.removed(chat_id, receipt.forgotten)
        except Forbidden:
            log.info("a user has blocked the bot")
            self._desk.settle(receipt)
        except TelegramError as error:
            log.warning("a message could not be delivered: %s", type(error).__name__)
            if not said:
                self._desk.not_delivered(receipt)

    async def _sent(self, receipt: Receipt, chat_id: int, effect: Effect) -> bool:
        """Send what is a message of its own; whether the card must move below it."""
        if isinstance(effect, SendLetter):
            return await self._previews.show(receipt, chat_id, effect)
        if isinstance(effect, SendFiles):
            await self._send_files(receipt.user_id, chat_id, effect)
        elif isinstance(effect, SendChart):
            await self._send_chart(receipt, chat_id, effect)
        elif isinstance(effect, SendText):
            await self._send_text(chat_id, effect.text)
        elif isinstance(effect, SendTemplate | SendNotes):
            await self._send_attached(chat_id, effect)
        elif isinstance(effect, SendExport):
            await self._send_export(receipt, chat_id)
        elif isinstance(effect, SendInvitation):
            await self._send_invitation(receipt, chat_id, effect)
        elif isinstance(effect, SendSigned) and effect.formats:
            await self._send_signed(receipt, chat_id, effect)
        elif isinstance(effect, SendSigned):
            return await self._previews.show_signed(receipt, chat_id, effect)
        return False

    async def say(self, chat_id: int, text: str, query_id: str = "") -> None:
        """One plain line, where nothing else can be done."""
        try:
            if query_id:
                await self._answer(query_id, text)
            await self._bot.send_message(chat_id, text)
        except TelegramError as error:
            log.warning("a message could not be delivered: %s", type(error).__name__)

    async def _answer(self, query_id: str, text: str) -> None:
        try:
            await self._bot.answer_callback_query(query_id, text[:TOAST_LENGTH] or None)
        except TelegramError as error:
            log.info("a tap could not be answered: %s", type(error).__name__)

    async def show(self, user_id: str, chat_id: int, effect: Show, tapped: int = 0) -> None:
        """The screen, in the card where it can be: of somebody forgotten, in what was tapped."""
        card = self._desk.store.cards.of(user_id) or tapped
        if card and not effect.below and await self._edited(chat_id, card, effect.screen):
            return
        text, entities = _card_text(effect.screen)
        message = await self.retried(
            lambda: self._bot.send_message(
                chat_id,
                text,
                entities=entities,
                reply_markup=_keyboard(effect.screen),
                link_preview_options=NO_PREVIEW,
            ),
            again_after_time_out=True,
        )
        self._desk.store.cards.put(user_id, message.message_id)
        if card:
            await self._removed(chat_id, card)

    async def _edited(self, chat_id: int, card: int, screen: Screen) -> bool:
        """Whether the card now shows the screen."""
        text, entities = _card_text(screen)
        try:
            await self.retried(
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

    async def _removed(self, chat_id: int, message_id: int) -> None:
        """Take the old card away; an old message that cannot go only loses its place."""
        try:
            await self._bot.delete_message(chat_id, message_id)
        except TelegramError:
            log.debug("an old card could not be removed")

    async def _send_text(self, chat_id: int, text: str) -> None:
        for part in split(text):
            await self.retried(
                lambda part=part: self._bot.send_message(  # type: ignore[misc]
                    chat_id, part, link_preview_options=NO_PREVIEW
                )
            )

    async def _send_chart(self, receipt: Receipt, chat_id: int, effect: SendChart) -> None:
        await acting(self._bot, chat_id, ChatAction.UPLOAD_PHOTO)
        loop = asyncio.get_running_loop()
        drawn = await loop.run_in_executor(self._workshop, self._desk.chart, effect, receipt)
        for number, picture in enumerate(drawn.pictures):
            caption = None if number else drawn.alt[:CAPTION_LENGTH]
            await self.retried(
                lambda picture=picture, caption=caption: self._bot.send_photo(  # type: ignore[misc]
                    chat_id,
                    picture,
                    caption=caption,
                    filename=f"{effect.state or effect.treaty}.png",
                )
            )

    async def _send_files(self, user_id: str, chat_id: int, effect: SendFiles) -> None:
        await acting(self._bot, chat_id, ChatAction.UPLOAD_DOCUMENT)
        loop = asyncio.get_running_loop()
        head = self._desk.shelves.letterheads.over(effect.draft.id, user_id)
        effect = signed.bound(self._desk, effect)
        documents = await loop.run_in_executor(self._workshop, self._desk.files, effect, head)
        await self._send_documents(chat_id, documents)

    async def _send_signed(self, receipt: Receipt, chat_id: int, effect: SendSigned) -> None:
        found = signed.gathered(self._desk, effect, receipt.user_id, receipt.language)
        if found is None:
            return
        await acting(self._bot, chat_id, ChatAction.UPLOAD_DOCUMENT)
        head = self._desk.shelves.letterheads.of(found.signing.owner)
        documents = await asyncio.get_running_loop().run_in_executor(
            self._workshop, signed.files, found, effect.formats, head
        )
        await self._send_documents(chat_id, documents)

    async def _send_invitation(
        self, receipt: Receipt, chat_id: int, effect: SendInvitation
    ) -> None:
        """The text as a message to forward; below it, to share it and to copy the link."""
        _ = self._desk.translator(receipt.language)
        await self.retried(
            lambda: self._bot.send_message(
                chat_id,
                effect.text,
                link_preview_options=NO_PREVIEW,
                reply_markup=invitation_keyboard(_, effect),
            )
        )

    async def _send_attached(self, chat_id: int, effect: SendTemplate | SendNotes) -> None:
        await acting(self._bot, chat_id, ChatAction.UPLOAD_DOCUMENT)
        loop = asyncio.get_running_loop()
        document = await loop.run_in_executor(self._workshop, self._desk.attached, effect)
        await self._send_documents(chat_id, (document,))

    async def _send_export(self, receipt: Receipt, chat_id: int) -> None:
        from bot.desk.exporting import exported  # noqa: PLC0415 -- few ask for it

        await acting(self._bot, chat_id, ChatAction.UPLOAD_DOCUMENT)
        whose, language = receipt.user_id, receipt.language
        document = await exported(self._desk, self._workshop, whose, language)
        if document is None:
            return
        await self.retried(
            lambda: self._bot.send_document(
                chat_id,
                io.BytesIO(document.data),
                filename=document.name,
                write_timeout=ZIP_TIME_OUT,
                read_timeout=ZIP_TIME_OUT,
            )
        )

    async def _send_documents(self, chat_id: int, documents: tuple[Document, ...]) -> None:
        if len(documents) == 1:
            await self.retried(
                lambda: self._bot.send_document(
                    chat_id, io.BytesIO(documents[0].data), filename=documents[0].name
                )
            )
        elif documents:
            media = [
                InputMediaDocument(document.data, filename=document.name)
                for document in _fitting(documents)
            ]
            await self.retried(lambda: self._bot.send_media_group(chat_id, media))


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


def _fitting(documents: tuple[Document, ...]) -> list[Document]:
    """At most one album's worth: the last pages' pictures give way to the files."""
    files = [document for document in documents if not document.name.endswith(".png")]
    pictures = [document for document in documents if document.name.endswith(".png")]
    return [*pictures[: ALBUM - len(files)], *files]
