"""A file with co-signers, whatever an office saves: spreadsheets, CSV in many forms, vCards."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from bot.documents.vcards import read_cards
from bot.letters.file_kinds import PDF, SVG, kind_of
from bot.letters.signatory_heads import is_known
from bot.letters.signatory_lines import Lines, read_lines
from bot.letters.signatory_tables import MAX_ROWS, Table, TableFault, TableRefused, table_of

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_FILE = 1024 * 1024
MOST_SHEETS = 10
_SEPARATORS = "\t;,|"
_SEP_LINE = re.compile(r"^\ufeff?\"?sep=(.)\"?\r?\n", re.IGNORECASE)
_WITHIN = 4000
"""Characters from which the separator is guessed."""

_SHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")

Found = Table | Lines | TableRefused


def read_signatories(name: str, data: bytes) -> Found:
    """The table or the lines in a file, or why there is none. The name is the file's own."""
    del name  # names lie
    if len(data) > MAX_FILE:
        return TableRefused(TableFault.TOO_LARGE)
    if not data.strip():
        return TableRefused(TableFault.EMPTY)
    if data.startswith(_SHEETS):
        return _sheet(data)
    other = kind_of(data)
    if other and (b"\0" in data[:1000] or other in {PDF, SVG}):
        return TableRefused(TableFault.OTHER_KIND, other)
    text = _decoded(data)
    if text is None:
        return TableRefused(TableFault.NOT_TEXT)
    if re.match(r"\s*BEGIN:VCARD\s", text, re.IGNORECASE):
        return read_cards(text)
    found = table_of(_rows(text))
    if isinstance(found, Table) and found.heads:
        return found
    if isinstance(found, TableRefused) and found.fault is not TableFault.NO_COLUMNS:
        return found
    return _lines(text) or found


def _lines(text: str) -> Lines | None:
    """A file of plain lines, where each of them is clear: a file is taken whole or not at all."""
    found = read_lines(text)
    return found if found.taken and not found.doubts else None


def _decoded(data: bytes) -> str | None:
    """The text of a CSV file as Excel, LibreOffice and forms save it; None of what is no text."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    elif b"\0" in data[:_WITHIN]:
        # Without a byte-order mark the blanks and commas tell: their other byte is zero.
        low = data[1:_WITHIN:2].count(0) > data[0:_WITHIN:2].count(0)
        encodings = ("utf-16-le" if low else "utf-16-be",)
    else:
        encodings = ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        odd = sum(char < " " and char not in "\t\r\n\f\v" for char in text[:_WITHIN])
        return None if odd else text
    return None


def _rows(text: str) -> list[tuple[int, Sequence[str]]]:
    """The rows of cells with the numbers that a spreadsheet gives them."""
    told = _SEP_LINE.match(text)
    body = text[told.end() :] if told else text
    separator = told[1] if told else _separator(body)
    # A quotation mark that nobody closed must not swallow the rest of a file.
    quoted = body.count('"') % 2 == 0
    reader = csv.reader(
        io.StringIO(body, newline=""),
        delimiter=separator,
        quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE,
    )
    found: list[tuple[int, Sequence[str]]] = []
    try:
        for number, row in enumerate(reader, start=1):
            found.append((number, row))
            if len(found) > MAX_ROWS + 1:
                break
    except csv.Error:
        return []
    return found


def _separator(text: str) -> str:
    """The sign that stands in most of the first lines, outside of quotation marks."""
    lines = re.sub(r'"[^"]*"', "", text[:_WITHIN]).splitlines()[:20]
    heads = [line for line in lines if line.strip() and is_known(line)]
    if heads and not any(sign in line for line in heads for sign in _SEPARATORS):
        return "\0"  # one column: a comma in it is a name's own
    counted = {sign: sum(sign in line for line in lines) for sign in _SEPARATORS}
    most = max(counted.values(), default=0)
    if not most:
        return ","
    # Where two stand in as many lines, a name's comma is less likely than another sign.
    return next(sign for sign in "\t;|," if counted[sign] == most)


def _sheet(data: bytes) -> Found:
    """The first visible sheet that holds a table of co-signers."""
    from python_calamine import (  # noqa: PLC0415 -- only spreadsheets need it
        CalamineError,
        CalamineWorkbook,
        PasswordError,
        SheetVisibleEnum,
    )

    try:
        book = CalamineWorkbook.from_object(io.BytesIO(data))
        names = [
            one.name for one in book.sheets_metadata if one.visible is SheetVisibleEnum.Visible
        ]
        refused: Found = TableRefused(TableFault.EMPTY)
        for name in names[:MOST_SHEETS]:
            cells = book.get_sheet_by_name(name).to_python(
                skip_empty_area=False, nrows=2 * MAX_ROWS
            )
            found = table_of(
                [(number, [_shown(cell) for cell in row]) for number, row in enumerate(cells, 1)]
            )
            if isinstance(found, Table):
                return found
            if isinstance(refused, TableRefused) and refused.fault is TableFault.EMPTY:
                refused = found
    except PasswordError:
        return TableRefused(TableFault.PROTECTED)
    except (CalamineError, OSError, ValueError):
        return TableRefused(TableFault.BROKEN)
    return refused


def _shown(cell: object) -> str:
    """A cell as its spreadsheet shows it, as far as names go: a whole number without ".0"."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
