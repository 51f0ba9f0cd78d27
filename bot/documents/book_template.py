"""The empty mission book: a row for each State's missions in Geneva and New York, to be filled in.

No cell of it is a live formula, whatever a State may be called.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import xlsxwriter

from bot.documents.bundle import DECIMAL_COMMA
from bot.documents.inert import inert
from bot.letters.book_heads import HEADS, Column
from bot.letters.book_words import GENDER_NAMES, OFFICE_NAMES, RANK_NAMES
from bot.letters.model import MISSIONS, Language, Office
from bot.letters.signatory_words import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from xlsxwriter.worksheet import Worksheet

    from bot.letters.model import State

ADDRESS_LINES = 4
"""Columns for lines of an address; whoever needs more breaks the line within a cell."""

_ORDER = (
    *(Column.CODE, Column.STATE, Column.OFFICE, Column.CITY),
    *[Column.ADDRESS] * ADDRESS_LINES,
    *(Column.EMAIL, Column.LANGUAGE, Column.NAME, Column.RANK, Column.GENDER, Column.AS_OF),
)

_WIDTHS = {
    Column.CODE: 7,
    Column.STATE: 34,
    Column.OFFICE: 24,
    Column.ADDRESS: 28,
    Column.EMAIL: 32,
    Column.NAME: 28,
}
_WIDTH = 18

LANGUAGE_NAMES = {
    Language.EN: ("English", "French", "Spanish"),
    Language.FR: ("anglais", "français", "espagnol"),
    Language.ES: ("inglés", "francés", "español"),
}
"""The letters' languages in each of them."""

SPARE_ROWS = 2000
"""Below the rows that are there, so many more have the lists to choose from."""


def to_csv(states: Iterable[State], language: Language) -> bytes:
    """The template for any program; with a mark that tells spreadsheets it is UTF-8."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=";" if language in DECIMAL_COMMA else ",")
    writer.writerow(_heads(language))
    writer.writerows(map(inert, cells) for cells in _rows(states, language))
    return stream.getvalue().encode("utf-8-sig")


def to_xlsx(states: Iterable[State], language: Language) -> bytes:
    """The template as a sheet: what is to be one of a few words is chosen from a list."""
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as book:
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True})
        # As text no program takes what is typed there for a number, a date of its own, a formula.
        text = book.add_format({"num_format": "@"})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for at, column in enumerate(_ORDER):
            shape = day if column is Column.AS_OF else text
            sheet.set_column(at, at, _WIDTHS.get(column, _WIDTH), shape)
        for at, head in enumerate(_heads(language)):
            sheet.write_string(0, at, head, bold)
        last = 0
        for last, cells in enumerate(_rows(states, language), start=1):
            for at, cell in enumerate(cells):
                if cell:
                    sheet.write_string(last, at, cell, text)
        _choices(sheet, last + SPARE_ROWS, language)
        sheet.freeze_panes(1, 3)
        sheet.autofilter(0, 0, max(1, last), len(_ORDER) - 1)
    return stream.getvalue()


def _choices(sheet: Worksheet, last: int, language: Language) -> None:
    words = {
        Column.OFFICE: [OFFICE_NAMES[office][language] for office in Office],
        Column.LANGUAGE: list(LANGUAGE_NAMES[language]),
        Column.RANK: [RANK_NAMES[rank][language] for rank in RANK_NAMES],
        Column.GENDER: [names[language] for names in GENDER_NAMES.values()],
    }
    for column, source in words.items():
        at = _ORDER.index(column)
        # What else is typed is told when the book is read: there it may be any known word.
        rule = {"validate": "list", "source": source, "error_type": "information"}
        sheet.data_validation(1, at, last, at, rule)


def _heads(language: Language) -> list[str]:
    heads = [HEADS[column][language] for column in _ORDER]
    first = _ORDER.index(Column.ADDRESS)
    for number in range(ADDRESS_LINES):
        heads[first + number] = f"{heads[first + number]} {number + 1}"
    return heads


def _rows(states: Iterable[State], language: Language) -> Iterator[list[str]]:
    for state in sorted(states, key=lambda one: folded(one.short(language))):
        for office in MISSIONS:
            known = {
                Column.CODE: state.iso3,
                Column.STATE: state.short(language),
                Column.OFFICE: OFFICE_NAMES[office][language],
            }
            yield [known.get(column, "") for column in _ORDER]
