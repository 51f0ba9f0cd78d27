"""Co-signers in a table: which row is its head, what its columns hold, who signs."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from bot.letters.model import Signatory
from bot.letters.signatories import MAX_LENGTH, Parsed, Problem, RowProblem, clean
from bot.letters.signatory_heads import HONORIFICS, Meaning, is_known, is_of_form, meaning_of
from bot.letters.signatory_words import folded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MAX_ROWS, MAX_COLUMNS = 5000, 60
MAX_CHARACTERS = 1024 * 1024
"""A spreadsheet may repeat a word without end where a CSV file cannot."""

HEAD_ROWS = 15
"""Above the head may stand a title and a few lines of advice."""

MOST_BARE = 3
"""Columns of a list without a head: name, role, organisation."""

_WHO = {Meaning.NAME, Meaning.ORGANISATION, Meaning.FIRST_NAME, Meaning.LAST_NAME}
_BOTH = (Meaning.NAME, Meaning.ORGANISATION)

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
    UNPACKS_TOO_LARGE = "unpacks_too_large"


@dataclass(frozen=True, slots=True)
class TableRefused:
    """A file that was not taken; `detail` is what it is, or the heads that were seen."""

    fault: TableFault
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows with their numbers as a spreadsheet shows them, and what each column was taken for.

    `heads` are the words above the columns, empty where there is no head: then up to three columns
    are name, role, organisation by their order. `of_lines` says that it was no table, but lines or
    contacts, which were parted here; `asked` are those of the lines that are not clear.
    """

    heads: Cells
    rows: tuple[tuple[int, Cells], ...]
    meanings: Mapping[Meaning, int] = field(default_factory=dict)
    of_lines: bool = False
    asked: Cells = ()

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

    @property
    def also(self) -> tuple[int, ...]:
        """The columns whose heads say the same as that of a column that is taken."""
        return tuple(
            number
            for number in self.left_out
            if number < len(self.heads) and self._same_as_taken(number)
        )

    def _same_as_taken(self, number: int) -> bool:
        meaning = meaning_of(self.heads[number])
        names = {Meaning.FIRST_NAME, Meaning.LAST_NAME}
        meaning = Meaning.NAME if meaning in names and meaning not in self.meanings else meaning
        taken = self.meanings.get(meaning) if meaning else None
        if meaning is Meaning.ROLE and _are_honorifics(self.rows, number):
            return False
        return taken is not None and taken < len(self.heads)

    def to_json(self) -> list[Any]:
        """The table as plain JSON values."""
        rows = [[number, list(cells)] for number, cells in self.rows]
        return [list(self.heads), rows, dict(self.meanings), self.of_lines, list(self.asked)]

    @classmethod
    def from_json(cls, data: list[Any]) -> Table:
        """A table from what `to_json` gave."""
        heads, rows, meanings, of_lines, asked = data
        return cls(
            tuple(heads),
            tuple((number, tuple(cells)) for number, cells in rows),
            {Meaning(key): number for key, number in meanings.items()},
            of_lines,
            tuple(asked),
        )


def table_of(rows: Sequence[tuple[int, Sequence[str]]]) -> Table | TableRefused:
    """The table in numbered rows of cells, with the head that was found in it."""
    cleaned = ((number, tuple(clean(cell)[0] for cell in cells)) for number, cells in rows)
    filled = [(number, cells) for number, cells in cleaned if any(cells)]
    if not filled:
        return TableRefused(TableFault.EMPTY)
    if len(filled) > MAX_ROWS:
        return TableRefused(TableFault.TOO_MANY_ROWS)
    if sum(len(cell) for _number, cells in filled for cell in cells) > MAX_CHARACTERS:
        return TableRefused(TableFault.TOO_LARGE)
    trimmed = [(number, _trimmed(cells)) for number, cells in filled]
    if max(len(cells) for _number, cells in trimmed) > MAX_COLUMNS:
        return TableRefused(TableFault.TOO_MANY_COLUMNS)
    at = _head_of(trimmed)
    if at is not None:
        heads = trimmed[at][1]
        body = tuple((number, _trimmed(cells, len(heads))) for number, cells in filled[at + 1 :])
        if not body:
            return TableRefused(TableFault.EMPTY)
        return Table(heads, body, _meanings(heads, body))
    width = max(len(cells) for _number, cells in trimmed)
    by_order = {
        1: (Meaning.NAME,),
        2: (Meaning.NAME, Meaning.ORGANISATION),
        3: (Meaning.NAME, Meaning.ROLE, Meaning.ORGANISATION),
    }.get(width, ())
    return Table((), tuple(trimmed), {one: number for number, one in enumerate(by_order)})


