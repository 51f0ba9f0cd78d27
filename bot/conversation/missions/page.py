"""The mission book under Settings: sent as a file, shown, asked for, stored; looked at; removed."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from bot.conversation.missions.kept import (
    BookForgotten,
    BookKept,
    BookProposalDropped,
    BookProposed,
    book_of,
    may_change,
    may_look,
    owner_here,
    proposal_of,
)
from bot.conversation.missions.shown import book_lines, changes_lines, entry_lines
from bot.conversation.missions.words import refused_lines
from bot.conversation.talk.booked import OFFICE, entries_of, holder_of
from bot.conversation.talk.effects import SendNotes, SendTemplate
from bot.conversation.talk.events import FileSent, Reader, Typed
from bot.conversation.talk.names import by_name
from bot.conversation.talk.page import Page, Step, blocks, lines, looking
from bot.conversation.talk.paging import in_rows, paged
from bot.conversation.talk.understood import no_state_line
from bot.conversation.talk.values import Screen, View
from bot.letters.book_faults import BookRead, NoBook
from bot.letters.signatory_tables import TableFault, TableRefused

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.values import Button
    from bot.letters.mission_book import Book
    from bot.letters.model import State

BOOK = View("missions")
PAGE = 12
MOST_FOUND = 8

MOST_SHOWN = 12
"""So many bad rows stand on the screen; all of more stand in a file."""

MOST_UNUSED = 8


class MissionsPage(Page):
    """The book; its States, of which the view's text holds those found by typing; one of them."""

    views = ("missions", "missionstates", "missionof", "nomissions")
    of_draft = False

    def screen(self, context: Context, notice: str = "") -> Screen:
        """What was sent, or what there is."""
        _ = context._
        if not may_look(context):
            said = _("The mission book is kept by whoever runs this bot, or by a coalition.")
            return Screen(_("Mission book"), blocks(notice, said))
        if context.looks_at("missionstates"):
            return _states_screen(context, notice)
        state = context.library.records.states.get(context.user.view.key)
        if context.looks_at("missionof") and state:
            return _state_screen(context, state, notice)
        if context.looks_at("nomissions") and may_change(context):
            return _forget_screen(context, notice)
        sent = proposal_of(context) if may_change(context) else None
        return _sent_screen(context, sent, notice) if sent else _book_screen(context, notice)

    def tapped(self, context: Context, action: str, value: str) -> Step:
        """Store what was shown, or leave it; the template; the book's States; the book removed."""
        if action == "booktemplate":
            template = SendTemplate(context.user.language)
            return Step(context.session, effects=(template,))
        if action in {"missionstates", "missionof", "nomissions", "missions"}:
            return looking(context, View(action, value))
        if not may_change(context):
            return looking(context, BOOK)
        return _decided(context, action)

    def typed(self, context: Context, event: Typed | FileSent) -> Step | None:
        """A file is taken for a book; what is typed for a State of it."""
        if not may_look(context):
            return None
        if isinstance(event, FileSent):
            return _sent(context, event) if may_change(context) else None
        return _looked_up(context, event.text)

    def reads(self, context: Context, event: FileSent) -> Reader | None:
        """A book."""
        del event
        return Reader.BOOK if may_change(context) else None


def missions_button(context: Context) -> tuple[Button, ...]:
    """The way to the book, for whom it is there."""
    if not may_look(context):
        return ()
    return (context.button(context._("Mission book"), "missions"),)


def _decided(context: Context, action: str) -> Step:
    """Stored, left, or removed."""
    _, owner = context._, owner_here(context)
    if action == "forgetmissions":
        removed = _("The mission book was removed. Letters that took something from it keep it.")
        step = looking(context, BOOK, removed)
        return Step(step.session, step.notice, (BookForgotten(owner), BookProposalDropped()))
    sent, step = proposal_of(context), looking(context, BOOK)
    if action != "storebook" or sent is None:
        return Step(step.session, _("Nothing was stored."), (BookProposalDropped(),))
    notice = _(
        "Stored. Letters take from it what it says of the office that they go to, from now on."
    )
    changes = (BookProposalDropped(), BookKept(owner, sent, context.library.today()))
    return Step(step.session, notice, changes)


def _sent(context: Context, event: FileSent) -> Step:
    """A book to be looked at; or every bad row, and nothing is taken."""
    _, found = context._, event.found
    if isinstance(found, BookRead):
        step = looking(context, BOOK, _passed_over(context, found))
        change = BookProposed(owner_here(context), found.book)
        return Step(step.session, step.notice, (change,))
    if not isinstance(found, TableRefused | NoBook):
        found = TableRefused(TableFault.TOO_LARGE)
    states = context.library.records.states
    said = refused_lines(_, found, lambda iso3: context.state_name(states[iso3]))
    rest = len(said) - MOST_SHOWN
    more = (
        _.plural(
            "… and %(count)s more row: all of them are in the file above.",
            "… and %(count)s more rows: all of them are in the file above.",
            rest,
        )
        if rest > 0
        else ""
    )
    nothing = _("Nothing was stored. Please mend this in the file and send it again.")
    notice = "⚠ " + lines(*said[:MOST_SHOWN], more, nothing)
    step = looking(context, BOOK, notice)
    notes = SendNotes("rows.txt", "\n".join(said) + "\n")
    return Step(step.session, step.notice, effects=(notes,) if rest > 0 else ())


