"""What a conversation is made of: drafts, users, sets, events, screens and effects."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import Any

from bot.letters.model import Language, Seat, Signatory

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Draft:
    """The answers given so far; None is a question still open. Everything else is derived.

    `fresh` says that the user chose to answer everything anew instead of as last time.
    `place` is a known place's English name, or as typed.
    """

    id: str
    treaty: str | None = None
    state: str | None = None
    language: Language | None = None
    signatories: tuple[Signatory, ...] = ()
    signatories_done: bool = False
    seat: Seat | None = None
    place: str | None = None
    date: dt.date | None = None
    without: frozenset[str] | None = None
    fresh: bool = False
    updated: dt.date | None = None

    @property
    def is_complete(self) -> bool:
        """Whether every question has its answer."""
        return bool(
            self.treaty
            and self.state
            and self.language
            and self.signatories_done
            and self.seat
            and self.place
            and self.date
        )

    def to_json(self) -> Json:
        """The answers as plain JSON values."""
        return {
            "treaty": self.treaty,
            "state": self.state,
            "language": self.language,
            "signatories": signatories_to_json(self.signatories),
            "signatories_done": self.signatories_done,
            "seat": self.seat,
            "place": self.place,
            "date": self.date and self.date.isoformat(),
            "without": None if self.without is None else sorted(self.without),
            "fresh": self.fresh,
            "updated": self.updated and self.updated.isoformat(),
        }

    @classmethod
    def from_json(cls, draft_id: str, data: Json) -> Draft:
        """A draft from what `to_json` gave."""
        return cls(
            id=draft_id,
            treaty=data["treaty"],
            state=data["state"],
            language=data["language"] and Language(data["language"]),
            signatories=signatories_from_json(data["signatories"]),
            signatories_done=data["signatories_done"],
            seat=data["seat"] and Seat(data["seat"]),
            place=data["place"],
            date=data["date"] and dt.date.fromisoformat(data["date"]),
            without=None if data["without"] is None else frozenset(data["without"]),
            fresh=data["fresh"],
            updated=data["updated"] and dt.date.fromisoformat(data["updated"]),
        )


def signatories_to_json(signatories: tuple[Signatory, ...]) -> list[list[str]]:
    """Rows of name, role, organisation."""
    return [[s.name, s.role, s.organisation] for s in signatories]


def signatories_from_json(data: list[list[str]]) -> tuple[Signatory, ...]:
    """Signatories from such rows."""
    return tuple(Signatory(name, organisation, role) for name, role, organisation in data)


@dataclass(frozen=True, slots=True)
class SignatorySet:
    """A named, ordered, reusable list of signatories."""

    id: str
    name: str
    signatories: tuple[Signatory, ...]


@dataclass(frozen=True, slots=True)
class View:
    """Where the user is looking: a place, not an answer. Losing it loses nothing."""

    name: str = "home"
    key: str = ""
    page: int = 0
    text: str = ""

    def to_json(self) -> list[str | int]:
        """The view as plain JSON values."""
        return [self.name, self.key, self.page, self.text]

    @classmethod
    def from_json(cls, data: list[Any]) -> View:
        """A view from what `to_json` gave."""
        return cls(*data)


@dataclass(frozen=True, slots=True)
class Last:
    """What the user chose last time, to be offered first."""

    treaty: str = ""
    language: Language | None = None
    signatories: tuple[Signatory, ...] = ()
    seat: Seat | None = None
    place: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether a letter can be made of it."""
        return bool(self.language and self.seat and self.place)

    def to_json(self) -> Json:
        """The choices as plain JSON values."""
        return {
            "treaty": self.treaty,
            "language": self.language,
            "signatories": signatories_to_json(self.signatories),
            "seat": self.seat,
            "place": self.place,
        }

    @classmethod
    def from_json(cls, data: Json) -> Last:
        """The choices from what `to_json` gave."""
        return cls(
            data["treaty"],
            data["language"] and Language(data["language"]),
            signatories_from_json(data["signatories"]),
            data["seat"] and Seat(data["seat"]),
            data["place"],
        )


