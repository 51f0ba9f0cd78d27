"""What is kept at the head of a person's letters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from bot.conversation.talk.shelf import Shelf
from bot.conversation.talk.values import Owned, of_kind

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context
    from bot.letters.letterhead import Letterhead


@dataclass(frozen=True, slots=True)
class LetterheadKept(Owned):
    """What stands at the head of the letters from now on; None for nothing."""

    head: Letterhead | None


class Letterheads(Protocol):
    """What is asked of the store."""

    def of(self, user_id: str) -> Letterhead | None:
        """What stands at the head of the user's letters."""
        ...


LETTERHEADS = Shelf[Letterheads]("letterheads")


def letterhead_of(context: Context) -> Letterhead | None:
    """What stands at the head of the user's letters."""
    changed = of_kind(context.pending, LetterheadKept)
    return changed[-1].head if changed else LETTERHEADS.of(context).of(context.owner)
