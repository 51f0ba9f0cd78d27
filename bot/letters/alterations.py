"""What a page would change of what was known, or has that no page had: it wants its own yes.

A page of the Treaty Collection grows: signatures and parties are added, a withdrawal is dated.
Nothing else was seen to happen to a State that stands there.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.letters.status import Act

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from bot.letters.model import State
    from bot.letters.status import Records, Version


class Oddity(StrEnum):
    """What no act on thirty real pages is (3,841 acts, status as at 3 February 2026)."""

    MARK = "its mark is none of those in the column's heading"
    UNSIGNED = "no signature goes with it"
    LATE_SIGNATURE = "the signature is later than the act"
    SUCCESSION = "a succession needs no signature of its own"
    NO_CLAUSE = "the treaty has no clause on withdrawal"
    CONFIRMATION = "a formal confirmation is an organisation's act, not a State's"
    DATED = "since when it is no longer party is read from the page's note"


NEED_SIGNATURE = frozenset({"ratification", "acceptance", "approval"})

USUAL = 3
"""What so many States did is a treaty's way: some are accepted without a signature."""


@dataclass(frozen=True, slots=True)
class Alteration:
    """One State's acts whole, as they were known for the page's day and as the page has them.

    `state` is None for the participants that are no States: of them only the days are known.
    """

    treaty: str
    state: State | None
    was: tuple[Act, ...]
    now: tuple[Act, ...]
    oddities: tuple[Oddity, ...] = ()


def alterations(before: Records, version: Version) -> tuple[Alteration, ...]:
    """What wants a yes of its own; what an older page cannot know yet is no alteration."""
    treaty, on = version.treaty, version.as_of.date()
    known, may_leave = before.acts.get(treaty, {}), before.treaties[treaty].notice is not None
    unsigned, newer = _usually_unsigned(version), not before.is_newer(version)
    found = []
    for iso3, state in before.states.items():
        was, now = _known_on(known.get(iso3, ()), on, newer=newer), version.acts.get(iso3, ())
        # What was known of days to come is masked in `was`, and no news.
        fresh = [act for act in now if act not in was and act not in known.get(iso3, ())]
        odd = _oddities(fresh, unsigned, unlisted=iso3 in version.unlisted, may_leave=may_leave)
        odd += (Oddity.DATED,) if iso3 in version.dated else ()
        if odd or not _grown(was, now):
            found.append(Alteration(treaty, state, was, now, odd))
    others = [day for day in before.non_state_parties.get(treaty, ()) if day <= on]
    gone, come = (
        Counter(one) - Counter(two)
        for one, two in ((others, version.organisations), (version.organisations, others))
    )
    odd = (Oddity.MARK,) if come and version.unlisted - set(before.states) else ()
    if gone or odd:
        found.append(Alteration(treaty, None, _days(others), _days(version.organisations), odd))
    return tuple(found)


def _known_on(acts: Iterable[Act], on: date, *, newer: bool) -> tuple[Act, ...]:
    """The acts without what came after that day.

    A withdrawal that was known to come stays, for a newer page: it tells of it, or it is no more.
    """
    found = []
    for act in acts:
        past = replace(
            act,
            signed_on=_by(act.signed_on, on),
            by_succession=act.by_succession and _by(act.signed_on, on) is not None,
            action=act.action if _by(act.acted_on, on) else "",
            acted_on=_by(act.acted_on, on),
            withdrawn_on=act.withdrawn_on if newer else _by(act.withdrawn_on, on),
        )
        found += [past] if past.signed_on or past.acted_on else []
    return tuple(found)


def _by(day: date | None, on: date) -> date | None:
    return day if day and day <= on else None


def _grown(was: Iterable[Act], now: Iterable[Act]) -> bool:
    """Whether every act that was known is among those of now, be it with more to it."""
    left = list(now)
    for act in was:
        heir = next((one for one in left if _extends(one, act)), None)
        if heir is None:
            return False
        left.remove(heir)
    return True


def _extends(now: Act, was: Act) -> bool:
    same_signature = (now.signed_on, now.by_succession) == (was.signed_on, was.by_succession)
    if was.acted_on is None:
        return same_signature
    # Who is party signs no more: a signature that appears beside a known act is a change.
    same_act = (now.action, now.acted_on) == (was.action, was.acted_on)
    return same_signature and same_act and was.withdrawn_on in {None, now.withdrawn_on}


def _usually_unsigned(version: Version) -> frozenset[str]:
    """The acts that go without a signature on this page: all, where nothing was to be signed."""
    acts = [act for of_state in version.acts.values() for act in of_state]
    if not any(act.signed_on for act in acts):
        return NEED_SIGNATURE
    counts = Counter(act.action for act in acts if act.acted_on and not act.signed_on)
    return frozenset(action for action, count in counts.items() if count >= USUAL)


def _oddities(
    fresh: Iterable[Act], unsigned: frozenset[str], *, unlisted: bool, may_leave: bool
) -> tuple[Oddity, ...]:
    """What is odd about acts that were not known."""
    found: set[Oddity] = set()
    for act in fresh:
        found |= {Oddity.MARK} if unlisted else set()
        found |= {Oddity.NO_CLAUSE} if act.withdrawn_on and not may_leave else set()
        if act.acted_on is None:
            continue
        if act.signed_on is None and act.action in NEED_SIGNATURE - unsigned:
            found.add(Oddity.UNSIGNED)
        if act.signed_on and act.signed_on > act.acted_on:
            found.add(Oddity.LATE_SIGNATURE)
        if act.signed_on and not act.by_succession and act.action == "succession":
            found.add(Oddity.SUCCESSION)
        if act.action == "formal confirmation":
            found.add(Oddity.CONFIRMATION)
    return tuple(one for one in Oddity if one in found)


def _days(days: Iterable[date]) -> tuple[Act, ...]:
    return tuple(Act(acted_on=day) for day in sorted(days))
