"""What is kept of who may use the bot: whom it lets in, codes by their digests, blocks, counts."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

from bot.conversation.talk.access import Mode, Standing, Way
from bot.conversation.talk.shelf import Shelf
from bot.conversation.talk.values import Change, of_kind

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date, datetime

    from bot.conversation.talk.access import Known
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.limits import Kind


@dataclass(frozen=True, slots=True)
class Code:
    """An invitation: of which the digest of its code is known, how often it works and until when.

    `mark` is the beginning of the digest, by which it is told from others.
    """

    digest: bytes = field(repr=False)
    uses: int
    expires: datetime

    @property
    def mark(self) -> str:
        """By which it is named."""
        return self.digest.hex()[:8]

    def works(self, now: datetime) -> bool:
        """Whether it still lets anybody in."""
        return self.uses > 0 and now < self.expires


@dataclass(frozen=True, slots=True)
class Crowd:
    """How many there are: let in, known without that (`guests`), blocked."""

    let_in: int
    guests: int
    blocked: int


class AdministratorsOnly(Change):
    """A change of who may use the bot that only an administrator makes."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class CodeMade(AdministratorsOnly):
    """A new invitation."""

    code: Code


@dataclass(frozen=True, slots=True)
class CodesRevoked(AdministratorsOnly):
    """These invitations let nobody in any more."""

    digests: tuple[bytes, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class LetIn(AdministratorsOnly):
    """Somebody may use the bot."""

    user_id: str


@dataclass(frozen=True, slots=True)
class ShutOut(AdministratorsOnly):
    """Somebody is let in no more."""

    user_id: str


@dataclass(frozen=True, slots=True)
class Blocked(AdministratorsOnly):
    """Nothing of somebody is listened to any more."""

    user_id: str


@dataclass(frozen=True, slots=True)
class Unblocked(AdministratorsOnly):
    """The block is taken away."""

    user_id: str


@dataclass(frozen=True, slots=True)
class CameIn(Change):
    """The user has found the door open: by a code, which is used by that, or by a coalition."""

    way: Way
    digest: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class BlockTold(Change):
    """Somebody has read today that they are blocked."""

    day: date


@dataclass(frozen=True, slots=True)
class Counted(Change):
    """The user did something so often (once more) of which there is only so much in a day."""

    kind: Kind
    number: int = 1


@dataclass(frozen=True, slots=True)
class CountedOn(Change):
    """What was counted, on the day; `masked` where nothing may be kept of who it was."""

    day: date
    numbers: Mapping[Kind, int]
    masked: bool = False


class Accesses(Protocol):
    """What is asked of the store."""

    def of(self, user_id: str) -> Known:
        """What is known of somebody."""
        ...

    def code(self, digest: bytes) -> Code | None:
        """The invitation of that digest, be it that it works no more."""
        ...

    def codes(self, now: datetime) -> tuple[Code, ...]:
        """The invitations that still let somebody in."""
        ...

    def crowd(self, named: Collection[str]) -> Crowd:
        """How many there are, but those who are let in because the settings name them."""
        ...

    def counts(
        self, user_id: str, day: date, kinds: Collection[Kind], *, masked: bool
    ) -> Mapping[Kind, int]:
        """How often somebody did these things on the day."""
        ...

    def known_drafts(self, draft_ids: Collection[str]) -> int:
        """How many of these drafts are there."""
        ...

    def held(self, owner: str) -> int:
        """How many bytes of drafts with their history, of sets and letters to many are kept."""
        ...


ACCESS = Shelf[Accesses]("access")


def standing_of(context: Context) -> Standing:
    """What the user is here; asked once in a turn."""
    if any(isinstance(one, CameIn) for one in context.pending):
        return Standing.IN
    if "standing" not in context.memo:
        context.memo["standing"] = context.library.standing(context.user.id)
    found: Standing = context.memo["standing"]
    return found


def is_let_in(context: Context) -> bool:
    """Whether the user may use the bot. Where it is open, whoever sees a screen may."""
    return context.library.access.mode is Mode.OPEN or standing_of(context) is Standing.IN


def known_of(context: Context, user_id: str) -> Known:
    """What is known of somebody, with what the turn has changed so far."""
    found = ACCESS.of(context).of(user_id)
    for change in context.pending:
        if isinstance(change, AdministratorsOnly) and getattr(change, "user_id", "") == user_id:
            if isinstance(change, LetIn):
                found = replace(found, way=Way.ADMINISTRATOR)
            elif isinstance(change, ShutOut):
                found = replace(found, way=None)
            else:
                found = replace(found, is_blocked=isinstance(change, Blocked))
    return found


def codes_of(context: Context) -> tuple[Code, ...]:
    """The invitations that still work, with what the turn has changed so far."""
    gone = {digest for one in of_kind(context.pending, CodesRevoked) for digest in one.digests}
    made = [one.code for one in of_kind(context.pending, CodeMade)]
    known = ACCESS.of(context).codes(context.library.now())
    return tuple(one for one in (*known, *made) if one.digest not in gone)
