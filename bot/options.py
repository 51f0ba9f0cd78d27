"""What the options of a command may be: dates, treaties, States, sections."""

from __future__ import annotations

from datetime import date

import click

from bot.letters.days import FIRST_YEAR, LAST_YEAR, parse_date, within_reach
from bot.letters.model import SECTION_KEYS, Language, State, Treaty
from bot.reference.search import find_states, find_treaties

NEAREST = 5


class Withdrawn(click.ParamType[tuple[str, date]]):
    """A State and the day from which it is no longer party: KEN=2026-05-03."""

    name = "code=date"

    def convert(
        self,
        value: str | tuple[str, date],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> tuple[str, date]:
        """The State's code and the day, or a refusal that shows the form."""
        if isinstance(value, tuple):
            return value
        name, _sign, text = value.partition("=")
        day = parse_date(text)
        if day is None:
            self.fail(f"“{value}” is not of the form KEN=2026-05-03.", param, ctx)
        return StateType().convert(name, param, ctx).iso3, day


class DateType(click.ParamType[date]):
    """A date as people write it; ISO is the sure form."""

    name = "date"

    def convert(
        self, value: str | date, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """The date, or a refusal that shows the form."""
        day = value if isinstance(value, date) else parse_date(value)
        if day is None:
            self.fail(
                f"“{value}” is no date that reads in one way only: write it as 2026-11-24.",
                param,
                ctx,
            )
        return day


class LetterDate(DateType):
    """The date of a letter."""

    def convert(
        self, value: str | date, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """The date, or a refusal of a year that is a slip of the thumb."""
        day = super().convert(value, param, ctx)
        if not within_reach(day):
            self.fail(f"a letter is dated from {FIRST_YEAR} to {LAST_YEAR}.", param, ctx)
        return day


class TreatyType(click.ParamType[Treaty]):
    """A treaty's code or title."""

    name = "treaty"

    def convert(
        self, value: str | Treaty, param: click.Parameter | None, ctx: click.Context | None
    ) -> Treaty:
        """The treaty, or a refusal that names the nearest."""
        if isinstance(value, Treaty):
            return value
        found = find_treaties(value)
        if len(found) == 1 and _is_code(value, found[0]):
            return found[0]
        near = ", ".join(treaty.code for treaty in found[:NEAREST])
        hint = f" Did you mean {near}?" if near else " See: demarche treaties."
        return self.fail(f"“{value}” is no treaty’s code.{hint}", param, ctx)


class StateType(click.ParamType[State]):
    """A State's ISO code or any of its names."""

    name = "state"

    def convert(
        self, value: str | State, param: click.Parameter | None, ctx: click.Context | None
    ) -> State:
        """The State, or a refusal that names the nearest."""
        if isinstance(value, State):
            return value
        found = find_states(value)
        if found and _means(value, found[0]):
            return found[0]
        near = ", ".join(f"{state.short(Language.EN)} ({state.iso3})" for state in found[:NEAREST])
        hint = f" Did you mean {near}?" if near else " See: demarche states find TEXT."
        return self.fail(f"“{value}” is no State’s name or code.{hint}", param, ctx)


def _is_code(value: str, treaty: Treaty) -> bool:
    return value.strip().casefold() in {
        treaty.code.casefold(),
        *(title.casefold() for title in treaty.titles.values()),
    }


def _means(value: str, state: State) -> bool:
    from bot.reference.search import is_certain  # noqa: PLC0415 -- only this command needs it

    own = {state.short(language).casefold() for language in Language}
    return is_certain(value) or value.strip().casefold() in own


class Keys(click.ParamType[frozenset[str]]):
    """Section keys parted by commas."""

    name = "keys"

    def convert(
        self,
        value: str | frozenset[str],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> frozenset[str]:
        """The keys, or a refusal that lists them."""
        if isinstance(value, frozenset):
            return value
        keys = frozenset(key.strip() for key in value.split(",") if key.strip())
        unknown = sorted(keys - set(SECTION_KEYS))
        if unknown:
            self.fail(
                f"no section {', '.join(unknown)}: they are {', '.join(SECTION_KEYS)}.", param, ctx
            )
        return keys
