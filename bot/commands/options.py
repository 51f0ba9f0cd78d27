"""What the options of a command may be: dates, treaties, States, sections."""

from __future__ import annotations

import functools
from datetime import date
from typing import TYPE_CHECKING

import click

from bot.letters.days import FIRST_OF_FACTS, FIRST_YEAR, LAST_YEAR, parse_date
from bot.letters.layout import Columns, Layout, Paper
from bot.letters.matching import NoState, Sort
from bot.letters.model import SECTION_KEYS, Language, State
from bot.letters.sound import sound, whole
from bot.letters.treaties import Treaty
from bot.reference.search import find_states
from bot.reference.treaty_search import find_treaties

if TYPE_CHECKING:
    from collections.abc import Callable

NEAREST = 5


def layout_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options of a letter's layout; the command is given the layout itself."""

    @functools.wraps(command)
    def laid_out(*, paper: str, columns: str, stacked: bool, **options: object) -> None:
        command(layout=Layout(Columns(columns), stacked, Paper(paper)), **options)

    for option in reversed(
        (
            click.option("--paper", type=click.Choice([one.value for one in Paper]), default="a4"),
            click.option(
                "--columns",
                type=click.Choice([one.value for one in Columns]),
                default="automatic",
                help="How many the co-signers stand in; by itself: two from 40 on.",
            ),
            click.option("--stacked", is_flag=True, help="Role and organization below the name."),
        )
    ):
        laid_out = option(laid_out)
    return laid_out


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
        if parse_date(text) is None:
            self.fail(f"“{value}” is not of the form KEN=2026-05-03.", param, ctx)
        day = DateType().convert(text, param, ctx)
        return StateType().convert(name, param, ctx).iso3, day


class TextType(click.ParamType[str]):
    """Words that stand in a letter."""

    name = "text"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The words without what is no character; a refusal of bytes in another encoding."""
        if whole(value) != value:
            self.fail(
                f"“{whole(value)}” is not in this console’s encoding: set it to UTF-8.", param, ctx
            )
        return sound(value)


class DateType(click.ParamType[date]):
    """A date as people write it; ISO is the sure form."""

    name = "date"
    first, said = FIRST_OF_FACTS, "a date is"

    def convert(
        self, value: str | date, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """The date, or a refusal that shows the form, or of a year that is a slip of the thumb."""
        day = value if isinstance(value, date) else parse_date(value)
        if day is None:
            self.fail(
                f"“{value}” is no date that reads in one way only: write it as 2026-11-24.",
                param,
                ctx,
            )
        if not self.first <= day.year <= LAST_YEAR:
            self.fail(f"{self.said} from {self.first} to {LAST_YEAR}.", param, ctx)
        return day


class LetterDate(DateType):
    """The date of a letter."""

    first, said = FIRST_YEAR, "a letter is dated"


class TreatyType(click.ParamType[Treaty]):
    """A treaty's code, acronym or title."""

    name = "treaty"

    def convert(
        self, value: str | Treaty, param: click.Parameter | None, ctx: click.Context | None
    ) -> Treaty:
        """The treaty, or a refusal that names the nearest."""
        if isinstance(value, Treaty):
            return value
        match = find_treaties(value)
        if match.exact:
            return match.exact
        near = ", ".join(treaty.code for treaty in match.near[:NEAREST])
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
        match = find_states(value)
        if match.exact:
            return match.exact
        if match.other:
            return self.fail(no_state(match.other), param, ctx)
        names = (f"{state.short(Language.EN)} ({state.iso3})" for state in match.near[:NEAREST])
        near = ", ".join(names)
        hint = f" Did you mean {near}?" if near else " See: demarche states find TEXT."
        return self.fail(f"“{value}” is no State’s name or code.{hint}", param, ctx)


def no_state(other: NoState) -> str:
    """What is said of a name that is none of a State that can be written to."""
    why = {
        Sort.ORGANISATION: "is an international organization; letters go to States",
        Sort.REGION: "is more than one State",
        Sort.FORMER: "no longer exists as a State",
        Sort.PLACE: "is not in the list of States that letters go to here. The list follows the "
        "United Nations: its 193 Members and two observer States, as well as the Cook Islands and "
        "Niue",
    }
    return f"“{other.names[Language.EN]}” {why[other.sort]}."


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
