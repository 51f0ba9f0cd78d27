"""From the body of a request to an event of the conversation: strict, and never more than a no."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.conversation.talk.events import Command, FileSent, Tap, Typed

if TYPE_CHECKING:
    from bot.conversation.talk.events import Event

MAX_NUMBER = 2**53
"""The page counts in numbers of JavaScript; there are none between these beyond."""

MAX_ABOUT = 100
MAX_TAB = 40
MAX_LOOK = 100_000
"""Bytes of a question where the user is."""

MAX_HALF = 400_000
"""Bytes of a half-typed text: the field takes 20,000 characters."""

_NUMBER_BYTES = 7


class NoEventError(ValueError):
    """The body is no event of the page."""


def event_of(data: bytes) -> tuple[Event, int]:
    """The event and its number. Raises `NoEventError` for whatever else a body may hold."""
    body = _object(data)
    number = body.get("id")
    if type(number) is not int or not 0 <= number <= MAX_NUMBER:  # True is an int, too
        raise NoEventError
    return _event(body), number


@dataclass(frozen=True, slots=True)
class Look:
    """Where am I: `opened` is the tab's id, if it was just opened.

    `made` are the files that it had, `got` those that have arrived since.
    """

    opened: str
    made: tuple[str, ...]
    got: tuple[str, ...]


def look_of(data: bytes) -> Look:
    """A question where the user is. Raises `NoEventError`."""
    if len(data) > MAX_LOOK:
        raise NoEventError
    body = _object(data)
    opened = _text(body, "opened")
    if len(opened) > MAX_TAB:
        raise NoEventError
    return Look(opened, _texts(body, "made"), _texts(body, "got"))


def half_of(data: bytes) -> tuple[str, str]:
    """A tab's id, and what stands in its field. Raises `NoEventError`."""
    if len(data) > MAX_HALF:
        raise NoEventError
    body = _object(data)
    tab, text = _text(body, "tab"), _text(body, "text")
    if not 0 < len(tab) <= MAX_TAB:
        raise NoEventError
    return tab, text


def number_of(user_id: str, number: int) -> int:
    """The event's number among those of all users: nobody else's is the same."""
    digest = hashlib.sha256(f"{user_id}\n{number}".encode()).digest()
    return int.from_bytes(digest[:_NUMBER_BYTES])


def _object(data: bytes) -> dict[str, Any]:
    try:
        body = json.loads(data)
    except (ValueError, RecursionError) as error:  # no text, no JSON, or brackets without end
        raise NoEventError from error
    if not isinstance(body, dict):
        raise NoEventError
    return body


def _event(body: dict[str, Any]) -> Event:
    kind, text, about = _text(body, "kind"), _text(body, "text"), _text(body, "about")
    if kind == "tap":
        return Tap(text)
    if kind == "file":
        return FileSent(text, _data(body), about=about[:MAX_ABOUT])
    if kind != "typed":
        raise NoEventError
    if text.startswith("/") and text[1:2].isalpha():
        name, *rest = text[1:].split(None, 1)
        return Command(name.lower(), rest[0].strip() if rest else "")
    return Typed(text, about[:MAX_ABOUT])


def _text(body: dict[str, Any], key: str) -> str:
    found = body.get(key, "")
    if not isinstance(found, str):
        raise NoEventError
    return found


def _texts(body: dict[str, Any], key: str) -> tuple[str, ...]:
    found = body.get(key, [])
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise NoEventError
    return tuple(found)


def _data(body: dict[str, Any]) -> bytes:
    try:
        return base64.b64decode(_text(body, "data"), validate=True)
    except ValueError as error:
        raise NoEventError from error
