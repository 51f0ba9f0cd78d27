"""A file with co-signers, whatever an office saves: spreadsheets, CSV in many forms, vCards."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from bot.documents.vcards import read_cards
from bot.documents.workbooks import OLD, PACKAGE, read_sheets
from bot.letters.file_kinds import PDF, SVG, kind_of
from bot.letters.signatory_heads import is_known
from bot.letters.signatory_lines import Lines, read_lines
from bot.letters.signatory_tables import (
    MAX_ROWS,
    Table,
    TableFault,
    TableRefused,
    of_signatories,
    table_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_FILE = 1024 * 1024
MOST_SHOWN = 200
"""Characters of what a list begins with, in a refusal."""

WIDEST_LINE = 6
"""Commas of a line that was typed: more part a table."""

_SEPARATORS = "\t;,|"
_SEP_LINE = re.compile(r"^\ufeff?\"?sep=(.)\"?\r?\n", re.IGNORECASE)
_CARD = "BEGIN:VCARD"
_HALVES = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
"""Half a character as a careless program writes it: UTF-8 that is damaged, and nothing older."""

_WITHIN = 4000
"""Characters from which the separator is guessed."""

Found = Table | Lines | TableRefused


def read_signatories(name: str, data: bytes) -> Found:
    """The table in a file, or one contact; or why there is nothing.

    Lines and contacts are a table as well, of name, role and organisation. The name is the file's
    own.
    """
    del name  # names lie
    if len(data) > MAX_FILE:
        return TableRefused(TableFault.TOO_LARGE)
    if not data.strip():
        return TableRefused(TableFault.EMPTY)
    if data.startswith((PACKAGE, OLD)):
        return _of_sheets(data)
    other = kind_of(data)
    if other and (b"\0" in data[:1000] or other in {PDF, SVG}):
        return TableRefused(TableFault.OTHER_KIND, other)
    text = _decoded(data)
    if text is None:
        return TableRefused(TableFault.NOT_TEXT)
    if re.match(r"\s*BEGIN:VCARD\s", text, re.IGNORECASE):
        return _of_cards(text)
    if re.match(r"\s*(?:<!doctype|<html|<\?xml|<table|\{\\rtf)", text, re.IGNORECASE):
        return TableRefused(TableFault.OTHER_KIND, "RTF" if text.lstrip()[0] == "{" else "HTML")
    return _of_text(text)


def _of_sheets(data: bytes) -> Found:
    """The first sheet with a head; where none has one, the first that may be a list."""
    sheets = read_sheets(data)
    if isinstance(sheets, TableRefused):
        return sheets
    found = [table_of(rows) for rows in sheets]
    tables = [one for one in found if isinstance(one, Table)]
    headed = next((one for one in tables if one.heads), None)
    ordered = next((one for one in tables if one.meanings), None)
    refused = next((one for one in found if not _is_empty(one)), TableRefused(TableFault.EMPTY))
    return headed or ordered or next(iter(tables), refused)


def _is_empty(found: Found) -> bool:
    return isinstance(found, TableRefused) and found.fault is TableFault.EMPTY


def _of_cards(text: str) -> Found:
    """One contact signs at once; of many it is shown who they are. One without a name is none."""
    if text.upper().count(_CARD) > MAX_ROWS:
        return TableRefused(TableFault.TOO_MANY_ROWS)
    cards = read_cards(text)
    if len(cards.taken) > 1:
        return of_signatories(cards.taken)
    return Lines(cards.taken, () if cards.taken else cards.doubts, cards.cleaned)


def _of_text(text: str) -> Found:
    """A table with a head; lines, as they are typed; or a table whose columns nobody named."""
    table = table_of(_rows(text))
    if isinstance(table, TableRefused) or table.heads:
        return table
    parted = table.width > 1 and len(table.rows) > 1 and set(text) & set('\t;|"')
    if parted or table.width > WIDEST_LINE:
        return table
    lines = read_lines(text)
    if len(lines.taken) > len(lines.doubts):
        return of_signatories(lines.taken, tuple(doubt.text for doubt in lines.doubts))
    if table.width > 1:
        return table
    return TableRefused(TableFault.NO_COLUMNS, table.rows[0][1][0][:MOST_SHOWN])


def _decoded(data: bytes) -> str | None:
    """The text of a CSV file as Excel, LibreOffice and forms save it; None of what is no text."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    elif b"\0" in data[:_WITHIN]:
        # Without a byte-order mark the blanks and commas tell: their other byte is zero.
        low = data[1:_WITHIN:2].count(0) > data[0:_WITHIN:2].count(0)
        encodings = ("utf-16-le" if low else "utf-16-be",)
    else:
        old = "mac-roman" if _is_macs(data) else "cp1252"
        encodings = ("utf-8-sig",) if _HALVES.search(data) else ("utf-8-sig", old)
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        odd = sum(char < " " and char not in "\t\r\n\f\v" for char in text[:_WITHIN])
        return None if odd else text
    return None


def _is_macs(data: bytes) -> bool:
    """Whether letters with accents are where an old Mac has them, and not where Windows does."""
    macs = len(re.findall(rb"[A-Za-z][\x80-\x89\x8b\x8d-\x91\x93-\x99\x9b\x9d\x9f]", data))
    windows = len(re.findall(rb"[A-Za-z][\xc0-\xff]|[\xc0-\xff][a-z]", data))
    return macs > windows


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
    csv.field_size_limit(MAX_FILE)  # one cell may hold all of a file: then it is told so
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
