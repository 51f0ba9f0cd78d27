"""What is kept of the facts for a person: pages that were sent, and what they are to be told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from bot.conversation.talk.shelf import Shelf
from bot.conversation.talk.values import Change, of_kind

if TYPE_CHECKING:
    from datetime import date

    from bot.conversation.talk.context import Context
    from bot.letters.differences import Difference
    from bot.letters.model import Stage
    from bot.letters.status import Version


@dataclass(frozen=True, slots=True)
class Notice:
    """A State stands elsewhere on a treaty than the user last heard; `told` once it was said."""

    treaty: str
    state: str
    before: Stage
    told: bool = False


@dataclass(frozen=True, slots=True)
class Renewal:
    """Later facts, to be stored where those of `stamp` still hold; `moved` is what they change."""

    versions: tuple[Version, ...]
    moved: tuple[Difference, ...]
    added: date
    stamp: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Proposal(Change):
    """Facts that an administrator has sent, to be looked at before they are stored."""

    version: Version


@dataclass(frozen=True, slots=True)
class ProposalsDropped(Change):
    """What was sent is stored, or is not wanted."""


@dataclass(frozen=True, slots=True)
class FactsRenewed(Change):
    """Later facts are stored, for everybody."""

    renewal: Renewal


@dataclass(frozen=True, slots=True)
class NoticesTold(Change):
    """The user is told these."""

    notices: tuple[Notice, ...]


@dataclass(frozen=True, slots=True)
class NoticesRead(Change):
    """The user has put these away."""

    notices: tuple[Notice, ...]


class Proposals(Protocol):
    """What is asked of the store."""

    def of(self, user_id: str) -> tuple[Version, ...]:
        """The facts that an administrator has sent and not yet stored."""
        ...


class Notices(Protocol):
    """What is asked of the store."""

    def of(self, user_id: str) -> tuple[Notice, ...]:
        """What the user is to be told of States that moved, or was told and has not put away."""
        ...


PROPOSALS = Shelf[Proposals]("proposals")
NOTICES = Shelf[Notices]("notices")


def notices_of(context: Context) -> tuple[Notice, ...]:
    """What the user is to be told or was told, and has not put away."""
    if NOTICES.is_empty(context):
        return ()
    read = {one for put in of_kind(context.pending, NoticesRead) for one in put.notices}
    return tuple(one for one in NOTICES.of(context).of(context.user.id) if one not in read)


def proposals_of(context: Context) -> tuple[Version, ...]:
    """The facts that an administrator has sent and not yet stored."""
    if of_kind(context.pending, ProposalsDropped):
        return ()
    found = {one.treaty: one for one in PROPOSALS.of(context).of(context.user.id)}
    new = {one.version.treaty: one.version for one in of_kind(context.pending, Proposal)}
    return tuple((found | new).values())
