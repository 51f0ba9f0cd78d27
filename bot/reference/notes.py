"""What an end note says of a State that leaves a treaty: when it notified that, and since when.

A note is read for its dates alone, sentence by sentence, and offered: whoever imports decides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from itertools import islice

from bot.reference.participants import participant

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_NAMES = "|".join(MONTHS)
_DAY = re.compile(
    rf"\b(?:(\d{{1,2}}) ({_NAMES}),? (\d{{4}})|({_NAMES}) (\d{{1,2}}), (\d{{4}}))\b", re.IGNORECASE
)
_LEAVES = re.compile(r"\b(?:withdr[ae]w\w{0,4}|denunciation|denounc\w{1,5})\b", re.IGNORECASE)
_SOMETHING_ELSE = re.compile(
    r"\bwithdr[ae]w\w{0,4} (?:of )?(?:(?:the|its|their|this|these|that|those|said|above|following|"
    r"a|an|all|made) ){0,3}(?:reservation|declaration|objection|statement|understanding|"
    r"notification|communication)",
    re.IGNORECASE,
)
_EFFECT = re.compile(
    r"\b(?:t(?:ook|akes?|aken|aking) effect|with effect|effective|ceas\w{1,3} to be (?:a )?part"
    r"(?:y|ies)|c(?:ame|omes?) into effect)\b",
    re.IGNORECASE,
)
_FOR = re.compile(r"\beffect for (?:the )?([A-Z][^,.;()0-9]{1,60}?) (?:on|from|as)\b")
_TAKEN_BACK = re.compile(
    r"\b(?:rescind|rescission|revok|revoc|cancel|withdr[ae]w\w{0,4} (?:of )?(?:its|the|their)"
    r" (?:notification|instrument|notice|decision))",
    re.IGNORECASE,
)
SENTENCE = re.compile(r"(?:(?<=[.;])|(?<=[.;][\"”’)]))\s+(?=[A-Z“\"(])")
NEAR = 120
"""A day stands within so many letters of the words on the effect."""

MOSTSENTENCES, MOST_DAYS = 100, 10
LONGEST_QUOTE = 360


@dataclass(frozen=True, slots=True)
class Leaving:
    """What a note says: the days of effect in it, that of the notification, and its own words.

    `taken_back` is said of a withdrawal that was notified and then was not to be.
    """

    quote: str
    effects: tuple[date, ...] = ()
    notified_on: date | None = None
    taken_back: bool = False

    def one_day(self, first: date, last: date) -> date | None:
        """The one day of effect between two; None where the note has none, or several."""
        found = {day for day in self.effects if first <= day <= last}
        return found.pop() if len(found) == 1 else None


def leaving(text: str, iso3: str = "") -> Leaving | None:
    """What the note says of a withdrawal, of that State; None where it is on something else."""
    effects: list[date] = []
    notified: date | None = None
    said: list[str] = []
    taken_back = False
    for one in SENTENCE.split(text, maxsplit=MOSTSENTENCES):
        if not _LEAVES.search(one) or _is_of_another(one, iso3):
            continue
        if _SOMETHING_ELSE.search(one):
            taken_back |= bool(_TAKEN_BACK.search(one))
            continue
        said.append(one)
        taken_back |= bool(_TAKEN_BACK.search(one))
        found = _effects(one)
        others = [day for day in days_in(one) if day not in found]
        effects += [day for day in found if day not in effects]
        notified = notified or (others[0] if others else None)
    if not said:
        return None
    return Leaving(shortened(" ".join(said), LONGEST_QUOTE), tuple(effects), notified, taken_back)


def _is_of_another(sentence: str, iso3: str) -> bool:
    named = _FOR.search(sentence)
    state = participant(named[1]) if named else None
    return bool(iso3 and state and state != iso3)


def _effects(sentence: str) -> list[date]:
    """The day behind each mention of an effect, or the one before it where none is behind."""
    found = []
    for one in islice(_EFFECT.finditer(sentence), MOST_DAYS):
        behind = days_in(sentence[one.end() : one.end() + NEAR])
        before = days_in(sentence[max(0, one.start() - NEAR) : one.start()])
        found += behind[:1] or before[-1:]
    return found


def days_in(text: str) -> list[date]:
    """The days that are written out in a text: 27 December 2025, or December 27, 2025."""
    found = []
    for one in islice(_DAY.finditer(text), MOST_DAYS):
        day, month, year = (one[1], one[2], one[3]) if one[1] else (one[5], one[4], one[6])
        try:
            found.append(date(int(year), MONTHS.index(month.capitalize()) + 1, int(day)))
        except ValueError:
            continue
    return found


def shortened(text: str, most: int) -> str:
    """The text, or its first whole words with a sign that there is more."""
    if len(text) <= most:
        return text
    return (text[:most].rpartition(" ")[0] or text[:most]).rstrip(" ,;") + " …"
