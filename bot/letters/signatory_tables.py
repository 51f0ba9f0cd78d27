"""Co-signers in a table: which row is its head, what its columns hold, who signs."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from bot.letters.model import Signatory
from bot.letters.signatories import MAX_LENGTH, Parsed, Problem, RowProblem, clean
from bot.letters.signatory_heads import HONORIFICS, Meaning, is_known, meaning_of
from bot.letters.signatory_words import folded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MAX_ROWS, MAX_COLUMNS = 5000, 60
HEAD_ROWS = 10
"""Above the head may stand a title and a few lines of advice."""

MOST_BARE = 3
"""Columns of a list without a head: name, role, organisation."""

Cells = tuple[str, ...]


class TableFault(StrEnum):
    """Why a file is no list of co-signers."""

    TOO_LARGE = "too_large"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_MANY_COLUMNS = "too_many_columns"
    EMPTY = "empty"
    NO_COLUMNS = "no_columns"
    NOT_TEXT = "not_text"
    BROKEN = "broken"
    PROTECTED = "protected"
    OTHER_KIND = "other_kind"
    TOO_COSTLY = "too_costly"


@dataclass(frozen=True, slots=True)
class TableRefused:
    """A file that was not taken; `detail` is what it is, or the heads that were seen."""

    fault: TableFault
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows with their numbers as a spreadsheet shows them, and what each column was taken for.

    `heads` are the words above the columns, empty where there is no head: then the columns are
    name, role, organisation by their order.
    """

    heads: Cells
    rows: tuple[tuple[int, Cells], ...]
    meanings: Mapping[Meaning, int] = field(default_factory=dict)

    @property
    def width(self) -> int:
        """How many columns there are."""
        return max((len(self.heads), *(len(cells) for _number, cells in self.rows)), default=0)

    @property
    def left_out(self) -> tuple[int, ...]:
        """The columns that hold something and are taken for nothing."""
        used = set(self.meanings.values())
        filled = {n for _row, cells in self.rows for n, cell in enumerate(cells) if cell.strip()}
        headed = {n for n, head in enumerate(self.heads) if head}
        return tuple(sorted((filled | headed) - used))

    def to_json(self) -> list[Any]:
        """The table as plain JSON values."""
        return [list(self.heads), [[n, list(cells)] for n, cells in self.rows], dict(self.meanings)]

    @classmethod
    def from_json(cls, data: list[Any]) -> Table:
        """A table from what `to_json` gave."""
        heads, rows, meanings = data
        return cls(
            tuple(heads),
            tuple((number, tuple(cells)) for number, cells in rows),
            {Meaning(key): number for key, number in meanings.items()},
        )


def table_of(rows: Sequence[tuple[int, Sequence[str]]]) -> Table | TableRefused:
    """The table in numbered rows of cells, with the head that was found in it."""
    filled = [
        (number, tuple(clean(cell)[0] for cell in cells))
        for number, cells in rows
        if any(cell.strip() for cell in cells)
    ]
    if not filled:
        return TableRefused(TableFault.EMPTY)
    if len(filled) > MAX_ROWS:
        return TableRefused(TableFault.TOO_MANY_ROWS, str(len(filled)))
    trimmed = [(number, _trimmed(cells)) for number, cells in filled]
    if max(len(cells) for _number, cells in trimmed) > MAX_COLUMNS:
        return TableRefused(TableFault.TOO_MANY_COLUMNS)
    at = _head_of(trimmed)
    if at is not None:
        heads, body = trimmed[at][1], tuple(trimmed[at + 1 :])
        if not body:
            return TableRefused(TableFault.EMPTY)
        return Table(heads, body, _meanings(heads, body))
    widths = {len(cells) for _number, cells in trimmed}
    width = max(widths)
    if width > MOST_BARE or len(widths) > 1:
        return TableRefused(TableFault.NO_COLUMNS, " · ".join(c for c in trimmed[0][1] if c)[:200])
    by_order = {
        1: (Meaning.NAME,),
        2: (Meaning.NAME, Meaning.ORGANISATION),
        3: (Meaning.NAME, Meaning.ROLE, Meaning.ORGANISATION),
    }[width]
    return Table((), tuple(trimmed), {one: number for number, one in enumerate(by_order)})


