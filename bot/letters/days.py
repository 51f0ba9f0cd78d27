"""Dates as people type them, in English, French and Spanish.

A date that could be two days is never guessed at: both are given back. Without a year, the coming
one is meant, unless the day has only just gone by; a weekday alone is the coming one, today too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from bot.letters.day_words import (
    ARTICLES,
    FILLERS,
    FIRST,
    LAST,
    NEXT,
    NUMBERS,
    RELATIVE,
    SHORT_WEEKDAYS,
    WEEKDAYS,
    folded,
    month_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable

FIRST_YEAR, LAST_YEAR = 1990, 2040
"""A letter is dated within these years: any other one is a slip of the thumb."""

FIRST_OF_FACTS = 1945
"""The year from which treaties of the United Nations have a status."""

AHEAD = timedelta(days=1)
"""Where a person is, it may be tomorrow already: clocks east of this computer's are ahead of it."""

LONGEST = 60
"""A date is not longer than this."""

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})|((?:19|20)\d\d)(\d\d)(\d\d)")
_NUMERIC = re.compile(r"(\d{1,2}) ?([./ -]) ?(\d{1,2}) ?\2 ?(\d{3,4}|'?\d\d)")
_NO_YEAR = re.compile(r"(\d{1,2})([./])(\d{1,2})")
_WORDS = re.compile(
    r"(\d{1,2})(?: ?(?:st|nd|rd|th|er|re|e|o|ro|do|°)(?=[ .]))?[ ./-]*(?:(?:of|de) |d')?"
    r"([^\W\d_]+)(?:[., /-]*(?:(?:de|del|of) )?(\d{3,4}|'?\d\d))?"
)
_MONTH_FIRST = re.compile(
    r"([^\W\d_]+)\.?[ /-]*(?:the )?(\d{1,2})(?:st|nd|rd|th)?(?:[, /-]+(\d{3,4}|'?\d\d))?"
)
_AHEAD = re.compile(
    rf"(?:in|dans|en|dentro de) (\d{{1,3}}|{'|'.join(NUMBERS)}) "
    r"(days?|jours?|dias?|weeks?|semaines?|semanas?)"
)
_OF_MONTH = re.compile(
    r"(?:on )?(?:the|le|el|du) (\d{1,2})(?:st|nd|rd|th|er)?|(\d{1,2})(?:st|nd|rd|th)"
)
_NAMED_OF_MONTH = re.compile(
    r"(?:le |el |on )?([^\W\d_]+),? (?:the |le )?(\d{1,2})(?:st|nd|rd|th|er)?"
)
_VAGUE = re.compile(
    r"(?:^|[ ,])(?:"
    r"(?:next|this|last|coming) (?:week|month|year|week-?end)|tonight"
    r"|(?:cette )?(?:semaine|annee) (?:prochaine|derniere)|cette semaine"
    r"|(?:mois|week-end) (?:prochain|dernier)|ce week-end"
    r"|(?:semana|mes|ano) (?:que viene|proximo|proxima|pasado|pasada)|esta semana"
    r"|(?:proxima|proximo|pasada|pasado) (?:semana|mes|ano)"
    r"|morning|afternoon|evening|matin|soir|apres-midi|(?:por la|esta) (?:manana|tarde|noche)"
    r"|(?:in|dans|en|dentro de) \w+ (?:days?|jours?|dias?|weeks?|semaines?|semanas?)"
    r")$"
)
_DAY_WORDS = frozenset(word for word in RELATIVE if " " not in word)
_RECENT, _JUST_NOW, _YEAR = timedelta(days=60), timedelta(days=7), timedelta(days=366)
_CENTURY, _TURN, _LONGEST_SHORT_YEAR = 100, 90, 2
_FURTHEST_LEAP_YEAR = 9


