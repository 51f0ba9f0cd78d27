"""From what a page says to a version of the facts, and how it differs from the facts before."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.letters.model import Stage
from bot.letters.status import Act, Records, Version
from bot.reference.untc import Fault, Refused

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from bot.letters.model import State
    from bot.letters.status import Standing
    from bot.reference.untc import Status


@dataclass(frozen=True, slots=True)
class Difference:
    """One State whose acts on the treaty are other than before."""

    state: State
    before: Standing
    after: Standing

    @property
    def moves(self) -> bool:
        """Whether the State stands elsewhere now; else only dates or kinds of acts differ."""
        return self.before.stage is not self.after.stage


def version_of(
    status: Status, records: Records, withdrawn: Mapping[str, date] | None = None
) -> Version | Refused:
    """The page as a version of the facts.

    The page brackets what is no longer in force; since when stands only in its notes. So the day is
    taken from the facts there are, or from `withdrawn`, and where neither has it nothing is.
    """
    withdrawn = withdrawn or {}
    on = status.as_of.date()
    acts: dict[str, tuple[Act, ...]] = {}
    missing = []
    known = records.acts.get(status.treaty, {})
    for iso3 in {*status.acts, *status.ended, *known}:
        past = [one for one in known.get(iso3, ()) if one.withdrawn_on and one.withdrawn_on <= on]
        ended, present = status.ended.get(iso3), status.acts.get(iso3)
        if ended and iso3 in withdrawn:
            past = [one for one in past if one.acted_on != ended.acted_on]
            past.append(replace(ended, withdrawn_on=withdrawn[iso3]))
        elif ended and all(one.acted_on != ended.acted_on for one in past):
            missing.append(iso3)
        if present:
            past = [one for one in past if one.acted_on != present.acted_on]
        found = [*past, present] if present else past
        if found:
            acts[iso3] = tuple(sorted(found, key=_order))
    if missing:
        return Refused(Fault.WITHDRAWN, ", ".join(sorted(missing)))
    days = tuple(one.acted_on for one in status.organisations.values() if one.acted_on)
    return Version(status.treaty, status.as_of, status.signatories, status.parties, acts, days)


def _order(act: Act) -> tuple[bool, date | None]:
    return (act.acted_on is None, act.acted_on or act.signed_on)


def differences(before: Records, after: Records, treaty: str) -> tuple[Difference, ...]:
    """The States whose record is another, where each stood and stands at the later facts' date."""
    on = max(before.dated(treaty), after.dated(treaty))
    old, new = before.acts.get(treaty, {}), after.acts.get(treaty, {})
    return tuple(
        Difference(
            before.states[iso3],
            before.standing(treaty, iso3, on),
            after.standing(treaty, iso3, on),
        )
        for iso3 in before.states
        if old.get(iso3, ()) != new.get(iso3, ())
    )


def is_party(standing: Standing) -> bool:
    """Whether the State is party."""
    return standing.stage is Stage.PARTY
