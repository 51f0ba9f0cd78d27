"""The time that stands on the members of a ZIP archive, Word and Excel files among them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

FIRST_YEAR, LAST_YEAR = 1980, 2107
"""A ZIP archive has seven bits for the year (APPNOTE.TXT 4.4.6, the date of MS-DOS)."""


def noon(day: date) -> tuple[int, int, int, int, int, int]:
    """Noon of that day, in the nearest year that an archive can hold."""
    year = min(max(day.year, FIRST_YEAR), LAST_YEAR)
    return (year, day.month, day.day, 12, 0, 0)
