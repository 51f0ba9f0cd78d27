"""An organisation's own campaign: a template, whom it writes to, and dates that it counts on."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.letters.language import grammar
from bot.letters.model import Language

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

TEMPLATE = "letter.jinja"
FRAME = "frame.jinja"
"""What the template of a campaign that asks for something else extends."""


class To(StrEnum):
    """Whom a campaign writes to: by where a State stands on its treaty, or to all."""

    NOT_PARTY = "not-party"
    SIGNATORIES = "signatories"
    """Those that have signed and not ratified."""

    PARTIES = "parties"
    ALL = "all"

    @property
    def needs_treaty(self) -> bool:
        """Whether it means something with a treaty only."""
        return self is not To.ALL


@dataclass(frozen=True, slots=True)
class Moment:
    """A milestone, or an event that has a place: names and places by language."""

    day: date
    names: Mapping[Language, str]
    places: Mapping[Language, str] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Campaign:
    """What a folder holds. `key` is the folder's name; English is always among the languages.

    Without a treaty, `treaty` is empty. `listed` are the States (ISO3) that it writes to, where it
    names them, as far as they are among those of `to`. `texts` are its own, by the name that the
    template has for them, and by language; `own` are such texts on one State, by its code.

    All of it was read once: `template` is the letter's text, `catalogues` are compiled messages.
    """

    key: str
    folder: Path
    treaty: str
    titles: Mapping[Language, str]
    languages: tuple[Language, ...]
    milestones: tuple[Moment, ...] = ()
    events: tuple[Moment, ...] = ()
    template: str = field(default="", repr=False)
    catalogues: Mapping[Language, bytes] = field(default_factory=dict, repr=False)
    to: To = To.NOT_PARTY
    listed: tuple[str, ...] = ()
    texts: Mapping[str, Mapping[Language, str]] = field(default_factory=dict)
    own: Mapping[str, Mapping[str, Mapping[Language, str]]] = field(default_factory=dict)

    @property
    def asks_otherwise(self) -> bool:
        """Whether its letter is its own alone: no other stands in for it, or beside it."""
        return not self.treaty or self.to is not To.NOT_PARTY or bool(self.listed)

    def title(self, language: Language) -> str:
        """The title in the language, in English where it has none."""
        return self.titles.get(language) or self.titles[Language.EN]

    def own_texts(self, iso3: str, language: Language) -> OwnTexts:
        """All texts that hold for a State."""
        here = {**self.texts, **self.own.get(iso3, {})}
        return OwnTexts({name: texts.get(language, "") for name, texts in here.items()})

    def named(self, iso3: str) -> frozenset[str]:
        """The names of the texts that hold for a State."""
        return frozenset(self.texts) | frozenset(self.own.get(iso3, ()))


@dataclass(frozen=True, slots=True)
class OwnTexts:
    """The texts on a State as a template has them, as own.article; empty where there is none."""

    _texts: Mapping[str, str]

    def __getattr__(self, name: str) -> str:
        if name.startswith("_"):
            raise AttributeError(name)
        return self._texts.get(name, "")


@dataclass(frozen=True, slots=True)
class MomentForms:
    """A moment as a template has it: all in the letter's language; `place` may be empty."""

    name: str
    date: str
    place: str = ""


def coming(moments: tuple[Moment, ...], on: date) -> Moment | None:
    """The next of them, that day included."""
    return min((one for one in moments if one.day >= on), key=lambda one: one.day, default=None)


def forms(
    moment: Moment | None, language: Language, *, as_in_2010: bool = False
) -> MomentForms | None:
    """The moment in the language, in English where it has no name in it."""
    if moment is None:
        return None
    name = moment.names.get(language) or moment.names[Language.EN]
    place = moment.places.get(language) or moment.places.get(Language.EN, "")
    day = grammar(language, as_in_2010=as_in_2010).full_date(moment.day)
    return MomentForms(name, day, place)
