"""From answers to a letter: facts, whole forms and one template, rendered section by section."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from bot.letters import facts as facts_of
from bot.letters import language as forms
from bot.letters.catalogues import translations
from bot.letters.model import (
    SECTION_KEYS,
    Kind,
    Language,
    Letter,
    Seat,
    Section,
    Signatory,
    Stage,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from jinja2 import Environment

    from bot.letters.facts import Facts, Occasion
    from bot.letters.model import State, Treaty
    from bot.letters.status import Records, Standing

MARK, END = "\x1e", "\x1f"
"""They part the sections of a rendered template; names never hold control characters."""

KEPT_LETTERS = 64
"""A chat asks for the same letter several times in a row."""

IN_STYLE_OF_2010 = frozenset({"OPSC", "OPAC"})
"""Campaigns that carry the wording of 2010 on, its lower case included."""


@dataclass(frozen=True, slots=True)
class Request:
    """The answers a letter is made of. `place` is already in the letter's language."""

    treaty: str
    state: str
    language: Language
    date: date
    place: str
    seat: Seat = Seat.GENEVA
    signatories: tuple[Signatory, ...] = ()
    without: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class AlreadyParty:
    """No such letter: the State is party since that date."""

    standing: Standing


@dataclass(frozen=True, slots=True)
class BeforeAdoption:
    """No such letter: the treaty was adopted only on that date."""

    adopted_on: date


Refusal = AlreadyParty | BeforeAdoption


def default_without(seat: Seat, state: State) -> frozenset[str]:
    """Sections off unless asked for: a copy to a mission that may not exist.

    Some Members have no mission in Geneva, and the Cook Islands and Niue are not Members.
    """
    if seat is Seat.NEW_YORK or state.kind is Kind.OTHER:
        return frozenset({"copies"})
    return frozenset()


class Composer:
    """Composes letters from the templates and catalogues of one place on disk."""

    def __init__(self, records: Records, templates: Path, locales: Path) -> None:
        self.records = records
        self._templates = templates
        self._locales = locales
        self._composed = lru_cache(maxsize=KEPT_LETTERS)(self._compose)

    def compose(self, request: Request) -> Letter | Refusal:
        """The letter, or why there is none. Equal requests give the same letter."""
        return self._composed(request)

    def _compose(self, request: Request) -> Letter | Refusal:
        treaty = self.records.treaties[request.treaty]
        if request.date < treaty.adopted_on:
            return BeforeAdoption(treaty.adopted_on)
        facts = facts_of.compute(self.records, treaty, request.state, request.date)
        if facts.standing.stage is Stage.PARTY:
            return AlreadyParty(facts.standing)
        return self._render(request, treaty, facts)

    def _render(self, request: Request, treaty: Treaty, facts: Facts) -> Letter:
        environment = _environment(self._templates, self._locales, request.language)
        template = environment.select_template(
            [f"{treaty.code.lower()}.jinja", "general.jinja"],
        )
        state = self.records.states[request.state]
        page = template.render(_context(request, treaty, state, facts))
        sections = {
            key: _tidy(text) for key, text in (part.split(END, 1) for part in page.split(MARK)[1:])
        }
        return Letter(
            treaty=treaty.code,
            state=state.iso3,
            language=request.language,
            date=request.date,
            as_of=facts.as_of,
            stage=facts.standing.stage,
            subject=sections["reference"],
            sections=tuple(
                Section(key, sections[key])
                for key in SECTION_KEYS
                if sections[key] and key not in request.without
            ),
        )


@lru_cache(maxsize=8)
def _environment(templates: Path, locales: Path, language: Language) -> Environment:
    """One environment per language: overlays share their globals, and French came out Spanish."""
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(templates / "letters"),
        extensions=["jinja2.ext.i18n"],
        undefined=StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.policies["ext.i18n.trimmed"] = True
    environment.globals["section"] = _section
    catalogue = translations(locales, "letters", language)
    environment.install_gettext_translations(catalogue, newstyle=True)  # type: ignore[attr-defined]
    return environment


def _section(key: str) -> str:
    return f"{MARK}{key}{END}"


def _tidy(text: str) -> str:
    """Strip template line breaks, never the no-break blanks that `str.strip` would eat."""
    return text.strip(" \n")


def _context(request: Request, treaty: Treaty, state: State, facts: Facts) -> Mapping[str, object]:
    language = request.language
    capitals = treaty.code not in IN_STYLE_OF_2010
    grammar = forms.grammar(language)
    standing, deadline = facts.standing, facts.deadline
    alone = len(request.signatories) == 1 and not request.signatories[0].organisation
    return {
        "treaty": forms.treaty_forms(treaty, language, capitals=capitals),
        "titled": forms.treaty_forms(treaty, language),
        "state": forms.state_forms(state, language, capitals=capitals),
        "observer": forms.has_observer_mission(state),
        "seat": request.seat,
        "signed": standing.stage is Stage.SIGNED,
        "signed_on": standing.signed_on and grammar.full_date(standing.signed_on),
        "by_succession": standing.by_succession,
        "withdrawn_on": standing.withdrawn_on and grammar.full_date(standing.withdrawn_on),
        "parties": facts.parties,
        "broad": facts.broad,
        "in_force": facts.in_force,
        "occasion": facts.occasion,
        "occasion_day": facts.occasion and _occasion_day(facts.occasion, request),
        "occasion_nth": facts.occasion and grammar.ordinal(facts.occasion.years),
        "years": 0 if facts.adopted_on_this_day else facts.years_since_adoption,
        "adopted_on": grammar.full_date(treaty.adopted_on),
        "of_session": forms.session_forms(facts.session, language, capitals=capitals),
        "deadline_year": deadline and deadline.year,
        "deadline_nth": deadline and grammar.ordinal(deadline.years),
        "place": request.place,
        "date": grammar.full_date(request.date),
        "signatories": request.signatories,
        "voices": 1 if alone else 2,
        "without": request.without,
    }


def _occasion_day(occasion: Occasion, request: Request) -> str:
    grammar = forms.grammar(request.language)
    same_year = occasion.day.year == request.date.year
    return str(grammar.day_in_year(occasion.day) if same_year else grammar.full_date(occasion.day))
