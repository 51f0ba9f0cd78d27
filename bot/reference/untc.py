"""A status page of the United Nations Treaty Collection, read into acts; or why it cannot be.

The page is HTML as a browser saves it, or the site's XML; of any treaty. What is read is checked
against the page's own headline: a page that does not agree with itself gives nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from bot.letters.faults import Fault, Refused
from bot.letters.model import Language
from bot.letters.status import Act, Note
from bot.reference.folding import fold
from bot.reference.grids import grid_of
from bot.reference.heads import APPLIED, DEFINITIVE, SIGNED, SUCCEEDED
from bot.reference.loader import load
from bot.reference.notes import LONGEST_QUOTE, Leaving, leaving, shortened
from bot.reference.participants import other, participant

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.letters.treaties import Treaty
    from bot.reference.heads import Column, Columns
    from bot.reference.tables import Grid, Row

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_DATE = re.compile(r"(\d{1,2}) ([A-Za-z]{3})[a-z]*\.? (\d{4})(?: ?([A-Za-z]{1,3}))?")
_AS_OF = re.compile(
    r"status as at ?:? ?(\d{1,2})-(\d{1,2})-(\d{4})(?: (\d\d:\d\d:\d\d))?", re.IGNORECASE
)
_NUMBER = re.compile(r"^(\d{1,3}) ?\.? ?(?:([a-z])\.? (?=[A-Z]))?(.*)$", re.DOTALL)

AHEAD = timedelta(days=1)
"""So far may a page be ahead of this computer's date: its clock is New York's, or of anywhere."""

LONGEST_TITLE = 1000
"""Longer than any by far; what is longer is no title."""


@dataclass(frozen=True, slots=True)
class Status:
    """What a page says of one treaty.

    `ended` are acts that the page brackets: they are no longer in force. `leaving` are the days on
    which withdrawals take effect that were notified by the page's day and are not in effect on it;
    those acts are not in brackets. `notes` are the notes on either. `unlisted` are those of whom a
    mark stands there that the heading of its column does not list.
    """

    treaty: str
    as_of: datetime
    signatories: int
    parties: int
    acts: Mapping[str, Act] = field(default_factory=dict)
    ended: Mapping[str, Act] = field(default_factory=dict)
    organisations: Mapping[str, Act] = field(default_factory=dict)
    unlisted: frozenset[str] = frozenset()
    leaving: Mapping[str, date] = field(default_factory=dict)
    notes: Mapping[str, Note] = field(default_factory=dict)


def read(data: bytes, today: date, as_of: date | None = None) -> Status | Refused:
    """The status on a page. `as_of` is for the XML form, which need not carry its date."""
    grid = grid_of(data)
    if isinstance(grid, Fault):
        return Refused(grid)
    treaty = _treaty(grid)
    if isinstance(treaty, Refused):
        return treaty
    return read_table(grid, treaty.code, treaty.adopted_on, today, as_of)


def read_table(
    grid: Grid, code: str, adopted_on: date, today: date, as_of: date | None = None
) -> Status | Refused:
    """The status in a table whose treaty is known: no day in it is before its adoption."""
    if grid.columns is None:
        heads = shortened(" | ".join(grid.heads), 300) or "–"
        return Refused(Fault.COLUMNS, heads, treaty=code)
    dated = page_day(grid, as_of)
    if dated is None:
        return Refused(Fault.NO_DATE)
    if dated.date() > today + AHEAD:
        return Refused(Fault.FUTURE, dated.date().isoformat())
    if grid.parties is None:
        return Refused(Fault.NO_TOTALS)
    return _status(grid, grid.columns, code, adopted_on, dated)


def page_title(treaty: Treaty) -> str:
    """The title by which the Collection's page calls the treaty."""
    return treaty.page_title or treaty.titles[Language.EN]


def _treaty(grid: Grid) -> Treaty | Refused:
    """By chapter, number and letter, which the title and the address must bear out."""
    title, numbers = title_of(grid), numbers_of(grid)
    folded = fold(title[:LONGEST_TITLE])
    # The longest is meant: one treaty's title may begin as another's whole.
    named = max(
        (one for one in load().treaties.values() if folded.startswith(_folded_title(one))),
        key=lambda one: len(_folded_title(one)),
        default=None,
    )
    if named and _are(numbers, named.untc_number) and len(title) <= LONGEST_TITLE:
        return named
    if not numbers:
        return Refused(Fault.NO_TREATY)
    return Refused(Fault.OTHER_TREATY, shortened(f"{', '.join(sorted(numbers))} {title}", 160))


