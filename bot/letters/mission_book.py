"""The mission book: an office's own directory of missions, ministries and embassies, as values.

Nothing in it is shipped: an office gives it, with the day on which it last looked at each line.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from bot.letters.book_words import EMBASSY, MINISTRY, MISSION
from bot.letters.model import NOBODY, Addressee, Gender, Language, Office, Rank
from bot.letters.signatory_words import folded

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_ENTRIES = 10_000
MAX_LINES, MAX_LINE = 8, 120
"""Lines of an address and the characters of one, as of an address that is typed."""

MAX_NAME, MAX_CITY, MAX_EMAIL = 120, 60, 254

OLD_AFTER = timedelta(days=180)
"""Ambassadors change every few years, and their offices move now and then."""


Key = tuple[str, Office, str]
"""State, office, and the city of an embassy, folded."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of one office of a State, and of which day that is.

    `city` tells embassies of one State apart, and is empty for every other office. `lines` are the
    address below the office's name; `language` is that of its correspondence.
    """

    state: str
    office: Office
    as_of: date
    city: str = ""
    lines: tuple[str, ...] = ()
    email: str = ""
    language: Language | None = None
    addressee: Addressee = NOBODY

    @property
    def key(self) -> Key:
        """What tells it from the others of its book."""
        return self.state, self.office, folded(self.city)

    def is_old(self, on: date) -> bool:
        """Whether it is too old on that day not to be looked at again."""
        return on - self.as_of > OLD_AFTER

    def to_json(self) -> list[Any]:
        """The entry as plain JSON values."""
        head = [self.addressee.rank or "", self.addressee.gender or "", self.addressee.name]
        return [
            *(self.state, self.office, self.city, self.as_of.isoformat(), list(self.lines)),
            *(self.email, self.language or "", head),
        ]

    @classmethod
    def from_json(cls, data: list[Any]) -> Entry:
        """An entry from what `to_json` gave."""
        state, office, city, as_of, lines, email, language, (rank, gender, name) = data
        head = Addressee(Rank(rank) if rank else None, Gender(gender) if gender else None, name)
        return cls(
            state,
            Office(office),
            date.fromisoformat(as_of),
            city,
            tuple(lines),
            email,
            Language(language) if language else None,
            head,
        )


@dataclass(frozen=True)
class Book:
    """All entries of one office or coalition, in the order of its file: each key once."""

    entries: tuple[Entry, ...]

    @cached_property
    def by_key(self) -> Mapping[Key, Entry]:
        """Each entry by what tells it from the others."""
        return {one.key: one for one in self.entries}

    def of(self, state: str) -> tuple[Entry, ...]:
        """What is known of a State's offices."""
        return tuple(one for one in self.entries if one.state == state)

    @property
    def states(self) -> frozenset[str]:
        """The States of which something is known."""
        return frozenset(one.state for one in self.entries)

    @property
    def offices(self) -> Mapping[Office, int]:
        """How many entries there are of each kind of office."""
        return Counter(one.office for one in self.entries)

    @property
    def days(self) -> tuple[date, date]:
        """Of which day the oldest and the latest entry are. Only of a book with entries."""
        days = [one.as_of for one in self.entries]
        return min(days), max(days)

    def to_json(self) -> list[list[Any]]:
        """The book as plain JSON values."""
        return [one.to_json() for one in self.entries]

    @classmethod
    def from_json(cls, data: list[list[Any]]) -> Book:
        """A book from what `to_json` gave."""
        return cls(tuple(map(Entry.from_json, data)))


EMPTY = Book(())


@dataclass(frozen=True, slots=True)
class Revised:
    """What another book would change: entries that come, those that are other, those that go."""

    new: tuple[Entry, ...]
    changed: tuple[Entry, ...]
    gone: tuple[Entry, ...]
    same: int


def revised(before: Book, after: Book) -> Revised:
    """What changes from one book to another."""
    known = before.by_key
    return Revised(
        tuple(one for one in after.entries if one.key not in known),
        tuple(one for one in after.entries if known.get(one.key, one) != one),
        tuple(one for one in before.entries if one.key not in after.by_key),
        sum(known.get(one.key) == one for one in after.entries),
    )


def entry_for(
    entries: tuple[Entry, ...], state: str, office: Office, city: str = ""
) -> Entry | None:
    """What is known of that office."""
    wanted = (state, office, folded(city) if office is Office.EMBASSY else "")
    return next((one for one in entries if one.key == wanted), None)


def language_of(entries: tuple[Entry, ...], office: Office) -> Entry | None:
    """The entry that says in which language a State is written to at that office.

    Where nothing is known of the office, that which all others of the State agree in.
    """
    said = [one for one in entries if one.language]
    own = next((one for one in said if one.office is office), None)
    if own is None and len({one.language for one in said}) == 1:
        own = max(said, key=lambda one: one.as_of)
    return own


ALIKE = 2
"""So many words of our line begin an address that has it: "Embassy of India", no "Embassy Row"."""

_NAMING = (MISSION, MINISTRY, EMBASSY)


def with_address(block: str, address: str) -> str:
    """The addressee's block with the address below it.

    Where the address itself begins with the office's name, that stands in place of ours.
    """
    if not address:
        return block
    lines, first = block.split("\n"), folded(address.partition("\n")[0]).split()
    named = folded(lines[-1].partition(",")[0]).split()
    alike = set(first) & set(named)
    if len(alike) >= ALIKE and any(words & alike for words in _NAMING):
        lines = lines[:-1]
    return "\n".join([*filter(None, lines), address])