def signatories_of(table: Table) -> Parsed:
    """Who signs by the table, and every row with something wrong in it.

    A row of an organisation alone, or of a person alone, signs as that.
    """
    found: list[Signatory] = []
    problems: list[RowProblem] = []
    for number, cells in table.rows:
        values = {one: _cell(cells, column) for one, column in table.meanings.items()}
        parts = (values.get(Meaning.FIRST_NAME, ""), values.get(Meaning.LAST_NAME, ""))
        name = values.get(Meaning.NAME, "") or " ".join(part for part in parts if part)
        organisation, role = values.get(Meaning.ORGANISATION, ""), values.get(Meaning.ROLE, "")
        if not name:
            name, organisation = organisation, ""
        if table.heads and any(cells[len(table.heads) :]):
            problems.append(RowProblem(number, Problem.TOO_MANY_PARTS, ", ".join(cells)))
        elif not name:
            if any(values.values()):
                problems.append(RowProblem(number, Problem.NO_NAME, role))
        elif max(map(len, (name, role, organisation))) > MAX_LENGTH:
            problems.append(RowProblem(number, Problem.TOO_LONG, name[:40] + "…"))
        else:
            found.append(Signatory(name, organisation, role))
    if not found and not problems:
        problems.append(RowProblem(0, Problem.NO_NAME))
    return Parsed(tuple(found), tuple(problems))


def _cell(cells: Cells, column: int) -> str:
    return cells[column] if column < len(cells) else ""


def _trimmed(cells: Cells) -> Cells:
    """Without the empty cells at the end, which spreadsheets add."""
    end = len(cells)
    while end and not cells[end - 1]:
        end -= 1
    return cells[:end]


def _head_of(rows: Sequence[tuple[int, Cells]]) -> int | None:
    """The row with the most heads in it: a title above may be one word that a head may be, too."""
    found = [(_heads_in(cells), -at) for at, (_number, cells) in enumerate(rows[:HEAD_ROWS])]
    heads, at = max(found)
    return -at if heads else None


def _heads_in(cells: Cells) -> int:
    """How many heads a row has; 0 where most cells are none, or where none says who signs."""
    who = {Meaning.NAME, Meaning.ORGANISATION, Meaning.FIRST_NAME, Meaning.LAST_NAME}
    filled = [cell for cell in cells if cell]
    known = [cell for cell in filled if is_known(cell)]
    most = len(known) * 2 > len(filled) or (len(known) * 2 == len(filled) > MOST_BARE)
    return len(known) if most and any(meaning_of(cell) in who for cell in known) else 0


def _meanings(heads: Cells, rows: Sequence[tuple[int, Cells]]) -> dict[Meaning, int]:
    """The first column of each meaning, a head of known words before another."""
    found: dict[Meaning, int] = {}
    for certain in (True, False):
        for number, head in enumerate(heads):
            meaning = meaning_of(head)
            if meaning is None or is_known(head) is not certain or meaning in found:
                continue
            if meaning is Meaning.ROLE and _are_honorifics(rows, number):
                continue
            found[meaning] = number
    return _names_settled(found)


def _names_settled(found: dict[Meaning, int]) -> dict[Meaning, int]:
    """A "Nom" beside a "Prénom" is the family name; a first name alone is the name."""
    if Meaning.NAME in found:
        if Meaning.FIRST_NAME in found and Meaning.LAST_NAME not in found:
            found[Meaning.LAST_NAME] = found.pop(Meaning.NAME)
        elif Meaning.LAST_NAME in found and Meaning.FIRST_NAME not in found:
            found[Meaning.FIRST_NAME] = found.pop(Meaning.NAME)
        else:
            found.pop(Meaning.FIRST_NAME, None)
            found.pop(Meaning.LAST_NAME, None)
    return found


def _are_honorifics(rows: Sequence[tuple[int, Cells]], column: int) -> bool:
    values = {folded(_cell(cells, column)) for _number, cells in rows} - {""}
    return bool(values) and values <= HONORIFICS
