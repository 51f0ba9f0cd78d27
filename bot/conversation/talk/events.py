"""Events: what a user did, or what an errand came to."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Command:
    """A command, without its slash; `argument` is what follows it, such as the token of a link."""

    name: str
    argument: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Tap:
    """A button's data, as it stood in a screen."""

    data: str


@dataclass(frozen=True, slots=True)
class Typed:
    """A text message; `about` is the topic of the screen it answers, where a channel knows it."""

    text: str
    about: str = ""


class Reader(StrEnum):
    """What a file is read as."""

    WORD = "word"
    LOGO = "logo"
    SIGNATORIES = "signatories"
    STATUS = "status"
    BOOK = "book"


@dataclass(frozen=True, slots=True)
class FileSent:
    """A document; `about` is as with `Typed`.

    `data` is None where it was too large to fetch, or `lost`; `size` is then what was announced.

    Lost is what the channel could not fetch though it tried: sent again, it may come.

    `found` is what the reader made of it, before the turn: its value, or why it is refused. It is
    None where the file was sent to where files mean nothing.
    """

    name: str
    data: bytes | None = field(repr=False)
    reader: Reader | None = None
    found: object = field(default=None, repr=False)
    lost: bool = False
    about: str = ""
    size: int = 0


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An update that ended the program before, more than once: what it holds is not looked at."""


EDITED = "edited"


@dataclass(frozen=True, slots=True)
class Unsupported:
    """A photo, sticker, voice note or anything else the bot does not read; an `EDITED` message."""

    kind: str


class Ended:
    """What an errand came to: each subject that has errands has its own kinds."""

    __slots__ = ()


Event = Command | Tap | Typed | FileSent | LeftOut | Unsupported | Ended
