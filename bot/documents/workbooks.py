"""Spreadsheets as rows of cells: Excel, old Excel and LibreOffice, within bounds.

The library lays out every cell between the first and the last that hold something, so what a
package would unpack to is looked at before.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.letters.signatory_tables import MAX_COLUMNS, MAX_ROWS, TableFault, TableRefused

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from python_calamine import CalamineSheet

MAX_CELL = 32_767
"""Characters of a cell, as Excel has it."""

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
"""Of Excel: the library does not look whether there are more."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much of a spreadsheet is read: rows, cells laid out.

    `unpacked` are the bytes of the sheets and their words, `words` those of all cells together: a
    word that many cells have stands in the file only once. Of elements that are empty, a file of
    that size could have millions: `ELEMENTS` bounds the rows and the words that are declared.
    """

    rows: int
    cells: int
    unpacked: int
    words: int


OF_LISTS = Bounds(
    # One more than may be, so that too many are seen.
    rows=2 * MAX_ROWS,
    cells=2 * MAX_ROWS * MAX_COLUMNS,
    # Some twenty times a list of 1,000 in ten columns.
    unpacked=8 * 1024 * 1024,
    words=16 * 1024 * 1024,
)

ELEMENTS = 200_000
"""Rows, and words, that a spreadsheet declares: some ten times what a full list has."""

MOST_SHEETS = 10
PACKAGE, OLD = b"PK\x03\x04", bytes.fromhex("D0CF11E0")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_READ = re.compile(r"xl/.*\.(?:xml|bin)|content\.xml", re.IGNORECASE)
"""The parts that are read; pictures in the package are not."""

_CELL = re.compile(rb'<(?:\w+:)?c\s(?:[^<>]*\s)?r="([A-Za-z]+)(\d{1,10})"(?:[^<>]*[^/<>])?>')
_ROW = re.compile(rb'<(?:\w+:)?row\s(?:[^<>]*\s)?r="(\d{1,10})"(?:[^<>]*[^/<>])?>')
_STRINGS = "xl/sharedstrings.xml"
_STRING_END = re.compile(rb"</(?:\w+:)?si>")
_STRING = re.compile(rb"<(?:\w+:)?si[\s/>]")
_STRING_USED = re.compile(rb't="s"[^<>]*>\s*<(?:\w+:)?v>(\d{1,9})<')
_COUNT = re.compile(rb'uniqueCount="(\d+)"')
_ANY_ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")
LONGEST = 4 * MAX_CELL
"""Bytes between two tags."""

_TOO_LONG = re.compile(rb"(?<![^<>])[^<>]{%d}" % LONGEST)
"""Looked for from tags alone, so that it takes one pass."""

Numbered = list[tuple[int, list[str]]]


def read_sheets(data: bytes) -> Iterator[Numbered] | TableRefused:
    """The rows of each visible sheet, numbered from 1 as the spreadsheet numbers them."""
    named = read_named_sheets(data, OF_LISTS)
    return named if isinstance(named, TableRefused) else iter(named.values())


def read_named_sheets(data: bytes, bounds: Bounds) -> dict[str, Numbered] | TableRefused:
    """The same by the sheets' names, within these bounds."""
    from python_calamine import (  # noqa: PLC0415 -- only spreadsheets need it
        CalamineError,
        CalamineWorkbook,
        PasswordError,
        SheetVisibleEnum,
    )

    refused = _looked_through(data, bounds)
    if refused:
        return refused
    try:
        book = CalamineWorkbook.from_object(io.BytesIO(data))
        shown = [
            one.name for one in book.sheets_metadata if one.visible is SheetVisibleEnum.Visible
        ]
        return {
            name: _rows(book.get_sheet_by_name(name), bounds.rows) for name in shown[:MOST_SHEETS]
        }
    except PasswordError:
        return TableRefused(TableFault.PROTECTED)
    except (CalamineError, OSError, ValueError):
        return TableRefused(TableFault.BROKEN)


def _rows(sheet: CalamineSheet, most: int) -> Numbered:
    cells = sheet.to_python(skip_empty_area=False, nrows=most)
    return [(number, [_shown(cell) for cell in row]) for number, row in enumerate(cells, start=1)]


