"""Text pasted from Word, a messenger or an e-mail as lines: without bullets, numbers, quoting."""

from __future__ import annotations

import re
import unicodedata

from bot.letters.signatories import clean

COMMAS = ",،、，﹐"
"""Commas of all scripts."""

_BREAKS = re.compile(r"\r\n|[\n\r\v\f\u0085]")
_MARKS = "-*•–—‣·§➢➤✓✔○●▪▫◦❖□■→∙☐☑☒✅★➔►▶\uf000-\uf0ff"
"""Bullets; Word's own have characters of their fonts, in a private range."""

_LEADING = re.compile(
    rf"\s*(?:[{_MARKS}]\ufe0f?\s+|[{_MARKS[2:]}]\ufe0f?(?=\w)|o\t\s*|o {{3,}}"
    r"|\d\ufe0f?\u20e3\s*|\(?\d{1,4}[.):]\s+|\(?\d{1,4}[.)](?=[^\W\d_])(?![a-z])"
    r"|\d{1,4}[,;](?=[^\W\d_])|[#№]\s?\d{1,4}[.):]?\s+|\d{1,4}\s+[-–]\s+|\d{1,4}\t\s*|[a-z]\)\s+|[①-⑳㉑-㊿➀-➓]\s*)"
)
_QUOTING = re.compile(r"\s*(?:>\s*)+")
_CHAT = re.compile(
    r"^\s*(?:\[\d{1,2}[:.]\d{2}(?::\d{2})?,?\s*[\d./-]{6,10}\]|\[[\d./-]{6,10},?\s*\d{1,2}[:.]\d{2}"
    r"(?::\d{2})?(?:\s*[AaPp]\.?[Mm]\.?)?\]|[\d./-]{6,10},?\s*\d{1,2}[:.]\d{2}(?::\d{2})?"
    r"(?:\s*[AaPp]\.?[Mm]\.?)?\s+-)\s*[^:]{1,60}:(?:\s+|$)"
)
"""How messengers begin a message that was copied: a day and a time, the sender, a colon."""

_COUNTED = re.compile(r"\s*(\d{1,4})\s+(?=[^\W\d_])")
_AND = re.compile(r"[;,]\s*(?:and|et|y|e|&)$")
_STOP = re.compile(r"(?<=[^\W\d_]{5})[.。]$")
"""A full stop behind a whole word ends the line; behind "Inc" it is its own."""


def lines_of(text: str) -> tuple[list[str], bool]:
    """The lines that are more than marks; and whether control characters were removed."""
    raw = _BREAKS.split(text)
    if _counts(raw):
        raw = [_COUNTED.sub("", line) for line in raw]
    found = [bare(line) for line in raw]
    lines = [line for line, _removed in found if any(map(_says, line))]
    return lines, any(removed for _line, removed in found)


def _says(char: str) -> bool:
    """Whether it is a letter, a digit or a picture."""
    category = unicodedata.category(char)
    return category[0] in "LMN" or category in {"So", "Sc"}


def bare(raw: str) -> tuple[str, bool]:
    """A line without bullet, number and trailing commas; tabs stay, as they part."""
    line = _CHAT.sub("", raw)
    for mark in (_QUOTING, _LEADING, _LEADING):  # "> •  1. A. Example"
        found = mark.match(line)
        line = line[found.end() :] if found else line
    parts = [clean(part) for part in line.split("\t")]
    kept = "\t".join(part for part, _removed in parts if part)
    kept = _AND.sub("", kept).strip(" \t;" + COMMAS[1:]).rstrip(",")
    return _STOP.sub("", kept), any(removed for _, removed in parts)


def _counts(lines: list[str]) -> bool:
    """Whether the lines are numbered one after the other, with nothing behind the numbers."""
    numbers = [int(found[1]) for line in lines if (found := _COUNTED.match(line))]
    return len(numbers) > 1 and numbers == [*range(numbers[0], numbers[0] + len(numbers))]
