"""A status page of the United Nations Treaty Collection, read into acts; or why it cannot be.

The page is HTML as a browser saves it, or the site's XML. What is read is checked against the
page's own headline: a page that does not agree with itself gives nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from textwrap import shorten
from typing import TYPE_CHECKING

from bot.letters.faults import Fault, Refused
from bot.letters.model import Language
from bot.letters.status import Act
from bot.reference.grids import Grid, grid_of
from bot.reference.loader import load, rows
from bot.reference.search import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.letters.model import Treaty

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
ACTIONS = {
    "": "ratification",
    "a": "accession",
    "d": "succession",
    "A": "acceptance",
    "AA": "approval",
    "c": "formal confirmation",
}
"""What the letter behind a date means, as the page's own headings say."""

ORGANISATIONS = frozenset({"European Union", "European Community"})
"""Participants that are no States."""

NAMES = {
    "Bahamas (The)": "BHS",
    "Gambia (Republic of The)": "GMB",
    "Netherlands (Kingdom of the)": "NLD",
    "St. Kitts and Nevis": "KNA",
    "St. Lucia": "LCA",
    "St. Vincent and the Grenadines": "VCT",
    "The former Yugoslav Republic of Macedonia": "MKD",
    "Congo": "COG",
    "Libyan Arab Jamahiriya": "LBY",
    "Palestine": "PSE",
}
"""Spellings of the Treaty Collection, present and past, that are no State's name elsewhere."""

_DATE = re.compile(r"(\d{1,2}) ([A-Za-z]{3})[a-z]*\.? (\d{4})(?: ?(AA|A|a|c|d))?")
_AS_OF = re.compile(
    r"status\s+as\s+at\s*:?\s*(\d{1,2})-(\d{1,2})-(\d{4})(?:\s+(\d\d:\d\d:\d\d))?", re.IGNORECASE
)
_NUMBER = re.compile(r"^(\d+)\.?\s*(?:([a-z])\.?\s*(?=[A-Z]))?(.*)$", re.DOTALL)
_MARKS = re.compile(r"\(([A-Za-z]{1,2})\)")
CLOCKS_APART = timedelta(days=1)
"""The page's clock is New York's: its day may be another than this computer's."""


@dataclass(frozen=True, slots=True)
class Status:
    """What a page says of one treaty.

    `ended` are acts that the page brackets: they are no longer in force. `odd` are the States by
    whose date stands a mark that the column's heading does not list.
    """

    treaty: str
    as_of: datetime
    signatories: int
    parties: int
    acts: Mapping[str, Act] = field(default_factory=dict)
    ended: Mapping[str, Act] = field(default_factory=dict)
    organisations: Mapping[str, Act] = field(default_factory=dict)
    odd: frozenset[str] = frozenset()


def read(data: bytes, today: date, as_of: date | None = None) -> Status | Refused:
    """The status on a page. `as_of` is for the XML form, which need not carry its date."""
    grid = grid_of(data)
    if isinstance(grid, Fault):
        return Refused(grid)
    treaty = _treaty(grid)
    if isinstance(treaty, Refused):
        return treaty
    dated = _dated(grid, as_of)
    if dated is None:
        return Refused(Fault.NO_DATE)
    if dated.date() > today + CLOCKS_APART:
        return Refused(Fault.FUTURE, dated.date().isoformat())
    if grid.parties is None:
        return Refused(Fault.NO_TOTALS)
    return _status(grid, treaty, dated)


def _treaty(grid: Grid) -> Treaty | Refused:
    """By its number in the heading, which the address and the title must bear out."""
    found = _NUMBER.match(grid.title.strip())
    title = fold(found[3] if found else grid.title)
    number = f"{grid.chapter}-{found[1]}{f'-{found[2]}' if found[2] else ''}" if found else ""
    numbers = {one for one in (number, grid.number) if one}
    treaties = load().treaties.values()
    named = next((one for one in treaties if fold(one.titles[Language.EN]) == title), None)
    if named and numbers == {named.untc_number}:
        return named
    if not numbers or "-" in numbers:
        return Refused(Fault.NO_TREATY)
    return Refused(Fault.OTHER_TREATY, shorten(grid.title, 160, placeholder=" …"))


def _dated(grid: Grid, as_of: date | None) -> datetime | None:
    found = _AS_OF.search(grid.status)
    if found is None:
        return datetime(as_of.year, as_of.month, as_of.day) if as_of else None  # noqa: DTZ001 -- the page's own clock
    day, month, year, clock = found.groups()
    try:
        return datetime.fromisoformat(f"{year}-{int(month):02}-{int(day):02}T{clock or '00:00:00'}")
    except ValueError:
        return None


