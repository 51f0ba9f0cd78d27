"""CSV files in the many forms in which programs save them: encodings, separators, marks."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

LONGEST_CELL = 4 * 1024 * 1024
"""One cell may hold all of a file: then it is told so."""

_SEPARATORS = "\t;,|"
_SEP_LINE = re.compile(r"^\ufeff?\"?sep=(.)\"?\r?\n", re.IGNORECASE)
_HALVES = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
"""Half a character as a careless program writes it: UTF-8 that is damaged, and nothing older."""

_WITHIN = 4000
"""Characters from which the separator is guessed."""


def decoded(data: bytes) -> str | None:
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


def numbered_rows(
    text: str, is_head: Callable[[str], bool], most: int
) -> list[tuple[int, Sequence[str]]]:
    """The rows of cells with the numbers that a spreadsheet gives them, `most` of them.

    `is_head` says whether a line may be the head of one column.
    """
    told = _SEP_LINE.match(text)
    body = text[told.end() :] if told else text
    separator = told[1] if told else _separator(body, is_head)
    # A quotation mark that nobody closed must not swallow the rest of a file.
    quoted = body.count('"') % 2 == 0
    reader = csv.reader(
        io.StringIO(body, newline=""),
        delimiter=separator,
        quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE,
    )
    csv.field_size_limit(LONGEST_CELL)
    found: list[tuple[int, Sequence[str]]] = []
    try:
        for number, row in enumerate(reader, start=1):
            found.append((number, row))
            if len(found) > most:
                break
    except csv.Error:
        return []
    return found


def _separator(text: str, is_head: Callable[[str], bool]) -> str:
    """The sign that stands in most of the first lines, outside of quotation marks."""
    lines = re.sub(r'"[^"]*"', "", text[:_WITHIN]).splitlines()[:20]
    heads = [line for line in lines if line.strip() and is_head(line)]
    if heads and not any(sign in line for line in heads for sign in _SEPARATORS):
        return "\0"  # one column: a comma in it is a name's own
    counted = {sign: sum(sign in line for line in lines) for sign in _SEPARATORS}
    most = max(counted.values(), default=0)
    if not most:
        return ","
    # Where two stand in as many lines, a name's comma is less likely than another sign.
    return next(sign for sign in "\t;|," if counted[sign] == most)
