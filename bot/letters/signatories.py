"""What all ways of giving co-signers share: clean text, limits, what is wrong with a row."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.letters.model import Signatory

MAX_LENGTH = 200
"""Characters of a name, a role or an organisation."""

MAX_SIGNATORIES = 1000
"""An open letter has hundreds."""

_DIRECTION = {*"\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"}
_KEPT_FORMAT = {"\u200c", "\u200d", "\u00ad"}  # joiners are spelling in Persian, Hindi and emoji
_TAGS = range(0xE0020, 0xE0080)
_LATER_JAMO = range(0x1160, 0x1200)
"""Vowels and endings of a Korean syllable, which follow its beginning."""

MOST_MARKS = 30
"""Accents of one letter that are put in order; more are nobody's (Unicode Annex 15, 13)."""

_RUN = re.compile(" {2,}")
_BLANKS = " \t\n\r\v\f\u00a0\u2007\u202f\u3000"


class Problem(StrEnum):
    """What is wrong with a row."""

    NO_NAME = "no_name"
    TOO_LONG = "too_long"
    TOO_MANY_PARTS = "too_many_parts"
    TOO_FEW_PARTS = "too_few_parts"


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

    Line breaks and tabs become blanks, runs of ordinary blanks become one, and a letter with its
    accent beside it (as a Mac's files have it) becomes one. Everything else stays as typed.
    """
    if text.isprintable():  # no blank but the ordinary one, and nothing to remove
        return composed(_RUN.sub(" ", text).strip()), False
    kept: list[str] = []
    removed = False
    for char in text:
        if char in "\t\n\r\v\f\u0085\u2028\u2029":
            kept.append(" ")
        elif is_removed(char):
            removed = True
        else:
            kept.append(char)
    return composed(_RUN.sub(" ", "".join(kept)).strip(_BLANKS)), removed


def composed(text: str) -> str:
    """Letters and their accents as one character (NFC).

    What stands by itself stays as it is: NFC would write the variant of a Japanese surname as the
    common form.
    """
    if text.isascii():
        return text
    runs: list[list[str]] = []
    for char in text:
        follows = unicodedata.combining(char) or ord(char) in _LATER_JAMO
        if runs and follows and len(runs[-1]) < MOST_MARKS:
            runs[-1].append(char)
        else:
            runs.append([char])
    return "".join(
        unicodedata.normalize("NFC", "".join(run)) if len(run) > 1 else run[0] for run in runs
    )


def is_removed(char: str) -> bool:
    """Whether it is a control or direction character, or none at all."""
    category = unicodedata.category(char)
    if char in _DIRECTION or category in {"Cc", "Cs", "Zl", "Zp"}:
        return True
    if 0xFDD0 <= ord(char) <= 0xFDEF or ord(char) & 0xFFFE == 0xFFFE:  # noqa: PLR2004 -- noncharacters
        return True
    return category == "Cf" and char not in _KEPT_FORMAT and ord(char) not in _TAGS
