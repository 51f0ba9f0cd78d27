"""`demarche letter`: one letter, as text or in a file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.commands.addressing import addressee_options
from bot.commands.campaigns import CampaignType
from bot.commands.now import entry_now, records_now, today
from bot.commands.options import (
    Keys,
    LetterDate,
    StateType,
    TextType,
    TreatyType,
    layout_options,
)
from bot.letters.model import NOBODY, Language, Purpose, State

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from bot.commands.addressing import Addressed
    from bot.letters.campaign import Campaign
    from bot.letters.layout import Layout
    from bot.letters.mission_book import Entry
    from bot.letters.model import Letter, Signatory
    from bot.letters.treaties import Treaty

FORMATS = ("text", "docx", "pdf", "png", "json")


@click.command("letter")
@click.option(
    "--treaty", type=TreatyType(), help="A treaty's code, such as OPSC; a campaign's if left out."
)
@click.option(
    "--also", type=TreatyType(), multiple=True, help="A further treaty in the same letter."
)
@click.option("--state", type=StateType(), required=True, help="A State's ISO code or name.")
@click.option(
    "--language",
    type=click.Choice([language.value for language in Language]),
    default="en",
    show_default=True,
)
@click.option("--date", "day", type=LetterDate(), help="The letter's date; today if left out.")
@click.option(
    "--place",
    type=TextType(),
    help="Where it is written; the mission's or the embassy's city if left out, else Geneva.",
)
@addressee_options
@click.option(
    "--signatories",
    type=click.Path(dir_okay=False, path_type=Path),
    help="A CSV file with the columns name,role,organization.",
)
@click.option("--without", type=Keys(), help="Sections to leave out, separated by commas.")
@click.option("--campaign", "campaign", type=CampaignType(), help="A campaign of your own.")
@click.option("--congratulate", is_flag=True, help="Welcome that the State has become party.")
@click.option("--source", is_flag=True, help="Say at the foot where the facts come from.")
@click.option("--undated", is_flag=True, help="Do not say of which day old facts are.")
@click.option("--no-book", is_flag=True, help="Take nothing from the mission book.")
@layout_options
@click.option("--format", "kind", type=click.Choice(FORMATS), default="text", show_default=True)
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="A file; standard output if left out.",
)
def letter_command(  # noqa: PLR0913, PLR0917 -- one parameter an option
    treaty: Treaty | None,
    also: tuple[Treaty, ...],
    state: State,
    language: str,
    day: date | None,
    place: str | None,
    whom: Addressed,
    signatories: Path | None,
    without: frozenset[str] | None,
    campaign: Campaign | None,
    congratulate: bool,  # noqa: FBT001 -- a flag of the command line
    source: bool,  # noqa: FBT001 -- a flag of the command line
    undated: bool,  # noqa: FBT001 -- a flag of the command line
    no_book: bool,  # noqa: FBT001 -- a flag of the command line
    layout: Layout,
    kind: str,
    output: Path | None,
) -> None:
    """Write one letter."""
    from bot.commands import letter_files  # noqa: PLC0415 -- documents are slow to import

    records = records_now()
    if treaty is None and campaign is None:
        raise click.MissingParameter(param_hint="'--treaty'", param_type="option")
    if treaty is None and campaign:
        treaty = records.treaties.get(campaign.treaty)
    entry = None if no_book or whom.address else entry_now(state, whom.office, whom.city)
    letter = letter_files.compose(
        records,
        treaty=treaty,
        also=also,
        state=state,
        language=Language(language),
        day=day or today(),
        place=place,
        whom=whom,
        signatories=_signed_by(signatories),
        without=without,
        source=source,
        campaign=campaign,
        purpose=Purpose.CONGRATULATION if congratulate else Purpose.REQUEST,
        undated=undated,
        entry=entry,
        layout=layout,
    )
    if isinstance(letter, str):
        raise click.ClickException(letter)
    for note in letter_files.notes(letter, records, [one.code for one in (treaty, *also) if one]):
        click.echo(f"Note: {note}.", err=True)
    files = letter_files.files(letter, kind)
    if output is None and len(files) > 1:
        says = f"page 1 of {len(files)} is written; --output FILE writes a file for each page"
        click.echo(f"Note: {says}.", err=True)
    _write(files, output)
    if entry:
        _say_booked(letter, entry)
    _warn(letter, kind, undated=undated)


def _signed_by(path: Path | None) -> tuple[Signatory, ...]:
    """Who signs, from a file; a refusal that says what is wrong with it."""
    from bot.commands import signatory_files  # noqa: PLC0415 -- few letters are signed by a file

    if path is None:
        return ()
    try:
        found = signatory_files.signatories_in(path.name, path.read_bytes())
    except OSError as error:
        message = f"{path} cannot be read: {error.strerror}"
        raise click.ClickException(message) from error
    if isinstance(found, str):
        message = f"{path}: {found}"
        raise click.ClickException(message)
    return found


def _write(files: Sequence[bytes], output: Path | None) -> None:
    if output is None:
        sys.stdout.buffer.write(files[0])
        sys.stdout.buffer.flush()
        return
    try:
        output.write_bytes(files[0])
        for number, data in enumerate(files[1:], start=2):
            output.with_stem(f"{output.stem}-{number}").write_bytes(data)
    except OSError as error:
        message = f"{output} cannot be written: {error.strerror}"
        raise click.ClickException(message) from error


def _say_booked(letter: Letter, entry: Entry) -> None:
    """What of the letter is the mission book's, of which day, and in which language it would be."""
    parts = {"address": entry.lines, "head of the office": entry.addressee != NOBODY}
    said = " and ".join(name for name, there in parts.items() if there)
    old = ""
    if entry.is_old(letter.date):
        old = ", more than 180 days before the letter: check that it still holds"
    if said:
        click.echo(f"Note: {said} from the mission book, as of {entry.as_of}{old}.", err=True)
    if entry.language and entry.language is not letter.language:
        click.echo(
            f"Note: by the mission book it corresponds in another language: --language"
            f" {entry.language}.",
            err=True,
        )


def _warn(letter: Letter, kind: str, *, undated: bool) -> None:
    from bot.letters.facts import is_stale  # noqa: PLC0415 -- only this command needs it

    if is_stale(letter.as_of, letter.date):
        says = "and does not say so" if undated else "and says so; --undated leaves that out"
        says = "as its campaign words them" if letter.campaign else says
        click.echo(
            f"Note: the letter states facts of {letter.as_of}, more than 90 days before it, {says}:"
            " check them at treaties.un.org.",
            err=True,
        )
    if kind in {"pdf", "png"}:
        from bot.documents.page import set_page  # noqa: PLC0415 -- only these formats need it

        missing = set_page(letter).missing
        if missing:
            click.echo(
                f"Note: no font here has {' '.join(missing)}: docx and text carry them.", err=True
            )
