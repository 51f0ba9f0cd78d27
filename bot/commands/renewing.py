"""`demarche treaties import | fetch`: renewing the status of treaties."""

from __future__ import annotations

import os
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from bot.commands.now import today
from bot.commands.options import DateType, TreatyType, Withdrawn
from bot.commands.previews import shown
from bot.commands.reasons import reason
from bot.commands.stores import store_of
from bot.conversation.facts.kept import Renewal
from bot.letters.alterations import alterations
from bot.letters.differences import moves
from bot.letters.faults import Refused
from bot.reference.collection import address_of
from bot.reference.loader import load
from bot.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from bot.letters.status import Records, Version
    from bot.letters.treaties import Treaty


@dataclass(frozen=True, slots=True)
class Saved:
    """A page that was saved or fetched; `treaty` is the one that was asked for, if one was."""

    name: str
    data: bytes
    treaty: str = ""


@dataclass(frozen=True, slots=True)
class Answers:
    """What the person has said beforehand."""

    withdrawn: Mapping[str, date]
    yes: bool
    older: bool
    changed: bool
    as_of: date | None = None


def _answers(command: Callable[..., None]) -> Callable[..., None]:
    """The options that both ways of renewing have."""
    for option in (
        click.option("--older", is_flag=True, help="Take a page older than the facts there are."),
        click.option("--changed", is_flag=True, help="Take changes of facts that were known."),
        click.option(
            "--yes", is_flag=True, help="Do not ask; --older and --changed are still needed."
        ),
        click.option(
            "--withdrawn",
            type=Withdrawn(),
            multiple=True,
            help="CODE=DATE, from the notes of a page; for one page at a time.",
        ),
    ):
        command = option(command)
    return command


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--as-of", type=DateType(), help="The date of an XML file, which may not carry it.")
@_answers
def import_command(  # noqa: PLR0913 -- every option is handed in
    files: tuple[Path, ...],
    as_of: date | None,
    withdrawn: tuple[tuple[str, date], ...],
    *,
    yes: bool,
    older: bool,
    changed: bool,
) -> None:
    """Renew the status of treaties from saved pages of treaties.un.org (HTML or XML)."""
    _renew([_opened(path) for path in files], Answers(dict(withdrawn), yes, older, changed, as_of))


def _opened(path: Path) -> Saved:
    from bot.reference.saved import MAX_BYTES  # noqa: PLC0415 -- email is slow to import

    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        message = f"{path} cannot be read: {error.strerror}"
        raise click.ClickException(message) from error
    return Saved(str(path), data)


@click.command("fetch")
@click.argument("treaties", nargs=-1, type=TreatyType())
@_answers
def fetch_command(
    treaties: tuple[Treaty, ...],
    withdrawn: tuple[tuple[str, date], ...],
    *,
    yes: bool,
    older: bool,
    changed: bool,
) -> None:
    """Renew the status from the pages of treaties.un.org: of all treaties, or those named."""
    from bot.machine import fetching  # noqa: PLC0415 -- httpx is slow to import

    address = Settings.read(os.environ).treaties_url
    wanted = treaties or tuple(load().treaties.values())
    addresses = {one.code: address_of(address, one.untc_number) for one in wanted}
    pages: list[Saved] = []
    for code, page in fetching.fetch_each(addresses):
        if isinstance(page, fetching.Failed):
            _refuse(f"{code}: {page.says}")
        click.echo(f"{code} fetched", err=True)
        pages.append(Saved(code, page, code))
    _renew(pages, Answers(dict(withdrawn), yes, older, changed))


def _refuse(why: str) -> NoReturn:
    message = f"{why}; nothing was stored"
    raise click.ClickException(message)


def _renew(pages: Sequence[Saved], answers: Answers) -> None:
    """Read every page, show what would change, ask, and store all of it or nothing."""
    if answers.withdrawn and len(pages) > 1:
        _refuse("--withdrawn holds for one page: give that page alone")
    day = today()
    with closing(store_of(Settings.read(os.environ))) as store:
        stamp = store.shelves.facts.stamp()
        before = load().with_versions(store.shelves.facts.present())
        versions = [_version(page, before, day, answers) for page in pages]
        if len({version.treaty for version in versions}) != len(versions):
            _refuse("two of the files are on the same treaty")
        after = before.with_versions(versions)
        for version in versions:
            click.echo(shown(version, before, after))
        _ask(versions, before, answers)
        moved = moves(before, after, [version.treaty for version in versions])
        if not store.shelves.facts.add(Renewal(tuple(versions), moved, day, stamp)):
            _refuse("the facts have changed in the meantime: import again")
    click.echo("Stored. A running bot takes it up with its next message.")


def _version(page: Saved, before: Records, day: date, answers: Answers) -> Version:
    from bot.reference import renewal  # noqa: PLC0415 -- lxml is slow to import

    version = renewal.read(page.data, before, day, answers.withdrawn, answers.as_of)
    if isinstance(version, Refused):
        _refuse(f"{page.name}: {reason(version)}")
    if page.treaty not in {"", version.treaty}:
        _refuse(f"{page.name}: the site served the page of {version.treaty}")
    return version


def _ask(versions: Sequence[Version], before: Records, answers: Answers) -> None:
    """Go on only with a yes; one of its own for going back in time, and for what was known."""
    past = [one.treaty for one in versions if before.is_newer(one)]
    altered = [one.treaty for one in versions if alterations(before, one)]
    for codes, given, note, flag in (
        (past, answers.older, "the page is older than the facts there are", "--older"),
        (altered, answers.changed, "facts that were known would change, see above", "--changed"),
    ):
        if codes and not given:
            said = f"{', '.join(codes)}: {note}"
            if answers.yes:
                _refuse(f"{said}: give {flag} to take it")
            click.confirm(f"{said}. Take it all the same?", abort=True)
    if not answers.yes:
        click.confirm("Store this?", abort=True)
