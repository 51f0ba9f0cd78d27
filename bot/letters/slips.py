"""What is no date and no place either: day words with a slip, months alone, "ok", "same"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice, product
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA, Indel

from bot.letters.day_words import (
    ARTICLES,
    FILLERS,
    LAST,
    MONTH_NAMES,
    NEXT,
    NO,
    NUMBERS,
    RELATIVE,
    SHORT_WEEKDAYS,
    WEEKDAYS,
    YES,
    folded,
    month_of,
)
from bot.letters.days import understand

if TYPE_CHECKING:
    from datetime import date

SHORTEST = 5
"""A word so long is not mistaken for a place's name by one slip; "Mons" and "Mon" are."""

_TWO_SLIPS = 8
_MOST_WORDS, _MOST_READINGS = 7, 24

_NUMBER = re.compile(r"\d{1,4}(?:st|nd|rd|th|er|re|e|o)?")
_SAME_OR_SOON = (
    "same idem ditto now maintenant ahora mismo pareil meme here ici aqui asap "
    "soon bientot pronto later easter paques pascua christmas noel navidad"
)
_OF_TIME = (
    "in en dans of de des d'ici fin debut end mid mi early late by avant before "
    "after apres antes despues for pour para fines finales principios mediados "
    "quinze week weeks semaine semaines semana semanas month mois mes year annee "
    "ano day days jour jours dia dias"
)
_ANSWERS = (
    YES
    | NO
    | {
        *_SAME_OR_SOON.split(),
        "same as last time",
        "as last time",
        "the same",
        "comme la derniere fois",
        "le meme",
        "la meme",
        "como la ultima vez",
        "lo mismo",
        "el mismo",
    }
)
"""Answers that name neither a place nor a day."""

_AROUND = FILLERS | ARTICLES | NEXT | LAST | frozenset(NUMBERS) | frozenset(_OF_TIME.split())
"""Beside a day word these are of the date, not of a place."""

_DAYS = {
    *WEEKDAYS,
    *(word for word in RELATIVE if " " not in word and word.isalpha()),
    *MONTH_NAMES,
}
_WORDS = _DAYS | SHORT_WEEKDAYS.keys() | {word for word in _ANSWERS if " " not in word}
_SLIPPED = {word for word in _WORDS if len(word) > 2}  # noqa: PLR2004 -- "NY" is not "no"
_FULL_DAYS = {number: word for word, number in reversed(WEEKDAYS.items())}


@dataclass(frozen=True, slots=True)
class Nearly:
    """What is a date or an answer, or nearly one; `days` are what it may mean.

    `exact` says that every word is one: then it can hardly be a place.
    """

    days: tuple[date, ...]
    exact: bool


def nearly(text: str, today: date) -> Nearly | None:
    """What a text that was not understood as a date may have meant; None for any other text."""
    text = folded(text)
    words = [word.strip(".,;:!?") for word in text.replace(",", " ").split()]
    if text in _ANSWERS:
        return Nearly((), exact=True)
    if not words or len(words) > _MOST_WORDS:
        return None
    read = [_read(word) for word in words]
    if not all(read) or not any(one and one.of_day for one in read):
        return None
    texts = islice(product(*(one.meant for one in read if one)), _MOST_READINGS)
    found = [days for one in texts if (days := understand(" ".join(one), today))]
    meant = tuple(dict.fromkeys(day for days in found for day in days.days))
    return Nearly(meant, all(one.exact for one in read if one))


def is_slip(typed: str, meant: str) -> bool:
    """Whether a letter was left out, added, mistaken, or two changed places.

    In a long word that begins alike, two letters may be left out or added.
    """
    if OSA.distance(typed, meant, score_cutoff=1) == 1:
        return True
    short, long = sorted((typed, meant), key=len)
    if len(long) < _TWO_SLIPS or short[:1] != long[:1]:
        return False
    return len(long) - len(short) == Indel.distance(typed, meant) == 2  # noqa: PLR2004 -- two slips


@dataclass(frozen=True, slots=True)
class _Read:
    """What a word may be; `of_day` says that it is, or nearly is, more than a word beside one."""

    meant: tuple[str, ...]
    exact: bool = True
    of_day: bool = True


def _read(word: str) -> _Read | None:
    if word in SHORT_WEEKDAYS:
        return _Read((word, _FULL_DAYS[SHORT_WEEKDAYS[word]]))
    if word in _WORDS or month_of(word):
        return _Read((word,))
    if word in _AROUND or _NUMBER.fullmatch(word):
        return _Read((word,), of_day=False)
    near = tuple(sorted(one for one in _SLIPPED if is_slip(word, one)))
    if near:
        long = tuple(one for one in near if one in _DAYS and len(word) >= SHORTEST - 1)
        return _Read(tuple(one for one in long if len(one) >= SHORTEST - 1) or (word,), exact=False)
    beside = tuple(
        sorted(one for one in NEXT | LAST if len(one) >= SHORTEST and is_slip(word, one))
    )
    return _Read(beside, exact=False, of_day=False) if beside else None