def _passed_over(context: Context, found: BookRead) -> str:
    """What of the file is not in the book."""
    _ = context._
    blank = _.plural(
        "%(count)s row says nothing of its office and was passed over.",
        "%(count)s rows say nothing of their offices and were passed over.",
        found.blank,
    )
    heads = ", ".join(f"“{head[:40]}”" for head in found.unused[:MOST_UNUSED])
    unused = _("Columns that were not used: %(names)s.", names=heads)
    return lines(blank if found.blank else "", unused if heads else "")


def _looked_up(context: Context, text: str) -> Step:
    """A State's name: what it could mean is offered, never taken."""
    match = context.library.find.states(text)
    if match.exact:
        return looking(context, View("missionof", match.exact.iso3))
    if match.other:
        return looking(context, BOOK, no_state_line(context._, match.other))
    if not match.near:
        notice = context._("No State of that name is known. Please try another spelling.")
        return looking(context, context.user.view, notice)
    codes = " ".join(state.iso3 for state in match.near[:MOST_FOUND])
    return looking(context, View("missionstates", text=codes))


def _whose(context: Context) -> str:
    """Whose book this page is about."""
    own = context.session.membership
    if own:
        return context._("The book of “%(name)s”, for its letters.", name=own.name)
    return context._("The office’s book, for all who write with this bot.")


def _how(context: Context) -> str:
    return context._(
        "To store or renew it, fill in the template and send it here as XLSX or CSV: a row for "
        "each office of a State, with address, e-mail, language of correspondence, who is its "
        "head, and the day on which you last checked it. I show what would change before anything "
        "is stored; the file takes the place of the whole book."
    )


def _book_screen(context: Context, notice: str) -> Screen:
    _, owner = context._, owner_here(context)
    book = book_of(context, owner)
    said = _("There is none yet.")
    buttons: list[Button] = []
    if book:
        said = book_lines(context, book)
        buttons.append(context.button(_("State by State"), "missionstates"))
    elif owner != OFFICE and holder_of(context) == OFFICE:
        said = _("There is none yet: the office’s book holds for its letters.")
        buttons.append(context.button(_("State by State"), "missionstates"))
    if may_change(context):
        buttons.append(context.button(_("The template"), "booktemplate"))
        if book:
            buttons.append(context.button(_("Remove the book"), "nomissions"))
    how = _how(context) if may_change(context) else ""
    private = _("It names people: keep in it only what you may keep of them.")
    return Screen(
        _("Mission book"),
        blocks(notice, f"{_whose(context)}\n{said}", how, private),
        in_rows(buttons, 1),
        _("Type a State’s name") if book else "",
    )


def _sent_screen(context: Context, sent: Book, notice: str) -> Screen:
    _ = context._
    before = book_of(context, owner_here(context))
    rows = (
        (
            context.button(_("Store it"), "storebook", _stamp(before, sent)),
            context.button(_("Leave it"), "leavebook"),
        ),
    )
    said = blocks(
        notice, _whose(context), book_lines(context, sent), changes_lines(context, before, sent)
    )
    return Screen(_("The mission book that you sent"), said, rows)


def _stamp(before: Book | None, after: Book) -> str:
    """Another word where another change would be stored than the one that was shown."""
    both = json.dumps([before and before.to_json(), after.to_json()])
    return hashlib.sha256(both.encode()).hexdigest()[:12]


def _states_screen(context: Context, notice: str) -> Screen:
    _ = context._
    view, states = context.user.view, context.library.records.states
    found = [states[iso3] for iso3 in view.text.split() if iso3 in states]
    holder = None if found else holder_of(context)
    book = None if holder is None else book_of(context, holder)
    known = [states[iso3] for iso3 in (book.states if book else ()) if iso3 in states]
    buttons = [
        context.button(context.state_name(state), "missionof", state.iso3)
        for state in (found or by_name(context, known))
    ]
    empty = "" if buttons else _("There is none yet.")
    ask = _("Tap a State, or type its name, to see what the book says of its offices.")
    return Screen(
        _("Mission book, State by State"),
        blocks(notice, ask, empty),
        paged(context, buttons, view.page, size=PAGE, width=1),
        _("Type a State’s name"),
    )


def _state_screen(context: Context, state: State, notice: str) -> Screen:
    _ = context._
    entries = entries_of(context, state.iso3)
    said = [entry_lines(context, one) for one in entries]
    none = "" if said else _("The mission book says nothing of this State.")
    return Screen(
        _("Mission book: %(state)s", state=context.state_name(state)),
        blocks(notice, *said, none),
        (),
        _("Type a State’s name"),
    )


def _forget_screen(context: Context, notice: str) -> Screen:
    _ = context._
    ask = _(
        "All its entries are deleted. This cannot be undone; letters that took something from it "
        "keep it."
    )
    return Screen(
        _("Remove the mission book?"),
        blocks(notice, _whose(context), ask),
        (
            (context.button(_("Yes, remove it"), "forgetmissions"),),
            (context.button(_("No, keep it"), "missions"),),
        ),
    )
