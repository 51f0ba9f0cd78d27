"""From a Telegram update to an event of the conversation."""

from __future__ import annotations

import asyncio
import logging
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from telegram.error import BadRequest, NetworkError, TelegramError

from bot.conversation.talk.events import EDITED, Command, FileSent, Tap, Typed, Unsupported
from bot.letters.model import Language

if TYPE_CHECKING:
    from collections.abc import Callable

    from telegram import Contact, Document, Message, Update

    from bot.conversation.talk.events import Event
    from bot.telegram.retries import Retries

log = logging.getLogger(__name__)

CHANNEL = "telegram"
MAX_FILE = 8 * 1024 * 1024
"""A letterhead has at most so many bytes; anything larger is not fetched."""

FETCH_SECONDS = 60.0
"""A file that takes longer is asked for again, rather than that its sender waits for it."""
MOST_MESSAGES = 2**53
"""No message has such a number, and no database could keep much larger ones."""

_NAMED = re.compile(r"^(?:FN|N)[;:].*\w", re.IGNORECASE | re.MULTILINE)
"""Some phones send cards that hold a number alone."""


@dataclass(frozen=True, slots=True)
class Inbound:
    """Who did what: the chat and user; for a tap, the query to answer and the message tapped."""

    user_id: str
    chat_id: int
    language: Language | None
    query_id: str = ""
    card: int = 0


def sender(update: Update) -> Inbound | None:
    """Who the update is from; None for what is no person's in the private chat with them."""
    user, chat = update.effective_user, update.effective_chat
    if user is None or chat is None or chat.type != "private":
        return None
    if chat.id != user.id or user.is_bot:
        return None  # the answer would be another's to read, or two programs would talk for ever
    edited = update.edited_message is not None and update.edited_message.text is not None
    if update.message is None and update.callback_query is None and not edited:
        return None
    language = interface_language(user.language_code)
    query = update.callback_query
    if query is None:
        return Inbound(f"{CHANNEL}:{user.id}", chat.id, language)
    card = _number(query.message.message_id if query.message else 0)
    card = card if card < MOST_MESSAGES else 0
    return Inbound(f"{CHANNEL}:{user.id}", chat.id, language, query.id, card)


def _text(value: object) -> str:
    """What should be a text: the library takes what it is given, whatever kind of thing that is."""
    return value if isinstance(value, str) else ""


def _number(value: object) -> int:
    """What should be a number, and not below nothing."""
    return max(value, 0) if isinstance(value, int) else 0


def interface_language(code: object) -> Language | None:
    """The interface's language for a user's language tag ("fr-CA"); English for others."""
    code = _text(code)
    if not code:
        return None
    primary = code.split("-")[0].lower()
    return Language(primary) if primary in set(Language) else Language.EN


def in_time() -> asyncio.Timeout:
    """So long one file may take, from the first try to the last."""
    return asyncio.timeout(FETCH_SECONDS)


async def event_of(
    update: Update, retried: Retries, takes: Callable[[int], bool] = lambda _size: True
) -> Event:
    """What the user did. A document is fetched, unless it is too large for anything.

    Nor is it where `takes` says of its size that it is not taken.
    """
    if update.callback_query is not None:
        return Tap(_text(update.callback_query.data))
    message = update.message
    if message is None:
        return Unsupported(EDITED if update.edited_message else "other")
    if message.text is not None:
        return _text_event(_text(message.text))
    if message.document is not None:
        size = _number(message.document.file_size)
        if not takes(size):
            document = message.document
            return FileSent(_text(document.file_name), None, size=size)
        return await _file_event(message.document, retried)
    if message.contact is not None:
        return FileSent("contact.vcf", _card(message.contact).encode("utf-8", "replace"))
    return Unsupported(_kind(message))


def _card(contact: Contact) -> str:
    """A shared contact as a vCard; Telegram gives one only where the phone has more than a name.

    The telephone number is left where it is: nobody signs with it.
    """
    card = _text(contact.vcard)
    if _NAMED.search(card):
        return card
    names = (_escaped(_text(contact.last_name)), _escaped(_text(contact.first_name)))
    return f"BEGIN:VCARD\nVERSION:3.0\nN:{';'.join(names)};;;\nEND:VCARD\n"


def _escaped(text: str) -> str:
    """A value of a vCard (RFC 6350, 3.4)."""
    return re.sub(r"([\\;,])", r"\\\1", " ".join(text.split()))


def _text_event(text: str) -> Event:
    if text.startswith("/") and len(text) > 1 and text[1].isalpha():
        name, *rest = text[1:].split(None, 1)
        return Command(name.split("@", maxsplit=1)[0].lower(), rest[0].strip() if rest else "")
    return Typed(text)


async def _file_event(document: Document, retried: Retries) -> Event:
    name = _text(document.file_name)
    if _number(document.file_size) > MAX_FILE:
        return FileSent(name, None)
    try:
        async with in_time():
            data = await retried(lambda: _fetched(document))
    except BadRequest as error:
        too_large = "too big" in error.message.lower()
        return FileSent(name, None, lost=not too_large)
    # The second is the library's, where it finds no path; the third is ours.
    except (TelegramError, RuntimeError, TimeoutError) as error:
        log.warning("a file could not be fetched: %s", type(error).__name__)
        return FileSent(name, None, lost=True)
    return FileSent(name, data)


async def _fetched(document: Document) -> bytes:
    """The whole file; one that was cut off is a failure of the network."""
    file = await document.get_file()
    data = bytes(await file.download_as_bytearray())
    if len(data) < _number(document.file_size):
        message = "the file was cut off"
        raise NetworkError(message)
    return data


def _kind(message: Message) -> str:
    for kind in ("photo", "sticker", "voice", "video", "audio", "location", "poll"):
        if getattr(message, kind):
            return kind
    return "other"
