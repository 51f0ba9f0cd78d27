"""What is kept of co-signers beside a letter's own: saved sets, and a list that waits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from bot.conversation.talk.shelf import Shelf
from bot.conversation.talk.values import Change, Owned, of_kind

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.values import SignatorySet
    from bot.letters.signatory_tables import Table


@dataclass(frozen=True, slots=True)
class SetKept(Owned):
    """A new set, or a known one as it is now."""

    saved: SignatorySet


@dataclass(frozen=True, slots=True)
class SetRemoved(Owned):
    """The set is deleted."""

    set_id: str


@dataclass(frozen=True, slots=True)
class ListKept(Change):
    """A list of co-signers that was sent and is not yet added; None takes it away."""

    table: Table | None


class Lists(Protocol):
    """What is asked of the store."""

    def of(self, user_id: str) -> Table | None:
        """The list of co-signers that the user sent and has not yet added."""
        ...


LISTS = Shelf[Lists]("lists")


def listed(context: Context) -> Table | None:
    """The list of co-signers that was sent and is not yet added."""
    changed = of_kind(context.pending, ListKept)
    return changed[-1].table if changed else LISTS.of(context).of(context.user.id)
