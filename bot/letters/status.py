"""Where every State stands on every treaty, on any date: counts and stages from the records.

"Party on a date" counts the instruments deposited up to that date, as the letter of 2010 does.
"""

from __future__ import annotations

from collections import ChainMap
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, cast

from bot.letters.model import Kind, Stage, State

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

    from bot.letters.treaties import Treaty


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
    It did so on `acted_on`; the treaty binds it only some weeks after that. `leaving_on` is the day
    from which a party is none any more, where its withdrawal is known and not in effect yet.
    """

    stage: Stage
    signed_on: date | None = None
    by_succession: bool = False
    acted_on: date | None = None
    withdrawn_on: date | None = None
    action: str = ""
    leaving_on: date | None = None

    @property
    def since(self) -> date | None:
        """The day from which the State has stood there."""
        return self.acted_on or self.withdrawn_on or self.signed_on


@dataclass(frozen=True, slots=True)
class Note:
    """An end note of a page on a State's withdrawal: its number and its words, in short.

    `effect_on` is the day of effect, where the note states one and no other; `notified_on` that of
    the notification.
    """

    number: str
    text: str
    effect_on: date | None = None
    notified_on: date | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """The status of one treaty as one page gave it: every State's acts, oldest first.

    `as_of` is the page's own "status as at"; `organisations` are the days on which participants
    that are no States became party. `number` is 0 until it is stored. `unlisted` are the States,
    and names of others, with a mark that the heading of its column does not list. `notes` are the
    page's notes on withdrawals, by State; the days of those in `dated` were taken from them.
    """

    treaty: str
    as_of: datetime
    signatories: int
    parties: int
    acts: Mapping[str, tuple[Act, ...]]
    organisations: tuple[date, ...] = ()
    number: int = 0
    unlisted: frozenset[str] = frozenset()
    notes: Mapping[str, Note] = field(default_factory=dict)
    dated: frozenset[str] = frozenset()

    @property
    def leaving(self) -> dict[str, date]:
        """The States whose withdrawal is known and takes effect after the page's own day."""
        on = self.as_of.date()
        return {
            iso3: act.withdrawn_on
            for iso3, acts in self.acts.items()
            for act in acts
            if act.withdrawn_on and act.withdrawn_on > on
        }


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
        """The date of the facts on those treaties, of the oldest among them; on all if none.

        A treaty without facts has no date: it counts for nothing.
        """
        codes = [code for code in treaties or self.treaties if self.has_status(code)]
        return min((self.renewed.get(code, self.as_of) for code in codes), default=self.as_of)

    def has_status(self, treaty: str) -> bool:
        """Whether it is known at all who is party: of some treaties only once a page was read.

        It is not of a treaty whose folder is there no more, whatever was stored of it.
        """
        return treaty in self.treaties and treaty in self.acts

    def is_newer(self, version: Version) -> bool:
        """Whether what is known of the treaty is of a later day than the page."""
        treaty = version.treaty
        return self.has_status(treaty) and version.as_of.date() < self.dated(treaty)

    def with_versions(self, versions: Iterable[Version]) -> Records:
        """The facts with some treaties as later pages have them."""
        # What no later page has is left as it is: reading it takes its time, and few need it.
        shipped = self.acts.maps if isinstance(self.acts, ChainMap) else [self.acts]
        acts: ChainMap[str, Mapping[str, tuple[Act, ...]]]
        acts = ChainMap({}, *cast("list[dict[str, Mapping[str, tuple[Act, ...]]]]", shipped))
        others = dict(self.non_state_parties)
        renewed = dict(self.renewed)
        for version in versions:
            acts[version.treaty] = self._in_effect(version)
            others[version.treaty] = version.organisations
            renewed[version.treaty] = version.as_of.date()
        return replace(self, acts=acts, non_state_parties=others, renewed=renewed)

    def _in_effect(self, version: Version) -> dict[str, tuple[Act, ...]]:
        """The version's acts; a withdrawal is not dated before the day of effect known here.

        Earlier versions of this program stored the day of a notification as that of its effect.
        """
        known = {
            (iso3, act.acted_on): act.withdrawn_on
            for iso3, acts in self.acts.get(version.treaty, {}).items()
            for act in acts
            if act.withdrawn_on
        }
        found = {}
        for iso3, acts in version.acts.items():
            days = [known.get((iso3, act.acted_on)) for act in acts]
            found[iso3] = tuple(
                replace(act, withdrawn_on=day)
                if day and act.withdrawn_on and act.withdrawn_on < day
                else act
                for act, day in zip(acts, days, strict=True)
            )
        return found

    def standing(self, treaty: str, iso3: str, on: date) -> Standing:
        """Where the State stands on that date."""
        signed: Act | None = None
        withdrawn: date | None = None
        for act in self.acts.get(treaty, {}).get(iso3, ()):
            if act.signed_on and act.signed_on <= on:
                signed = act
            if act.acted_on and act.acted_on <= on:
                if act.withdrawn_on is None or act.withdrawn_on > on:
                    return Standing(
                        Stage.PARTY,
                        acted_on=act.acted_on,
                        action=act.action,
                        leaving_on=act.withdrawn_on,
                    )
                withdrawn, signed = act.withdrawn_on, None
        if withdrawn:
            return Standing(Stage.NO_ACTION, withdrawn_on=withdrawn)
        if signed:
            return Standing(Stage.SIGNED, signed.signed_on, signed.by_succession)
        return Standing(Stage.NO_ACTION)

    def parties(self, treaty: str, on: date) -> int:
        """How many States and organisations are party on that date."""
        states = sum(
            self.standing(treaty, iso3, on).stage is Stage.PARTY
            for iso3 in self.acts.get(treaty, {})
        )
        return states + self.organisations(treaty, on)

    def organisations(self, treaty: str, on: date) -> int:
        """How many of the parties are no States."""
        return sum(day <= on for day in self.non_state_parties.get(treaty, ()))

    def not_party(self, treaty: str, on: date) -> tuple[tuple[State, Standing], ...]:
        """The States that could be written to: not party, there by then, and free to join.

        Those are among them that would have to join another treaty first: see `lacking`. Where it
        is not known who has joined, there are none.
        """
        found = []
        for state in self.states.values() if self.has_status(treaty) else ():
            if not self.is_there(state.iso3, on) or not self.is_open(treaty, state.iso3):
                continue
            standing = self.standing(treaty, state.iso3, on)
            if standing.stage is not Stage.PARTY:
                found.append((state, standing))
        return tuple(found)

    def is_there(self, iso3: str, on: date) -> bool:
        """Whether the State was a Member or an observer by then, or had signed or joined a treaty.

        Switzerland, the Republic of Korea and others were States long before they were Members.
        """
        admitted_on = self.states[iso3].admitted_on
        return admitted_on is None or admitted_on <= on or self._had_acted(iso3, on)

    def _had_acted(self, iso3: str, on: date) -> bool:
        """Whether it had done something of its own, that is no act of a State before it."""
        return any(
            (act.signed_on and not act.by_succession and act.signed_on <= on)
            or (act.acted_on and act.action != "succession" and act.acted_on <= on)
            for acts in self.acts.values()
            for act in acts.get(iso3, ())
        )

    def is_open(self, treaty: str, iso3: str) -> bool:
        """Whether the treaty is open to States of its kind."""
        known = self.treaties.get(treaty)
        return known is None or not known.members_only or self.states[iso3].kind is Kind.MEMBER

    def lacking(self, treaty: str, iso3: str, on: date) -> str:
        """The treaty that the State has to join before it may join this one; empty if none."""
        known = self.treaties.get(treaty)
        condition = known.condition if known else None
        if condition is None:
            return ""
        stages = {self.standing(code, iso3, on).stage for code in condition.parents}
        enough = {Stage.PARTY, Stage.SIGNED} if condition.signed_is_enough else {Stage.PARTY}
        return "" if stages & enough else condition.parents[0]
