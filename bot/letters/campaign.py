"""An organisation's own campaign: a treaty, a template of its own, and dates that it counts on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.letters.language import grammar
from bot.letters.model import Language

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

TEMPLATE = "letter.jinja"


@dataclass(frozen=True, slots=True)
class Moment:
    """A milestone, or an event that has a place: names and places by language."""

    day: date
    names: Mapping[Language, str]
    places: Mapping[Language, str] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Campaign:
    """What a folder holds. `key` is the folder's name; English is always among the languages.

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

    def title(self, language: Language) -> str:
        """The title in the language, in English where it has none."""
        return self.titles.get(language) or self.titles[Language.EN]


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
