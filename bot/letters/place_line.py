"""The place and the date of a letter in one line of text, in either order, or one of them alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.letters.day_words import RELATIVE, folded
from bot.letters.days import is_vague, understand

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from bot.letters.days import Days

LONGEST = 200
"""Characters of a place and a date: what is longer is neither, and would take long to part."""

_EDGES = " ,;:-–—"
_SEPARATORS = re.compile(r"[،，;；、]|(?<!\d) [-–—|/] | [-–—|/] (?!\d)")
_PLEASE = re.compile(
    r"[\s,]+(?:please|pls|plz|s['’]il (?:vous|te) pla[iî]t|svp|por favor|thanks|thank you|merci"
    r"|gracias)[\s.!]*$",
    re.IGNORECASE,
)
_LEADING = re.compile(r"(?:^|[\s,]+)(?:as of|as at|dated|on|for|pour|para|the)$", re.IGNORECASE)
_IN = re.compile(r"^(?:in|at|from|à|a|en|de|desde|depuis) ", re.IGNORECASE)

_NAMES_OF_DAYS = frozenset({"santo", "santa", "san", "saint", "good", "ash", "palm"})
"""After these words a day is a name: Santo Domingo."""


def place_and_days(
    text: str, today: date, is_place: Callable[[str], bool]
) -> tuple[str, Days | None]:
    """What was typed, parted: "Lyon, mardi 2 mars 2027" is Lyon and that day.

    The place is empty where there is only a date; there are no days where none was understood.
    """
    if len(text) > LONGEST:
        return text, None
    text = tidied(text)
    if is_place(text):
        return text, None
    whole = understand(text, today)
    if whole:
        return "", whole
    found = (
        list(_at_commas(text, today))
        or list(_at_spaces(text, today))
        or list(_date_first(text, today, is_place))
    )
    found = [(place, days) for place, days in found if not is_vague(place)]
    known = [pair for pair in found if is_place(pair[0])]
    return next(iter(known or found), (text, None))


def tidied(text: str) -> str:
    """The text with commas as the only separators, and without a "please" at its end."""
    text = _SEPARATORS.sub(",", " ".join(text.split()))
    return _PLEASE.sub("", text).strip(_EDGES)


def _at_commas(text: str, today: date) -> Iterator[tuple[str, Days]]:
    """The longest date behind a comma, then the longest before one."""
    commas = [position for position, char in enumerate(text) if char == ","]
    for position in commas:
        place, days = _place(text[:position]), understand(text[position + 1 :], today)
        if days and place:
            yield place, days
    for position in reversed(commas):
        place, days = _place(text[position + 1 :]), understand(text[:position], today)
        if days and place:
            yield place, days


def _at_spaces(text: str, today: date) -> Iterator[tuple[str, Days]]:
    """The longest date at the end; none that would leave a part of itself with the place."""
    for position, char in enumerate(text):
        place = _place(text[:position])
        if char != " " or not place or place[-1].isdigit():
            continue
        if place.split()[-1].casefold() in _NAMES_OF_DAYS:
            continue
        days = understand(text[position + 1 :], today, short=False)
        if days:
            yield place, days


def _date_first(
    text: str, today: date, is_place: Callable[[str], bool]
) -> Iterator[tuple[str, Days]]:
    """The longest date at the beginning; a weekday only before a known place: Monday Island."""
    for position in reversed([position for position, char in enumerate(text) if char == " "]):
        before, place = text[:position], _place(_IN.sub("", text[position + 1 :]))
        days = understand(before, today) if place else None
        sure = any(char.isdigit() for char in before) or folded(before) in RELATIVE
        if days and (sure or is_place(place)):
            yield place, days


def _place(text: str) -> str:
    """What is before or after a date without the words that led to it."""
    return _LEADING.sub("", text.strip(_EDGES)).strip(_EDGES)