def _status(grid: Grid, treaty: Treaty, as_of: datetime) -> Status | Refused:
    shelves: tuple[dict[str, Act], dict[str, Act], dict[str, Act]] = ({}, {}, {})
    unknown, odd = [], set[str]()
    for row in grid.rows:
        read_row = _row(row, treaty.adopted_on, as_of.date())
        if isinstance(read_row, Refused):
            return read_row
        key, act, ended = read_row
        if not _marks_listed(row, grid.headings):
            odd.add(key)
        if not key:
            unknown.append(row[0])
        elif any(key in shelf for shelf in shelves):
            return Refused(Fault.TWICE, row[0])
        else:
            shelves[1 if ended else 2 if key in ORGANISATIONS else 0][key] = act
    if unknown:
        return Refused(Fault.UNKNOWN, ", ".join(unknown))
    signed = sum(_in_force(signature) for _name, signature, _action in grid.rows)
    party = sum(_in_force(action) for _name, _signature, action in grid.rows)
    if party != grid.parties:
        return Refused(Fault.PARTIES, f"{party} / {grid.parties}")
    if grid.signatories not in {None, signed}:
        return Refused(Fault.SIGNATORIES, f"{signed} / {grid.signatories}")
    acts, ended_acts, organisations = shelves
    acts = {key: act for key, act in acts.items() if act.signed_on or act.acted_on}
    return Status(
        treaty.code, as_of, signed, party, acts, ended_acts, organisations, frozenset(odd)
    )


def _row(
    row: tuple[str, str, str], earliest: date, latest: date
) -> tuple[str, Act, bool] | Refused:
    """Whose row it is (empty where not known), the act, and whether that is no longer in force."""
    name, signature, action = row
    signed, acted = _cell(signature), _cell(action)
    if signed is None or acted is None:
        return Refused(Fault.CELL, f"{name}: {(signature if signed is None else action)[:40]}")
    for day in (signed.day, acted.day):
        if day and not earliest <= day <= latest:
            return Refused(Fault.CELL, f"{name}: {day.isoformat()}")
    bare = name.strip("[] ")
    key = bare if bare in ORGANISATIONS else participant(bare) or ""
    act = _act(signed if acted.ended or not signed.ended else Cell(), acted)
    return key, act, acted.ended


def _marks_listed(row: tuple[str, str, str], headings: tuple[str, str]) -> bool:
    """Whether each date's mark is one that the heading of its column explains."""
    for text, heading in zip(row[1:], headings, strict=True):
        cell = _cell(text)
        if cell and cell.mark and cell.mark not in _MARKS.findall(heading):
            return False
    return True


def _in_force(text: str) -> bool:
    return bool(text) and not text.startswith("[")


@dataclass(frozen=True, slots=True)
class Cell:
    """A date with its mark; `ended` where it stands in brackets."""

    day: date | None = None
    mark: str = ""
    ended: bool = False


def _cell(text: str) -> Cell | None:
    """An empty cell is an empty `Cell`; None is one that cannot be read."""
    ended = text.startswith("[")
    bare = text.strip("[] ")
    if not bare:
        return Cell()
    found = _DATE.fullmatch(bare)
    if found is None or found[2].lower() not in MONTHS:
        return None
    try:
        day = date(int(found[3]), MONTHS.index(found[2].lower()) + 1, int(found[1]))
    except ValueError:
        return None
    return Cell(day, found[4] or "", ended)


def _act(signed: Cell, acted: Cell) -> Act:
    return Act(
        signed.day,
        signed.mark == "d",
        ACTIONS[acted.mark] if acted.day else "",
        acted.day,
    )


def participant(name: str) -> str | None:
    """The State of that name on a page, by its code; None where no one State has it."""
    return _participants().get(fold(name).replace(" ", ""))


@lru_cache(maxsize=1)
def _participants() -> dict[str, str]:
    found: dict[str, set[str]] = {}
    for row in rows("aliases"):
        found.setdefault(fold(row["alias"]).replace(" ", ""), set()).add(row["iso3"])
    for row in rows("aliases_ambiguous"):
        found.pop(fold(row["alias"]).replace(" ", ""), None)
    for state in load().states.values():
        names = state.names[Language.EN]
        for name in (names.short, names.formal, names.formal.removeprefix("the ")):
            found[fold(name).replace(" ", "")] = {state.iso3}
    for name, iso3 in NAMES.items():
        found[fold(name).replace(" ", "")] = {iso3}
    return {name: next(iter(iso3s)) for name, iso3s in found.items() if len(iso3s) == 1}
