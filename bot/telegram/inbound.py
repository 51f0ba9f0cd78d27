"""From a Telegram update to an event of the conversation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from telegram.error import TelegramError

from bot.conversation.events import Command, FileSent, Tap, Typed, Unsupported
from bot.letters.model import Language

if TYPE_CHECKING:
    from telegram import Contact, Document, Message, Update

    from bot.conversation.events import Event

CHANNEL = "telegram"
MAX_FILE = 8 * 1024 * 1024
"""A letterhead has at most so many bytes; anything larger is not fetched."""

CARD = "contact.vcf"
_NAMED = re.compile(r"^(?:FN|N)[;:].*\w", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Inbound:
    """Who did what: the chat and user; for a tap, the query to answer and the message tapped."""

    user_id: str
    chat_id: int
    language: Language | None
    query_id: str = ""
    card: int = 0


def sender(update: Update) -> Inbound | None:
    """Who the update is from; None for what is no private chat's."""
    user, chat = update.effective_user, update.effective_chat
    if user is None or chat is None or chat.type != "private":
        return None
    if update.message is None and update.callback_query is None:
        return None
    language = interface_language(user.language_code)
    query = update.callback_query
    if query is None:
        return Inbound(f"{CHANNEL}:{user.id}", chat.id, language)
    card = query.message.message_id if query.message else 0
    return Inbound(f"{CHANNEL}:{user.id}", chat.id, language, query.id, card)


def interface_language(code: str | None) -> Language | None:
    """The interface's language for a user's language tag ("fr-CA"); English for others."""
    if not code:
        return None
    primary = code.split("-")[0].lower()
    return Language(primary) if primary in set(Language) else Language.EN


async def event_of(update: Update) -> Event:
    """What the user did. A document is fetched, unless it is too large for anything."""
    if update.callback_query is not None:
        return Tap(update.callback_query.data or "")
    message = update.message
    if message is None:
        return Unsupported("other")
    if message.text is not None:
        return _text_event(message.text)
    if message.document is not None:
        return await _file_event(message.document)
    if message.contact is not None:
        return FileSent(CARD, _card(message.contact))
    return Unsupported(_kind(message))


def _text_event(text: str) -> Event:
    if text.startswith("/") and len(text) > 1 and text[1].isalpha():
        return Command(text[1:].split(None, 1)[0].split("@", maxsplit=1)[0].lower())
    return Typed(text)


async def _file_event(document: Document) -> Event:
    name = document.file_name or ""
    if (document.file_size or 0) > MAX_FILE:
        return FileSent(name, None)
    try:
        file = await document.get_file()
        return FileSent(name, bytes(await file.download_as_bytearray()))
    except TelegramError:
        return FileSent(name, None)


def _card(contact: Contact) -> bytes:
    """A shared contact as a card: its own, or one of its name alone; never of its number."""
    own = contact.vcard or ""
    if _NAMED.search(own):
        return own.encode()
    name = " ".join(part for part in (contact.first_name, contact.last_name) if part)
    escaped = "".join(f"\\{char}" if char in "\\,;" else char for char in name)
    lines = ("BEGIN:VCARD", "VERSION:3.0", f"FN:{' '.join(escaped.split())}", "END:VCARD", "")
    return "\r\n".join(lines).encode()


def _kind(message: Message) -> str:
    for kind in ("photo", "sticker", "voice", "video", "audio", "location", "poll"):
        if getattr(message, kind):
            return kind
    return "other"
