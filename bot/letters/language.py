"""Whole forms per language: dates, ordinals in words, sessions, names with their prepositions.

Nothing that inflects is pieced together in a template. A template asks for a whole form ("of the
Optional Protocol", "au Protocole facultatif") and sets it into a whole sentence.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from bot.letters import english, french, spanish
from bot.letters.model import Kind, Language

if TYPE_CHECKING:
    from datetime import date
    from types import ModuleType

    from bot.letters.facts import Session
    from bot.letters.model import State, Treaty


class Grammar(Protocol):
    """What each language's module offers; see `english`, `french` and `spanish`."""

    def full_date(self, day: date) -> str:
        """Day, month and year, as in the place line."""
        ...

    def day_in_year(self, day: date) -> str:
        """Day and month, where the year is the letter's own."""
        ...

    def ordinal(self, number: int) -> str:
        """The number of an anniversary, before its noun."""
        ...


@dataclass(frozen=True, slots=True)
class TreatyForms:
    """A treaty's title and its short name, with the article and prepositions they need."""

    the: str
    of: str
    to: str
    the_short: str
    of_short: str
    to_short: str


@dataclass(frozen=True, slots=True)
class StateForms:
    """How a letter speaks to and of a State. `country` and `government` are never inflected."""

    of_formal: str
    country: str
    government: str


def grammar(language: Language) -> ModuleType:
    """The module of whole forms for the language."""
    return {Language.EN: english, Language.FR: french, Language.ES: spanish}[language]


def full_date(day: date, language: Language) -> str:
    """26th July 2010; 26 juillet 2010; 26 de julio de 2010."""
    text: str = grammar(language).full_date(day)
    return text


def treaty_forms(treaty: Treaty, language: Language, *, capitals: bool = True) -> TreatyForms:
    """The treaty's forms. `capitals=False` gives the English lower case of 2010."""
    the, of, to = grammar(language).with_articles(treaty.titles[language], capitals=capitals)
    short = grammar(language).with_articles(
        grammar(language).short_title(treaty.titles[language]), capitals=capitals
    )
    return TreatyForms(the, of, to, *short)


def state_forms(state: State, language: Language, *, capitals: bool = True) -> StateForms:
    """The State's forms. The Holy See is named: it is neither a country nor has a Government."""
    names = state.names[language]
    of_formal = grammar(language).of_name(names.formal)
    if state.iso3 == "VAT":
        return StateForms(of_formal, names.formal, names.formal)
    country, government = grammar(language).YOUR_COUNTRY, grammar(language).YOUR_GOVERNMENT
    if language is Language.EN and not capitals:
        government = government.lower()
    return StateForms(of_formal, country, government)


def session_forms(session: Session, language: Language, *, capitals: bool = True) -> str:
    """The session of the General Assembly, with "of": "of the upcoming session of ..."."""
    text: str = grammar(language).of_session(session, capitals=capitals)
    return text


def has_observer_mission(state: State) -> bool:
    """Observers have a Permanent Observer Mission."""
    return state.kind is Kind.OBSERVER
