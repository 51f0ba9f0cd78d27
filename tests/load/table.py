"""All set-ups beside each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.load.figures import Line


def table(title: str, columns: dict[str, list[Line] | str]) -> str:
    """The figures that every run has, a column for each set-up."""
    found = [line for lines in columns.values() if not isinstance(lines, str) for line in lines]
    rows = [
        [label, *(_cell(lines, label) for lines in columns.values())]
        for label in dict.fromkeys(line.label for line in found if line.value)
    ]
    failed = [name for name, lines in columns.items() if isinstance(lines, str)]
    if failed:
        rows.append(["did not run", *("MISSED" if name in failed else "" for name in columns)])
    heads = [title, *columns]
    whole = (heads, ["---"] * len(heads), *rows)
    return "\n".join(f"| {' | '.join(row)} |" for row in whole)


def _cell(lines: list[Line] | str, label: str) -> str:
    if isinstance(lines, str):
        return ""
    found = next((line for line in lines if line.label == label), None)
    if found is None:
        return ""
    return f"{found.value} ({found.verdict})" if found.verdict else found.value
