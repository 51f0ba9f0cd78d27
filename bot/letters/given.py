"""What a template is given: facts as whole forms in the letter's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.letters import language as forms
from bot.letters import several
from bot.letters.campaign import coming
from bot.letters.campaign import forms as moment_forms
from bot.letters.facts import is_stale
from bot.letters.model import Kind, Rank, Stage
from bot.letters.voice import is_one_voice

if TYPE_CHECKING:
    from bot.letters.campaign import Campaign
    from bot.letters.facts import Facts
    from bot.letters.model import State
    from bot.letters.request import Request
    from bot.letters.status import Records


def given(
    request: Request, records: Records, found: list[Facts], campaign: Campaign | None
) -> dict[str, object]:
    """All that a template is given, by name.

    `event` and `milestone` are what is next on a campaign's calendar, None where nothing is.
    `as_at` is the date of facts that are old, which every sentence that they could belie names;
    empty where they are not, or where the signer answers for them.
    """
    state, alone = records.states[request.state], len(found) == 1
    grammar = _grammar(request, found)
    as_of = min(facts.as_of for facts in found)
    stale = is_stale(as_of, request.date) and not request.undated
    events, milestones = (campaign.events, campaign.milestones) if campaign else ((), ())
    return {
        **_of_treaty(request, found),
        **of_state(request, state, as_in_2010=_as_in_2010(found)),
        **first_mentions(request, found),
        **(_mentioned(request, found) if alone else {}),
        "as_of": grammar.full_date(as_of),
        "as_at": grammar.full_date(as_of) if stale else "",
        "event": moment_forms(
            coming(events, request.date), request.language, as_in_2010=_as_in_2010(found)
        ),
        "milestone": moment_forms(
            coming(milestones, request.date), request.language, as_in_2010=_as_in_2010(found)
        ),
        "place": request.place,
        "date": grammar.full_date(request.date),
        "signatories": request.signatories,
        "voices": 1 if is_one_voice(request.signatories) else 2,
        # A section in own words may not lead on to the next as the template's does.
        "without": left_out(request),
        "asked": "ask" not in left_out(request),
        **(several.context(found, request.language) if not alone else {}),
    }


def first_mentions(request: Request, found: list[Facts]) -> dict[str, object]:
    """How the letter speaks of the Assembly and of an anniversary that nothing told before."""
    grammar = _grammar(request, found)
    return {
        "of_session": grammar.of_session(found[0].session, first=True),
        "that_anniversary": False,
    }


def _mentioned(request: Request, found: list[Facts]) -> dict[str, object]:
    """The same where the letter's opening stands in the template's words."""
    if "occasion" in left_out(request):
        return {}
    facts, grammar = found[0], _grammar(request, found)
    assembly = facts.occasion is None or facts.occasion.event == "adoption"
    return {
        "of_session": grammar.of_session(facts.session, first=not assembly),
        "that_anniversary": facts.tells_deadline,
    }


def left_out(request: Request) -> frozenset[str]:
    """The sections that do not stand in the template's words."""
    return request.without | {change.key for change in request.changes}


def _as_in_2010(found: list[Facts]) -> bool:
    return len(found) == 1 and found[0].treaty.in_style_of_2010


def _grammar(request: Request, found: list[Facts]) -> forms.Grammar:
    module: forms.Grammar = forms.grammar(request.language, as_in_2010=_as_in_2010(found))
    return module


def _of_treaty(request: Request, found: list[Facts]) -> dict[str, object]:
    """The first treaty, and where the State stands on it."""
    facts, grammar = found[0], _grammar(request, found)
    standing, deadline, occasion = facts.standing, facts.deadline, facts.occasion
    this_year = occasion is not None and occasion.day.year == request.date.year
    day_form = grammar.day_in_year if this_year else grammar.full_date
    years = 0 if facts.adopted_on_this_day else facts.years_since_adoption
    return {
        "does": facts.treaty.does.get(request.language, ""),
        "aim": facts.treaty.aim.get(request.language, ""),
        "treaty": forms.treaty_forms(facts.treaty, request.language, as_in_2010=_as_in_2010(found)),
        "signed": standing.stage is Stage.SIGNED,
        "signed_on": standing.signed_on and grammar.full_date(standing.signed_on),
        "by_succession": standing.by_succession,
        "act": standing.action,
        "acted_on": standing.acted_on and grammar.full_date(standing.acted_on),
        "withdrawn_on": standing.withdrawn_on and grammar.full_date(standing.withdrawn_on),
        "parties": facts.parties,
        "parties_named": grammar.parties(facts.parties, only_states=facts.only_states),
        "broad": facts.broad,
        "in_force": facts.in_force,
        "occasion": occasion,
        "this_year": this_year,
        "occasion_day": occasion and day_form(occasion.day),
        "opening_day": occasion and grammar.opening_day(occasion.day),
        "occasion_nth": occasion and grammar.ordinal(occasion.years),
        "years": years,
        "years_named": grammar.cardinal(years),
        "adopted_on": grammar.full_date(facts.treaty.adopted_on),
        "deadline_year": deadline and deadline.year,
        "deadline_nth": deadline and grammar.ordinal(deadline.years),
        "instrument": grammar.INSTRUMENTS[facts.instrument],
    }


def of_state(request: Request, state: State, *, as_in_2010: bool) -> dict[str, object]:
    """The State, its Mission, and who is at its head."""
    holy_see = forms.is_holy_see(state)
    rank = request.addressee.rank
    if holy_see:
        rank = Rank.NUNCIO if rank in {Rank.AMBASSADOR, Rank.NUNCIO} else None
    elif rank is Rank.NUNCIO:
        rank = None
    return {
        "state": forms.state_forms(state, request.language, as_in_2010=as_in_2010),
        "by_name": holy_see,
        "other_states": forms.grammar(request.language, as_in_2010=as_in_2010).OTHER_STATES,
        "observer": forms.has_observer_mission(state),
        "member_missions": state.kind is not Kind.OTHER,
        "seat": request.seat,
        "address": request.address,
        "rank": rank,
        "gender": None if holy_see else request.addressee.gender,
        "addressed_to": request.addressee.name,
    }
