"""From the rows of a stranger's table to a mission book: whole, or every bad row by its number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.letters.book_cells import (
    BadCellError,
    email_of,
    has_formula,
    head_of,
    language_of,
    line_of,
    looked_up,
)
from bot.letters.book_faults import BadRow, BookFault, BookRead, NoBook, Row, RowFault
from bot.letters.book_heads import Column, Heads, heads_of
from bot.letters.book_words import OFFICES
from bot.letters.days import FIRST_OF_FACTS, has_come, parse_date
from bot.letters.mission_book import (
    MAX_CITY,
    MAX_ENTRIES,
    MAX_LINE,
    MAX_LINES,
    Book,
    Entry,
)
from bot.letters.model import Office
from bot.letters.sound import sound

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from bot.letters.matching import Match
    from bot.letters.mission_book import Key
    from bot.letters.model import State

    Find = Callable[[str], Match[State]]

MOST_ASKED = 10
"""Of so many names that are none, the nearest are looked for: that takes a while."""


def book_of(rows: Sequence[Row], find: Find, find_near: Find, today: date) -> BookRead | NoBook:
    """The book in the rows; or, of every row that cannot be taken, what is wrong with it.

    `find` knows a State by its whole name, `find_near` looks for what may be meant.
    """
    heads = heads_of([row.cells for row in rows])
    if heads is None:
        return NoBook(BookFault.NO_HEADS)
    if heads.missing:
        return NoBook(BookFault.MISSING, heads.missing)
    if heads.twice:
        return NoBook(BookFault.TWICE, heads.twice)
    body = [row for row in rows[heads.at + 1 :] if any(map(str.strip, row.cells)) or row.formulas]
    if len(body) > MAX_ENTRIES:
        return NoBook(BookFault.TOO_MANY_ROWS)
    reading = _Reading(heads, find, find_near, today)
    entries, bad = reading.all_of(body)
    if bad:
        return NoBook(rows=bad)
    if not entries:
        return NoBook(BookFault.NOTHING)
    return BookRead(Book(entries), len(body) - len(entries), heads.unused)


class _Reading:
    """One table's rows, one by one."""

    def __init__(self, heads: Heads, find: Find, find_near: Find, today: date) -> None:
        self._heads, self._find, self._find_near, self._today = heads, find, find_near, today
        self._states: dict[str, Match[State]] = {}
        self._read: dict[str, str] = {"": ""}
        self._days: dict[str, date | None] = {}
        self._asked = 0

    def all_of(self, rows: Sequence[Row]) -> tuple[tuple[Entry, ...], tuple[BadRow, ...]]:
        """The entries of all rows, and the bad rows; of two of one office both are bad."""
        found: dict[Key, tuple[int, Entry]] = {}
        bad: dict[int, BadRow] = {}
        for row in rows:
            try:
                entry = self.entry(row)
            except BadCellError as wrong:
                parts = (wrong.fault, wrong.text, wrong.column, wrong.near)
                bad[row.number] = BadRow(row.number, *parts)
                continue
            if entry is None:
                continue
            first, _entry = found.setdefault(entry.key, (row.number, entry))
            if first != row.number:
                bad[row.number] = BadRow(row.number, RowFault.DOUBLED, other=first)
                bad.setdefault(first, BadRow(first, RowFault.DOUBLED, other=row.number))
        entries = tuple(entry for _row, entry in found.values())
        return entries, tuple(bad[number] for number in sorted(bad))

    def entry(self, row: Row) -> Entry | None:
        """The row's entry; None of one that says nothing of its office. Raises `BadCellError`."""
        self._look_for_formulas(row)
        lines = self._lines(row)
        email = self._cell(row, Column.EMAIL)
        language = self._cell(row, Column.LANGUAGE)
        head = [self._cell(row, one) for one in (Column.RANK, Column.GENDER, Column.NAME)]
        state = self._state(row)
        office = self._office(row)
        city = self._cell(row, Column.CITY)
        if not (lines or email or language or any(head)):
            return None
        return Entry(
            state.iso3,
            office,
            self._day(row),
            self._city(office, city),
            lines,
            email_of(email),
            language_of(language),
            head_of(state, office, *head),
        )

    def _cell(self, row: Row, column: Column) -> str:
        """The one cell of that column, in one line; empty where it holds a dash."""
        cells = self._heads.columns.get(column, ())
        text = row.cells[cells[0]] if cells and cells[0] < len(row.cells) else ""
        found = self._read.get(text)
        if found is None:
            found = self._read[text] = line_of(text)
        return found

    def _look_for_formulas(self, row: Row) -> None:
        if not row.formulas and not has_formula("\n".join(row.cells)):
            return
        for column, places in self._heads.columns.items():
            for at in places:
                text = row.cells[at] if at < len(row.cells) else ""
                if at in row.formulas or has_formula(text):
                    raise BadCellError(RowFault.FORMULA, text.strip(), column)

    def _state(self, row: Row) -> State:
        code, name = self._cell(row, Column.CODE), self._cell(row, Column.STATE)
        if not (code or name):
            raise BadCellError(RowFault.NO_STATE)
        found = self._certain(code or name)
        if code and name:
            # “Congo” alone may be two States, but beside a code it is one of them.
            match = self._looked_up(name)
            if found not in match.found:
                fault = RowFault.TWO_STATES if match.exact else RowFault.UNKNOWN_STATE
                near = tuple(one.iso3 for one in match.near)
                text = f"{code}, {name}" if match.exact else name
                raise BadCellError(fault, text, Column.STATE, near)
        return found

    def _certain(self, text: str) -> State:
        match = self._looked_up(text)
        if match.exact is None:
            near = tuple(one.iso3 for one in match.near)
            raise BadCellError(RowFault.UNKNOWN_STATE, text, Column.STATE, near)
        return match.exact

    def _looked_up(self, text: str) -> Match[State]:
        match = self._states.get(text)
        if match is None:
            match = self._find(text)
            if match.exact is None and not match.near and self._asked < MOST_ASKED:
                self._asked += 1
                match = self._find_near(text)
            self._states[text] = match
        return match

    def _office(self, row: Row) -> Office:
        text = self._cell(row, Column.OFFICE)
        if not text:
            raise BadCellError(RowFault.NO_OFFICE)
        office = looked_up(OFFICES, text)
        if office is None:
            raise BadCellError(RowFault.UNKNOWN_OFFICE, text)
        return office

    def _city(self, office: Office, city: str) -> str:
        """An embassy's city; the city of a mission is known, that of another office not asked."""
        if office is Office.EMBASSY:
            if not city:
                raise BadCellError(RowFault.NO_CITY)
            if len(city) > MAX_CITY:
                raise BadCellError(RowFault.TOO_LONG, city, Column.CITY)
            return city
        if city and office.is_mission and looked_up(OFFICES, city) is not office:
            raise BadCellError(RowFault.OTHER_CITY, city)
        return ""

    def _lines(self, row: Row) -> tuple[str, ...]:
        places = self._heads.columns.get(Column.ADDRESS, ())
        cells = [row.cells[at] for at in places if at < len(row.cells)]
        lines = [line_of(line) for cell in cells if cell for line in sound(cell).split("\n")]
        lines = [line for line in lines if line]
        if len(lines) > MAX_LINES:
            raise BadCellError(RowFault.MANY_LINES, str(len(lines)))
        for line in lines:
            if len(line) > MAX_LINE:
                raise BadCellError(RowFault.TOO_LONG, line, Column.ADDRESS)
        return tuple(lines)

    def _day(self, row: Row) -> date:
        text = self._cell(row, Column.AS_OF).removesuffix(" 00:00:00")
        if not text:
            raise BadCellError(RowFault.NO_DATE)
        if text not in self._days:
            self._days[text] = parse_date(text)
        day = self._days[text]
        if day is None or day.year < FIRST_OF_FACTS:
            raise BadCellError(RowFault.BAD_DATE, text)
        if not has_come(day, self._today):
            raise BadCellError(RowFault.FUTURE, text)
        return day
