"""A file of co-signers for the command line: all that sign by it, or what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.documents.lists import read_signatories
from bot.letters.signatories import MAX_LENGTH, MAX_SIGNATORIES, Problem
from bot.letters.signatory_lines import Lines
from bot.letters.signatory_tables import (
    MAX_COLUMNS,
    MAX_ROWS,
    TableFault,
    TableRefused,
    signatories_of,
)
from bot.letters.sorting import joined

if TYPE_CHECKING:
    from bot.letters.model import Signatory
    from bot.letters.signatories import RowProblem

_REFUSED = {
    TableFault.TOO_LARGE: "the file is larger than 1 MB",
    TableFault.TOO_MANY_ROWS: f"more than {MAX_ROWS} rows",
    TableFault.TOO_MANY_COLUMNS: f"more than {MAX_COLUMNS} columns",
    TableFault.EMPTY: "no co-signers are in it",
    TableFault.NO_COLUMNS: "the first line must name the columns: name, role, organization",
    TableFault.NOT_TEXT: "the file is neither CSV nor a spreadsheet",
    TableFault.BROKEN: "the file is damaged",
    TableFault.PROTECTED: "the file is protected by a password",
    TableFault.OTHER_KIND: "the file is neither CSV nor a spreadsheet",
    TableFault.UNPACKS_TOO_LARGE: "the spreadsheet unpacks to more than 8 MB",
    TableFault.TOO_COSTLY: "the file takes too long to read",
}
_ROWS = {
    Problem.NO_NAME: "the name is missing",
    Problem.TOO_LONG: f"a name has at most {MAX_LENGTH} characters",
    Problem.TOO_MANY_PARTS: "the row has more cells than there are columns",
    Problem.TOO_FEW_PARTS: "the row has fewer cells than there are columns",
}


def signatories_in(name: str, data: bytes) -> tuple[Signatory, ...] | str:
    """The co-signers of a file, each once; or what is wrong, in a line."""
    read = read_signatories(name, data)
    if isinstance(read, TableRefused):
        return _REFUSED[read.fault]
    if isinstance(read, Lines):
        if read.doubts:
            return "; ".join(f"not clear: {doubt.text}" for doubt in read.doubts)
        found = read.taken
    elif not read.meanings:
        return _REFUSED[TableFault.NO_COLUMNS]
    elif read.asked:
        return "; ".join(f"not clear: {line}" for line in read.asked)
    else:
        parsed = signatories_of(read)
        if parsed.problems:
            return "; ".join(map(_row, parsed.problems))
        found = parsed.signatories
    everybody, _twice = joined((), found)
    if len(everybody) > MAX_SIGNATORIES:
        return f"{len(everybody)} co-signers, and a letter has at most {MAX_SIGNATORIES}"
    return everybody


def _row(problem: RowProblem) -> str:
    words = _ROWS[problem.problem]
    return f"row {problem.line}: {words}" if problem.line else words
