"""Where every State stands on every treaty, on any date: counts and stages from the records.

"Party on a date" counts the instruments deposited up to that date, as the letter of 2010 does.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bot.letters.model import Stage, State, Treaty

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Act:
    """What one State did on one treaty.

    `by_succession` marks a signature that the State succeeded to: it never "signed on" the date.
    """

    signed_on: date | None = None
    by_succession: bool = False
    action: str = ""
    acted_on: date | None = None
    withdrawn_on: date | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """A State's stage on a treaty on one date, with the dates behind it.

    `action` is what made it party: ratification, accession, succession, acceptance, approval.
    """

    stage: Stage
    signed_on: date | None = None
    by_succession: bool = False
    party_since: date | None = None
    withdrawn_on: date | None = None
    action: str = ""

    @property
    def since(self) -> date | None:
        """The day from which the State has stood there."""
        return self.party_since or self.withdrawn_on or self.signed_on


@dataclass(frozen=True, slots=True)
class Version:
    """The status of one treaty as one page gave it: every State's acts, oldest first.

    `as_of` is the page's own "status as at"; `organisations` are the days on which participants
    that are no States became party. `number` is 0 until it is stored. `unlisted` are the States,
    and names of others, with a mark that the heading of its column does not list.
    """

    treaty: str
    as_of: datetime
    signatories: int
    parties: int
    acts: Mapping[str, tuple[Act, ...]]
    organisations: tuple[date, ...] = ()
    number: int = 0
    unlisted: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Records:
    """The facts: States and treaties by code, and the acts of each State, oldest first.

    `as_of` is the date of the shipped facts, `renewed` those of treaties renewed since.
    """

    as_of: date
    states: Mapping[str, State]
    treaties: Mapping[str, Treaty]
    acts: Mapping[str, Mapping[str, tuple[Act, ...]]]
    non_state_parties: Mapping[str, tuple[date, ...]] = field(default_factory=dict)
    renewed: Mapping[str, date] = field(default_factory=dict)

    def dated(self, *treaties: str) -> date:
        """The date of the facts on those treaties, of the oldest among them; on all if none."""
        codes = treaties or tuple(self.treaties)
        return min(self.renewed.get(code, self.as_of) for code in codes)

    def with_versions(self, versions: Iterable[Version]) -> Records:
        """The facts with some treaties as later pages have them."""
        acts, others = dict(self.acts), dict(self.non_state_parties)
        renewed = dict(self.renewed)
        for version in versions:
            acts[version.treaty] = version.acts
            others[version.treaty] = version.organisations
            renewed[version.treaty] = version.as_of.date()
        return replace(self, acts=acts, non_state_parties=others, renewed=renewed)

    def standing(self, treaty: str, iso3: str, on: date) -> Standing:
        """Where the State stands on that date."""
        signed: Act | None = None
        withdrawn: date | None = None
        for act in self.acts[treaty].get(iso3, ()):
            if act.signed_on and act.signed_on <= on:
                signed = act
            if act.acted_on and act.acted_on <= on:
                if act.withdrawn_on is None or act.withdrawn_on > on:
                    return Standing(Stage.PARTY, party_since=act.acted_on, action=act.action)
                withdrawn, signed = act.withdrawn_on, None
        if withdrawn:
            return Standing(Stage.NO_ACTION, withdrawn_on=withdrawn)
        if signed:
            return Standing(Stage.SIGNED, signed.signed_on, signed.by_succession)
        return Standing(Stage.NO_ACTION)

    def parties(self, treaty: str, on: date) -> int:
        """How many States (and organisations) are party on that date."""
        states = sum(
            self.standing(treaty, iso3, on).stage is Stage.PARTY for iso3 in self.acts[treaty]
        )
        return states + sum(day <= on for day in self.non_state_parties.get(treaty, ()))

    def not_party(self, treaty: str, on: date) -> tuple[tuple[State, Standing], ...]:
        """The States that could be written to: not party, and admitted to the UN by then."""
        found = []
        for state in self.states.values():
            if state.admitted_on and state.admitted_on > on:
                continue
            standing = self.standing(treaty, state.iso3, on)
            if standing.stage is not Stage.PARTY:
                found.append((state, standing))
        return tuple(found)
