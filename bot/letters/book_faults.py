"""What is wrong with a table that is to be a mission book: as a whole, or row by row."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.letters.book_heads import Column
    from bot.letters.mission_book import Book


class RowFault(StrEnum):
    """What is wrong with a row."""

    NO_STATE = "no_state"
    UNKNOWN_STATE = "unknown_state"
    TWO_STATES = "two_states"
    NO_OFFICE = "no_office"
    UNKNOWN_OFFICE = "unknown_office"
    NO_CITY = "no_city"
    OTHER_CITY = "other_city"
    FORMULA = "formula"
    TOO_LONG = "too_long"
    MANY_LINES = "many_lines"
    EMAIL = "email"
    LANGUAGE = "language"
    RANK = "rank"
    OTHER_RANK = "other_rank"
    NUNCIO = "nuncio"
    GENDER = "gender"
    EITHER_GENDER = "either_gender"
    TITLE = "title"
    NO_DATE = "no_date"
    BAD_DATE = "bad_date"
    FUTURE = "future"
    DOUBLED = "doubled"


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row by its number in the spreadsheet, and what is wrong with it.

    `text` is what stands there, in short; `column` where; `near` the codes of States that may be
    meant; `other` the row of the same office.
    """

    row: int
    fault: RowFault
    text: str = ""
    column: Column | None = None
    near: tuple[str, ...] = ()
    other: int = 0


class BookFault(StrEnum):
    """Why a table is no mission book, whatever its rows hold."""

    NO_HEADS = "no_heads"
    MISSING = "missing"
    TWICE = "twice"
    TOO_MANY_ROWS = "too_many_rows"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class NoBook:
    """Nothing was taken: the table as a whole is wrong, or these of its rows are."""

    fault: BookFault | None = None
    columns: tuple[Column, ...] = ()
    rows: tuple[BadRow, ...] = ()


@dataclass(frozen=True, slots=True)
class BookRead:
    """A whole book; how many rows name an office and say nothing of it; heads that mean nothing."""

    book: Book
    blank: int = 0
    unused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A row of cells with its number; `formulas` are the cells that a spreadsheet reckons."""

    number: int
    cells: tuple[str, ...]
    formulas: frozenset[int] = frozenset()
