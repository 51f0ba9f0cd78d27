"""Several treaties in one letter: what its template is given beside what every letter has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.letters import language as forms
from bot.letters.model import Language, Stage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.letters.facts import Facts

NEEDS_DECLARATION = "OPAC"
"""Its instrument is invalid without a declaration (article 3, paragraph 2)."""


@dataclass(frozen=True, slots=True)
class Item:
    """One treaty in the list; dates are already in the letter's language, empty for none."""

    the: str
    adopted_on: str
    parties: int
    in_force: bool
    signed_on: str
    by_succession: bool
    withdrawn_on: str


def context(found: Sequence[Facts], language: Language) -> dict[str, object]:
    """The list and its counts. `common_deadline` is there where all treaties share theirs."""
    signed = [facts for facts in found if facts.standing.stage is Stage.SIGNED]
    deadlines = {facts.deadline for facts in found}
    return {
        "items": [_item(facts, language) for facts in found],
        "signed_count": len(signed),
        "other_count": len(found) - len(signed),
        "any_withdrawn": any(facts.standing.withdrawn_on for facts in found),
        "any_by_succession": any(facts.standing.by_succession for facts in found),
        "needs_declaration": any(facts.treaty.code == NEEDS_DECLARATION for facts in found),
        "common_deadline": len(deadlines) == 1 and None not in deadlines,
    }


def _item(facts: Facts, language: Language) -> Item:
    standing = facts.standing
    full_date = forms.grammar(language).full_date
    return Item(
        the=forms.treaty_forms(facts.treaty, language).the,
        adopted_on=full_date(facts.treaty.adopted_on),
        parties=facts.parties,
        in_force=facts.in_force,
        signed_on=full_date(standing.signed_on) if standing.signed_on else "",
        by_succession=standing.by_succession,
        withdrawn_on=full_date(standing.withdrawn_on) if standing.withdrawn_on else "",
    )
