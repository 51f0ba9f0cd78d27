"""Whom a letter is addressed to, as options of a command: office, city, rank, gender, name."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from bot.commands.options import TextType
from bot.letters.model import MISSIONS, NOBODY, Addressee, Gender, Kind, Language, Office, Rank
from bot.letters.offices import ranks_of
from bot.letters.signatories import clean

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.letters.model import State


@dataclass(frozen=True, slots=True)
class Addressed:
    """The office, the embassy's city, and who holds it, as far as that is known.

    `address` is one of the user's own, its lines parted by line breaks.
    """

    office: Office = Office.GENEVA
    city: str = ""
    addressee: Addressee = NOBODY
    address: str = ""


def addressee_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options of whom a letter addresses; the command is given an `Addressed`."""

    @functools.wraps(command)
    def addressed(  # noqa: PLR0913 -- one parameter an option
        *,
        to: str | None,
        seat: str | None,
        city: str,
        rank: str | None,
        gender: str | None,
        name: str,
        address: str,
        **options: object,
    ) -> None:
        if to and seat and to != seat:
            message = f"--to {to} and --seat {seat} are two offices: give one of them."
            raise click.UsageError(message)
        whom = Addressee(
            Rank(rank) if rank else None, Gender(gender) if gender else None, clean(name)[0]
        )
        lines = "\n".join(clean(part)[0] for part in address.split("\\n"))
        office = Office(to or seat or Office.GENEVA)
        command(whom=Addressed(office, clean(city)[0], whom, lines), **options)

    for option in reversed(
        (
            click.option(
                "--to",
                type=click.Choice([office.value for office in Office]),
                help="The office that is addressed; the mission in Geneva if left out.",
            ),
            click.option(
                "--seat",
                type=click.Choice([office.value for office in MISSIONS]),
                help="The same, for a Permanent Mission.",
            ),
            click.option("--city", type=TextType(), default="", help="Where the embassy is."),
            click.option(
                "--rank",
                type=click.Choice([rank.value for rank in Rank]),
                help="Of whom the letter addresses; neutral if left out.",
            ),
            click.option("--gender", type=click.Choice([gender.value for gender in Gender])),
            click.option(
                "--name", type=TextType(), default="", help="Whom it addresses, without a title."
            ),
            click.option(
                "--address",
                type=TextType(),
                default="",
                help=r"An address of your own for the office's; \\n parts its lines.",
            ),
        )
    ):
        addressed = option(addressed)
    return addressed


def completed(whom: Addressed, state: State) -> Addressed | str:
    """The same with a rank that its gender alone makes certain; or why it cannot be, in a line."""
    name, ranks = state.short(Language.EN), ranks_of(state, whom.office, address=bool(whom.address))
    rank, gender = whom.addressee.rank, whom.addressee.gender
    if state.kind is Kind.OTHER and whom.office is Office.NEW_YORK and not whom.address:
        return (
            f"no mission of {name} in New York is known: write to Geneva (--seat geneva), or give"
            " an address of your own (--address)."
        )
    if whom.office is Office.EMBASSY and not (whom.city or whom.address):
        return "an embassy is in a city: give it with --city."
    if whom.city and whom.office is not Office.EMBASSY:
        return "a city is that of an embassy: give --to embassy with it, or leave --city out."
    if whom.addressee.name and whom.address:
        return "a name stands above an office's own address: write it into --address instead."
    envoy = rank is Rank.AMBASSADOR and Rank.NUNCIO in ranks
    if rank and rank not in ranks and not envoy:
        fit = f"give {' or '.join(ranks)}" if ranks else "leave it out, the office says it"
        return f"--rank {rank} does not fit {whom.office} of {name}: {fit}."
    if gender and not rank and len(ranks) > 1:
        return f"--gender {gender} needs a --rank: {' or '.join(ranks)}."
    if gender and not rank and ranks:
        found = Addressee(ranks[0], gender, whom.addressee.name)
        return Addressed(whom.office, whom.city, found, whom.address)
    return whom
