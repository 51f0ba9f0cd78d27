"""Cells of the tables that are written: no spreadsheet takes one for a formula."""

from __future__ import annotations

_BEGINS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""Of the last four, which are of full width, some programs make the first four (OWASP)."""


def inert(cell: str) -> str:
    """The cell, with an apostrophe before what a spreadsheet would reckon when it opens CSV."""
    return f"'{cell}" if cell.startswith(_BEGINS) else cell
