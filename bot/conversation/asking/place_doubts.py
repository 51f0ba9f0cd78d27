"""A place that is not certain: it is asked about, with a button for each meaning."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.conversation.talk.context import local_place
from bot.conversation.talk.understood import meant_line
from bot.letters.day_words import folded
from bot.letters.days import is_vague, within_reach
from bot.letters.place_line import tidied
from bot.letters.slips import SHORTEST, is_slip, nearly

if TYPE_CHECKING:
    from datetime import date

    from bot.conversation.talk.context import Context
    from bot.letters.days import Days

MOST = 4
LONG = 6
"""A last word so long and so near to a day is hardly a part of a place: "Lyon tomorow"."""

_HOUR = re.compile(
    r"[\s,]*\b\d{1,2}(?:[:.h]\d\d)?\s*(?:am|pm|h|hrs|hours|heures|horas)?\b", re.IGNORECASE
)
_SHORT_FOR = {
    "ny": "New York",
    "nyc": "New York",
    "genf": "Geneva",
    "ginevra": "Geneva",
    "gva": "Geneva",
    "bxl": "Brussels",
    "wien": "Vienna",
    "roma": "Rome",
    "hague": "The Hague",
    "den haag": "The Hague",
}
"""What people type for a place, and what could be another one: it is asked about."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """What a text may mean, each a place and a day, and the line above; or only the line."""

    notice: str = ""
    meant: tuple[tuple[str, date], ...] = ()


def known_place(context: Context, place: str) -> str | None:
    """A known place by its English name, however it was typed; else the user's own of last time."""
    wanted = folded(place)
    for names in context.library.find.places():
        if wanted in [folded(name) for name in names.values()]:
            return next(iter(names.values()))
    last = context.user.last.place
    return last if last and wanted == folded(last) else None


def doubt_of(context: Context, typed: str, place: str, found: Days | None) -> Doubt | None:
    """What is to be asked of a text, of which `place` and `found` were understood; None is sure.

    An empty doubt is a text that names neither a place nor a day.
    """
    if found is None:
        return _no_day(context, tidied(typed))
    days = [day for day in found.days if within_reach(day)][:2]
    if not place or known_place(context, place) or not days:
        return None
    without_hour = _HOUR.sub("", place).strip(" ,")
    places = near_places(context, place) or near_places(context, without_hour)
    odd = nearly(place, context.library.today()) or is_vague(place) or without_hour != place
    if not places and not odd:
        return None
    if known := known_place(context, without_hour):
        places = [known]
    meant = [(one, day) for one in (*places, place) for day in days]
    return _asked(context, meant, dated=bool(places))


def _no_day(context: Context, text: str) -> Doubt | None:
    """A text without a day: a place; or nearly a place, a day, or both."""
    today = context.library.today()
    if known_place(context, text):
        return None
    whole = nearly(text, today)
    if whole and folded(text) not in _SHORT_FOR:
        as_typed = [] if whole.exact or _has_digit(text) else [(text, today)]
        return _asked(context, [*(("", day) for day in whole.days), *as_typed])
    for place, rest, as_typed in _parted(context, text):
        near = nearly(rest, today)
        if near:
            known = known_place(context, place)
            first = known or next(iter(near_places(context, place)), place)
            days = [(first, day) for day in near.days]
            return _asked(context, [*days, *as_typed], dated=known is not None)
    places = near_places(context, text)
    if places and not _has_digit(text):
        return _asked(context, [(one, today) for one in (*places, text)])
    return None


def _parted(context: Context, text: str) -> list[tuple[str, str, list[tuple[str, date]]]]:
    """A place and what may be a day: at the last and first comma, and at blanks.

    With what stays possible besides: the whole as the place's name ("March, Cambridgeshire").
    """
    whole = [] if _has_digit(text) else [(text, context.library.today())]
    parts: list[tuple[str, str, list[tuple[str, date]]]] = []
    if "," in text:
        before, _comma, after = text.rpartition(",")
        parts.append((before.strip(), after, []))
        before, _comma, after = text.partition(",")
        parts.append((after.strip(), before, whole))
    words = text.split()
    for count in range(1, len(words)):
        place, rest = " ".join(words[:count]), " ".join(words[count:])
        if known_place(context, place):
            parts.append((place, rest, []))
    if len(words) > 1 and len(words[-1]) >= LONG and "," not in text:
        exact = nearly(words[-1], context.library.today())
        if exact and not exact.exact:
            parts.append((" ".join(words[:-1]), words[-1], whole))
    return parts


def near_places(context: Context, place: str) -> list[str]:
    """Known places that the text is one slip from, or short for, by their English names."""
    typed = folded(place)
    if typed in _SHORT_FOR:
        return [_SHORT_FOR[typed]]
    if len(typed) < SHORTEST:
        return []
    return [
        next(iter(names.values()))
        for names in context.library.find.places()
        if any(is_slip(typed, folded(name)) for name in names.values())
    ]


def _asked(context: Context, meant: list[tuple[str, date]], *, dated: bool = False) -> Doubt:
    """The first meaning in words; with its date where that was understood too."""
    meant = [(place, day) for place, day in dict.fromkeys(meant) if within_reach(day)][:MOST]
    if not meant:
        return Doubt()
    _ = context._
    place, day = meant[0]
    name = local_place(place, context.user.language, context.library)
    if not place:
        said = context.day(day)
    elif known_place(context, place):
        said = f"{name}, {context.day(day)}" if dated else name
    else:
        return Doubt(_("Is “%(place)s” the place?", place=name), tuple(meant))
    return Doubt(meant_line(_, [said]), tuple(meant))


def _has_digit(text: str) -> bool:
    return any(char.isdigit() for char in text)
