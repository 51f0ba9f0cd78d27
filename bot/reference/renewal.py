"""From what a page says to a version of the facts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from bot.letters.faults import Fault, Refused
from bot.letters.status import Act, Records, Version
from bot.reference import untc
from bot.reference.loader import load

if TYPE_CHECKING:
    from collections.abc import Mapping

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
    status: Status, records: Records, withdrawn: Mapping[str, date] | None = None
) -> Version | Refused:
    """The page as a version of the facts.

    The page brackets what is no longer in force; since when stands only in its notes. So the day is
    taken from the facts there are, or from `withdrawn`, and where neither has it nothing is. It is
    a day by the page's own: the page brackets no withdrawal that is notified but not in effect.
    """
    withdrawn, on = withdrawn or {}, status.as_of.date()
    late = [f"{iso3} {day.isoformat()}" for iso3, day in sorted(withdrawn.items()) if day > on]
    if late:
        return Refused(Fault.WITHDRAWN_LATE, ", ".join(late), on)
    stray = sorted(set(withdrawn) - set(status.ended))
    if stray:
        return Refused(Fault.NOT_WITHDRAWN, ", ".join(stray), on)
    known = _withdrawals(status, records)
    acts: dict[str, tuple[Act, ...]] = {}
    missing = []
    for iso3 in {*status.acts, *status.ended, *known}:
        ended, present = status.ended.get(iso3), status.acts.get(iso3)
        row = ended or present
        past = [one for one in known.get(iso3, ()) if not row or one.acted_on != row.acted_on]
        if ended and iso3 in withdrawn:
            past.append(replace(ended, withdrawn_on=withdrawn[iso3]))
        elif ended:
            same = [one for one in known.get(iso3, ()) if one.acted_on == ended.acted_on]
            past += same
            missing += [] if same else [iso3]
        found = [*past, present] if present else past
        acts[iso3] = tuple(sorted(found, key=_order))
    notice = records.treaties[status.treaty].notice
    early = []
    for iso3, day in withdrawn.items():
        joined = status.ended[iso3].acted_on
        first = joined and (notice.effect_of(joined) if notice else joined + timedelta(1))
        early += [iso3] if first is None or day < first else []
    if missing or early:
        what = ", ".join(sorted({*missing, *early}))
        return Refused(Fault.WITHDRAWN, what, on, status.treaty)
    days = tuple(one.acted_on for one in status.organisations.values() if one.acted_on)
    version = Version(
        status.treaty,
        status.as_of,
        status.signatories,
        status.parties,
        acts,
        days,
        unlisted=status.unlisted,
    )
    counted = records.with_versions([version]).parties(status.treaty, on)
    if counted != status.parties:
        return Refused(Fault.COUNT, f"{counted} / {status.parties}", on)
    return version


def _withdrawals(status: Status, records: Records) -> dict[str, list[Act]]:
    """What had ended by the page's day, as the facts there are and the shipped ones know it.

    The shipped ones as well: facts renewed from an older page do not know what came after it.
    """
    on = status.as_of.date()
    found: dict[str, list[Act]] = {}
    for source in (records, load()):
        for iso3, acts in source.acts.get(status.treaty, {}).items():
            for act in acts:
                have = [one.acted_on for one in found.get(iso3, ())]
                if act.withdrawn_on and act.withdrawn_on <= on and act.acted_on not in have:
                    found.setdefault(iso3, []).append(act)
    return found


def _order(act: Act) -> date:
    return act.acted_on or date.max