def of_signatories(found: Sequence[Signatory], asked: Cells = ()) -> Table:
    """Co-signers who were read otherwise, as a table: so they are shown before they are added."""
    rows = tuple((n, (s.name, s.role, s.organisation)) for n, s in enumerate(found, start=1))
    meanings = {Meaning.NAME: 0, Meaning.ROLE: 1, Meaning.ORGANISATION: 2}
    return Table((), rows, meanings, of_lines=True, asked=asked)


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
        if table.heads and any(cells[len(table.heads) :]):
            problems.append(RowProblem(number, Problem.TOO_MANY_PARTS, ", ".join(cells)))
        elif _is_short(table, cells):
            problems.append(RowProblem(number, Problem.TOO_FEW_PARTS, ", ".join(cells)))
        elif not (name or organisation):
            if any(values.values()):
                problems.append(RowProblem(number, Problem.NO_NAME, role))
        elif max(map(len, (name, role, organisation))) > MAX_LENGTH:
            problems.append(RowProblem(number, Problem.TOO_LONG, (name or organisation)[:40] + "…"))
        else:
            found.append(Signatory(name, organisation, role))
    if not found and not problems:
        problems.append(RowProblem(0, Problem.NO_NAME))
    return Parsed(tuple(found), tuple(problems))


def _is_short(table: Table, cells: Cells) -> bool:
    """Whether a row ends before the name or the organisation: "A. Example,Example" of three.

    Nobody knows then which cell is missing. One cell alone is the first, and who signs alone.
    """
    needed = [number for one, number in table.meanings.items() if one is not Meaning.ROLE]
    ends_early = len(cells) < len(table.heads) and len(cells) <= max(needed, default=-1)
    return ends_early and sum(1 for cell in cells if cell) > 1


def _cell(cells: Cells, column: int) -> str:
    return cells[column] if column < len(cells) else ""


def _trimmed(cells: Cells, least: int = 0) -> Cells:
    """Without the empty cells at the end, which spreadsheets add; not those below a head."""
    end = len(cells)
    while end > least and not cells[end - 1]:
        end -= 1
    return cells[:end]


def _head_of(rows: Sequence[tuple[int, Cells]]) -> int | None:
    """The row with the most heads in it: a title above may be one word that a head may be, too."""
    found = [(_heads_in(cells), -at) for at, (_number, cells) in enumerate(rows[:HEAD_ROWS])]
    heads, at = max(found)
    return -at if heads else None


def _heads_in(cells: Cells) -> int:
    """How many heads a row has; 0 where it has none that says who signs, or may be a co-signer's.

    It is none's where two heads say two things, where a form's own head stands among them, or
    where most cells are heads.
    """
    filled = [cell for cell in cells if cell]
    known = [cell for cell in filled if is_known(cell)]
    meant = {meaning_of(cell) for cell in known}
    if any(map(is_of_form, known)):  # then the questions beside it may be in any words
        meant |= {meaning_of(cell) for cell in filled}
    elif len(meant - {None}) < len(_BOTH) and len(known) * 2 <= len(filled):
        return 0
    return len(known) if meant & _WHO else 0


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
