"""The tables (CSV) of a treaty's folder, row by row, and what is wrong with them by line."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from bot.letters.model import Language
from bot.reference.written import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

STATUS, WITHDRAWALS, NAMES = "status.csv", "withdrawals.csv", "names.csv"
HEADS = {
    STATUS: ("iso3", "signed_on", "signature", "action", "acted_on"),
    WITHDRAWALS: (
        *("iso3", "signed_on", "action", "acted_on"),
        *("denounced_on", "denunciation_effective_on", "source"),
    ),
    NAMES: ("language", "kind", "name"),
}
KINDS = ("acronym", "name", "keyword", "asked", "passing")


def rows_in(
    folder: Path, name: str, problems: list[Problem]
) -> Iterator[tuple[int, dict[str, str]]]:
    """The good rows of a table with their lines; none where the folder has no such table."""
    path = folder / name
    if not path.is_file():
        return
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            if tuple(reader.fieldnames or ()) != HEADS[name]:
                problems.append(Problem(name, 1, f"the first line is {','.join(HEADS[name])}"))
                return
            for row in reader:
                if None in row or None in row.values():
                    problems.append(Problem(name, reader.line_num, "has more or fewer commas"))
                else:
                    yield reader.line_num, row
    except (UnicodeDecodeError, csv.Error, OSError):
        problems.append(Problem(name, 0, "cannot be read: save it as CSV, in UTF-8"))


def wrong_names(folder: Path) -> list[Problem]:
    """What is wrong with the names by which people look for the treaty."""
    problems: list[Problem] = []
    for line, row in rows_in(folder, NAMES, problems):
        if row["kind"] not in KINDS:
            problems.append(Problem(NAMES, line, f"kind is one of {', '.join(KINDS)}"))
        elif row["language"] not in set(Language):
            problems.append(Problem(NAMES, line, f"language is one of {', '.join(Language)}"))
        elif not row["name"].strip():
            problems.append(Problem(NAMES, line, "name is missing"))
    return problems
