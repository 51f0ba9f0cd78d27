"""A mission book that somebody sends, as rows of cells: Excel or CSV, within bounds.

A cell that a spreadsheet reckons is marked: what it would come to elsewhere is nobody's word.
"""

from __future__ import annotations

import io
import re
import zipfile
from posixpath import join, normpath
from typing import TYPE_CHECKING

from bot.documents.delimited import decoded, numbered_rows
from bot.documents.workbooks import (
    OLD,
    PACKAGE,
    Bounds,
    column_of,
    read_named_sheets,
)
from bot.letters.book_faults import Row
from bot.letters.book_heads import HEAD_ROWS, heads_of
from bot.letters.book_heads import column_of as column_of_head
from bot.letters.file_kinds import PDF, SVG, kind_of
from bot.letters.mission_book import MAX_ENTRIES
from bot.letters.signatory_tables import MAX_COLUMNS, TableFault, TableRefused

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bot.documents.workbooks import Numbered

MAX_FILE = 4 * 1024 * 1024
"""Ten thousand full rows have some two."""

MOST_ROWS = MAX_ENTRIES + HEAD_ROWS + 1
"""One more than may be, so that too many are seen."""

MAX_NAMING = 256 * 1024
"""Bytes of a part that only names the sheets; of a larger one nothing is read."""

BOUNDS = Bounds(
    rows=MOST_ROWS,
    cells=MOST_ROWS * MAX_COLUMNS,
    unpacked=10 * 1024 * 1024,
    words=16 * 1024 * 1024,
)

_FORMULA = re.compile(
    rb'<(?:\w+:)?c\s(?:[^<>]*\s)?r="([A-Za-z]{1,3})(\d{1,7})"[^<>]*>\s*<(?:\w+:)?f[\s/>]'
)
_ANY_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_TAG = re.compile(rb"<(?:\w+:)?(?:sheet|Relationship)\s([^<>]*)>")
_ATTRIBUTE = re.compile(rb'([\w:]+)\s*=\s*"([^"]*)"')
_SHEETS = re.compile(r"xl/worksheets/[^/]*\.xml", re.IGNORECASE)
_MARKUP = re.compile(r"\s*(?:<!doctype|<html|<\?xml|<table)", re.IGNORECASE)

Places = frozenset[tuple[int, int]]


def read_rows(data: bytes) -> tuple[Row, ...] | TableRefused:
    """The rows of the sheet that has the book's heads, with their numbers; or why there are none.

    Of a table without such heads its rows, for whoever reads them to say so.
    """
    if len(data) > MAX_FILE:
        return TableRefused(TableFault.TOO_LARGE)
    if not data.strip():
        return TableRefused(TableFault.EMPTY)
    if data.startswith(OLD):
        protected = "EncryptedPackage".encode("utf-16-le") in data
        return TableRefused(*((TableFault.PROTECTED,) if protected else _other("XLS")))
    if data.startswith(PACKAGE):
        return _of_workbook(data)
    other = kind_of(data)
    if other and (b"\0" in data[:1000] or other in {PDF, SVG}):
        return TableRefused(*_other(other))
    text = decoded(data)
    if text is None:
        return TableRefused(TableFault.NOT_TEXT)
    if _MARKUP.match(text):
        return TableRefused(*_other("HTML"))
    rows = numbered_rows(text, lambda line: column_of_head(line) is not None, MOST_ROWS)
    return _rows(rows, frozenset()) or TableRefused(TableFault.EMPTY)


def _other(kind: str) -> tuple[TableFault, str]:
    return TableFault.OTHER_KIND, kind


def _rows(numbered: Iterable[tuple[int, Sequence[str]]], formulas: Places) -> tuple[Row, ...]:
    by_row: dict[int, set[int]] = {}
    for number, column in formulas:
        by_row.setdefault(number, set()).add(column)
    return tuple(
        Row(number, tuple(cells), frozenset(by_row.get(number, ())))
        for number, cells in numbered
        if any(cells) or number in by_row
    )


def _of_workbook(data: bytes) -> tuple[Row, ...] | TableRefused:
    """The first sheet with heads; where none has any, the first that holds something."""
    sheets = read_named_sheets(data, BOUNDS)
    if isinstance(sheets, TableRefused):
        return sheets
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = {name.lower() for name in package.namelist()}
            if "xl/workbook.xml" not in names:
                return TableRefused(*_other("OpenDocument" if "content.xml" in names else "XLSB"))
            formulas = _formulas(package)
    except (zipfile.BadZipFile, OSError, ValueError, KeyError):
        return TableRefused(TableFault.BROKEN)
    if formulas is None:
        return TableRefused(TableFault.BROKEN)
    filled = {name: rows for name, rows in sheets.items() if any(any(cells) for _n, cells in rows)}
    if not filled:
        return TableRefused(TableFault.EMPTY)
    name = next((name for name, rows in filled.items() if _has_heads(rows)), next(iter(filled)))
    rows = filled[name]
    if max(len(cells) for _number, cells in rows) > MAX_COLUMNS:
        return TableRefused(TableFault.TOO_MANY_COLUMNS)
    # Of a sheet whose part is not found, what is reckoned anywhere counts.
    return _rows(rows, formulas.get(name, frozenset().union(*formulas.values())))


def _has_heads(rows: Numbered) -> bool:
    filled = [cells for _number, cells in rows if any(cells)]
    return heads_of(filled) is not None


def _formulas(package: zipfile.ZipFile) -> Mapping[str, Places] | None:
    """The cells with formulas, by the sheets' names; None where some do not say where they are."""
    found: dict[str, Places] = {}
    for part in package.namelist():
        if _SHEETS.fullmatch(part):
            data = package.read(part)
            if not _ANY_FORMULA.search(data):
                found[part.lower()] = frozenset()
                continue
            places = _FORMULA.findall(data)
            if len(places) != len(_ANY_FORMULA.findall(data)):
                return None
            columns = {letters: column_of(letters) - 1 for letters in {one[0] for one in places}}
            found[part.lower()] = frozenset((int(row), columns[at]) for at, row in places)
    names = _named(package)
    return {name: found[part] for name, part in names.items() if part in found} or found


def _named(package: zipfile.ZipFile) -> Mapping[str, str]:
    """The part of each sheet by its name; without those whose names need more than is read here."""
    relations = {
        one.get("Id", ""): normpath(join("xl", one.get("Target", "").lstrip("/"))).lower()
        for one in _tags(package, "xl/_rels/workbook.xml.rels")
    }
    relations = {key: part.replace("xl/xl/", "xl/") for key, part in relations.items()}
    return {
        one["name"]: relations[one["r:id"]]
        for one in _tags(package, "xl/workbook.xml")
        if "&" not in one.get("name", "&") and one.get("r:id", "") in relations
    }


def _tags(package: zipfile.ZipFile, part: str) -> list[dict[str, str]]:
    """The attributes of the sheets, or of the relations, that a part names."""
    there = part in package.namelist() and package.getinfo(part).file_size <= MAX_NAMING
    data = package.read(part) if there else b""
    return [
        {
            key.decode("ascii", "replace"): value.decode("utf-8", "replace")
            for key, value in _ATTRIBUTE.findall(tag[1])
        }
        for tag in _TAG.finditer(data)
    ]
