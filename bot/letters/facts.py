"""Facts computed for the letter's date: the occasion, the deadline, the session, the parties."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import MINYEAR, date
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

from bot.letters.model import Stage

if TYPE_CHECKING:
    from bot.letters.status import Records, Standing
    from bot.letters.treaties import Treaty

ROUND = 5
"""Round anniversaries are multiples of five years."""

NEAR_DAYS = 366
"""An anniversary within twelve months of the letter opens it."""

STALE_DAYS = 90
"""A draft dated this long after the data's date carries a warning."""

UN_MEMBERS = 193

SESSION_OPENINGS = {
    2025: date(2025, 9, 9),
    2026: date(2026, 9, 8),
    2027: date(2027, 9, 7),
    2028: date(2028, 9, 5),
    2029: date(2029, 9, 11),
    2030: date(2030, 9, 10),
}
"""Opening of the General Assembly's regular session, 80th to 85th.

Source: ask.un.org, dates of the sessions and general debates.
"""

SEPTEMBER = 9

Tense = Literal["past", "today", "future"]
Event = Literal["adoption", "conclusion", "entry_into_force", "opening"]


class SessionKind(StrEnum):
    """How the letter speaks of a session: `PLAIN` where its opening day is not known."""

    UPCOMING = "upcoming"
    CURRENT = "current"
    PLAIN = "plain"


class Instrument(StrEnum):
    """What a State that joins deposits: by its next step; `EITHER` where two ways are open."""

    RATIFICATION = "ratification"
    ACCESSION = "accession"
    EITHER = "either"
    CONSENT = "consent"


class Step(StrEnum):
    """What a State that is no party does next, by the treaty's law on a date."""

    RATIFY = "ratify"
    SIGN = "sign"
    """Sign, and then ratify: while the treaty is open for signature."""

    ACCEDE = "accede"
    CONSENT = "consent"
    """Notify its consent to be bound, as the protocols on certain conventional weapons have it."""

    REJOIN = "rejoin"


@dataclass(frozen=True, slots=True)
class Session:
    """A regular session of the General Assembly; session N opens in September of 1945+N."""

    number: int
    kind: SessionKind


@dataclass(frozen=True, slots=True)
class Occasion:
    """The round anniversary that opens the letter."""

    event: Event
    years: int
    day: date
    tense: Tense