@dataclass(frozen=True, slots=True)
class Days:
    """The days that a text could mean, the likeliest first; of more than one, the user is asked.

    `written` says that day, month and a whole year stood there: any other day is said back.
    `weekday` (Monday is 0) was typed and is none of the day's own.
    """

    days: tuple[date, ...]
    written: bool = True
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way to read day and month; without a year where none stood there."""

    day: int
    month: int
    year: int | None
    whole: bool = True


def parse_date(text: str) -> date | None:
    """A date with its year that can be read in one way only; None for any other.

    "26th July 2010", "July 26, 2010", "26/7/2010", ISO; not "3/4/2027", nor "tomorrow".
    """
    found = _dated_alone(text)
    sure = found and len(found.days) == 1 and found.weekday is None
    return found.days[0] if found and sure else None


def understand(text: str, today: date, *, past: bool = False, short: bool = True) -> Days | None:
    """The days that a text could mean; None where it means none.

    `past` takes what is left open for the latest such day instead of the coming one, or for
    tomorrow's date, which it may be already where the person is. Without `short`, "mar 2 marzo"
    does not begin with a weekday.
    """
    if len(text) > LONGEST:
        return None
    text = folded(text).removeprefix("as of ").removeprefix("as at ")
    return (
        _relative(text, today)
        or _on_weekday(text, today, past=past)
        or _dated(text, today, past=past, short=short)
        or _of_month(text, today, past=past)
    )


def is_two_days(text: str) -> bool:
    """Whether a whole date can be read in two ways: "3/4/2027"."""
    found = _dated_alone(text)
    return found is not None and len(found.days) > 1


def _dated_alone(text: str) -> Days | None:
    return _dated(folded(text), None, past=False, short=True) if len(text) <= LONGEST else None


def is_vague(text: str) -> bool:
    """Whether a text that holds no date speaks of a time all the same: "tomorrow morning"."""
    text = folded(text)
    words = text.replace(",", " ").split()
    return bool(_VAGUE.search(text)) or not _DAY_WORDS.isdisjoint(words)


def within_reach(day: date) -> bool:
    """Whether a letter may bear that date."""
    return FIRST_YEAR <= day.year <= LAST_YEAR


def is_far(day: date, today: date) -> bool:
    """Whether a letter of that date is more than a year ahead: the year may be a slip."""
    return day - today > _YEAR


def has_come(day: date, today: date) -> bool:
    """Whether the day is there, or may be there already where the person is."""
    return day <= today + AHEAD


def is_to_come(text: str, today: date) -> bool:
    """Whether a text is a word for a day ahead, wherever the person is: "tomorrow"."""
    found = _relative(folded(text), today)
    return found is not None and found.days[0] > today


def _relative(text: str, today: date) -> Days | None:
    offset = RELATIVE.get(text.removeprefix("the "))
    if offset is None and (found := _AHEAD.fullmatch(text)):
        offset = (NUMBERS.get(found[1]) or int(found[1])) * (7 if found[2][0] in "ws" else 1)
    return None if offset is None else Days((today + timedelta(days=offset),), written=False)


def _on_weekday(text: str, today: date, *, past: bool) -> Days | None:
    """A weekday alone, or with its next or last: "next Friday", « vendredi dernier »."""
    words = text.split()
    named = [WEEKDAYS[word] for word in words if word in WEEKDAYS]
    rest = {word for word in words if word not in WEEKDAYS}
    if len(named) != 1 or not rest <= FILLERS | NEXT | LAST:
        return None
    ahead = (named[0] - today.weekday()) % 7
    if rest & LAST or (past and not rest & NEXT):
        ahead = ahead - 7 if ahead or rest & LAST else 0
    elif rest & NEXT:
        ahead = ahead or 7
    return Days((today + timedelta(days=ahead),), written=False)


def _of_month(text: str, today: date, *, past: bool) -> Days | None:
    """A day of this month or the next: « le 6 », "Friday 6th" where that is a Friday."""
    weekday = None
    if found := _OF_MONTH.fullmatch(text):
        number = int(found[1] or found[2])
    elif found := _NAMED_OF_MONTH.fullmatch(text):
        weekday, number = WEEKDAYS.get(found[1]), int(found[2])
        if weekday is None:
            return None
    else:
        return None
    around = (today + timedelta(days=offset) for offset in range(-31, 32))
    days = [day for day in around if day.day == number]
    gone, coming = [d for d in days if d <= today][-1:], [d for d in days if d >= today][:1]
    if past:
        near = [*gone, *(d for d in coming if d == today + AHEAD)]
    else:
        near = [*(d for d in gone if today - d <= _JUST_NOW and coming != gone), *coming]
    fitting = tuple(day for day in near if weekday in {None, day.weekday()})
    return Days(fitting, written=False) if fitting else None


def _dated(text: str, today: date | None, *, past: bool, short: bool) -> Days | None:
    """A day and its month, with or without a weekday before it and a year behind it."""
    weekdays = WEEKDAYS | SHORT_WEEKDAYS if short else WEEKDAYS
    words = _without_articles(text.split())
    weekday = weekdays.get(words[0].rstrip(".,")) if len(words) > 1 else None
    if weekday is not None:
        found = _read(_without_articles(words[1:]), today, past=past)
        if found:
            return _on(weekday, found)
    return _read(words, today, past=past)


def _without_articles(words: list[str]) -> list[str]:
    while len(words) > 1 and words[0] in ARTICLES:
        words = words[1:]
    return words


def _on(weekday: int, found: Days) -> Days:
    """Those of the days that fall on the weekday; else what might be meant, to be asked about."""
    agreeing = tuple(day for day in found.days if day.weekday() == weekday)
    if agreeing:
        return Days(agreeing, found.written)
    near = tuple(dict.fromkeys(one for day in found.days[:2] for one in _near(day, weekday)))
    return Days(near, found.written, weekday)


def _near(day: date, weekday: int) -> list[date]:
    """The day itself, the nearest one of that weekday, and the same date of a year beside it."""
    if not within_reach(day):
        return [day]
    around = (day + timedelta(days=offset) for offset in range(-3, 4))
    beside = (_day(_Reading(day.day, day.month, day.year + years)) for years in (1, -1))
    found = [day, *(one for one in (*around, *beside) if one and one.weekday() == weekday)]
    return list(dict.fromkeys(found))


def _read(words: list[str], today: date | None, *, past: bool) -> Days | None:
    readings = _readings(" ".join([FIRST.get(words[0], words[0]), *words[1:]])) if words else []
    found = [day for one in readings for day in _days(one, today, past=past)]
    if past and today:
        found = [day for day in found if has_come(day, today)] or found
    days = tuple(dict.fromkeys(found))
    return Days(days, all(one.whole for one in readings)) if days else None


def _readings(text: str) -> list[_Reading]:
    """The ways to read a date; "12/31" can only be month first, "3.4." only day first."""
    if found := _ISO.fullmatch(text):
        year, month, day = (int(one) for one in found.groups() if one)
        return [_Reading(day, month, year)]
    if found := _NUMERIC.fullmatch(text):
        return _either_way(int(found[1]), int(found[3]), found[2], found[4])
    if found := _NO_YEAR.fullmatch(text):
        return _either_way(int(found[1]), int(found[3]), found[2], "")
    if found := _WORDS.fullmatch(text):
        return [_reading(int(found[1]), month_of(found[2]), found[3] or "")]
    if found := _MONTH_FIRST.fullmatch(text):
        return [_reading(int(found[2]), month_of(found[1]), found[3] or "")]
    return []


def _either_way(first: int, second: int, mark: str, year: str) -> list[_Reading]:
    readings = [_reading(first, second, year), _reading(second, first, year)]
    if mark == "." and second <= 12:  # noqa: PLR2004 -- months
        return readings[:1]
    return readings


def _reading(day: int, month: int, year: str) -> _Reading:
    """A year of two digits is of the years that letters are dated in."""
    year = year.removeprefix("'")
    if not year:
        return _Reading(day, month, None, whole=False)
    number = int(year)
    if len(year) > _LONGEST_SHORT_YEAR:
        return _Reading(day, month, number)
    century = 2000 if number < _TURN else 2000 - _CENTURY
    return _Reading(day, month, century + number, whole=False)


def _days(reading: _Reading, today: date | None, *, past: bool) -> list[date]:
    """Its days: none if there is no such day; without a year, two if it has only just gone by."""
    if reading.year is not None:
        day = _day(reading)
        return [day] if day else []
    if today is None:
        return []
    years = range(_FURTHEST_LEAP_YEAR)
    coming = _first(reading, [today.year + n for n in years], lambda day: day >= today)
    latest = _first(reading, [today.year - n for n in years], lambda day: day <= today)
    if past:
        return [*latest, *(day for day in coming if day == today + AHEAD)]
    just_gone = [day for day in latest if day < today and today - day <= _RECENT]
    return coming if coming == latest else [*just_gone, *coming]


def _first(reading: _Reading, years: list[int], fits: Callable[[date], bool]) -> list[date]:
    days = (_day(_Reading(reading.day, reading.month, year)) for year in years)
    return [day for day in days if day and fits(day)][:1]


def _day(reading: _Reading) -> date | None:
    try:
        return date(reading.year or 0, reading.month, reading.day)
    except ValueError:
        return None
