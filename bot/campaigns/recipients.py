"""Whom a campaign writes to, of its settings: `to`, and its texts, for all or for single States.

to = "parties"          # not-party, signatories, parties, all; or States: ["KEN", "France"]

[texts]                 # any number: texts of the campaign's own, such as own.mandate
mandate.en = "..."
mandate.fr = "..."

[[states]]              # any number: a State, and what the template has as own.article
state = "KEN"
article.en = "..."
article.fr = "..."
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.letters.campaign import To
from bot.letters.matching import Sort
from bot.letters.model import Language
from bot.letters.signatories import clean
from bot.reference.search import find_states
from bot.reference.written import MAX_TOLD

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.letters.matching import Match
    from bot.letters.model import State

MAX_STATES = 250
MAX_OWN = 1_000
"""Characters of a text on one State."""

NEAREST = 3
_NAME = re.compile(r"[a-z][a-z0-9_]{0,23}")

WORDS = ", ".join(f'"{one}"' for one in To)

NO_STATE = {
    Sort.ORGANISATION: "is an international organization; letters go to States",
    Sort.REGION: "is more than one State",
    Sort.FORMER: "no longer exists as a State",
    Sort.PLACE: "is none of the States that letters go to: see “demarche states”",
}


@dataclass(frozen=True, slots=True)
class Recipients:
    """Whom a campaign writes to; see `Campaign`."""

    to: To = To.NOT_PARTY
    listed: tuple[str, ...] = ()
    texts: Mapping[str, Mapping[Language, str]] = field(default_factory=dict)
    own: Mapping[str, Mapping[str, Mapping[Language, str]]] = field(default_factory=dict)


class RecipientsReader:
    """Reads them from the settings, whose `text` tells where in a list a name stands.

    What is wrong goes to `wrong` (the setting, what to say, of how manieth it is), or, where the
    line is known, to `wrong_at`.
    """

    def __init__(
        self,
        wrong: Callable[[str, str, int], None],
        wrong_at: Callable[[int, str], None],
        text: str,
        languages: tuple[Language, ...],
    ) -> None:
        self._wrong, self._wrong_at = wrong, wrong_at
        self._text = text
        self._languages = languages
        self._unknown = 0

    def read(
        self, data: dict[str, object], *, has_treaty: bool, known: frozenset[str]
    ) -> Recipients:
        """Whom it writes to; `known` are the settings, which do not stand below a State."""
        to, states, texts = data.get("to"), data.get("states", []), data.get("texts", {})
        own = self._own(states, known)
        ours: dict[str, dict[Language, str]] = {}
        if not isinstance(texts, dict):
            self._wrong("texts", "texts are written below [texts]", 1)
        else:
            for misplaced in sorted(texts.keys() & known):
                self._wrong(misplaced, f"{misplaced} stands before [title], not below [texts]", 1)
            ours = self._texts("texts", {k: v for k, v in texts.items() if k not in known})
        if isinstance(to, list):
            named = self._named(to)
            for number, iso3 in enumerate(own, start=1):
                if iso3 not in named:
                    self._wrong("state", f"{iso3} is not among the States of “to”", number)
            return Recipients(To.ALL, tuple(named), ours, own)
        if to is None:
            found = To.NOT_PARTY if has_treaty else To.ALL
        elif isinstance(to, str) and to in set(To):
            found = To(to)
        else:
            says = f'to is one of {WORDS}; or States in brackets, such as ["KEN", "France"]'
            self._wrong("to", says, 1)
            return Recipients()
        if found.needs_treaty and not has_treaty:
            self._wrong("to", f'to = "{found}" needs a treaty: write which, or to = "all"', 1)
        return Recipients(found, tuple(own), ours, own)

    def _named(self, names: list[object]) -> dict[str, None]:
        """The States of a list, by code."""
        found: dict[str, None] = {}
        if not names or len(names) > MAX_STATES:
            self._wrong("to", f"to names one State or more, at most {MAX_STATES}", 1)
        for name in names[:MAX_STATES]:
            iso3 = self._state(name)
            if not iso3:
                self._wrong_at(self._line(name), self._no_state(name))
            elif iso3 in found:
                self._wrong_at(self._line(name), f"{iso3} stands twice in “to”")
            else:
                found[iso3] = None
        return found

    def _line(self, name: object) -> int:
        """Where a name stands in the list, or where the list begins."""
        lines = self._text.split("\n")
        start = next((n for n, line in enumerate(lines) if re.match(r"\s*to\s*=", line)), 0)
        quoted = (f'"{name}"', f"'{name}'")
        here = (n for n in range(start, len(lines)) if any(one in lines[n] for one in quoted))
        return next(here, start) + 1

    def _own(
        self, states: object, known: frozenset[str]
    ) -> dict[str, dict[str, dict[Language, str]]]:
        found: dict[str, dict[str, dict[Language, str]]] = {}
        if not isinstance(states, list) or not all(isinstance(one, dict) for one in states):
            self._wrong("states", "states are written as [[states]]", 1)
            return {}
        if len(states) > MAX_STATES:
            self._wrong("states", f"at most {MAX_STATES} States", 1)
            return {}
        for number, one in enumerate(states, start=1):
            misplaced = sorted(one.keys() & known)
            if misplaced:
                says = f"{misplaced[0]} stands before [title], not below [[states]]"
                self._wrong(misplaced[0], says, 1)
                continue
            iso3 = self._state(one.get("state"))
            if "state" not in one:
                self._wrong("states", 'a State is named: state = "KEN"', number)
            elif not iso3:
                self._wrong("state", self._no_state(one["state"]), number)
            elif iso3 in found:
                self._wrong("state", f"{iso3} stands in two [[states]]", number)
            else:
                values = {name: text for name, text in one.items() if name != "state"}
                found[iso3] = self._texts("state", values, number, f"{iso3}: ")
        return found

    def _texts(
        self, key: str, values: dict[str, object], number: int = 1, whose: str = ""
    ) -> dict[str, dict[Language, str]]:
        """What is said of all or of one State: each in all languages, or one text for all."""
        found: dict[str, dict[Language, str]] = {}
        for name, value in values.items():
            if not _NAME.fullmatch(name):
                says = f"“{name[:24]}”: a name is of small letters, digits and _, at most 24"
                self._wrong(key, says, number)
                continue
            texts = value if isinstance(value, dict) else dict.fromkeys(self._languages, value)
            found[name] = {}
            for language in self._languages:
                text = texts.get(language)
                if not isinstance(text, str) or not clean(text)[0]:
                    self._wrong(key, f"{whose}{name} has no text in {language}", number)
                elif len(text) > MAX_OWN:
                    self._wrong(key, f"{whose}{name} has at most {MAX_OWN} characters", number)
                else:
                    found[name][language] = clean(text)[0]
            odd = sorted(map(str, texts.keys() - set(map(str, Language))))
            if odd:
                self._wrong(key, f"{whose}{name} is in no language “{odd[0][:24]}”", number)
        return found

    @staticmethod
    def _state(name: object) -> str:
        """The State's code; empty where it is none."""
        match = find_states(name, whole=True) if isinstance(name, str) else None
        return match.exact.iso3 if match and match.exact else ""

    def _no_state(self, name: object) -> str:
        """Why it is none; of the first that are told, which one may be meant."""
        self._unknown += 1
        if not isinstance(name, str):
            return "a State stands in quotes: its ISO code, such as KEN, or its name"
        return _meant(name) if self._unknown <= MAX_TOLD else f"“{name[:60]}” is no State"


def _meant(name: str) -> str:
    match: Match[State] = find_states(name)
    if match.other and not match.slip:
        return f"“{match.other.names[Language.EN]}” {NO_STATE[match.other.sort]}"
    near = ", ".join(f"{one.short(Language.EN)} ({one.iso3})" for one in match.near[:NEAREST])
    hint = f"; did you mean {near}?" if near else ": see “demarche states”"
    return f"“{name[:60]}” is no State’s name or code{hint}"
