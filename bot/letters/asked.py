"""Whom a campaign that asks for something else writes to, and what its letter is given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.letters.campaign import To, coming
from bot.letters.campaign import forms as moment_forms
from bot.letters.given import given, left_out, of_state
from bot.letters.language import grammar
from bot.letters.model import Stage
from bot.letters.request import (
    AlreadyParty,
    BeforeAdoption,
    NotAddressed,
    NotInLanguage,
    NotOpen,
    NotThere,
)
from bot.letters.status import Standing
from bot.letters.voice import is_one_voice

if TYPE_CHECKING:
    from datetime import date

    from bot.letters.campaign import Campaign
    from bot.letters.facts import Facts
    from bot.letters.model import State
    from bot.letters.request import Refusal, Request
    from bot.letters.status import Records

STAGES = {
    To.NOT_PARTY: frozenset({Stage.NO_ACTION, Stage.SIGNED}),
    To.SIGNATORIES: frozenset({Stage.SIGNED}),
    To.PARTIES: frozenset({Stage.PARTY}),
    To.ALL: frozenset(Stage),
}
"""Where the States stand that are written to."""

NOWHERE = Standing(Stage.NO_ACTION)
"""Where a State stands on no treaty."""


def standing_of(records: Records, campaign: Campaign, iso3: str, on: date) -> Standing:
    """Where the State stands on the campaign's treaty."""
    return records.standing(campaign.treaty, iso3, on) if campaign.treaty else NOWHERE


def written_to(
    records: Records, campaign: Campaign, on: date
) -> tuple[tuple[State, Standing], ...]:
    """The States that the campaign writes to on that day, with where they stand on its treaty."""
    found = []
    for iso3 in campaign.listed or records.states:
        standing = standing_of(records, campaign, iso3, on)
        if refused(records, campaign, iso3, on, standing) is None:
            found.append((records.states[iso3], standing))
    return tuple(found)


def refused(
    records: Records, campaign: Campaign, iso3: str, on: date, standing: Standing
) -> Refusal | None:
    """Why the campaign does not write to a State that stands there; None where it does."""
    treaty = records.treaties.get(campaign.treaty)
    if treaty and on < treaty.adopted_on:
        return BeforeAdoption(treaty.adopted_on)
    if campaign.listed and iso3 not in campaign.listed:
        return NotAddressed(campaign.to, standing, listed=True)
    if campaign.treaty and standing.stage not in STAGES[campaign.to]:
        is_party = standing.stage is Stage.PARTY
        asks_to_join = campaign.to is To.NOT_PARTY
        return (
            AlreadyParty(standing)
            if is_party and asks_to_join
            else NotAddressed(campaign.to, standing)
        )
    admitted_on = records.states[iso3].admitted_on
    if admitted_on and not records.is_there(iso3, on):
        return NotThere(admitted_on)
    if treaty and campaign.to is To.NOT_PARTY and not records.is_open(treaty.code, iso3):
        return NotOpen(treaty.code, treaty.members_only)
    return None


def refused_letter(
    request: Request, records: Records, campaign: Campaign, standing: Standing
) -> Refusal | None:
    """Why there is no such letter of the campaign's; None where there is."""
    if request.language not in campaign.languages:
        return NotInLanguage(campaign.languages)
    return refused(records, campaign, request.state, request.date, standing)


def given_of(
    request: Request, records: Records, found: list[Facts], campaign: Campaign
) -> dict[str, object]:
    """All that the campaign's template is given, by name: with a treaty, all on it as well."""
    own = campaign.own_texts(request.state, request.language)
    if found:
        return {**given(request, records, found, campaign), "own": own}
    language, out = request.language, left_out(request)
    return {
        **of_state(request, records.states[request.state], as_in_2010=False),
        "event": moment_forms(coming(campaign.events, request.date), language),
        "milestone": moment_forms(coming(campaign.milestones, request.date), language),
        "place": request.place,
        "date": grammar(language).full_date(request.date),
        "signatories": request.signatories,
        "voices": 1 if is_one_voice(request.signatories) else 2,
        "without": out,
        "asked": "ask" not in out,
        "own": own,
    }
