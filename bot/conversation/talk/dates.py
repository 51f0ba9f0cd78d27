"""What is said of dates that people type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.letters.days import FIRST_YEAR, LAST_YEAR, is_far
from bot.letters.model import Language

if TYPE_CHECKING:
    from datetime import date

    from bot.conversation.talk.context import Context
    from bot.conversation.talk.library import Translator
    from bot.letters.days import Days


def weekday_names(_: Translator) -> tuple[str, ...]:
    """Monday to Sunday, as they stand before a date."""
    return (
        _("Monday"),
        _("Tuesday"),
        _("Wednesday"),
        _("Thursday"),
        _("Friday"),
        _("Saturday"),
        _("Sunday"),
    )


def on_its_weekday(context: Context, day: date) -> str:
    """The date with its weekday."""
    _ = context._
    weekday = weekday_names(_)[day.weekday()]
    return _("%(weekday)s, %(date)s", weekday=weekday, date=context.day(day))


SHORT_MONTHS = {
    Language.EN: "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    Language.FR: "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
    Language.ES: "ene feb mar abr may jun jul ago sept oct nov dic",
}
"""As Unicode CLDR has them."""


def short_day(context: Context, day: date) -> str:
    """The date as a list has room for: 25 Nov, with the year where it is not this one."""
    month = SHORT_MONTHS[context.user.language].split()[day.month - 1]
    year = f" {day.year}" if day.year != context.library.today().year else ""
    first = "1er" if day.day == 1 and context.user.language is Language.FR else str(day.day)
    return f"{first} {month}{year}"


def not_understood(context: Context) -> str:
    """What a date looks like."""
    return context._(
        "That date was not understood. A date looks like this: %(example)s",
        example=context.day(context.library.today()),
    )


def out_of_reach(context: Context, first: int = FIRST_YEAR) -> str:
    """A year that is a slip of the thumb."""
    return context._(
        "I take dates from %(first)s to %(last)s: please check the year.",
        first=first,
        last=LAST_YEAR,
    )


def far_ahead(context: Context, day: date) -> str:
    """A date that is more than a year away; empty for a nearer one."""
    if not is_far(day, context.library.today()):
        return ""
    return context._("That date is more than a year ahead: please look at the year once more.")


def doubt(context: Context, found: Days) -> str:
    """Why it is asked which day is meant."""
    _ = context._
    if found.weekday is None:
        return _("That could be more than one day.")
    return _(
        "The weekday does not fit: %(date)s is not a %(weekday)s.",
        date=context.day(found.days[0]),
        weekday=weekday_names(_)[found.weekday],
    )
