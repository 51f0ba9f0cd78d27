"""What is changed of a mission book: sent to be looked at, stored, taken away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.conversation.talk.booked import MISSIONS, OFFICE
from bot.conversation.talk.membership import Role
from bot.conversation.talk.values import Change, Owned, of_kind

if TYPE_CHECKING:
    from datetime import date

    from bot.conversation.talk.context import Context
    from bot.letters.mission_book import Book


@dataclass(frozen=True, slots=True)
class BookProposed(Change):
    """A book that was sent, to be looked at before it is stored as that owner's."""

    owner: str
    book: Book


@dataclass(frozen=True, slots=True)
class BookProposalDropped(Change):
    """What was sent is stored, or is not wanted."""


@dataclass(frozen=True, slots=True)
class BookKept(Owned):
    """It is that owner's book now, in place of the one before."""

    owner: str
    book: Book
    added: date


@dataclass(frozen=True, slots=True)
class BookForgotten(Owned):
    """That owner has no book any more."""

    owner: str


def owner_here(context: Context) -> str:
    """Whose book is looked at: the coalition's that one works for, else the office's."""
    own = context.session.membership
    return own.coalition if own else OFFICE


def may_look(context: Context) -> bool:
    """Whether the book's own pages are for this person: of their coalition, or of the office."""
    own = context.session.membership
    return own is not None or context.library.is_administrator(context.user.id)


def may_change(context: Context) -> bool:
    """Whether the person may store another book here."""
    own = context.session.membership
    if own:
        return own.role is not Role.READER
    return context.library.is_administrator(context.user.id)


def book_of(context: Context, owner: str) -> Book | None:
    """That owner's own book."""
    for change in reversed(context.pending):
        if isinstance(change, BookKept) and change.owner == owner:
            return change.book
        if isinstance(change, BookForgotten) and change.owner == owner:
            return None
    return MISSIONS.of(context).of(owner)


def proposal_of(context: Context) -> Book | None:
    """The book that the user has sent for the owner here, and not yet stored."""
    if of_kind(context.pending, BookProposalDropped):
        return None
    new = of_kind(context.pending, BookProposed)
    found = (new[-1].owner, new[-1].book) if new else None
    found = found or MISSIONS.of(context).proposal(context.user.id)
    return found[1] if found and found[0] == owner_here(context) else None
