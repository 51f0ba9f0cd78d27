"""Deadlines: the end of a day in a time zone that is shown."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.letters.model import Office

ZONES = {Office.GENEVA: "Europe/Zurich", Office.NEW_YORK: "America/New_York"}
"""The time that is kept where a Mission is."""

USUAL_DAYS = 14
NUDGE = timedelta(days=2)
"""So long before the deadline those who wait are reminded by themselves."""


def end_of(day: date, zone: str) -> datetime:
    """The last minute of the day there, in UTC."""
    return datetime.combine(day, time(23, 59), ZoneInfo(zone)).astimezone(UTC)


def day_in(moment: datetime, zone: str) -> date:
    """The day that it is there."""
    return moment.astimezone(ZoneInfo(zone)).date()


def clock_in(moment: datetime, zone: str) -> str:
    """The time of day there: 23:59."""
    return moment.astimezone(ZoneInfo(zone)).strftime("%H:%M")


def is_near(deadline: datetime, now: datetime) -> bool:
    """Whether it is at most two days away, and has not passed."""
    return deadline - NUDGE <= now < deadline