def title_of(grid: Grid) -> str:
    """The treaty's title without the number before it."""
    found = _NUMBER.match(grid.title)
    return found[3].strip(" .") if found else grid.title


def numbers_of(grid: Grid) -> frozenset[str]:
    """The treaty's number as the page has it above the table, and in its address: one, if sound.

    Above the table the section of a chapter stands apart (XI, A, 16): the address has it whole.
    """
    found = _NUMBER.match(grid.title)
    parts = [one for one in (found[1], found[2]) if one] if found else []
    number = "-".join([grid.chapter, *parts]) if parts else ""
    section = re.fullmatch(rf"{grid.chapter}-[A-Z]-{'-'.join(parts)}(?:-\d+)?", grid.number)
    if number and section:
        return frozenset({grid.number})
    return frozenset(one for one in (number, grid.number) if one)


def _are(numbers: frozenset[str], wanted: str) -> bool:
    """Whether they are the number wanted; without an address the section may be missing."""
    return numbers in ({wanted}, {re.sub(r"^([IVXL]+)-[A-Z]-", r"\1-", wanted)})


def _folded_title(treaty: Treaty) -> str:
    return fold(page_title(treaty))


def page_day(grid: Grid, as_of: date | None = None) -> datetime | None:
    """The page's “status as at”, or the day given for it; None where it has none that can be."""
    found = _AS_OF.search(grid.status)
    if found is None:
        return datetime(as_of.year, as_of.month, as_of.day) if as_of else None  # noqa: DTZ001 -- the page's own clock
    day, month, year, clock = found.groups()
    try:
        return datetime.fromisoformat(f"{year}-{int(month):02}-{int(day):02}T{clock or '00:00:00'}")
    except ValueError:
        return None


def _status(
    grid: Grid, columns: Columns, code: str, adopted_on: date, as_of: datetime
) -> Status | Refused:
    found: dict[str, Read] = {}
    unknown = []
    for row in grid.rows:
        one = _row(row, columns, adopted_on, as_of.date())
        if isinstance(one, Refused):
            return one
        if not one.key:
            unknown.append(row.name)
        elif one.key in found:
            return Refused(Fault.TWICE, shortened(row.name, 300))
        else:
            found[one.key] = one
    if unknown:
        return Refused(Fault.UNKNOWN, shortened(", ".join(unknown), 300))
    parties = sum(one.joined for one in found.values())
    if parties != grid.parties:
        return Refused(Fault.PARTIES, f"{parties} / {grid.parties}")
    signatories = sum(one.signed for one in found.values())
    # A definitive signature may have been counted as one, or as the act that it is.
    counts = (signatories, signatories + sum(one.signed_for_good for one in found.values()))
    if grid.signatories not in {None, *counts}:
        return Refused(Fault.SIGNATORIES, f"{signatories} / {grid.signatories}")
    noted = {key: _noted(grid, one, as_of.date()) for key, one in found.items() if one.is_state}
    leave = {key: said.day for key, said in noted.items() if said and said.day}
    return Status(
        code,
        as_of,
        signatories if grid.signatories is None else grid.signatories,
        parties,
        {k: one.act for k, one in found.items() if one.is_state and not one.ended and one.done},
        {k: one.act for k, one in found.items() if one.is_state and one.ended},
        {k: one.act for k, one in found.items() if not one.is_state and not one.ended},
        frozenset(key for key, one in found.items() if one.unlisted),
        leave,
        {key: said.note for key, said in noted.items() if said},
    )


@dataclass(frozen=True, slots=True)
class Read:
    """A row: whose it is (empty where not known), the act, and what is special about it.

    `joined` and `signed` are what the headline counts; `signed_for_good` is a definitive signature
    that stands among the others. `notes` are the numbers of its notes.
    """

    key: str
    is_state: bool
    act: Act
    ended: bool
    unlisted: bool
    joined: bool
    signed: bool
    signed_for_good: bool
    notes: tuple[str, ...]

    @property
    def done(self) -> bool:
        """Whether the participant did anything that is in force."""
        return self.act != Act()


