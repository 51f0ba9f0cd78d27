"""From effects to Bot API calls: letters and files as messages, and the card below them."""

from __future__ import annotations

import asyncio
import io
import logging
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from telegram import InputMediaDocument
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
from bot.desk.owing import FILES, OWED, is_owed
from bot.documents.text import split
from bot.machine.hands import DiedError
from bot.storage.errors import StoreError
from bot.telegram.acting import Acting
from bot.telegram.card import Card
from bot.telegram.inviting import invitation_keyboard
from bot.telegram.previews import ALBUM, NO_PREVIEW, Previews
from bot.telegram.retries import Retries
from bot.telegram.sending import EndedError, Sending
from bot.telegram.taps import Taps

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from concurrent.futures import Executor

    from telegram import Bot

    from bot.conversation.talk.draft import Json
    from bot.conversation.talk.effects import Effect
    from bot.desk import Desk, Document, Receipt

log = logging.getLogger(__name__)

CAPTION_LENGTH = 1000
APART = OWED | SendInvitation
"""What is a message of its own."""

ZIP_TIME_OUT = 300.0
"""Seconds for sending 45 MB over a slow line."""


class Outcome(NamedTuple):
    """What became of a receipt: whether all of it arrived.

    `unsure`: something may stand there twice. `sending`: it was no card that did not arrive.
    """

    arrived: bool
    unsure: bool
    sending: bool = False


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
        self.taps = Taps(bot, pause)
        self._acting = Acting(bot, pause)
        self._previews = Previews(bot, desk, workshop, self.retried, self._acting)
        self.card = Card(bot, desk, self.retried)
        self._unwritten: dict[tuple[str, int], Json] = {}

    async def deliver(
        self, receipt: Receipt, chat_id: int, query_id: str = "", tapped: int = 0
    ) -> Outcome:
        """What was asked for first, then the card below it; `tapped` is the message of a tap."""
        user_id = receipt.user_id
        if query_id:
            toast = next((e.text for e in receipt.effects if isinstance(e, Toast)), "")
            await self.taps.heard(user_id, query_id, toast)
        said = False
        sending = Sending(self._desk, receipt, self.retried, self._unwritten)
        try:
            receipt, below = await self._all_sent(receipt, chat_id, sending)
            # Settled at once: a process killed from here on does not send it a second time.
            self._desk.settle(receipt)
            said = True
            await self._show(receipt, chat_id, tapped, by_tap=bool(query_id), below=below)
            if receipt.forgotten is not None:
                self.card.forget(user_id)
                await self._previews.removed(chat_id, receipt.forgotten)
        except Forbidden:
            log.info("a user has blocked the bot")
            self._desk.settle(receipt)
            self._desk.store.cards.shown(receipt.user_id, receipt.screen)
        except TelegramError as error:
            log.warning("a message could not be delivered: %s", type(error).__name__)
            if not said:
                self._desk.not_delivered(receipt)
            return Outcome(arrived=False, unsure=sending.unsure, sending=not said)
        except StoreError as error:
            log.warning("that a message was sent could not be saved: %s", error)
            return Outcome(arrived=False, unsure=sending.unsure)
        finally:
            sending.end()
        return Outcome(arrived=True, unsure=sending.unsure)

    async def _show(
        self, receipt: Receipt, chat_id: int, tapped: int, *, by_tap: bool, below: bool
    ) -> None:
        """The screen. A tap that changed nothing in the card is answered: its button still waits.

        Files may stand under the card; whatever else was sent ends what the earlier cards led to.
        """
        user_id, changed = receipt.user_id, False
        sent = [one for one in receipt.effects if isinstance(one, APART)]
        files = by_tap and bool(sent) and all(_is_file(one) for one in sent)
        ends = below or any(not _is_file(one) for one in sent)
        for effect in receipt.effects:
            if isinstance(effect, Show):
                shown = replace(effect, below=effect.below or below)
                changed |= await self.card.show(
                    user_id, chat_id, shown, tapped, receipt.screen, files=files, ends=ends
                )
        if by_tap and not changed:
            await self.taps.now(user_id)

    async def _all_sent(
        self, receipt: Receipt, chat_id: int, sending: Sending
    ) -> tuple[Receipt, bool]:
        """Send what are messages of their own; whether the card must move below them.

        Not what was sent before; and not what the process has died of, which is told instead.
        """
        below = False
        try:
            for effect in receipt.effects:
                if not (sending.settled and is_owed(effect)):
                    sending.begin(effect)
                    below |= await self._sent(receipt, chat_id, effect, sending)
        except (EndedError, DiedError):
            log.error("what update %s asked for ended the program: left out", receipt.update)  # noqa: TRY400 -- no trace
            receipt = self._desk.not_owed(receipt)
            for effect in receipt.effects:
                if isinstance(effect, SendText):
                    await self._send_text(chat_id, effect.text, self.retried)
            return receipt, True
        return receipt, below

    async def _sent(self, receipt: Receipt, chat_id: int, effect: Effect, sending: Sending) -> bool:
        """Send what is a message of its own; whether the card must move below it."""
        match effect:
            case SendLetter():
                return await self._previews.show(receipt, chat_id, effect, sending)
            case SendFiles():
                await self._send_files(receipt.user_id, chat_id, effect, sending)
            case SendChart():
                await self._send_chart(receipt, chat_id, effect, sending)
            case SendText(text):
                await self._send_text(chat_id, text, sending)
            case SendTemplate() | SendNotes():
                await self._send_attached(chat_id, effect, sending)
            case SendExport():
                await self._send_export(receipt, chat_id, sending)
            case SendInvitation():
                await self._send_invitation(receipt, chat_id, effect)
            case SendSigned(formats=()):
                return await self._previews.show_signed(receipt, chat_id, effect, sending)
            case SendSigned():
                await self._send_signed(receipt, chat_id, effect, sending)
            case _:
                pass
        return False

    async def say(self, chat_id: int, text: str, query_id: str = "") -> bool:
        """One plain line, where nothing else can be done; whether it arrived, or never will."""
        try:
            if query_id:
                await self.taps.answer(query_id, text)
            await self.retried(
                lambda: self._bot.send_message(chat_id, text), again_after_time_out=True
            )
        except (Forbidden, BadRequest):
            log.info("a line could not be delivered: its reader has gone")
        except TelegramError as error:
            log.warning("a message could not be delivered: %s", type(error).__name__)
            return False
        return True

    async def _send_text(self, chat_id: int, text: str, sending: Sending | Retries) -> None:
        for part in split(text):
            await sending(
                lambda part=part: self._bot.send_message(  # type: ignore[misc]
                    chat_id, part, link_preview_options=NO_PREVIEW
                )
            )

    async def _send_chart(
        self, receipt: Receipt, chat_id: int, effect: SendChart, sending: Sending
    ) -> None:
        loop = asyncio.get_running_loop()
        making = loop.run_in_executor(self._workshop, self._desk.chart, effect, receipt)
        drawn = await self._acting(making, chat_id, ChatAction.UPLOAD_PHOTO)
        for number, picture in enumerate(drawn.pictures):
            caption = None if number else drawn.alt[:CAPTION_LENGTH]
            await sending(
                lambda picture=picture, caption=caption: self._bot.send_photo(  # type: ignore[misc]
                    chat_id,
                    picture,
                    caption=caption,
                    filename=f"{effect.state or effect.treaty}.png",
                )
            )

    async def _send_files(
        self, user_id: str, chat_id: int, effect: SendFiles, sending: Sending
    ) -> None:
        loop = asyncio.get_running_loop()
        head = self._desk.shelves.letterheads.over(effect.draft.id, user_id)
        effect = signed.bound(self._desk, effect)
        making = loop.run_in_executor(self._workshop, self._desk.files, effect, head)
        documents = await self._acting(making, chat_id, ChatAction.UPLOAD_DOCUMENT)
        await self._send_documents(chat_id, documents, sending)

    async def _send_signed(
        self, receipt: Receipt, chat_id: int, effect: SendSigned, sending: Sending
    ) -> None:
        found = signed.gathered(self._desk, effect, receipt.user_id, receipt.language)
        if found is None:
            return
        head = self._desk.shelves.letterheads.of(found.signing.owner)
        making = asyncio.get_running_loop().run_in_executor(
            self._workshop, self._desk.signed_files, found, effect.formats, head
        )
        documents = await self._acting(making, chat_id, ChatAction.UPLOAD_DOCUMENT)
        await self._send_documents(chat_id, documents, sending)

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

    async def _send_attached(
        self, chat_id: int, effect: SendTemplate | SendNotes, sending: Sending
    ) -> None:
        loop = asyncio.get_running_loop()
        making = loop.run_in_executor(self._workshop, self._desk.attached, effect)
        document = await self._acting(making, chat_id, ChatAction.UPLOAD_DOCUMENT)
        await self._send_documents(chat_id, (document,), sending)

    async def _send_export(self, receipt: Receipt, chat_id: int, sending: Sending) -> None:
        from bot.desk.exporting import exported  # noqa: PLC0415 -- few ask for it

        whose, language = receipt.user_id, receipt.language
        making = exported(self._desk, self._workshop, whose, language)
        document = await self._acting(making, chat_id, ChatAction.UPLOAD_DOCUMENT)
        if document is None:
            return
        await sending(
            lambda: self._bot.send_document(
                chat_id,
                io.BytesIO(document.data),
                filename=document.name,
                write_timeout=ZIP_TIME_OUT,
                read_timeout=ZIP_TIME_OUT,
            )
        )

    async def _send_documents(
        self, chat_id: int, documents: tuple[Document, ...], sending: Sending
    ) -> None:
        if len(documents) == 1:
            await sending(
                lambda: self._bot.send_document(
                    chat_id, io.BytesIO(documents[0].data), filename=documents[0].name
                )
            )
        elif documents:
            media = [
                InputMediaDocument(document.data, filename=document.name)
                for document in _fitting(documents)
            ]
            await sending(lambda: self._bot.send_media_group(chat_id, media))


def _is_file(effect: Effect) -> bool:
    return isinstance(effect, FILES) and not (isinstance(effect, SendSigned) and not effect.formats)


def _fitting(documents: tuple[Document, ...]) -> list[Document]:
    """At most one album's worth: the last pages' pictures give way to the files."""
    files = [document for document in documents if not document.name.endswith(".png")]
    pictures = [document for document in documents if document.name.endswith(".png")]
    return [*pictures[: ALBUM - len(files)], *files]