@dataclass(frozen=True, slots=True)
class User:
    """A person in one channel, by an opaque id ("telegram:1"). `language` is the interface's."""

    id: str
    language: Language = Language.EN
    language_chosen: bool = False
    view: View = View()
    draft_id: str = ""
    last: Last = Last()


@dataclass(frozen=True, slots=True)
class Session:
    """All that a turn may look at and change."""

    user: User
    draft: Draft | None = None
    sets: tuple[SignatorySet, ...] = ()

    def looking(self, view: View) -> Session:
        """The session, looking elsewhere."""
        return replace(self, user=replace(self.user, view=view))

    def with_draft(self, draft: Draft | None) -> Session:
        """The session with another current draft."""
        user = replace(self.user, draft_id=draft.id if draft else "")
        return replace(self, user=user, draft=draft)

    def set_of(self, set_id: str) -> SignatorySet | None:
        """The user's set of that id."""
        return next((s for s in self.sets if s.id == set_id), None)


# Events: what a user did.


@dataclass(frozen=True, slots=True)
class Command:
    """A command, without its slash."""

    name: str


@dataclass(frozen=True, slots=True)
class Tap:
    """A button's data, as it stood in a screen."""

    data: str


@dataclass(frozen=True, slots=True)
class Typed:
    """A text message."""

    text: str


@dataclass(frozen=True, slots=True)
class FileSent:
    """A document; `data` is None where it was too large to fetch."""

    name: str
    data: bytes | None


@dataclass(frozen=True, slots=True)
class Unsupported:
    """A photo, sticker, voice note or anything else the bot does not read."""

    kind: str


Event = Command | Tap | Typed | FileSent | Unsupported


# Screens: what a user sees.


@dataclass(frozen=True, slots=True)
class Button:
    """A label and the data that tapping it sends: at most 64 bytes."""

    label: str
    data: str


@dataclass(frozen=True, slots=True)
class Screen:
    """What the user sees now: a title, plain text below it, rows of buttons."""

    title: str
    text: str
    rows: tuple[tuple[Button, ...], ...] = ()
    hint: str = ""

    @property
    def offered(self) -> frozenset[str]:
        """The data of every button."""
        return frozenset(button.data for row in self.rows for button in row)


# Effects: what the channel does after the turn is saved.


@dataclass(frozen=True, slots=True)
class Show:
    """Show the screen; in a new message where `below` (after a letter or a typed message)."""

    screen: Screen
    below: bool = False


@dataclass(frozen=True, slots=True)
class Toast:
    """A short answer to a tap."""

    text: str


@dataclass(frozen=True, slots=True)
class SendLetter:
    """The page as a picture, and the text of a draft's letter."""

    draft: Draft


@dataclass(frozen=True, slots=True)
class SendFiles:
    """The draft's letter as files; more than one come as an album."""

    draft: Draft
    formats: tuple[str, ...]


Effect = Show | Toast | SendLetter | SendFiles


# Changes: what the turn changed, saved in one transaction before any effect.


@dataclass(frozen=True, slots=True)
class Changes:
    """What a turn changed beside the user and the current draft."""

    sets: tuple[SignatorySet, ...] = ()
    removed_sets: tuple[str, ...] = ()
    removed_drafts: tuple[str, ...] = ()
    forget: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """One event in, what changed and a list of effects out."""

    session: Session
    effects: tuple[Effect, ...] = ()
    changes: Changes = field(default_factory=Changes)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question made of an event.

    `draft` holds the answer; `notice` is a line for the user (bad input, or what was noticed);
    `view` is another view of the same question; neither means that nothing was understood.
    """

    draft: Draft | None = None
    notice: str = ""
    view: View | None = None
