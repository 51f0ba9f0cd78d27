"""The place and the date of a letter in one line of text, in either order, or one of them alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.letters.days import is_vague, understand

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from bot.letters.days import Days

_NAMES_OF_DAYS = frozenset({"santo", "santa", "san", "saint", "good", "ash", "palm"})
"""After these words a day is a name: Santo Domingo."""


def place_and_days(
    text: str, today: date, is_place: Callable[[str], bool]
) -> tuple[str, Days | None]:
    """What was typed, parted: "Lyon, mardi 2 mars 2027" is Lyon and that day.

    The place is empty where there is only a date; there are no days where none was understood.
    """
    text = " ".join(text.replace("،", ",").replace("，", ",").split()).strip(" ,")
    whole = understand(text, today)
    if whole:
        return "", whole
    if is_place(text):
        return text, None
    found = list(_at_commas(text, today)) or list(_at_spaces(text, today))
    found = [pair for pair in found if not is_vague(pair[0])]
    known = [pair for pair in found if is_place(pair[0])]
    return next(iter(known or found), (text, None))


def _at_commas(text: str, today: date) -> Iterator[tuple[str, Days]]:
    """The longest date behind a comma, then the longest before one."""
    commas = [position for position, char in enumerate(text) if char == ","]
    for position in commas:
        place, days = text[:position].strip(" ,"), understand(text[position + 1 :], today)
        if days and place:
            yield place, days
    for position in reversed(commas):
        place, days = text[position + 1 :].strip(" ,"), understand(text[:position], today)
        if days and place:
            yield place, days


def _at_spaces(text: str, today: date) -> Iterator[tuple[str, Days]]:
    """The longest date at the end; none that would leave a part of itself with the place."""
    for position, char in enumerate(text):
        place = text[:position].rstrip(" ,")
        if char != " " or not place or place[-1].isdigit():
            continue
        if place.split()[-1].casefold() in _NAMES_OF_DAYS:
            continue
        days = understand(text[position + 1 :], today, short=False)
        if days:
            yield place, days
