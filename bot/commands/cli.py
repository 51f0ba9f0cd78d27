"""Every command: `demarche try | run | letter | treaties | states | doctor`."""

from __future__ import annotations

import io
import os
import secrets
import sys
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from bot.commands.campaigns import CampaignType, campaigns_group, campaigns_of
from bot.commands.options import (
    DateType,
    Keys,
    LetterDate,
    StateType,
    TextType,
    TreatyType,
    layout_options,
    no_state,
    signatories_of,
)
from bot.commands.renewing import COMMANDS as RENEWING
from bot.commands.renewing import TreatiesGroup, records_now
from bot.letters.model import Language, Purpose, Seat, State, Treaty
from bot.reference.loader import load
from bot.reference.search import find_states
from bot.settings import Settings, SettingsError
from bot.storage.errors import StoreError
from bot.storage.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.desk import Desk
    from bot.letters.campaign import Campaign
    from bot.letters.layout import Layout
    from bot.letters.model import Letter
    from bot.machine.translator import LibreTranslate

FORMATS = ("text", "docx", "pdf", "png", "json")


@click.group(help="Letters to the Permanent Missions of States, as a chat bot and a command.")
@click.version_option(package_name="demarche")
def cli() -> None:
    """Hold the commands together."""


@cli.command("letter")
@click.option("--treaty", type=TreatyType(), required=True, help="A treaty's code, such as OPSC.")
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
    "--place", type=TextType(), help="Where it is written; the mission's city if left out."
)
@click.option(
    "--seat", type=click.Choice([seat.value for seat in Seat]), default="geneva", show_default=True
)
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
@click.option(
    "--address",
    type=TextType(),
    default="",
    help=r"An address of your own for the Mission's; \\n parts its lines.",
)
@layout_options
@click.option("--format", "kind", type=click.Choice(FORMATS), default="text", show_default=True)
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="A file; standard output if left out.",
)
def letter_command(  # noqa: PLR0913, PLR0917 -- one parameter an option
    treaty: Treaty,
    also: tuple[Treaty, ...],
    state: State,
    language: str,
    day: date | None,
    place: str | None,
    seat: str,
    signatories: Path | None,
    without: frozenset[str] | None,
    campaign: Campaign | None,
    congratulate: bool,  # noqa: FBT001 -- a flag of the command line
    source: bool,  # noqa: FBT001 -- a flag of the command line
    undated: bool,  # noqa: FBT001 -- a flag of the command line
    address: str,
    layout: Layout,
    kind: str,
    output: Path | None,
) -> None:
    """Write one letter."""
    from bot.commands import letter_files  # noqa: PLC0415 -- documents are slow to import

    records = records_now()
    letter = letter_files.compose(
        records,
        treaty=treaty,
        also=also,
        state=state,
        language=Language(language),
        day=day or _today(),
        place=place,
        seat=Seat(seat),
        signatories=signatories_of(signatories),
        without=without,
        source=source,
        campaign=campaign,
        purpose=Purpose.CONGRATULATION if congratulate else Purpose.REQUEST,
        undated=undated,
        address=address,
        layout=layout,
    )
    if isinstance(letter, str):
        raise click.ClickException(letter)
    for note in letter_files.notes(letter, records, [treaty.code, *(one.code for one in also)]):
        click.echo(f"Note: {note}.", err=True)
    files = letter_files.files(letter, kind)
    if output is None and len(files) > 1:
        says = f"page 1 of {len(files)} is written; --output FILE writes a file for each page"
        click.echo(f"Note: {says}.", err=True)
    _write(files, output)
    _warn(letter, kind, undated=undated)


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


def _warn(letter: Letter, kind: str, *, undated: bool) -> None:
    from bot.letters.facts import is_stale  # noqa: PLC0415 -- only this command needs it

    if is_stale(letter.as_of, letter.date):
        says = "and does not say so" if undated else "and says so; --undated leaves that out"
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


@cli.group("treaties", cls=TreatiesGroup)
def treaties_group() -> None:
    """List the treaties and their parties; renew their status."""


cli.add_command(campaigns_group)
for _command in RENEWING:
    treaties_group.add_command(_command)


@treaties_group.command("list")
@click.argument("treaty", type=TreatyType(), required=False)
@click.option("--on", "day", type=DateType(), help="On this date; the data's own if left out.")
@click.option("--not-party", is_flag=True, help="List the States that are not party.")
def treaties_command(treaty: Treaty | None, day: date | None, *, not_party: bool) -> None:
    """List the treaties with their parties, or the States not party to one."""
    records = records_now()
    as_of = records.dated(*([treaty.code] if treaty else []))
    on = day or max(records.dated(code) for code in ([treaty.code] if treaty else records.treaties))
    if not_party and treaty is None:
        message = "--not-party needs a treaty, such as: demarche treaties OPSC --not-party"
        raise click.ClickException(message)
    click.echo(f"Status of {as_of}; on {on}:", err=True)
    if treaty is None or not not_party:
        for one in [treaty] if treaty else records.treaties.values():
            count = records.parties(one.code, on)
            click.echo(f"{one.code:<10} {count:>4} parties  {one.titles[Language.EN]}")
        return
    for state, standing in sorted(
        records.not_party(treaty.code, on), key=lambda pair: pair[0].short(Language.EN)
    ):
        since = f" {standing.signed_on}" if standing.signed_on else ""
        if standing.withdrawn_on:
            since = f" (withdrew {standing.withdrawn_on})"
        click.echo(f"{state.iso3}  {state.short(Language.EN):<45} {standing.stage}{since}")


