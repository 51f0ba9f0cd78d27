"""A mission book on the screen: what is in it, what another would change, one entry of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.conversation.missions.words import office_name
from bot.conversation.talk.context import LANGUAGE_NAMES
from bot.conversation.talk.names import folded, labelled
from bot.conversation.talk.page import lines
from bot.letters.book_words import GENDER_NAMES, RANK_NAMES
from bot.letters.mission_book import EMPTY, revised
from bot.letters.model import Office

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.conversation.talk.context import Context
    from bot.letters.mission_book import Book, Entry
    from bot.letters.model import Addressee

MOST_NAMED = 40
"""So many entries are named in a group: more do not fit into a message."""


def book_lines(context: Context, book: Book) -> str:
    """How much is in a book, and of which days it is."""
    _ = context._
    entries = _.plural("%(count)s entry", "%(count)s entries", len(book.entries))
    states = _.plural("%(count)s State", "%(count)s States", len(book.states))
    counts = book.offices
    offices = ", ".join(
        f"{office_name(_, office)} {counts[office]}" for office in Office if counts.get(office)
    )
    first, last = map(context.day, book.days)
    day = (
        _("As of %(date)s.", date=last)
        if first == last
        else _("As of %(first)s to %(last)s.", first=first, last=last)
    )
    return lines(f"{entries}, {states}.", offices, day, old_line(context, book.entries))


def old_line(context: Context, entries: Iterable[Entry]) -> str:
    """How many entries were last looked at too long ago."""
    today = context.library.today()
    old = sum(one.is_old(today) for one in entries)
    if not old:
        return ""
    return "⚠ " + context._.plural(
        "%(count)s entry is older than 180 days: please look at it again.",
        "%(count)s entries are older than 180 days: please look at them again.",
        old,
    )


def changes_lines(context: Context, before: Book | None, after: Book) -> str:
    """What a book would change of the one there is."""
    _ = context._
    found = revised(before or EMPTY, after)
    groups = (
        (_("New"), found.new),
        (_("Changed"), found.changed),
        (_("Gone"), found.gone),
    )
    said = [
        labelled(_, f"{name} ({len(those)})", _named(context, those))
        for name, those in groups
        if those
    ]
    if not said:
        return _("It says the same as the book there is.")
    same = _.plural(
        "%(count)s entry stays as it is.", "%(count)s entries stay as they are.", found.same
    )
    return lines(*said, same if found.same else "")


def _named(context: Context, entries: Iterable[Entry]) -> str:
    """Each State once, with its offices, by the States' names."""
    offices: dict[str, list[str]] = {}
    states = context.library.records.states
    for one in entries:
        name = context.state_name(states[one.state]) if one.state in states else one.state
        offices.setdefault(name, []).append(office_name(context._, one.office, one.city))
    names = sorted(offices, key=folded)
    more = " …" if len(names) > MOST_NAMED else ""
    return " · ".join(f"{name} – {', '.join(offices[name])}" for name in names[:MOST_NAMED]) + more


def entry_lines(context: Context, entry: Entry) -> str:
    """All that an entry says."""
    _ = context._
    language = LANGUAGE_NAMES[entry.language] if entry.language else ""
    head = addressee_words(context, entry.addressee)
    old = entry.is_old(context.library.today())
    day = _("As of %(date)s.", date=context.day(entry.as_of))
    return lines(
        f"{office_name(_, entry.office, entry.city)}",
        *entry.lines,
        labelled(_, _("E-mail"), entry.email) if entry.email else "",
        labelled(_, _("Language"), language) if language else "",
        labelled(_, _("Head"), head) if head else "",
        f"⚠ {day}" if old else day,
    )


def addressee_words(context: Context, head: Addressee) -> str:
    """Name, rank and gender, as far as they are known."""
    language = context.user.language
    rank = RANK_NAMES[head.rank][language] if head.rank else ""
    gender = GENDER_NAMES[head.gender][language] if head.gender else ""
    return ", ".join(filter(None, (head.name, rank, gender)))
