"""Co-signers as people type or paste them: lines and CSV files to signatories and problems."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from bot.letters.model import Signatory

MAX_LENGTH = 200
"""Characters of a name, a role or an organisation."""

MAX_SIGNATORIES = 200

COLUMNS = ("name", "role", "organisation")

_DIRECTION = {*"\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"}
_KEPT_FORMAT = {"\u200c", "\u200d", "\u00ad"}  # joiners are spelling in Persian, Hindi and emoji
_TAGS = range(0xE0020, 0xE0080)
_LIST_MARK = re.compile(r"^\s*(?:[-*•–—‣·]\s+|\d{1,3}[.)]\s+)")
_BLANKS = " \t\n\r\v\f\u00a0\u2007\u202f\u3000"


class Problem(StrEnum):
    """What is wrong with a row."""

    NO_NAME = "no_name"
    TOO_LONG = "too_long"
    TOO_MANY_PARTS = "too_many_parts"
    TOO_MANY = "too_many"
    COLUMNS = "columns"
    NOT_TEXT = "not_text"
    NO_ORGANISATION = "no_organisation"


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A problem with the line it stands on, counted from 1; 0 is the whole file."""

    line: int
    problem: Problem
    text: str = ""


@dataclass(frozen=True, slots=True)
class Parsed:
    """What was understood. `cleaned` says that control characters were removed."""

    signatories: tuple[Signatory, ...]
    problems: tuple[RowProblem, ...] = ()
    cleaned: bool = False


def clean(text: str) -> tuple[str, bool]:
    """The text without control and direction characters, and whether any were removed.

    Everything else stays exactly as typed. Line breaks and tabs become blanks; runs of ordinary
    blanks become one.
    """
    kept: list[str] = []
    removed = False
    for char in text:
        if char in "\t\n\r":
            kept.append(" ")
        elif is_removed(char):
            removed = True
        else:
            kept.append(char)
    return re.sub(" {2,}", " ", "".join(kept)).strip(_BLANKS), removed


def is_removed(char: str) -> bool:
    """Whether it is a control or direction character, or none at all."""
    category = unicodedata.category(char)
    if char in _DIRECTION or category in {"Cc", "Cs", "Zl", "Zp"}:
        return True
    if 0xFDD0 <= ord(char) <= 0xFDEF or ord(char) & 0xFFFE == 0xFFFE:  # noqa: PLR2004 -- noncharacters
        return True
    return category == "Cf" and char not in _KEPT_FORMAT and ord(char) not in _TAGS


def parse_lines(text: str) -> Parsed:
    """Co-signers one to a line: "Name, Organisation" or "Name, Role, Organisation".

    A line that starts with a bullet or a number loses it. A name alone is a person alone.
    An organisation may hold commas if it stands in quotation marks.
    """
    found: list[Signatory] = []
    problems: list[RowProblem] = []
    cleaned = False
    for number, raw in enumerate(re.split(r"\r\n|[\n\r\v\f\u0085\u2028\u2029]", text), start=1):
        line = _LIST_MARK.sub("", raw)
        if not line.strip(_BLANKS):
            continue
        parts = [clean(part) for part in _split(line)]
        cleaned = cleaned or any(removed for _, removed in parts)
        words = [part for part, _ in parts]
        if len(words) > len(COLUMNS):
            problems.append(RowProblem(number, Problem.TOO_MANY_PARTS, clean(line)[0]))
            continue
        name, role, organisation = {
            1: (words[0], "", ""),
            2: (words[0], "", words[-1]),
        }.get(len(words), tuple(words))
        _add(found, problems, number, Signatory(name, organisation, role))
    return _limited(found, problems, cleaned=cleaned)


def parse_csv(data: bytes) -> Parsed:
    """Co-signers from a CSV file with the columns name, role, organisation (any order).

    "organization" as well: both spellings are English.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return Parsed((), (RowProblem(0, Problem.NOT_TEXT),))
    header = text.split("\n", 1)[0]
    separator = ";" if header.count(";") > header.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        rows = [(reader.line_num, row) for row in reader]
    except csv.Error:
        return Parsed((), (RowProblem(0, Problem.NOT_TEXT),))
    columns = [cell.strip().casefold() for cell in rows[0][1]] if rows else []
    columns = ["organisation" if cell == "organization" else cell for cell in columns]
    if not {"name", "organisation"} <= set(columns) <= set(COLUMNS):
        return Parsed((), (RowProblem(1, Problem.COLUMNS, clean(header)[0]),))
    found: list[Signatory] = []
    problems: list[RowProblem] = []
    cleaned = False
    for number, row in rows[1:]:
        if not any(cell.strip(_BLANKS) for cell in row):
            continue
        if len(row) != len(columns):
            problems.append(RowProblem(number, Problem.TOO_MANY_PARTS, ", ".join(row)))
            continue
        cells = [clean(cell) for cell in row]
        cleaned = cleaned or any(removed for _, removed in cells)
        values = dict(zip(columns, (cell for cell, _ in cells), strict=True))
        if not values["organisation"] and values["name"]:
            problems.append(RowProblem(number, Problem.NO_ORGANISATION, values["name"]))
            continue
        signatory = Signatory(values["name"], values["organisation"], values.get("role", ""))
        _add(found, problems, number, signatory)
    return _limited(found, problems, cleaned=cleaned)


def _split(line: str) -> list[str]:
    """Parts at commas, except inside quotation marks; a semicolon or tab also parts."""
    if "\t" in line:
        return [part for part in line.split("\t") if part.strip(_BLANKS)]
    separator = ";" if ";" in line and "," not in line else ","
    quoted = re.fullmatch(r'(.*?)[,;]\s*["“«]([^"”»]+)["”»]\s*', line)
    if quoted:
        return [*quoted.group(1).split(separator), quoted.group(2)]
    return line.split(separator)


def _add(
    found: list[Signatory], problems: list[RowProblem], line: int, signatory: Signatory
) -> None:
    if not signatory.name:
        problems.append(RowProblem(line, Problem.NO_NAME, signatory.organisation))
    elif max(map(len, (signatory.name, signatory.role, signatory.organisation))) > MAX_LENGTH:
        problems.append(RowProblem(line, Problem.TOO_LONG, signatory.name[:40] + "…"))
    else:
        found.append(signatory)


def _limited(found: list[Signatory], problems: list[RowProblem], *, cleaned: bool) -> Parsed:
    if len(found) > MAX_SIGNATORIES:
        problems.append(RowProblem(0, Problem.TOO_MANY, str(len(found))))
    return Parsed(tuple(found), tuple(problems), cleaned)
