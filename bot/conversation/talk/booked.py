"""What the mission book says of the office that a letter goes to, and when it is taken over.

A coalition's own book holds for its letters, else that of the office that runs the bot. What it
says is copied into the draft when the draft comes to name that office: a letter never changes
because a book does.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from bot.conversation.talk.shelf import Shelf
from bot.letters.mission_book import Entry, entry_for, language_of
from bot.letters.model import NOBODY, Kind, Office

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.draft import Draft
    from bot.letters.mission_book import Book
    from bot.letters.model import State

OFFICE = ""
"""Whose the book is that holds for everybody: the office's that runs the bot."""


class Missions(Protocol):
    """What is asked of the store."""

    def holding(self, owner: str) -> str | None:
        """Whose book holds for that owner: its own, else the office's; None where there is none."""
        ...

    def of(self, owner: str) -> Book | None:
        """That owner's own book."""
        ...

    def entries(self, owner: str, state: str) -> tuple[Entry, ...]:
        """What that owner's own book says of a State."""
        ...

    def proposal(self, user_id: str) -> tuple[str, Book] | None:
        """The book that the user has sent and not yet stored, and whose it is to be."""
        ...


MISSIONS = Shelf[Missions]("missions")


def entries_of(context: Context, state: str) -> tuple[Entry, ...]:
    """What the book that holds says of a State; a book that is kept in this turn counts later."""
    if MISSIONS.is_empty(context) or not state:
        return ()
    known = context.memo.setdefault("booked", {})
    if state not in known:
        holder = holder_of(context)
        known[state] = () if holder is None else MISSIONS.of(context).entries(holder, state)
    found: tuple[Entry, ...] = known[state]
    return found


def holder_of(context: Context) -> str | None:
    """Whose book holds for whom the user works; None where there is none."""
    if "holder" not in context.memo:
        context.memo["holder"] = MISSIONS.of(context).holding(context.owner)
    found: str | None = context.memo["holder"]
    return found


def entry_of(context: Context, draft: Draft) -> Entry | None:
    """What the book says of the office that the draft goes to."""
    if not (draft.state and draft.seat) or draft.address:
        return None
    states = context.library.records.states
    seat = office_of(states[draft.state], draft.seat)
    return entry_for(entries_of(context, draft.state), draft.state, seat, city_of(draft))


def office_of(state: State, seat: Office) -> Office:
    """The office; of who is no Member no mission is known in New York."""
    elsewhere = state.kind is Kind.OTHER and seat is Office.NEW_YORK
    return Office.GENEVA if elsewhere else seat


def city_of(draft: Draft) -> str:
    """In which city the embassy is that the draft goes to."""
    return draft.city


def language_entry(context: Context, state: State) -> Entry | None:
    """The entry that says in which language the State is written to."""
    entries = entries_of(context, state.iso3)
    if not entries:
        return None
    draft = context.session.draft
    seat = (draft.seat if draft else None) or context.user.last.seat or Office.GENEVA
    return language_of(entries, office_of(state, seat))


def taking(draft: Draft, entry: Entry | None) -> Draft:
    """The draft with what the book says; who was named by hand at the head of the office stays."""
    before = draft.booked.addressee if draft.booked else NOBODY
    by_hand = draft.addressee not in {NOBODY, before}
    head = draft.addressee if by_hand else (entry.addressee if entry else NOBODY)
    return replace(draft, booked=entry, addressee=head)


def anew(context: Context, draft: Draft) -> Draft:
    """A letter of its own that was made of another: with what the book says now."""
    bare = replace(draft, booked=None)
    return bare if MISSIONS.is_empty(context) else taking(bare, entry_of(context, bare))


def booked(context: Context, draft: Draft) -> Draft:
    """The draft as the turn has it; where it has come to name another office, as the book has it.

    Not where it was gone back along its history, or another draft was taken up.
    """
    before = context.session.draft
    if before is None or draft.id != before.id:
        return draft
    if draft.revision != before.revision or MISSIONS.is_empty(context):
        return draft
    if _place(draft) == _place(before) or draft.seat is None:
        return draft
    return taking(draft, entry_of(context, draft))


def _place(draft: Draft) -> tuple[object, ...]:
    return draft.state, draft.seat, city_of(draft), bool(draft.address)
