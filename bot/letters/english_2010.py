"""English as in the letter of 2010: 26th July 2010, May 25th, states parties, UN General Assembly.

The letters on the two protocols of 2000 carry it on. The day stands first, as beside the place;
only the opening "May 25th marked" has the month first, as it was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.letters import english
from bot.letters.english import (
    AIMS,
    COURTESY_TRANSLATION,
    INSTRUMENTS,
    MONTHS,
    SEVERAL_INSTRUMENTS,
    YOUR_COUNTRY,
    bare_name,
    cardinal,
    of_name,
    ordinal,
    party_to_that,
    states,
    to_name,
)
from bot.letters.facts import SessionKind

if TYPE_CHECKING:
    from datetime import date

    from bot.letters.facts import Session

__all__ = (
    "AIMS",
    "COURTESY_TRANSLATION",
    "INSTRUMENTS",
    "MONTHS",
    "SEVERAL_INSTRUMENTS",
    "YOUR_COUNTRY",
    "bare_name",
    "cardinal",
    "of_name",
    "ordinal",
    "party_to_that",
    "states",
    "to_name",
)

YOUR_GOVERNMENT = "your government"
TO_YOUR_GOVERNMENT = "to your government"
OTHER_STATES = "other states"
GENERAL_ASSEMBLY = "the UN General Assembly"


def full_date(day: date) -> str:
    """26th July 2010."""
    return f"{ordinal(day.day)} {MONTHS[day.month - 1]} {day.year}"


def day_in_year(day: date) -> str:
    """18th January."""
    return f"{ordinal(day.day)} {MONTHS[day.month - 1]}"


def opening_day(day: date) -> str:
    """May 25th, where the letter of 2010 has it: at the beginning of a sentence."""
    return f"{MONTHS[day.month - 1]} {ordinal(day.day)}"


def parties(count: int, *, only_states: bool) -> str:
    """137 states parties."""
    return english.parties(count, only_states=only_states).replace("State", "state")


def with_articles(title: str, _article: str = "") -> tuple[str, ...]:
    """The title with its article and prepositions, "optional protocol" in lower case."""
    return english.with_articles(title.replace("Optional Protocol", "optional protocol", 1))


def of_session(session: Session, *, first: bool = False) -> str:
    """The session, without its number where it is at hand; the same at every mention."""
    del first
    which = {
        SessionKind.UPCOMING: "upcoming",
        SessionKind.CURRENT: "current",
        SessionKind.PLAIN: ordinal(session.number),
    }[session.kind]
    return f"of the {which} session of the UN General Assembly"
