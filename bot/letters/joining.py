"""Who may join a treaty, and when one that leaves it is no longer bound: the treaty's own rules."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Condition:
    """A protocol that only those may join who have joined one of its `parents`.

    With `signed_is_enough` a signature of the parent opens it. `article` says so.
    """

    parents: tuple[str, ...]
    signed_is_enough: bool
    article: str


@dataclass(frozen=True, slots=True)
class NoticePeriod:
    """How long after its notification a denunciation takes effect, in months, or in `days`.

    With `from_month_start` it does on the first day of the month that follows these.
    """

    months: int
    from_month_start: bool
    article: str
    days: int = 0

    def effect_of(self, notified_on: date) -> date:
        """The first day on which the State is no longer bound.

        A period of months ends on the day of the same number, or on the month's last day.
        """
        if self.days:
            return notified_on + timedelta(self.days)
        month = notified_on.month - 1 + self.months
        year, month = notified_on.year + month // 12, month % 12 + 1
        day = date(year, month, min(notified_on.day, monthrange(year, month)[1]))
        return date(year + month // 12, month % 12 + 1, 1) if self.from_month_start else day
