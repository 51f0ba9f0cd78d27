"""From answers to a letter: facts, whole forms and one template, rendered section by section."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.letters import facts as facts_of
from bot.letters import language as forms
from bot.letters import several
from bot.letters.campaign import TEMPLATE, coming
from bot.letters.campaign import forms as moment_forms
from bot.letters.environment import END, MARK, environment_of
from bot.letters.model import (
    NOBODY,
    Addressee,
    Kind,
    Language,
    Letter,
    Purpose,
    Seat,
    Signatory,
    Stage,
)
from bot.letters.own_words import applied

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from jinja2 import Template

    from bot.letters.campaign import Campaign
    from bot.letters.facts import Facts, Occasion
    from bot.letters.model import State
    from bot.letters.own_words import Change
    from bot.letters.status import Records, Standing

KEPT_LETTERS = 64
"""A chat asks for the same letter several times in a row."""

IN_STYLE_OF_2010 = frozenset({"OPSC", "OPAC"})
"""Campaigns that carry the wording of 2010 on, its lower case included."""


@dataclass(frozen=True, slots=True)
class Request:
    """The answers a letter is made of. `place` is already in the letter's language.

    `also` are further treaties of the same letter: those that the State has joined are passed over.
    `campaign` is an organisation's own; where it is not there, the treaty's template is taken.
    A letter that was `sent` is as it was before the State joined, should facts say so later.
    """

    treaty: str
    state: str
    language: Language
    date: date
    place: str
    seat: Seat = Seat.GENEVA
    signatories: tuple[Signatory, ...] = ()
    without: frozenset[str] = field(default_factory=frozenset)
    also: tuple[str, ...] = ()
    addressee: Addressee = NOBODY
    changes: tuple[Change, ...] = ()
    purpose: Purpose = Purpose.REQUEST
    campaign: str = ""
    sent: bool = False


@dataclass(frozen=True, slots=True)
class AlreadyParty:
    """No such letter: the State is party since that date."""

    standing: Standing


@dataclass(frozen=True, slots=True)
class BeforeAdoption:
    """No such letter: the treaty was adopted only on that date."""

    adopted_on: date


@dataclass(frozen=True, slots=True)
class NotParty:
    """No such letter of congratulation: the State is not party on its date."""

    standing: Standing


Refusal = AlreadyParty | BeforeAdoption | NotParty


def default_without(seat: Seat, state: State) -> frozenset[str]:
    """Sections off unless asked for: the source, and a copy to a mission that may not exist.

    Some Members have no mission in Geneva, and the Cook Islands and Niue are not Members.
    """
    if seat is Seat.NEW_YORK or state.kind is Kind.OTHER:
        return frozenset({"copies", "source"})
    return frozenset({"source"})


class Composer:
    """Composes letters from the templates and catalogues of one place on disk."""

    def __init__(
        self,
        records: Records,
        templates: Path,
        locales: Path,
        campaigns: Mapping[str, Campaign] | None = None,
    ) -> None:
        self.records = records
        self.campaigns = campaigns or {}
        self._templates = templates
        self._locales = locales
        self._composed = lru_cache(maxsize=KEPT_LETTERS)(self._compose)

    def on(self, records: Records) -> Composer:
        """The same templates and catalogues on other facts."""
        return Composer(records, self._templates, self._locales, self.campaigns)

    def compose(self, request: Request) -> Letter | Refusal:
        """The letter, or why there is none. Equal requests give the same letter."""
        return self._composed(request)

    def original(self, request: Request, key: str) -> str:
        """What the template says in a section, whatever was changed or left out of it."""
        bare = replace(request, changes=(), without=request.without - {key})
        letter = self.compose(bare)
        return letter.text_of(key) if isinstance(letter, Letter) else ""

    def _compose(self, request: Request) -> Letter | Refusal:
        found: list[Facts] = []
        refusal: Refusal | None = None
        for code in dict.fromkeys((request.treaty, *request.also)):
            treaty = self.records.treaties[code]
            facts = facts_of.compute(self.records, treaty, request.state, request.date)
            since = facts.standing.party_since
            if request.sent and since and request.purpose is Purpose.REQUEST:
                before = self.records.standing(treaty.code, request.state, since - timedelta(1))
                facts = replace(facts, standing=before)
            is_party = facts.standing.stage is Stage.PARTY
            if request.date < treaty.adopted_on:
                refusal = refusal or BeforeAdoption(treaty.adopted_on)
            elif request.purpose is Purpose.CONGRATULATION and not is_party:
                refusal = refusal or NotParty(facts.standing)
            elif request.purpose is Purpose.REQUEST and is_party:
                refusal = refusal or AlreadyParty(facts.standing)
            else:
                found.append(facts)
        if not found:
            return refusal or BeforeAdoption(request.date)
        if request.purpose is Purpose.CONGRATULATION:
            found = found[:1]
        return self._render(request, found)

    def _campaign(self, request: Request, found: list[Facts]) -> Campaign | None:
        """The campaign of a letter on its treaty alone, in one of its languages."""
        campaign = self.campaigns.get(request.campaign)
        if campaign is None or request.language not in campaign.languages:
            return None
        return campaign if [facts.treaty.code for facts in found] == [campaign.treaty] else None

    def _render(self, request: Request, found: list[Facts]) -> Letter:
        template, context = self._prepared(request, found)
        page = template.render(context)
        sections = {
            key: _tidy(text) for key, text in (part.split(END, 1) for part in page.split(MARK)[1:])
        }
        standing = applied(sections, request.changes, request.language, request.without)
        return Letter(
            treaties=tuple(facts.treaty.code for facts in found),
            state=request.state,
            language=request.language,
            date=request.date,
            as_of=min(facts.as_of for facts in found),
            stage=found[0].standing.stage,
            subject=next((s.text for s in standing if s.key == "reference"), sections["reference"]),
            sections=standing,
        )

    def _prepared(self, request: Request, found: list[Facts]) -> tuple[Template, dict[str, object]]:
        """The template of a letter, and all that it is given."""
        campaign = self._campaign(request, found)
        environment = environment_of(self._templates, self._locales, request.language, campaign)
        names = [f"{found[0].treaty.code.lower()}.jinja", "general.jinja"]
        if campaign:
            names = [TEMPLATE]
        elif len(found) > 1:
            names = ["several.jinja"]
        template = environment.select_template(names)
        context = given(request, self.records, found, campaign)
        context["own"] = template.name
        if request.purpose is Purpose.CONGRATULATION:
            template = environment.get_template("congratulation.jinja")
        return template, context


def given(
    request: Request, records: Records, found: list[Facts], campaign: Campaign | None
) -> dict[str, object]:
    """All that a template is given, by name.

    `event` and `milestone` are what is next on a campaign's calendar, None where nothing is.
    """
    context = _context(request, records.states[request.state], found[0], alone=len(found) == 1)
    events, milestones = (campaign.events, campaign.milestones) if campaign else ((), ())
    context["event"] = moment_forms(coming(events, request.date), request.language)
    context["milestone"] = moment_forms(coming(milestones, request.date), request.language)
    as_of = min(facts.as_of for facts in found)
    context["as_of"] = forms.full_date(as_of, request.language)
    if len(found) > 1:
        context |= several.context(found, request.language)
    return context


def _tidy(text: str) -> str:
    """Strip template line breaks, never the no-break blanks that `str.strip` would eat."""
    return text.strip(" \n")


def _context(request: Request, state: State, facts: Facts, *, alone: bool) -> dict[str, object]:
    language, treaty = request.language, facts.treaty
    capitals = not (alone and treaty.code in IN_STYLE_OF_2010)
    grammar = forms.grammar(language)
    standing, deadline = facts.standing, facts.deadline
    one_voice = len(request.signatories) == 1 and not request.signatories[0].organisation
    return {
        "treaty": forms.treaty_forms(treaty, language, capitals=capitals),
        "titled": forms.treaty_forms(treaty, language),
        "state": forms.state_forms(state, language, capitals=capitals),
        "observer": forms.has_observer_mission(state),
        "seat": request.seat,
        "signed": standing.stage is Stage.SIGNED,
        "signed_on": standing.signed_on and grammar.full_date(standing.signed_on),
        "by_succession": standing.by_succession,
        "act": standing.action,
        "party_since": standing.party_since and grammar.full_date(standing.party_since),
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
        "voices": 1 if one_voice else 2,
        "rank": request.addressee.rank,
        "gender": request.addressee.gender,
        "addressed_to": request.addressee.name,
        # A section in own words may not lead on to the next as the template's does.
        "without": request.without | {change.key for change in request.changes},
    }


def _occasion_day(occasion: Occasion, request: Request) -> str:
    grammar = forms.grammar(request.language)
    same_year = occasion.day.year == request.date.year
    return str(grammar.day_in_year(occasion.day) if same_year else grammar.full_date(occasion.day))
