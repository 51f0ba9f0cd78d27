"""What a template is given: facts as whole forms in the letter's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.letters import language as forms
from bot.letters import offices, several
from bot.letters.campaign import coming
from bot.letters.campaign import forms as moment_forms
from bot.letters.facts import is_stale
from bot.letters.model import Kind, Stage
from bot.letters.treaties import Register
from bot.letters.voice import is_one_voice

if TYPE_CHECKING:
    from bot.letters.campaign import Campaign
    from bot.letters.facts import Facts
    from bot.letters.model import Language, State
    from bot.letters.request import Request
    from bot.letters.status import Records
    from bot.letters.treaties import Treaty


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
        **_of_treaty(request, found, stale=stale),
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
        # Nor does the request, where it ends with what another treaty asks of a State.
        "asked": "ask" not in left_out(request) and not (alone and found[0].treaty.outside),
        **(several.context(found, request.language, stale=stale) if not alone else {}),
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
    adopted = facts.occasion is None or facts.occasion.event == "adoption"
    assembly = adopted and not facts.treaty.adopters and not facts.treaty.concluded
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


def _of_treaty(request: Request, found: list[Facts], *, stale: bool) -> dict[str, object]:
    """The first treaty, and where the State stands on it."""
    facts, grammar = found[0], _grammar(request, found)
    standing, deadline, occasion = facts.standing, facts.deadline, facts.occasion
    this_year = occasion is not None and occasion.day.year == request.date.year
    day_form = grammar.day_in_year if this_year else grammar.full_date
    parties = facts.known_parties if stale else facts.parties
    years = 0 if facts.adopted_on_this_day else facts.years_since_adoption
    return {
        "adopters": facts.treaty.adopters.get(request.language) or grammar.GENERAL_ASSEMBLY,
        "concluded": facts.treaty.concluded,
        "register": facts.treaty.register,
        "denounced": facts.treaty.denounced,
        "leaves_later": facts.leaves_later,
        "step": facts.step,
        "may_be_signed": facts.may_be_signed,
        "adherence": _speaks_of_adherence(facts.treaty),
        "outside": _outside(facts, request.language),
        **_entry_into_force(facts, request, grammar, parties),
        "does": facts.treaty.does.get(request.language, ""),
        "aim": facts.treaty.aim.get(request.language, ""),
        "treaty": forms.treaty_forms(facts.treaty, request.language, as_in_2010=_as_in_2010(found)),
        "signed": standing.stage is Stage.SIGNED,
        "signed_on": standing.signed_on and grammar.full_date(standing.signed_on),
        "by_succession": standing.by_succession,
        "act": standing.action,
        "acted_on": standing.acted_on and grammar.full_date(standing.acted_on),
        "withdrawn_on": standing.withdrawn_on and grammar.full_date(standing.withdrawn_on),
        "parties": parties,
        "parties_named": grammar.parties(parties, only_states=facts.only_states),
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


def _speaks_of_adherence(treaty: Treaty) -> bool:
    """Whether all States are to adhere to it, in its own words or since it is not ratified."""
    return treaty.register is Register.DISARMAMENT or treaty.signature is None


def _outside(facts: Facts, language: Language) -> forms.TreatyForms | None:
    """The treaty to be joined first whose parties are not known here."""
    title = facts.treaty.outside.get(language)
    return forms.title_forms(title, language) if title else None


def _entry_into_force(
    facts: Facts, request: Request, grammar: forms.Grammar, parties: int
) -> dict[str, object]:
    """How many have ratified a treaty that is not in force, and what it takes yet."""
    return {
        "states_named": grammar.states(parties),
        "needed": facts.needed,
        "needed_named": grammar.cardinal(facts.needed),
        "needed_states": grammar.states(len(facts.treaty.force.states)),
        "missing": len(facts.missing),
        "missing_named": grammar.cardinal(len(facts.missing)),
        "missing_here": request.state in facts.missing,
    }


def of_state(request: Request, state: State, *, as_in_2010: bool) -> dict[str, object]:
    """The State, the office that is addressed, and who is at its head."""
    address = bool(request.address)
    addressee = offices.fitting(request.addressee, state, request.seat, address=address)
    return {
        "state": forms.state_forms(state, request.language, as_in_2010=as_in_2010),
        "by_name": forms.is_holy_see(state),
        "other_states": forms.grammar(request.language, as_in_2010=as_in_2010).OTHER_STATES,
        "observer": forms.has_observer_mission(state),
        "member_missions": state.kind is not Kind.OTHER,
        "seat": request.seat,
        "city": request.city,
        "address": request.address,
        "rank": addressee.rank,
        "gender": addressee.gender,
        "style": offices.style_of(addressee, state, request.seat),
        "as_of_missions": offices.AS_OF_MISSIONS,
        "addressed_to": addressee.name,
    }
