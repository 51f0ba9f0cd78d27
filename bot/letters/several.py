"""Several treaties in one letter: what its template is given beside what every letter has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.letters import language as forms
from bot.letters.facts import Instrument, Step
from bot.letters.model import Language, Stage
from bot.letters.treaties import Register

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.letters.facts import Facts
    from bot.letters.language import TreatyForms
    from bot.letters.treaties import Treaty


@dataclass(frozen=True, slots=True)
class Item:
    """One treaty in the list; all but the booleans is already in the letter's language."""

    the: str
    adopted_on: str
    parties: str
    in_force: bool
    signed_on: str
    by_succession: bool
    withdrawn_on: str
    denounced: bool
    leaves_later: bool
    concluded: bool


@dataclass(frozen=True, slots=True)
class Then:
    """A letter on two treaties alone, the second of which can be joined only after the first."""

    first: TreatyForms
    second: TreatyForms
    first_signed: bool


@dataclass(frozen=True, slots=True)
class Outside:
    """A treaty that can be joined only by parties to one whose parties are not known here."""

    party_to_parent: str
    party_to_treaty: str


@dataclass(frozen=True, slots=True)
class Order:
    """Why one treaty comes before another: by the second's own rule."""

    rule: str
    the_first: str
    party_to_first: str
    party_to_second: str


def context(found: Sequence[Facts], language: Language, *, stale: bool) -> dict[str, object]:
    """The list and its counts, as at the day of the facts where they are `stale`.

    `common_deadline` is there where all treaties share theirs.
    """
    signed = [facts for facts in found if facts.standing.stage is Stage.SIGNED]
    deadlines = {facts.deadline for facts in found}
    grammar = forms.grammar(language)
    kinds = {facts.instrument for facts in found}
    kind = kinds.pop() if len(kinds) == 1 else Instrument.EITHER
    return {
        "items": [_item(facts, language, stale=stale) for facts in found],
        "signed_count": len(signed),
        "other_count": len(found) - len(signed),
        "any_withdrawn": any(facts.standing.withdrawn_on for facts in found),
        "any_by_succession": any(facts.standing.by_succession for facts in found),
        "needs_declaration": any(facts.treaty.needs_declaration for facts in found),
        "common_deadline": len(deadlines) == 1 and None not in deadlines,
        "instruments": grammar.SEVERAL_INSTRUMENTS[kind],
        "aim": _aim(found, language),
        "human_rights": {facts.treaty.register for facts in found} == {Register.HUMAN_RIGHTS},
        "another_way": any(facts.step in {Step.SIGN, Step.CONSENT} for facts in found),
        "any_leaves_later": any(facts.leaves_later for facts in found),
        "any_unsignable": any(not facts.may_be_signed for facts in found),
        "outside": _outsides(found, language),
        "then": _then(found, language),
        "orders": _orders(found, language),
    }


def _aim(found: Sequence[Facts], language: Language) -> str:
    """What joining them all shows a commitment to: their own aim, if they have but one."""
    aims = {facts.treaty.aim.get(language, "") for facts in found}
    registers = {facts.treaty.register for facts in found}
    if len(aims) == 1 and "" not in aims:
        return aims.pop()
    aim: str = forms.grammar(language).AIMS[registers.pop() if len(registers) == 1 else None]
    return aim


def _outsides(found: Sequence[Facts], language: Language) -> list[Outside]:
    return [
        Outside(
            forms.title_forms(title, language).party_to,
            forms.treaty_forms(facts.treaty, language).party_to,
        )
        for facts in found
        if (title := facts.treaty.outside.get(language))
    ]


def _item(facts: Facts, language: Language, *, stale: bool) -> Item:
    standing, grammar = facts.standing, forms.grammar(language)
    full_date = grammar.full_date
    parties = facts.known_parties if stale else facts.parties
    return Item(
        the=forms.treaty_forms(facts.treaty, language).the,
        adopted_on=full_date(facts.treaty.adopted_on),
        parties=grammar.parties(parties, only_states=facts.only_states),
        in_force=facts.in_force,
        signed_on=full_date(standing.signed_on) if standing.signed_on else "",
        by_succession=standing.by_succession,
        withdrawn_on=full_date(standing.withdrawn_on) if standing.withdrawn_on else "",
        denounced=facts.treaty.denounced,
        leaves_later=facts.leaves_later,
        concluded=facts.treaty.concluded,
    )


def _then(found: Sequence[Facts], language: Language) -> Then | None:
    if len(found) != 2 or found[1].lacking != found[0].treaty.code:  # noqa: PLR2004 -- a pair
        return None
    first, second = (forms.treaty_forms(facts.treaty, language) for facts in found)
    return Then(first, second, found[0].standing.stage is Stage.SIGNED)


def _party_to_that(treaty: Treaty, language: Language) -> str:
    title = treaty.forms[language]
    text: str = forms.grammar(language).party_to_that(title.short, title.article)
    return text


def _orders(found: Sequence[Facts], language: Language) -> list[Order]:
    """An order for each treaty that has to wait for another of the letter.

    Where there are but two, the short names say which.
    """
    by_code = {facts.treaty.code: facts.treaty for facts in found}
    brief = len(by_code) == 2  # noqa: PLR2004 -- a pair
    orders = []
    for facts in found:
        condition = facts.treaty.condition
        if facts.lacking not in by_code or condition is None:
            continue
        first = forms.treaty_forms(by_code[facts.lacking], language)
        second = forms.treaty_forms(facts.treaty, language)
        rule = "signed" if condition.signed_is_enough else "party"
        orders.append(
            Order(
                "any" if len(condition.parents) > 1 else rule,
                first.the_short if brief else first.the,
                first.party_to_short if brief else _party_to_that(by_code[facts.lacking], language),
                second.party_to_short if brief else second.party_to,
            )
        )
    return orders