def _row(row: Row, columns: Columns, earliest: date, latest: date) -> Read | Refused:
    texts = (row.signature, *row.acts)
    kinds = [columns.kinds[at] for at in (columns.signature, *columns.acts) if at >= 0]
    texts = texts[-len(kinds) :]
    cells = [_cell(text, kind) for text, kind in zip(texts, kinds, strict=True)]
    for cell, text in zip(cells, texts, strict=True):
        if cell is None:
            return Refused(Fault.CELL, shortened(f"{row.name}: {text}", 120))
        if cell.day and not earliest <= cell.day <= latest:
            return Refused(Fault.CELL, shortened(f"{row.name}: {cell.day.isoformat()}", 120))
    there = [cell for cell in cells if cell and cell.day]
    signed = next((one for one in there if one.meaning in {SIGNED, SUCCEEDED}), Cell())
    acted = _first(one for one in there if one.meaning not in {SIGNED, SUCCEEDED, APPLIED})
    # What is in brackets beside an act in force is past; with no act it is gone.
    if signed.ended and not acted.ended:
        signed = Cell()
    bare = row.name.strip("[] ")
    state = participant(bare)
    return Read(
        state or other(bare),
        state is not None,
        _act(signed, acted),
        acted.ended,
        any(not one.listed for one in there),
        acted.day is not None and not acted.ended,
        signed.day is not None and not signed.ended,
        columns.signature >= 0 and _is_definitive(cells[0]),
        row.notes,
    )


def _is_definitive(cell: Cell | None) -> bool:
    return cell is not None and cell.meaning == DEFINITIVE and not cell.ended


def _first(cells: Iterable[Cell]) -> Cell:
    """The act that made a participant party: the first in force, else the first of all."""
    return min(cells, key=lambda one: (one.ended, one.day or date.max), default=Cell())


@dataclass(frozen=True, slots=True)
class Cell:
    """A date with the meaning of its mark; `ended` where it stands in brackets."""

    day: date | None = None
    meaning: str = ""
    ended: bool = False
    listed: bool = True


def _cell(text: str, column: Column) -> Cell | None:
    """A cell of a column; None where it is none: no date, or a mark that nothing explains."""
    ended, bare = text.startswith("["), text.strip("[] ")
    if not bare:
        return Cell()
    found = _DATE.fullmatch(bare)
    if found is None or found[2].lower() not in MONTHS:
        return None
    try:
        day = date(int(found[3]), MONTHS.index(found[2].lower()) + 1, int(found[1]))
    except ValueError:
        return None
    mark = found[4] or ""
    meaning = column.meaning(mark)
    return Cell(day, meaning, ended, mark in column.marks) if meaning else None


def _act(signed: Cell, acted: Cell) -> Act:
    return Act(
        signed.day, signed.meaning == SUCCEEDED, acted.meaning if acted.day else "", acted.day
    )


@dataclass(frozen=True, slots=True)
class Noted:
    """The note on a withdrawal; the day of one that is not in effect yet."""

    note: Note
    day: date | None = None


def _noted(grid: Grid, one: Read, on: date) -> Noted | None:
    """What the notes of a row say of a withdrawal: of what is in brackets, or of one to come."""
    found: list[tuple[str, Leaving]] = []
    for number in one.notes if one.ended or one.joined else ():
        said = leaving(grid.notes.get(number, ""), one.key)
        found += [(number, said)] if said else []
    joined = one.act.acted_on or date.min
    if one.ended:
        for number, said in found:
            day = said.one_day(joined, on)
            return Noted(Note(number, said.quote, day, said.notified_on))
        text = next((grid.notes[number] for number in one.notes if number in grid.notes), "")
        quote = shortened(text, LONGEST_QUOTE)
        return Noted(Note(one.notes[0], quote)) if quote else None
    for number, said in found:
        day = said.one_day(on + timedelta(1), date.max)
        if day and not said.taken_back:
            return Noted(Note(number, said.quote, day, said.notified_on), day)
    return None
