"""A status page of the United Nations Treaty Collection, read into acts; or why it cannot be.

The page is HTML as a browser saves it, or the site's XML. What is read is checked against the
page's own headline: a page that does not agree with itself gives nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.letters.faults import Fault, Refused
from bot.letters.model import Language
from bot.letters.status import Act
from bot.reference.folding import fold
from bot.reference.grids import Grid, grid_of
from bot.reference.loader import load, rows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.letters.treaties import Treaty

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
    r"status as at ?:? ?(\d{1,2})-(\d{1,2})-(\d{4})(?: (\d\d:\d\d:\d\d))?", re.IGNORECASE
)
_NUMBER = re.compile(r"^(\d{1,3})\.? ?(?:([a-z])\.? (?=[A-Z]))?(.*)$", re.DOTALL)
_MARK = re.compile(r"\(([A-Za-z]{1,2})\)")

AHEAD = timedelta(days=1)
"""So far may a page be ahead of this computer's date: its clock is New York's, or of anywhere."""

LONGEST_TITLE, LONGEST_NAME = 1000, 200
"""Longer than any by far; what is longer is no title or name."""


@dataclass(frozen=True, slots=True)
class Status:
    """What a page says of one treaty.

    `ended` are acts that the page brackets: they are no longer in force. `unlisted` are those of
    whom a mark stands there that the heading of its column does not list.
    """

    treaty: str
    as_of: datetime
    signatories: int
    parties: int
    acts: Mapping[str, Act] = field(default_factory=dict)
    ended: Mapping[str, Act] = field(default_factory=dict)
    organisations: Mapping[str, Act] = field(default_factory=dict)
    unlisted: frozenset[str] = frozenset()


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
    if dated.date() > today + AHEAD:
        return Refused(Fault.FUTURE, dated.date().isoformat())
    if grid.parties is None:
        return Refused(Fault.NO_TOTALS)
    return _status(grid, treaty, dated)


def _treaty(grid: Grid) -> Treaty | Refused:
    """By chapter, number and letter, which the title and the address must bear out."""
    found = _NUMBER.match(grid.title)
    title = found[3].strip() if found else grid.title
    number = f"{grid.chapter}-{found[1]}{f'-{found[2]}' if found[2] else ''}" if found else ""
    numbers = {one for one in (number, grid.number) if one}
    folded = fold(title[:LONGEST_TITLE])
    # The longest is meant: one treaty's title may begin as another's whole.
    named = max(
        (one for one in load().treaties.values() if folded.startswith(_folded_title(one))),
        key=lambda one: len(_folded_title(one)),
        default=None,
    )
    if named and numbers == {named.untc_number} and len(title) <= LONGEST_TITLE:
        return named
    if not numbers:
        return Refused(Fault.NO_TREATY)
    return Refused(Fault.OTHER_TREATY, shortened(f"{', '.join(sorted(numbers))} {title}", 160))


def _folded_title(treaty: Treaty) -> str:
    return fold(treaty.titles[Language.EN])


def shortened(text: str, most: int) -> str:
    """The text, or its first whole words with a sign that there is more."""
    if len(text) <= most:
        return text
    return (text[:most].rpartition(" ")[0] or text[:most]).rstrip(" ,;") + " …"


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
    read_rows: dict[str, Read] = {}
    unknown = []
    for row in grid.rows:
        one = _row(row, grid.heads, treaty.adopted_on, as_of.date())
        if isinstance(one, Refused):
            return one
        if not one.key:
            unknown.append(row[0])
        elif one.key in read_rows:
            return Refused(Fault.TWICE, shortened(row[0], 300))
        else:
            read_rows[one.key] = one
    if unknown:
        return Refused(Fault.UNKNOWN, shortened(", ".join(unknown), 300))
    signatories = sum(_in_force(signature) for _name, signature, _action in grid.rows)
    parties = sum(_in_force(action) for _name, _signature, action in grid.rows)
    if parties != grid.parties:
        return Refused(Fault.PARTIES, f"{parties} / {grid.parties}")
    if grid.signatories not in {None, signatories}:
        return Refused(Fault.SIGNATORIES, f"{signatories} / {grid.signatories}")
    states = [one for one in read_rows.values() if one.key not in ORGANISATIONS]
    others = [one for one in read_rows.values() if one.key in ORGANISATIONS and not one.ended]
    return Status(
        treaty.code,
        as_of,
        signatories,
        parties,
        {one.key: one.act for one in states if not one.ended and one.act != Act()},
        {one.key: one.act for one in states if one.ended},
        {one.key: one.act for one in others},
        frozenset(one.key for one in read_rows.values() if one.unlisted),
    )


@dataclass(frozen=True, slots=True)
class Read:
    """A row: whose it is (empty where not known), the act, and what is special about it."""

    key: str
    act: Act
    ended: bool
    unlisted: bool


def _row(
    row: tuple[str, str, str], heads: tuple[str, str], earliest: date, latest: date
) -> Read | Refused:
    name, signature, action = row
    signed, acted = _cell(signature), _cell(action)
    if signed is None or signed.mark not in {"", "d"}:
        return Refused(Fault.CELL, shortened(f"{name}: {signature}", 120))
    if acted is None:
        return Refused(Fault.CELL, shortened(f"{name}: {action}", 120))
    for day in (signed.day, acted.day):
        if day and not earliest <= day <= latest:
            return Refused(Fault.CELL, shortened(f"{name}: {day.isoformat()}", 120))
    bare = name.strip("[] ")
    return Read(
        bare if bare in ORGANISATIONS else participant(bare) or "",
        _act(signed if acted.ended or not signed.ended else Cell(), acted),
        acted.ended,
        any(
            cell.day is not None and cell.mark not in _listed(head)
            for cell, head in zip((signed, acted), heads, strict=True)
        ),
    )


@lru_cache(maxsize=8)
def _listed(head: str) -> frozenset[str]:
    """The marks in a column's heading; the empty one for a word without: "Ratification"."""
    found = (_MARK.search(one) for one in head.split(",") if one.strip())
    return frozenset(mark[1] if mark else "" for mark in found)


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
    if len(name) > LONGEST_NAME:
        return None
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
