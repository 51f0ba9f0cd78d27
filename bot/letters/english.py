"""English forms, in the style of the United Nations: 25 November 2026, State party, -ize.

The two campaigns that carry the wording of 2010 on have forms of their own: `english_2010`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.letters.facts import Instrument, SessionKind
from bot.letters.treaties import Register

if TYPE_CHECKING:
    from datetime import date

    from bot.letters.facts import Session

YOUR_COUNTRY = "your country"
YOUR_GOVERNMENT = "your Government"
TO_YOUR_GOVERNMENT = "to your Government"
OTHER_STATES = "other States"
GENERAL_ASSEMBLY = "the United Nations General Assembly"
COURTESY_TRANSLATION = "Courtesy translation"

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

INSTRUMENTS = {
    Instrument.RATIFICATION: "its instrument of ratification",
    Instrument.ACCESSION: "its instrument of accession",
    Instrument.EITHER: "its instrument of ratification or accession",
    Instrument.CONSENT: "the notification of its consent to be bound",
}
SEVERAL_INSTRUMENTS = {
    Instrument.RATIFICATION: "its instruments of ratification",
    Instrument.ACCESSION: "its instruments of accession",
    Instrument.EITHER: "its instruments of ratification or accession",
    Instrument.CONSENT: "the notifications of its consent to be bound",
}

AIMS = {
    Register.HUMAN_RIGHTS: "the protection of human rights",
    Register.DISARMAMENT: "disarmament",
    Register.JUSTICE: "international justice",
    Register.PROTECTION: "international law",
    None: "international law",
}
"""What a State shows its commitment to that joins several treaties; of several kinds at the end."""

_TEENS = range(11, 14)
_CARDINALS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_UNITS = (
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
)
_TENS = (
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "sixty",
    "seventy",
    "eighty",
    "ninety",
)


def ordinal(number: int) -> str:
    """10th, 21st: anniversaries stand in figures."""
    suffix = "th" if number % 100 in _TEENS else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"


def ordinal_words(number: int) -> str:
    """The number of a session in words: eighty-second (1 to 199)."""
    if number > 100:
        return f"one hundred and {ordinal_words(number - 100)}"
    if number == 100:
        return "one hundredth"
    if number < 20:
        return _UNITS[number - 1]
    tens, unit = _TENS[number // 10 - 2], number % 10
    return f"{tens}-{_UNITS[unit - 1]}" if unit else f"{tens[:-1]}ieth"


def cardinal(number: int) -> str:
    """Numbers below ten in words, as the United Nations Editorial Manual has it."""
    return _CARDINALS[number - 1] if 0 < number <= len(_CARDINALS) else str(number)


def full_date(day: date) -> str:
    """25 November 2026."""
    return f"{day_in_year(day)} {day.year}"


def day_in_year(day: date) -> str:
    """25 November."""
    return f"{day.day} {MONTHS[day.month - 1]}"


opening_day = day_in_year


def parties(count: int, *, only_states: bool) -> str:
    """174 States parties; 193 parties where one of them is no State."""
    if not only_states:
        return f"{cardinal(count)} {'party' if count == 1 else 'parties'}"
    return f"{cardinal(count)} {'State party' if count == 1 else 'States parties'}"


def states(count: int) -> str:
    """178 States."""
    return f"{cardinal(count)} {'State' if count == 1 else 'States'}"


def with_articles(title: str, _article: str = "") -> tuple[str, ...]:
    """The title as `TreatyForms` has it: the, of the, to the, a party to the, succession to the."""
    to = f"to the {title}"
    return f"the {title}", f"of the {title}", to, f"a party {to}", f"succession {to}"


def party_to_that(short: str, _article: str = "") -> str:
    """After a title that holds this one: "a party to that Covenant"."""
    return f"a party to that {short}"


def of_name(formal: str) -> str:
    """Of a State, from its formal name with its article."""
    return f"of {formal}"


def to_name(formal: str) -> str:
    """To a State, from its formal name with its article."""
    return f"to {formal}"


def bare_name(formal: str) -> str:
    """A State's formal name without its article, as it stands in an address."""
    return re.sub(r"^(?:the )", "", formal)


def of_session(session: Session, *, first: bool = False) -> str:
    """The session with its number; at its first mention the Assembly is the United Nations'."""
    which = {
        SessionKind.UPCOMING: "upcoming ",
        SessionKind.CURRENT: "current ",
        SessionKind.PLAIN: "",
    }[session.kind]
    whose = "United Nations General Assembly" if first else "General Assembly"
    return f"of the {which}{ordinal_words(session.number)} session of the {whose}"
