"""English forms. The lower case of 2010 stays in the two campaigns that carry its wording on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.letters.facts import SessionKind

if TYPE_CHECKING:
    from datetime import date

    from bot.letters.facts import Session

YOUR_COUNTRY = "your country"
YOUR_GOVERNMENT = "your Government"
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

_TEENS = range(11, 14)
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
    """10th, 21st: anniversaries and days stand in figures, as in 2010."""
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


def full_date(day: date) -> str:
    """26th July 2010."""
    return f"{ordinal(day.day)} {MONTHS[day.month - 1]} {day.year}"


def day_in_year(day: date) -> str:
    """May 25th, as in 2010."""
    return f"{MONTHS[day.month - 1]} {ordinal(day.day)}"


def with_articles(title: str, *, capitals: bool = True) -> tuple[str, str, str]:
    """The title with "the", "of the" and "to the"."""
    if not capitals:
        title = title.replace("Optional Protocol", "optional protocol", 1)
    return f"the {title}", f"of the {title}", f"to the {title}"


def short_title(title: str) -> str:
    """What the letter calls the treaty once its title was given."""
    for name in ("Second Optional Protocol", "Optional Protocol", "Covenant"):
        if name in title and (name != "Covenant" or "Protocol" not in title):
            return name
    return "Convention"


def of_name(formal: str) -> str:
    """Of a State, from its formal name with its article."""
    return f"of {formal}"


def of_session(session: Session, *, capitals: bool = True) -> str:
    """The session as the letters write it; in the style of 2010 without its number."""
    if not capitals:
        which = {
            SessionKind.UPCOMING: "upcoming",
            SessionKind.CURRENT: "current",
            SessionKind.PLAIN: ordinal(session.number),
        }[session.kind]
        return f"of the {which} session of the UN General Assembly"
    which = {
        SessionKind.UPCOMING: "upcoming ",
        SessionKind.CURRENT: "current ",
        SessionKind.PLAIN: "",
    }[session.kind]
    return f"of the {which}{ordinal_words(session.number)} session of the General Assembly"
