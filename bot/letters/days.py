"""Dates as people type them, in English, French and Spanish."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import lru_cache

from bot.letters import english, french, spanish

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NUMERIC = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
_WORDS = re.compile(
    r"(?:(?:le|el)\s+)?(\d{1,2})(?:st|nd|rd|th|er|º|°)?\.?\s+(?:of\s+|de\s+)?([^\W\d_]+)\.?,?\s+"
    r"(?:(?:de|del|of)\s+)?(\d{4})"
)
_AMERICAN = re.compile(r"([^\W\d_]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_SHORTEST_MONTH = 3


def parse_date(text: str) -> date | None:
    """The date, day before month; None where it is none. "26th July 2010", "26.7.2010", ISO."""
    text = " ".join(_folded(text).split())
    if found := _ISO.fullmatch(text):
        year, month, day = (int(part) for part in found.groups())
    elif found := _NUMERIC.fullmatch(text):
        day, month, year = (int(part) for part in found.groups())
    elif found := _WORDS.fullmatch(text):
        day, month, year = int(found[1]), _month(found[2]), int(found[3])
    elif found := _AMERICAN.fullmatch(text):
        day, month, year = int(found[2]), _month(found[1]), int(found[3])
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _folded(text: str) -> str:
    text = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in text if not unicodedata.combining(char)).strip(" .")


def _month(word: str) -> int:
    """1 to 12, from a month's name or a start of it that means one month; else 0."""
    months = _months()
    if word in months:
        return months[word]
    if len(word) < _SHORTEST_MONTH:
        return 0
    found = {number for name, number in months.items() if name.startswith(word)}
    return found.pop() if len(found) == 1 else 0


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    return {
        _folded(name): number
        for language in (english, french, spanish)
        for number, name in enumerate(language.MONTHS, start=1)
    }