@dataclass(frozen=True, slots=True)
class Deadline:
    """The next round anniversary of the treaty's entry into force."""

    year: int
    years: int


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything a letter states on one treaty that depends on its date.

    `only_states` says that all its parties are States. `lacking` is the treaty that the State has
    to join before it may join this one. Of a treaty not in force `missing` are the States that have
    yet to ratify it of those that it names, `needed` is how many instruments it takes yet.
    `known_parties` is how many there were on the day of the facts, or on the letter's if that is
    the earlier.
    """

    treaty: Treaty
    parties: int
    only_states: bool
    occasion: Occasion | None
    years_since_adoption: int
    adopted_on_this_day: bool
    in_force: bool
    deadline: Deadline | None
    session: Session
    standing: Standing
    as_of: date
    lacking: str = ""
    step: Step = Step.ACCEDE
    may_be_signed: bool = True
    missing: tuple[str, ...] = ()
    needed: int = 0
    known_parties: int = 0

    @property
    def instrument(self) -> Instrument:
        """What the State would deposit; one that denounced the treaty has only accession left."""
        if self.standing.withdrawn_on:
            return Instrument.CONSENT if self.treaty.by_consent else Instrument.ACCESSION
        if self.step is Step.CONSENT:
            return Instrument.CONSENT
        if self.step is Step.ACCEDE:
            return Instrument.EITHER if self.may_be_signed else Instrument.ACCESSION
        return Instrument.RATIFICATION

    @property
    def leaves_later(self) -> bool:
        """Whether a withdrawal was notified that took effect only after the day of the facts."""
        left = self.standing.withdrawn_on
        return left is not None and left > self.as_of

    @property
    def tells_deadline(self) -> bool:
        """Whether the occasion is the very anniversary that the deadline names."""
        if self.occasion is None or self.deadline is None:
            return False
        same = self.occasion.event == "entry_into_force"
        return same and self.occasion.years == self.deadline.years

    @property
    def broad(self) -> bool:
        """Whether more than half of the UN Members are party: "widespread support"."""
        return self.parties * 2 > UN_MEMBERS


def compute(records: Records, treaty: Treaty, iso3: str, on: date) -> Facts:
    """The facts of a letter on the treaty to the State, dated `on`."""
    standing, in_force = records.standing(treaty.code, iso3, on), treaty.is_in_force(on)
    parties, needs = records.parties(treaty.code, on), treaty.force
    as_of = records.dated(treaty.code)
    return Facts(
        treaty=treaty,
        parties=parties,
        only_states=not records.organisations(treaty.code, on),
        occasion=occasion(treaty, on),
        years_since_adoption=_full_years(treaty.adopted_on, on),
        adopted_on_this_day=_anniversary(treaty.adopted_on, on.year) == on,
        in_force=in_force,
        deadline=deadline(treaty, on),
        session=session(on),
        standing=standing,
        as_of=as_of,
        lacking=records.lacking(treaty.code, iso3, on),
        step=step_of(treaty, standing, on),
        may_be_signed=treaty.may_be_signed(on),
        missing=() if in_force else _missing(records, treaty, on),
        known_parties=records.parties(treaty.code, as_of) if as_of < on else parties,
        needed=0 if in_force or needs.states else max(0, needs.needs - parties),
    )


def _missing(records: Records, treaty: Treaty, on: date) -> tuple[str, ...]:
    """The States of those named by the treaty that have yet to ratify it."""
    stages = {one: records.standing(treaty.code, one, on).stage for one in treaty.force.states}
    return tuple(one for one, stage in stages.items() if stage is not Stage.PARTY)


def step_of(treaty: Treaty, standing: Standing, on: date) -> Step:
    """What a State that stands there on that day, and is no party, is to do next."""
    if standing.withdrawn_on:
        return Step.REJOIN
    if standing.stage is Stage.SIGNED:
        return Step.RATIFY
    if treaty.by_consent:
        return Step.CONSENT
    signature = treaty.signature
    if signature and not signature.asks_accession and treaty.may_be_signed(on):
        return Step.SIGN
    return Step.ACCEDE


def is_stale(as_of: date, on: date) -> bool:
    """Whether the facts are too old for a letter of that date."""
    return (on - as_of).days > STALE_DAYS


def occasion(treaty: Treaty, on: date) -> Occasion | None:
    """The nearest round anniversary within twelve months; adoption first among equals."""
    events: tuple[tuple[Event, date | None], ...] = (
        ("conclusion" if treaty.concluded else "adoption", treaty.adopted_on),
        ("entry_into_force", treaty.entry_into_force),
        ("opening", treaty.opened_for_signature),
    )
    near: list[tuple[int, int, Occasion]] = []
    for rank, (event, start) in enumerate(events):
        if start is None:
            continue
        for year in range(max(MINYEAR, on.year - 1), on.year + 2):
            years, day = year - start.year, _anniversary(start, year)
            distance = abs((day - on).days)
            if years > 0 and years % ROUND == 0 and distance <= NEAR_DAYS:
                tense: Tense = "today" if day == on else "past" if day < on else "future"
                near.append((distance, rank, Occasion(event, years, day, tense)))
    return min(near, key=lambda found: found[:2])[2] if near else None


def deadline(treaty: Treaty, on: date) -> Deadline | None:
    """The next round anniversary of entry into force; none before the entry into force."""
    start = treaty.entry_into_force
    if start is None or start > on:
        return None
    years = ROUND
    while _anniversary(start, start.year + years) <= on:
        years += ROUND
    return Deadline(start.year + years, years)


def session(on: date) -> Session:
    """The session to speak of: upcoming until it opens, then current, from January the next."""
    number = on.year - 1945
    opening = SESSION_OPENINGS.get(on.year)
    if opening is None and on.month == SEPTEMBER:
        return Session(number, SessionKind.PLAIN)
    opens = opening or date(on.year, SEPTEMBER, 1)
    return Session(number, SessionKind.UPCOMING if on < opens else SessionKind.CURRENT)


def _anniversary(start: date, year: int) -> date:
    try:
        return start.replace(year=year)
    except ValueError:  # 29 February
        return start.replace(year=year, day=28)


def _full_years(start: date, on: date) -> int:
    return on.year - start.year - ((on.month, on.day) < (start.month, start.day))
