"""Whole forms per language: dates, ordinals in words, sessions, names with their prepositions.

Nothing that inflects is pieced together in a template. A template asks for a whole form ("of the
Optional Protocol", "au Protocole facultatif") and sets it into a whole sentence.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from bot.letters import english, english_2010, french, spanish
from bot.letters.model import Kind, Language

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from types import ModuleType

    from bot.letters.facts import Instrument, Session
    from bot.letters.model import State
    from bot.letters.treaties import Register, Title, Treaty


class Grammar(Protocol):
    """What each language's module offers; see `english`, `french` and `spanish`."""

    INSTRUMENTS: Mapping[Instrument, str]
    SEVERAL_INSTRUMENTS: Mapping[Instrument, str]
    OTHER_STATES: str
    GENERAL_ASSEMBLY: str
    AIMS: Mapping[Register | None, str]

    def full_date(self, day: date) -> str:
        """Day, month and year, as in the place line."""
        ...

    def day_in_year(self, day: date) -> str:
        """Day and month, where the year is the letter's own."""
        ...

    def opening_day(self, day: date) -> str:
        """The same where a sentence begins with it."""
        ...

    def ordinal(self, number: int) -> str:
        """The number of an anniversary, before its noun."""
        ...

    def cardinal(self, number: int) -> str:
        """A number of years."""
        ...

    def parties(self, count: int, *, only_states: bool) -> str:
        """How many parties a treaty has, called what they are."""
        ...

    def states(self, count: int) -> str:
        """How many States, with their noun."""
        ...

    def of_session(self, session: Session, *, first: bool = False) -> str:
        """A session of the General Assembly with "of"; `first` where it was not named before."""
        ...


@dataclass(frozen=True, slots=True)
class TreatyForms:
    """A treaty's title and its short name, with the article and prepositions they need."""

    the: str
    of: str
    to: str
    party_to: str
    succession_to: str
    the_short: str
    of_short: str
    to_short: str
    party_to_short: str
    succession_to_short: str


@dataclass(frozen=True, slots=True)
class StateForms:
    """How a letter speaks to and of a State. `country` and `government` are never inflected.

    `formal` is its formal name without the article, as a line of an address.
    """

    of_formal: str
    country: str
    government: str
    to_government: str
    formal: str


def grammar(language: Language, *, as_in_2010: bool = False) -> ModuleType:
    """The module of whole forms for the language; in English also in the style of 2010."""
    if language is Language.EN:
        return english_2010 if as_in_2010 else english
    return {Language.FR: french, Language.ES: spanish}[language]


def full_date(day: date, language: Language) -> str:
    """26 July 2010; 26 juillet 2010; 26 de julio de 2010."""
    text: str = grammar(language).full_date(day)
    return text


def treaty_forms(treaty: Treaty, language: Language, *, as_in_2010: bool = False) -> TreatyForms:
    """The treaty's forms."""
    module, title = grammar(language, as_in_2010=as_in_2010), treaty.forms[language]
    short = module.with_articles(title.short, title.article)
    return TreatyForms(*module.with_articles(title.text, title.article), *short)


def title_forms(title: Title, language: Language) -> TreatyForms:
    """The forms of a title that stands alone: what it is called for short is itself."""
    forms = grammar(language).with_articles(title.text, title.article)
    return TreatyForms(*forms, *forms)


def state_forms(state: State, language: Language, *, as_in_2010: bool = False) -> StateForms:
    """The State's forms. The Holy See is named: it is neither a country nor has a Government."""
    names = state.names[language]
    module = grammar(language, as_in_2010=as_in_2010)
    of_formal, bare = module.of_name(names.formal), module.bare_name(names.formal)
    if is_holy_see(state):
        return StateForms(of_formal, names.formal, names.formal, module.to_name(names.formal), bare)
    return StateForms(
        of_formal, module.YOUR_COUNTRY, module.YOUR_GOVERNMENT, module.TO_YOUR_GOVERNMENT, bare
    )


def has_observer_mission(state: State) -> bool:
    """Observers have a Permanent Observer Mission."""
    return state.kind is Kind.OBSERVER


def is_holy_see(state: State) -> bool:
    """The Holy See is spoken of in words of its own, and represented by a nuncio."""
    return state.iso3 == "VAT"
