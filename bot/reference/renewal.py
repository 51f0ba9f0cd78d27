"""From what a page says to a version of the facts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from bot.letters.faults import Fault, Quoted, Refused
from bot.letters.status import Act, Records, Version
from bot.reference import untc
from bot.reference.loader import load

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.reference.untc import Status


def read(
    data: bytes,
    records: Records,
    today: date,
    withdrawn: Mapping[str, date],
    as_of: date | None = None,
) -> Version | Refused:
    """A status page as a version of the facts: see `untc.read` and `version_of`."""
    status = untc.read(data, today, as_of)
    if isinstance(status, Refused):
        return status
    return version_of(status, records, withdrawn)


def version_of(
    status: Status,
    records: Records,
    withdrawn: Mapping[str, date] | None = None,
    *,
    by_notes: bool = False,
) -> Version | Refused:
    """The page as a version of the facts.

    The page brackets what is no longer in force; since when stands only in its notes. So the day is
    taken from the facts there are, or from `withdrawn`, and where neither has it nothing is, and
    the notes are quoted. With `by_notes` the days that they state are taken where they state all
    that is missing, for someone who is asked about them (`Version.dated`).

    Such a day is by the page's own. What takes effect after it stands in no brackets: the notes say
    that it was notified, and it is kept with the act.
    """
    withdrawn, on = dict(withdrawn or {}), status.as_of.date()
    late = [f"{iso3} {day.isoformat()}" for iso3, day in sorted(withdrawn.items()) if day > on]
    if late:
        return Refused(Fault.WITHDRAWN_LATE, ", ".join(late), on)
    stray = sorted(set(withdrawn) - set(status.ended))
    if stray:
        return Refused(Fault.NOT_WITHDRAWN, ", ".join(stray), on)
    known = _withdrawals(status, records)
    missing = [
        iso3
        for iso3, act in status.ended.items()
        if iso3 not in withdrawn and act.acted_on not in _days(known.get(iso3, ()))
    ]
    early = [iso3 for iso3, day in withdrawn.items() if day < _first(status, records, iso3)]
    quoted = _quoted(status, records, sorted({*missing, *early}))
    dated = {one.state: one.day for one in quoted if one.day}
    if (missing or early) and not (by_notes and not early and set(dated) == set(missing)):
        what = ", ".join(one.state for one in quoted)
        return Refused(Fault.WITHDRAWN, what, on, status.treaty, quoted)
    version = Version(
        status.treaty,
        status.as_of,
        status.signatories,
        status.parties,
        _acts(status, known, withdrawn | dated),
        tuple(one.acted_on for one in status.organisations.values() if one.acted_on),
        unlisted=status.unlisted,
        notes=status.notes,
        dated=frozenset(dated),
    )
    counted = records.with_versions([version]).parties(status.treaty, on)
    if counted != status.parties:
        return Refused(Fault.COUNT, f"{counted} / {status.parties}", on)
    return version


def _acts(
    status: Status, known: Mapping[str, list[Act]], withdrawn: Mapping[str, date]
) -> dict[str, tuple[Act, ...]]:
    """Every State's acts, oldest first: what had ended before, what ends, and what is in force."""
    acts: dict[str, tuple[Act, ...]] = {}
    for iso3 in {*status.acts, *status.ended, *known}:
        ended, present = status.ended.get(iso3), status.acts.get(iso3)
        row = ended or present
        past = [one for one in known.get(iso3, ()) if not row or one.acted_on != row.acted_on]
        if ended and iso3 in withdrawn:
            past.append(replace(ended, withdrawn_on=withdrawn[iso3]))
        elif ended:
            past += [one for one in known.get(iso3, ()) if one.acted_on == ended.acted_on]
        if present:
            past.append(replace(present, withdrawn_on=status.leaving.get(iso3)))
        acts[iso3] = tuple(sorted(past, key=_order))
    return acts


def _first(status: Status, records: Records, iso3: str) -> date:
    """The first day from which a withdrawal may hold: after the act, by the treaty's own notice."""
    joined, notice = status.ended[iso3].acted_on, records.treaties[status.treaty].notice
    if joined is None:
        return date.max
    return notice.effect_of(joined) if notice else joined + timedelta(1)


def _quoted(status: Status, records: Records, states: Iterable[str]) -> tuple[Quoted, ...]:
    """What the notes say of each: the number is empty where none is on it."""
    found = []
    for iso3 in states:
        note = status.notes.get(iso3)
        day = note.effect_on if note else None
        fits = day if day and day >= _first(status, records, iso3) else None
        found.append(Quoted(iso3, note.number if note else "", note.text if note else "", fits))
    return tuple(found)


def _withdrawals(status: Status, records: Records) -> dict[str, list[Act]]:
    """What had ended by the page's day, as the facts there are and the shipped ones know it.

    The shipped ones as well: facts renewed from an older page do not know what came after it.
    """
    on = status.as_of.date()
    found: dict[str, list[Act]] = {}
    for source in (records, load()):
        for iso3, acts in source.acts.get(status.treaty, {}).items():
            for act in acts:
                if act.withdrawn_on and act.withdrawn_on <= on:
                    have = found.setdefault(iso3, [])
                    have += [] if act.acted_on in _days(have) else [act]
    return found


def _days(acts: Iterable[Act]) -> list[date | None]:
    return [one.acted_on for one in acts]


def _order(act: Act) -> date:
    return act.acted_on or date.max