@cli.group("states")
def states_group() -> None:
    """Look States up."""


@states_group.command("find")
@click.argument("text")
def states_find(text: str) -> None:
    """Find States by any name or code, in any language; what is near is listed."""
    match = find_states(text)
    if match.other:
        raise click.ClickException(no_state(match.other))
    if not match.found:
        message = f"no State is known by “{text}”: try another spelling or its ISO code"
        raise click.ClickException(message)
    for state in match.found:
        names = " / ".join(state.short(language) for language in Language)
        click.echo(f"{state.iso3}  {names}")


@cli.command("doctor")
def doctor_command() -> None:
    """Check settings, templates, catalogues, data and database; say what to mend."""
    from bot.commands import checks  # noqa: PLC0415 -- slow to import

    findings = checks.run(os.environ, _today())
    for finding in findings:
        click.echo(f"{'ok  ' if finding.ok else 'MEND'} {finding.what}: {finding.says}")
    if not all(finding.ok for finding in findings):
        sys.exit(1)


@cli.command("try")
@click.option("--port", type=click.IntRange(1, 65535), default=8765, show_default=True)
@click.option("--browser/--no-browser", default=True, help="Open the page in the browser.")
def try_command(port: int, *, browser: bool) -> None:
    """Chat in a page of this computer's browser: no token, no account."""
    from bot.commands import serve  # noqa: PLC0415 -- the web server is slow to import

    settings = Settings.read(os.environ)
    # Who opens the page on this computer may renew its facts: the commands are theirs, too.
    with _desk(settings, frozenset({"web:"})) as desk:
        serve.page(desk, port, browser=browser, log_level=settings.log_level)


@cli.command("run")
def run_command() -> None:
    """Run the Telegram bot."""
    from bot.commands import serve  # noqa: PLC0415 -- the Telegram library is slow to import

    settings = Settings.read(os.environ)
    token = settings.required_token()
    with _desk(settings, settings.administrators) as desk:
        serve.telegram(desk, token, settings.api_url, settings.log_level)


@contextmanager
def _desk(settings: Settings, administrators: frozenset[str]) -> Iterator[Desk]:
    """A desk whose database is open for the length of the block."""
    from bot.desk import Desk, folders  # noqa: PLC0415 -- documents are slow to import
    from bot.desk.opening import READERS  # noqa: PLC0415 -- as above
    from bot.letters.compose import Composer  # noqa: PLC0415 -- so are templates
    from bot.machine.apart import Apart  # noqa: PLC0415 -- few commands read strangers' files
    from bot.machine.resources import LOCALES, TEMPLATES  # noqa: PLC0415 -- beside it

    with closing(Store(settings.database)) as store:
        folders.sweep()
        yield Desk(
            store,
            Composer(load(), TEMPLATES, LOCALES, campaigns_of(settings.campaigns)),
            LOCALES,
            Apart(READERS),
            today=_today,
            new_id=lambda: secrets.token_urlsafe(6),
            translator=_translator(settings),
            administrators=administrators,
        )


def _translator(settings: Settings) -> LibreTranslate | None:
    if not settings.translator_url:
        return None
    from bot.machine.translator import LibreTranslate  # noqa: PLC0415 -- few have one

    return LibreTranslate(settings.translator_url, settings.translator_key)


def _today() -> date:
    return datetime.now(tz=UTC).astimezone().date()


def main() -> NoReturn:
    """Run a command; errors are one line on stderr and exit status 2."""
    for stream in (sys.stdout, sys.stderr):
        # A console in Latin-1 or cp850 lacks some letters of some names: a question mark each.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        status = cli.main(standalone_mode=False)
    except click.Abort:
        click.echo("demarche: nothing was changed", err=True)
        sys.exit(130)
    except click.ClickException as error:
        _fail(error.format_message())
    except (SettingsError, StoreError) as error:
        _fail(str(error))
    except KeyboardInterrupt:
        sys.exit(130)
    sys.exit(status if isinstance(status, int) else 0)


def _fail(message: str) -> NoReturn:
    click.echo("demarche: " + " ".join(message.split()), err=True)
    sys.exit(2)


if __name__ == "__main__":
    main()
