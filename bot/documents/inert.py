"""Cells of the tables that are written: no spreadsheet takes one for a formula."""

from __future__ import annotations

_BEGINS = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def inert(cell: str) -> str:
    """The cell, with an apostrophe before what a spreadsheet would reckon when it opens CSV."""
    return f"'{cell}" if cell.startswith(_BEGINS) else cell
