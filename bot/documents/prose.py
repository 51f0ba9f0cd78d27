"""Running text as a page sets it: its lists, and the dates that no line may break.

The words stay the letter's own: only blanks within a date become no-break ones.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.letters import english, french, spanish
from bot.letters.addresses import outside_addresses

_NBSP = "\u00a0"
_MARK = re.compile(r"[ \t]*([-–—•·‣▪◦*]|\(?[0-9]{1,3}[.)]|\(?[a-z]\))[ \t\u00a0]+(?=\S)")


def _dates() -> re.Pattern[str]:
    day = r"\b[0-9]{1,2}(?:er|st|nd|rd|th|\.?º)?"
    blank = f"[ {_NBSP}]"
    names = {one: "|".join(one.MONTHS) for one in (english, french, spanish)}
    return re.compile(
        rf"{day}{blank}(?:{names[english]}|{names[french]})\b"
        rf"|\b(?:{names[english]}){blank}[0-9]{{1,2}}(?:st|nd|rd|th)?\b"
        rf"|{day}{blank}de{blank}(?:{names[spanish]})\b"
    )


_DATE = _dates()
_WHOLE = re.compile(
    rf"(?<![^\s(«“‘’])(?:(?:{'|'.join((*english.MONTHS, *french.MONTHS, *spanish.MONTHS))})"
    r"|[A-Za-zÀ-ɏ]{4,7})(?![^\s,.;:!?)»”’])"
)
_SYLLABLE = re.compile("y|[^\\W\\d_bcdfghjklmnpqrstvwxyzçñ]+", re.IGNORECASE)
"""Vowels that stand together; a word with but one of these has no place for a hyphen."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Lines of a paragraph; with a mark, one item of a list, which hangs behind it."""

    text: str
    mark: str = ""


def unbroken(text: str) -> str:
    """The text with day and month in one piece; addresses stay as they are.

    The year may stand on the next line: bound to the month, it would tear lines apart.
    """
    if not any(char.isdigit() for char in text):
        return text
    return outside_addresses(
        text, lambda part: _DATE.sub(lambda date: date[0].replace(" ", _NBSP), part)
    )


def runs(text: str) -> list[str]:
    """The text parted: every second run is a word that is not hyphenated, be it that it is short.

    Two letters at a line's end or beginning are no help to a reader: "ha-ya", "jan-vier".
    """
    found, start = [], 0
    for word in _WHOLE.finditer(text):
        if len(_SYLLABLE.findall(word[0])) > 1:
            found += [text[start : word.start()], word[0]]
            start = word.end()
    return [*found, text[start:]]


def pieces(paragraph: str) -> list[Piece]:
    """A paragraph's lines, the items of lists each by itself."""
    found: list[Piece] = []
    for line in paragraph.split("\n"):
        mark = _MARK.match(line)
        if mark:
            found.append(Piece(line[mark.end() :], mark[1]))
        elif found and not found[-1].mark:
            found[-1] = Piece(f"{found[-1].text}\n{line}")
        else:
            found.append(Piece(line))
    return found