def _shown(cell: object) -> str:
    """A cell as its spreadsheet shows it, as far as names go: a whole number without ".0"."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _looked_through(file: bytes, bounds: Bounds) -> TableRefused | None:
    """Why a file is not opened: it is protected, no spreadsheet, or unpacks to too much."""
    if file.startswith(OLD):
        protected = _ENCRYPTED in file
        return TableRefused(TableFault.PROTECTED) if protected else None
    try:
        with zipfile.ZipFile(io.BytesIO(file)) as package:
            parts = [part for part in package.infolist() if _READ.fullmatch(part.filename)]
            other = _other_kind(package)
            if other or not parts:
                return TableRefused(TableFault.OTHER_KIND, other or "ZIP")
            if any(part.flag_bits & 1 for part in parts):
                return TableRefused(TableFault.PROTECTED)
            if sum(part.file_size for part in parts) > bounds.unpacked:
                return TableRefused(TableFault.UNPACKS_TOO_LARGE)
            # A part that unpacks to more than it declares fails here, by its checksum.
            read = {part.filename.lower(): package.read(part) for part in parts}
            for data in read.values():
                refused = _part(data, bounds)
                if refused:
                    return refused
            if _in_cells(read, bounds.words) > bounds.words:
                return TableRefused(TableFault.TOO_LARGE)
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, EOFError, zlib.error):
        return TableRefused(TableFault.BROKEN)
    return None


def _other_kind(package: zipfile.ZipFile) -> str:
    """What a package is that holds no spreadsheet; empty where it may."""
    names = {name.partition("/")[0] for name in package.namelist()}
    known = {"word": "Word", "ppt": "PowerPoint", "Index": "Numbers", "Index.zip": "Numbers"}
    if "mimetype" in names and b"spreadsheet" not in package.open("mimetype").read(80):
        return "OpenDocument"
    return "" if "xl" in names else next((known[one] for one in known if one in names), "")


def _part(data: bytes, bounds: Bounds) -> TableRefused | None:
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        return TableRefused(TableFault.BROKEN)
    declared = any(int(count[1]) > len(data) for count in _COUNT.finditer(data))
    if declared or _has_long_words(data):
        return TableRefused(TableFault.BROKEN)
    if _has_many(_ANY_ROW, b"row", data) or _has_many(_STRING, b"si", data):
        return TableRefused(TableFault.TOO_MANY_ROWS)
    rows, columns = _laid_out(data)
    if rows > LAST_ROW or columns > LAST_COLUMN:
        return TableRefused(TableFault.BROKEN)
    if rows * columns > bounds.cells:
        fault = TableFault.TOO_MANY_COLUMNS if columns > rows else TableFault.TOO_MANY_ROWS
        return TableRefused(fault)
    return None


def _has_long_words(data: bytes) -> bool:
    """Whether a text between two tags is too long; a stretch without tags is seen at half of it."""
    half = LONGEST // 2
    stretches = (data[at : at + half] for at in range(0, len(data), half))
    tagless = any(b"<" not in one and b">" not in one for one in stretches)
    return tagless and _TOO_LONG.search(data) is not None


def _has_many(element: re.Pattern[bytes], name: bytes, data: bytes) -> bool:
    """Whether a part has too many of an element; not if its name is not there as often."""
    if data.count(name) <= ELEMENTS:
        return False
    return any(number > ELEMENTS for number, _one in enumerate(element.finditer(data), start=1))


def _laid_out(data: bytes) -> tuple[int, int]:
    """The last row and the last column that a sheet names, one by one: a list would take memory."""
    rows, letters = 1, set()
    for cell in _CELL.finditer(data):
        letters.add(cell[1])
        rows = max(rows, int(cell[2]))
    rows = max(rows, max((int(row[1]) for row in _ROW.finditer(data)), default=1))
    return rows, max(map(column_of, letters), default=1)


def _in_cells(read: Mapping[str, bytes], most: int) -> int:
    """Bytes of the words of all cells, each as often as it stands there; counted up to `most`."""
    lengths = [len(word) for word in _STRING_END.split(read.get(_STRINGS, b""))[:-1]]
    longest, total = max(lengths, default=0), 0
    for data in read.values():
        if total + data.count(b't="s"') * longest <= most:
            continue  # not even if each cell had the longest
        for found in _STRING_USED.finditer(data):
            number = int(found[1])
            total += lengths[number] if number < len(lengths) else 0
            if total > most:
                return total
    return total


def column_of(letters: bytes) -> int:
    """A column's number: A is 1, XFD the last of Excel's; beyond it any number that is larger."""
    number = 0
    for letter in letters.upper()[:8]:
        number = number * 26 + letter - ord("A") + 1
    return number
