"""From effects to Bot API calls: one card edited in place, letters and files as messages."""

from __future__ import annotations

import asyncio
import io
import logging
from typing import TYPE_CHECKING, TypeVar

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    InputMediaPhoto,
    LinkPreviewOptions,
    MessageEntity,
)
from telegram.constants import ChatAction
from telegram.error import (
    BadRequest,
    Forbidden,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.conversation.values import SendFiles, SendLetter, Show, Toast
from bot.documents.text import MESSAGE_UNITS, split, utf16_units

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from concurrent.futures import Executor

    from telegram import Bot

    from bot.conversation.values import Screen
    from bot.desk import Desk, Document, Preview, Receipt

log = logging.getLogger(__name__)
T = TypeVar("T")

ATTEMPTS = 4
ALBUM = 10
CAPTION_UNITS = 1024
TOAST_LENGTH = 200
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


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
        self._pause = pause

    async def deliver(self, receipt: Receipt, chat_id: int, query_id: str = "") -> None:
        """What was asked for first, then the card below it."""
        toast = next((e.text for e in receipt.effects if isinstance(e, Toast)), "")
        if query_id:
            await self._answer(query_id, toast)
        try:
            for effect in receipt.effects:
                if isinstance(effect, SendLetter):
                    await self._send_letter(receipt, chat_id, effect)
                elif isinstance(effect, SendFiles):
                    await self._send_files(chat_id, effect)
            # Settled at once: a process killed from here on does not send it a second time.
            self._desk.settle(receipt)
            for effect in receipt.effects:
                if isinstance(effect, Show):
                    await self._show(receipt.user_id, chat_id, effect)
        except Forbidden:
            log.info("a user has blocked the bot")
            self._desk.settle(receipt)
        except TelegramError as error:
            log.warning("a message could not be delivered: %s", type(error).__name__)

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

    async def _show(self, user_id: str, chat_id: int, effect: Show) -> None:
        card = self._desk.store.card(user_id)
        if card and not effect.below and await self._edited(chat_id, card, effect.screen):
            return
        text, entities = _card_text(effect.screen)
        message = await self._retried(
            lambda: self._bot.send_message(
                chat_id,
                text,
                entities=entities,
                reply_markup=_keyboard(effect.screen),
                link_preview_options=NO_PREVIEW,
            ),
            again_after_time_out=True,
        )
        self._desk.store.set_card(user_id, message.message_id)
        if card:
            await self._removed(chat_id, card)

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

    async def _removed(self, chat_id: int, message_id: int) -> None:
        """Take the old card away; an old message that cannot go only loses its place."""
        try:
            await self._bot.delete_message(chat_id, message_id)
        except TelegramError:
            log.debug("an old card could not be removed")

    async def _send_letter(self, receipt: Receipt, chat_id: int, effect: SendLetter) -> None:
        await self._acting(chat_id, ChatAction.UPLOAD_PHOTO)
        loop = asyncio.get_running_loop()
        preview = await loop.run_in_executor(
            self._workshop, self._desk.preview, effect, receipt.language
        )
        if preview is None:
            return
        await self._send_pictures(chat_id, preview)
        await self._acting(chat_id, ChatAction.TYPING)
        for text in preview.texts:
            await self._retried(
                lambda text=text: self._bot.send_message(  # type: ignore[misc]
                    chat_id, text, link_preview_options=NO_PREVIEW
                )
            )

    async def _send_pictures(self, chat_id: int, preview: Preview) -> None:
        caption = preview.notice if utf16_units(preview.notice) <= CAPTION_UNITS else ""
        pictures = preview.pictures[:ALBUM]
        if len(pictures) == 1:
            await self._retried(
                lambda: self._bot.send_photo(
                    chat_id, pictures[0], caption=caption or None, filename="letter.png"
                )
            )
        else:
            media = [
                InputMediaPhoto(picture, caption=caption if not number and caption else None)
                for number, picture in enumerate(pictures)
            ]
            await self._retried(lambda: self._bot.send_media_group(chat_id, media))
        if preview.notice and not caption:
            for part in split(preview.notice):
                await self._bot.send_message(chat_id, part)

    async def _send_files(self, chat_id: int, effect: SendFiles) -> None:
        await self._acting(chat_id, ChatAction.UPLOAD_DOCUMENT)
        loop = asyncio.get_running_loop()
        documents = await loop.run_in_executor(self._workshop, self._desk.files, effect)
        if len(documents) == 1:
            await self._retried(
                lambda: self._bot.send_document(
                    chat_id, io.BytesIO(documents[0].data), filename=documents[0].name
                )
            )
        elif documents:
            media = [
                InputMediaDocument(document.data, filename=document.name)
                for document in _fitting(documents)
            ]
            await self._retried(lambda: self._bot.send_media_group(chat_id, media))

    async def _acting(self, chat_id: int, action: ChatAction) -> None:
        try:
            await self._bot.send_chat_action(chat_id, action)
        except Forbidden:
            raise
        except TelegramError:
            log.debug("a chat action was not shown")

    async def _retried(
        self, call: Callable[[], Awaitable[T]], *, again_after_time_out: bool = False
    ) -> T:
        """The call, tried again when the network or the server fails, or asks to wait.

        After a time-out the message may have arrived: only what may stand twice is sent again.
        """
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return await call()
            except (BadRequest, Forbidden):
                raise
            except RetryAfter as error:
                if attempt == ATTEMPTS:
                    raise
                wait = error.retry_after
                seconds = float(wait) if isinstance(wait, int) else wait.total_seconds()
            except NetworkError as error:
                timed_out = isinstance(error, TimedOut) and not again_after_time_out
                if attempt == ATTEMPTS or timed_out:
                    raise
                seconds = 2.0 ** (attempt - 2)
            await self._pause(seconds)
        message = "unreachable"
        raise AssertionError(message)


def _card_text(screen: Screen) -> tuple[str, list[MessageEntity]]:
    """The title in bold and the text below it, within one message."""
    text = f"{screen.title}\n\n{screen.text}" if screen.text else screen.title
    if utf16_units(text) > MESSAGE_UNITS:
        text = split(text, MESSAGE_UNITS - 2)[0] + "\n…"
    return text, [MessageEntity(MessageEntity.BOLD, 0, utf16_units(screen.title))]


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
