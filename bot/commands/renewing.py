"""`demarche treaties import | fetch | history | rollback`: renewing the status of treaties."""

from __future__ import annotations

import os
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from bot.commands.options import DateType, TreatyType, Withdrawn
from bot.commands.previews import shown
from bot.conversation.facts.kept import Renewal
from bot.letters.alterations import alterations
from bot.letters.differences import moves
from bot.letters.faults import Fault, Refused
from bot.reference.loader import load
from bot.settings import Settings
from bot.storage.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from bot.letters.model import Treaty
    from bot.letters.status import Records, Version

REASONS = {
    Fault.TOO_LARGE: "the file is larger than any status page",
    Fault.CROWDED: (
        "the file has far more rows, tags or parts than any status page: save the page again from"
        " treaties.un.org"
    ),
    Fault.SPREADSHEET: "this is a spreadsheet: save the page of treaties.un.org as HTML",
    Fault.NOT_TEXT: "this is no web page: save the status page of treaties.un.org as HTML",
    Fault.SAVED_AS_TEXT: (
        "the page was saved as text, which loses its table: save it as a web page (HTML)"
    ),
    Fault.ENCODING: "the text's encoding is broken: save the page again",
    Fault.NO_PAGE: (
        "this is no status page of treaties.un.org: the site may have been out of service or asked"
        " for a login when it was saved"
    ),
    Fault.OTHER_LANGUAGE: "this is the French page: save the English one",
    Fault.CUT_OFF: "the page is cut off: save it again",
    Fault.NO_TREATY: "the page does not say which treaty it is on",
    Fault.OTHER_TREATY: "this page is not on one of the eighteen treaties: {what}",
    Fault.NO_DATE: "the page has no “status as at”; for an XML file give it with --as-of DATE",
    Fault.FUTURE: (
        "the “status as at” {what} is in the future: look at the date of this computer, and at"
        " --as-of if you gave it"
    ),
    Fault.NO_TOTALS: "the page does not say how many parties there are",
    Fault.UNKNOWN: "no State is known by the name of these participants: {what}",
    Fault.TWICE: "the participant stands twice in the table: {what}",
    Fault.CELL: "a date cannot be right: {what}",
    Fault.PARTIES: "the parties in the table and in the headline disagree: {what}",
    Fault.SIGNATORIES: "the signatories in the table and in the headline disagree: {what}",
    Fault.WITHDRAWN: (
        "{what}: in brackets, so no longer in force; look up since when in the page's notes, a day"
        " after it became party and no later than {as_of}, and give it with --withdrawn CODE=DATE"
    ),
    Fault.WITHDRAWN_LATE: (
        "{what}: that day is after the page's own, {as_of}, when it was in brackets already; look"
        " the day up again in the page's notes, and give one no later than {as_of}"
    ),
    Fault.NOT_WITHDRAWN: (
        "{what}: not in brackets on this page, so there is nothing to date; look at the code that"
        " you gave with --withdrawn"
    ),
    Fault.COUNT: (
        "with this page the facts would have other parties on its day than its headline says:"
        " {what}; save the page again, and look at the days you gave"
    ),
}


def reason(refused: Refused) -> str:
    """One line on why nothing was taken from a file."""
    said = REASONS[refused.fault].format(what=refused.what, as_of=refused.as_of)
    treaty = load().treaties.get(refused.treaty)
    if treaty and treaty.notice:
        said += (
            f"; a denunciation takes effect {treaty.notice.months} months after its notification"
            f" ({treaty.notice.article}): the day of effect is meant"
        )
    return said


