"""A mission book that somebody sends, read whole: the file, its rows, the States that they name.

For a process of its own, as all that strangers send: a file may hold ten thousand names.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bot.documents.books import read_rows
from bot.letters.book_rows import book_of
from bot.letters.signatory_tables import TableRefused
from bot.reference.search import find_states

if TYPE_CHECKING:
    from datetime import date

    from bot.letters.book_faults import BookRead, NoBook, Row


def read_book(data: bytes, today: date) -> BookRead | NoBook | TableRefused:
    """The book in a file, or why there is none; no State is taken that is not named for certain."""
    rows = read_rows(data)
    return rows if isinstance(rows, TableRefused) else book_in(rows, today)


def book_in(rows: tuple[Row, ...], today: date) -> BookRead | NoBook:
    """The same of rows that were read already: each half has a process of its own to end in."""
    return book_of(rows, partial(find_states, whole=True), find_states, today)
