"""A letter in the chat: the pictures of its pages and its text, sent, or renewed in place."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from typing import TYPE_CHECKING

from telegram import InputMediaPhoto, LinkPreviewOptions
from telegram.constants import ChatAction
from telegram.error import BadRequest

from bot.desk import signed
from bot.documents.text import split, utf16_units
from bot.telegram.removing import removed

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from concurrent.futures import Executor

    from telegram import Bot

    from bot.conversation.talk.draft import Json
    from bot.conversation.talk.effects import SendLetter, SendSigned
    from bot.desk import Desk, Preview, Receipt
    from bot.telegram.acting import Acting
    from bot.telegram.retries import Retries
    from bot.telegram.sending import Sending

log = logging.getLogger(__name__)

ALBUM = 10
CAPTION_UNITS = 1024
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class Previews:
    """Shows letters; remembers for each user in which messages the last one stands."""

    def __init__(
        self, bot: Bot, desk: Desk, workshop: Executor, retried: Retries, acting: Acting
    ) -> None:
        self._bot = bot
        self._acting = acting
        self._desk = desk
        self._workshop = workshop
        self._retried = retried

    async def show(
        self, receipt: Receipt, chat_id: int, effect: SendLetter, sending: Sending
    ) -> bool:
        """Show the letter; whether new messages were sent for it."""
        head = self._desk.shelves.letterheads.over(effect.draft.id, receipt.user_id)
        effect = replace(effect, signed=signed.bound(self._desk, effect).signed)
        making = asyncio.get_running_loop().run_in_executor(
            self._workshop, self._desk.preview, effect, receipt.language, head
        )
        sign = ChatAction.UPLOAD_PHOTO
        preview = await (making if effect.renews else self._acting(making, chat_id, sign))
        if preview is None:
            return False
        last = self._desk.store.cards.preview(receipt.user_id)
        if effect.renews and await self._renewed(chat_id, preview, last, effect.draft.id):
            return False
        if effect.renews:
            await self.removed(chat_id, last)
        photos = await self._send_pictures(chat_id, preview, sending)
        texts = [await self._send_text(chat_id, text, sending) for text in preview.texts]
        shown = {"draft": effect.draft.id, "photos": photos, "texts": texts}
        self._desk.store.cards.put_preview(receipt.user_id, shown)
        return True

    async def show_signed(
        self, receipt: Receipt, chat_id: int, effect: SendSigned, sending: Sending
    ) -> bool:
        """Show a letter that is open for signing, or was; whether messages were sent for it."""
        found = signed.gathered(self._desk, effect, receipt.user_id, receipt.language)
        if found is None:
            return False
        head = self._desk.shelves.letterheads.of(found.signing.owner)
        making = asyncio.get_running_loop().run_in_executor(
            self._workshop, self._desk.signed_preview, found, receipt.language, head
        )
        preview = await self._acting(making, chat_id, ChatAction.UPLOAD_PHOTO)
        if preview is None:
            return False
        await self._send_pictures(chat_id, preview, sending)
        for text in preview.texts:
            await self._send_text(chat_id, text, sending)
        return True

    async def _renewed(self, chat_id: int, preview: Preview, last: Json, draft_id: str) -> bool:
        """Whether the messages that show the draft's letter could be changed in place."""
        photos, texts = last.get("photos", []), last.get("texts", [])
        pictures = preview.pictures[:ALBUM]
        same = (len(photos), len(texts)) == (len(pictures), len(preview.texts))
        if last.get("draft") != draft_id or not same:
            return False
        caption = _caption(preview)
        for number, (message_id, picture) in enumerate(zip(photos, pictures, strict=True)):
            media = InputMediaPhoto(picture, caption=caption if not number else None)
            if not await self._edited(
                lambda message_id=message_id, media=media: self._bot.edit_message_media(  # type: ignore[misc]
                    media, chat_id, message_id
                )
            ):
                return False
        for message_id, text in zip(texts, preview.texts, strict=True):
            if not await self._edited(
                lambda message_id=message_id, text=text: self._bot.edit_message_text(  # type: ignore[misc]
                    text, chat_id, message_id, link_preview_options=NO_PREVIEW
                )
            ):
                return False
        return True

    async def _edited(self, call: Callable[[], Awaitable[object]]) -> bool:
        try:
            await self._retried(call, again_after_time_out=True)
        except BadRequest as error:
            return "not modified" in error.message.lower()
        return True

    async def removed(self, chat_id: int, last: Json) -> None:
        """Take the messages of a letter away; what cannot go, being too old, stays."""
        messages = (*last.get("photos", ()), *last.get("texts", ()), *last.get("cards", ()))
        if messages and not await removed(self._bot, chat_id, messages):
            log.debug("old messages could not be removed")

    async def _send_pictures(self, chat_id: int, preview: Preview, sending: Sending) -> list[int]:
        caption = _caption(preview)
        pictures = preview.pictures[:ALBUM]
        if len(pictures) == 1:
            sent = await sending(
                lambda: self._bot.send_photo(
                    chat_id, pictures[0], caption=caption, filename="letter.png"
                )
            )
        else:
            media = [
                InputMediaPhoto(picture, caption=caption if not number else None)
                for number, picture in enumerate(pictures)
            ]
            sent = await sending(lambda: self._bot.send_media_group(chat_id, media))
        if preview.notice and not caption:
            for part in split(preview.notice):
                await self._send_text(chat_id, part, sending)
        return sent

    async def _send_text(self, chat_id: int, text: str, sending: Sending) -> int:
        sent = await sending(
            lambda: self._bot.send_message(chat_id, text, link_preview_options=NO_PREVIEW)
        )
        return sent[0]


def _caption(preview: Preview) -> str | None:
    return preview.notice if 0 < utf16_units(preview.notice) <= CAPTION_UNITS else None
