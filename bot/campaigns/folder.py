"""A campaign folder: `campaign.toml`, `letter.jinja`, and a catalogue for each other language.

treaty = "OPSC"         # left out where the campaign is on no treaty
to = "not-party"        # whom it writes to: see `bot.campaigns.recipients`
languages = ["en", "fr"]

[title]
en = "..."
fr = "..."

[[milestones]]          # any number: a date, and its name in each language
date = 2027-01-18
en = "..."
fr = "..."

[[events]]              # the same with a place
date = 2026-11-20
place = "Geneva"
en = "..."
fr = "..."
"""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from bot.campaigns.recipients import RecipientsReader
from bot.letters.campaign import TEMPLATE, Campaign, Moment
from bot.letters.model import Language
from bot.letters.signatories import clean
from bot.reference.loader import load, places
from bot.reference.written import Problem, settings_in, text_of

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = "campaign.toml"
MAX_MOMENTS = 50
FIRST, LAST = 2000, 2100
"""Years between which a campaign has its days."""

MAX_TITLE = 60
"""Characters: a title stands on a button."""

MAX_NAME = 300
"""Characters of a name or a place: it stands in a sentence."""

_KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")
_NAMED = re.compile(r"\s*(?:\[\[?\s*)?([A-Za-z_-]+)")
_KNOWN = frozenset(
    {"treaty", "to", "languages", "title", "milestones", "events", "texts", "states"}
)


def is_key(name: str) -> bool:
    """Whether a campaign's folder may be called so."""
    return _KEY.fullmatch(name) is not None


def read(folder: Path) -> Campaign | list[Problem]:
    """The campaign of a folder, or all that is wrong with its settings."""
    if not is_key(folder.name):
        says = "the folder's name is of small letters, digits and hyphens, at most 32 of them"
        return [Problem(SETTINGS, 0, says)]
    found = settings_in(folder, SETTINGS)
    if isinstance(found, Problem):
        return [found]
    text, data = found
    reader = Reader(text)
    campaign = reader.campaign(folder, data)
    if reader.problems or campaign is None:
        return reader.problems
    return campaign


class Reader:
    """Takes the settings apart and gathers what is wrong, with the line where it stands."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines: dict[str, list[int]] = defaultdict(list)
        for number, line in enumerate(text.split("\n"), start=1):
            named = _NAMED.match(line)
            if named:
                self._lines[named[1]].append(number)
        self.problems: list[Problem] = []

    def campaign(self, folder: Path, data: dict[str, Any]) -> Campaign | None:
        """The campaign; None where something is wrong."""
        for key in sorted(data.keys() - _KNOWN):
            self._wrong(key, f"no setting is called {key}: they are {', '.join(sorted(_KNOWN))}")
        treaty = data.get("treaty", "")
        if not isinstance(treaty, str) or (treaty and treaty not in load().treaties):
            codes = ", ".join(load().treaties)
            self._wrong("treaty", f"treaty is one of {codes}; leave the line out if it is on none")
        languages = self._languages(data.get("languages", ["en"]))
        titles = self._names("title", data.get("title"), languages, 1)
        for title in titles.values():
            if len(title) > MAX_TITLE:
                self._wrong("title", f"a title has at most {MAX_TITLE} characters")
        recipients = RecipientsReader(self._wrong, self._wrong_at, self._text, languages).read(
            data, has_treaty=bool(treaty), known=_KNOWN
        )
        milestones = self._moments("milestones", data.get("milestones", []), languages)
        events = self._moments("events", data.get("events", []), languages)
        template = text_of(folder / TEMPLATE)
        if isinstance(template, Problem):
            self.problems.append(template)
        if self.problems:
            return None
        return Campaign(
            folder.name,
            folder,
            str(treaty),
            titles,
            languages,
            milestones,
            events,
            template=str(template),
            to=recipients.to,
            listed=recipients.listed,
            texts=recipients.texts,
            own=recipients.own,
        )

    def _languages(self, found: object) -> tuple[Language, ...]:
        known = [str(one) for one in Language]
        if not isinstance(found, list) or not found or not set(map(str, found)) <= set(known):
            self._wrong("languages", f"languages is a list of {', '.join(known)}")
            return (Language.EN,)
        if "en" not in found:
            self._wrong("languages", "English is always among the languages: templates are in it")
        return tuple(one for one in Language if one in found)

    def _moments(
        self, key: str, found: object, languages: tuple[Language, ...]
    ) -> tuple[Moment, ...]:
        if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
            self._wrong(key, f"{key} are written as [[{key}]]")
            return ()
        moments = []
        if len(found) > MAX_MOMENTS:
            self._wrong(key, f"at most {MAX_MOMENTS} {key}")
            return ()
        for number, one in enumerate(found, start=1):
            day = one.get("date")
            if not isinstance(day, date) or isinstance(day, datetime):
                self._wrong(key, "date is a day such as 2027-01-18, without quotes", number)
                continue
            extra = one.keys() - {"date", *map(str, Language)}
            wants_place = key == "events"
            unknown = sorted(extra - ({"place"} if wants_place else set()))
            if set(unknown) & _KNOWN:
                self._wrong(unknown[0], f"{unknown[0]} stands before [title], not below {key}")
            elif unknown:
                self._wrong(key, f"not known here: {', '.join(unknown)}", number)
            place = one.get("place")
            if wants_place and not (isinstance(place, str | dict) and place):
                self._wrong(key, "an event has a place", number)
            elif len(str(place)) > MAX_NAME * len(Language):
                self._wrong(key, f"a place has at most {MAX_NAME} characters", number)
            if not FIRST <= day.year <= LAST:
                self._wrong(key, f"a day between {FIRST} and {LAST}", number)
                continue
            names = {k: v for k, v in one.items() if k in set(Language)}
            moments.append(
                Moment(day, self._names(key, names, languages, number), self._place(place))
            )
        return tuple(moments)

    def _place(self, place: object) -> dict[Language, str]:
        if isinstance(place, dict):
            return {Language(k): clean(str(v))[0] for k, v in place.items() if k in set(Language)}
        known = next((names for names in places() if place in names.values()), None)
        return dict(known) if known else {one: clean(str(place or ""))[0] for one in Language}

    def _names(
        self, key: str, found: object, languages: tuple[Language, ...], number: int
    ) -> dict[Language, str]:
        names = found if isinstance(found, dict) else {}
        for misplaced in sorted(names.keys() & _KNOWN):
            self._wrong(misplaced, f"{misplaced} stands before [title], not below it")
        for one in languages:
            if not isinstance(names.get(one), str) or not clean(names[one])[0]:
                self._wrong(key, f"{key} has no text in {one}", number)
            elif len(names[one]) > MAX_NAME:
                self._wrong(key, f"{key} has at most {MAX_NAME} characters", number)
        return {
            Language(k): clean(v)[0]
            for k, v in names.items()
            if isinstance(v, str) and k in set(Language)
        }

    def _wrong(self, key: str, says: str, number: int = 1) -> None:
        """A problem at the line where the key stands for the n-th time."""
        found = self._lines.get(key, [])
        line = found[min(number, len(found)) - 1] if found else 0
        self._wrong_at(line, says)

    def _wrong_at(self, line: int, says: str) -> None:
        self.problems.append(Problem(SETTINGS, line, says))
