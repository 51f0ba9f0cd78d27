"""A status page's own words: what stands above its table, the rows, the notes at its end."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.letters.faults import Fault
from bot.reference.heads import columns_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.reference.heads import Columns

MAX_ROWS = 1000
"""There are some two hundred participants, more than half of them States on every page."""

MOST_ALIKE = 40
"""So many elements are looked at whose ids end alike; on a page they are about a dozen."""

MOST_NOTES, LONGEST_NOTE = 1000, 6000
"""Of the notes at the end so many are kept, and so much of each."""

MAX_CELLS = 100
"""A row has two to five."""

LONGEST_ADDRESS, LONGEST_TEXT = 2000, 20_000
"""Longer than any address, and any title or head note."""

# Blanks have been made one by then: no pattern meets a run of them.
_TOTALS = {
    "signatories": re.compile(r"Signatories ?:? ?(\d{1,4})\b", re.IGNORECASE),
    "parties": re.compile(r"(?:Parties|Acceptances) ?:? ?(\d{1,4})\b", re.IGNORECASE),
}
CHAPTER = re.compile(r"\bCHAP(?:TER|ITRE) ([IVXL]+)\b", re.IGNORECASE)
STATUS = re.compile(r"status as at[^<]{0,60}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class About:
    """What a page says of its treaty above the table, each as its own words.

    `concluded` is place and day ("Oslo, 18 September 1997"), `label` the name of what `force` says
    ("Entry into force", "Not yet in force"), `note` what is said of adoption and signature.
    """

    concluded: str = ""
    label: str = ""
    force: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """What stands above a table: see `Grid`."""

    title: str
    chapter: str
    number: str
    status: str
    totals: str
    about: About = About()


@dataclass(frozen=True, slots=True)
class Row:
    """A participant, its signature and its acts by column; the numbers of its notes."""

    name: str
    signature: str
    acts: tuple[str, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """A page's own words: heading, chapter, number (IV-11-c) in its address, totals, the rows.

    Blanks in a row are made plain, and the numbers of notes taken out. `heads` are the headings;
    without `columns` they are none that are known. In XML `number` is what stands before the title.
    """

    title: str
    chapter: str
    number: str
    status: str
    signatories: int | None
    parties: int | None
    heads: tuple[str, ...]
    columns: Columns | None
    rows: tuple[Row, ...]
    notes: Mapping[str, str] = field(default_factory=dict)
    about: About = About()


def grid_from(
    said: Said,
    cells: Sequence[tuple[str, ...]],
    noted: Sequence[tuple[str, ...]],
    notes: Mapping[str, str],
) -> Grid | Fault:
    """The rows below their headings; `noted` are the numbers of notes, row by row."""
    if len(cells) > MAX_ROWS:
        return Fault.CROWDED
    filled = [(row, of) for row, of in zip(cells, noted, strict=True) if any(row)]
    head, *body = filled or [((), ())]
    columns = columns_of(head[0])
    rows = []
    for row, of in body if columns else ():
        if columns is None or len(row) <= columns.last or not row[columns.participant]:
            return Fault.CUT_OFF
        signature = row[columns.signature] if columns.signature >= 0 else ""
        acts = tuple(row[at] for at in columns.acts)
        rows.append(Row(row[columns.participant], signature, acts, of))
    found = {key: pattern.search(said.totals) for key, pattern in _TOTALS.items()}
    figures = {key: int(match[1]) if match else None for key, match in found.items()}
    return Grid(
        said.title,
        said.chapter,
        said.number,
        said.status,
        figures["signatories"],
        figures["parties"],
        head[0],
        columns,
        tuple(rows),
        notes,
        said.about,
    )


def folded_number(number: str) -> str:
    """A treaty's number as the Collection writes it: iv~11~C is IV-11-c, xi-a-16 is XI-A-16.

    A letter directly behind the chapter is its section, and a capital; one behind a number is none.
    """
    chapter, *others = number.strip().replace("~", "-").split("-")
    parts = [chapter.upper()]
    for at, one in enumerate(others):
        parts.append(one.upper() if at == 0 and one.isalpha() else one.lower())
    return "-".join(parts)


def plain(text: str) -> str:
    """The text with blanks of all kinds made one."""
    return " ".join(text.replace("\u00a0", " ").split())
