"""Effects: what the channel does after the turn is saved."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.conversation.talk.draft import Draft
    from bot.conversation.talk.values import Changes, Screen, Session
    from bot.letters.model import Language, Letter


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
class SendText:
    """A text of its own, to read whole and to copy from; `secret` where a link stands in it."""

    text: str
    secret: bool = False


@dataclass(frozen=True, slots=True)
class SendLetter:
    """The page as a picture, and the text of a draft's letter.

    `renews` asks for the last picture and text of the same draft to be changed in place. `signed`
    are its letters as co-signers have signed them, where that is so: the desk puts them in.
    """

    draft: Draft
    renews: bool = False
    signed: tuple[Letter, ...] = field(default=(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class SendFiles:
    """The draft's letter as files; more than one come as an album.

    With a `second` language each file holds the letter twice, `beside` each other or not. `signed`
    is as with `SendLetter`.
    """

    draft: Draft
    formats: tuple[str, ...]
    second: Language | None = None
    beside: bool = False
    signed: tuple[Letter, ...] = field(default=(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class SendChart:
    """A drawn chart of one State or of one treaty, by its code."""

    state: str = ""
    treaty: str = ""


@dataclass(frozen=True, slots=True)
class SendTemplate:
    """The empty mission book, to be filled in and sent back."""

    language: Language


@dataclass(frozen=True, slots=True)
class SendExport:
    """Everything that is kept of the user, as one ZIP file."""


@dataclass(frozen=True, slots=True)
class SendNotes:
    """A text that is too long for messages, as a file of that name."""

    name: str
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class RunJob:
    """Write the letters of a job, beside whatever else goes on."""

    job_id: str


@dataclass(frozen=True, slots=True)
class Propose:
    """Ask the translation service for a text; what it says comes back as `Proposed`."""

    draft_id: str
    key: str
    text: str
    source: Language
    target: Language


@dataclass(frozen=True, slots=True)
class SendSigned:
    """A letter that is or was open for signing, as its frozen text has it.

    Without `formats` to look at; `key` is that of one text of a `version`, empty and 0 for the
    letter's own and the present. "sheet", "csv" and "zip" are the record of who said what.
    """

    signing_id: str
    key: str = ""
    version: int = 0
    formats: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SendInvitation:
    """A text to forward as it is, with the link that stands in it and a subject for an e-mail."""

    text: str
    link: str = field(repr=False)
    subject: str


Effect = (
    Show
    | Toast
    | SendText
    | SendLetter
    | SendFiles
    | SendChart
    | SendSigned
    | SendInvitation
    | SendTemplate
    | SendNotes
    | SendExport
    | RunJob
    | Propose
)


@dataclass(frozen=True, slots=True)
class Turn:
    """One event in, what changed and a list of effects out.

    A `traceless` turn is that of somebody of whom nothing is to be kept but its changes: neither
    the session nor the update.
    """

    session: Session
    effects: tuple[Effect, ...] = ()
    changes: Changes = ()
    traceless: bool = False
