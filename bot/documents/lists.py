"""A file with co-signers, whatever an office saves: spreadsheets, CSV in many forms, vCards."""

from __future__ import annotations

import re

from bot.documents.delimited import decoded, numbered_rows
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

MAX_FILE = 1024 * 1024
MOST_SHOWN = 200
"""Characters of what a list begins with, in a refusal."""

WIDEST_LINE = 6
"""Commas of a line that was typed: more part a table."""

_CARD = "BEGIN:VCARD"
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
    text = decoded(data)
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
    table = table_of(numbered_rows(text, is_known, MAX_ROWS + 1))
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