def records_now() -> Records:
    """The facts that hold on this computer; a database is read only where there is one."""
    settings = Settings.read(os.environ)
    if not settings.database.is_file():
        return load()
    with closing(Store(settings.database)) as store:
        return load().with_versions(store.shelves.facts.present())


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
    addresses = {one.code: address.replace("{number}", one.untc_number) for one in wanted}
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
    today = datetime.now(tz=UTC).astimezone().date()
    with closing(Store(Settings.read(os.environ).database)) as store:
        stamp = store.shelves.facts.stamp()
        before = load().with_versions(store.shelves.facts.present())
        versions = [_version(page, before, today, answers) for page in pages]
        if len({version.treaty for version in versions}) != len(versions):
            _refuse("two of the files are on the same treaty")
        after = before.with_versions(versions)
        for version in versions:
            click.echo(shown(version, before, after))
        _ask(versions, before, answers)
        moved = moves(before, after, [version.treaty for version in versions])
        if not store.shelves.facts.add(Renewal(tuple(versions), moved, today, stamp)):
            _refuse("the facts have changed in the meantime: import again")
    click.echo("Stored. A running bot takes it up with its next message.")


def _version(page: Saved, before: Records, today: date, answers: Answers) -> Version:
    from bot.reference import renewal  # noqa: PLC0415 -- lxml is slow to import

    version = renewal.read(page.data, before, today, answers.withdrawn, answers.as_of)
    if isinstance(version, Refused):
        _refuse(f"{page.name}: {reason(version)}")
    if page.treaty not in {"", version.treaty}:
        _refuse(f"{page.name}: the site served the page of {version.treaty}")
    return version


def _ask(versions: Sequence[Version], before: Records, answers: Answers) -> None:
    """Go on only with a yes; one of its own for going back in time, and for what was known."""
    past = [one.treaty for one in versions if one.as_of.date() < before.dated(one.treaty)]
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


@click.command("history")
@click.argument("treaty", type=TreatyType(), required=False)
def history_command(treaty: Treaty | None) -> None:
    """List the versions of the status, the latest first; * marks those that hold."""
    with closing(Store(Settings.read(os.environ).database)) as store:
        entries = store.shelves.facts.history(treaty.code if treaty else "")
    held = {entry.treaty for entry in entries if entry.holds}
    for entry in entries:
        mark = "*" if entry.holds else " "
        undone = "  (rolled back)" if entry.undone else ""
        click.echo(
            f"{mark} {entry.number:>4}  {entry.treaty:<10} as at {entry.as_of.date()}"
            f"  {entry.signatories:>3} signatories  {entry.parties:>3} parties"
            f"  imported {entry.added}{undone}"
        )
    records = load()
    for code in [treaty.code] if treaty else records.treaties:
        mark = " " if code in held else "*"
        parties = records.parties(code, records.as_of)
        click.echo(f"{mark}    0  {code:<10} as at {records.as_of}  {parties:>3} parties  shipped")


@click.command("rollback")
@click.argument("treaty", type=TreatyType())
@click.option("--yes", is_flag=True, help="Do not ask.")
def rollback_command(treaty: Treaty, *, yes: bool) -> None:
    """Go back to the version before the last import of a treaty."""
    with closing(Store(Settings.read(os.environ).database)) as store:
        present = {version.treaty: version for version in store.shelves.facts.present()}
        if treaty.code not in present:
            message = f"{treaty.code} holds as it was shipped: there is nothing to roll back"
            raise click.ClickException(message)
        if not yes:
            day = present[treaty.code].as_of.date()
            click.confirm(f"Roll back {treaty.code}, status as at {day}?", abort=True)
        before = load().with_versions(present.values())
        after = load().with_versions(store.shelves.facts.without(treaty.code))
        moved = moves(before, after, [treaty.code])
        if not store.shelves.facts.undo(present[treaty.code].number, moved):
            message = "the facts have changed in the meantime: look at “demarche treaties history”"
            raise click.ClickException(message)
    click.echo(f"{treaty.code} now holds as at {after.dated(treaty.code)}.")


class TreatiesGroup(click.Group):
    """A group whose bare form, or with a treaty, is its first command: the list."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the list's name in where no command is named."""
        if not args or (args[0] not in self.commands and args[0] != "--help"):
            args = ["list", *args]
        return super().parse_args(ctx, args)


COMMANDS = (import_command, fetch_command, history_command, rollback_command)
