"""`demarche treaties import | fetch | history | rollback`: renewing the status of treaties."""

from __future__ import annotations

import os
import time
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot import fetching
from bot.letters.model import Language, Stage
from bot.options import DateType, TreatyType, Withdrawn
from bot.reference import grids, untc
from bot.reference.loader import load
from bot.reference.renewal import Difference, differences, version_of
from bot.settings import Settings
from bot.storage.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bot.letters.model import Treaty
    from bot.letters.status import Records, Standing, Version

REASONS = {
    untc.Fault.TOO_LARGE: "the file is larger than any status page",
    untc.Fault.SPREADSHEET: "this is a spreadsheet: save the page of treaties.un.org as HTML",
    untc.Fault.NOT_TEXT: "this is no web page: save the status page of treaties.un.org as HTML",
    untc.Fault.ENCODING: "the text's encoding is broken: save the page again",
    untc.Fault.NO_PAGE: (
        "this is no status page of treaties.un.org: the site may have been out of service or asked"
        " for a login when it was saved"
    ),
    untc.Fault.OTHER_LANGUAGE: "this is the French page: save the English one",
    untc.Fault.CUT_OFF: "the page is cut off: save it again",
    untc.Fault.NO_TREATY: "the page does not say which treaty it is on",
    untc.Fault.OTHER_TREATY: "this page is not on one of the eighteen treaties: {what}",
    untc.Fault.NO_DATE: "the page has no “status as at”; for an XML file give it with --as-of DATE",
    untc.Fault.FUTURE: "the page's “status as at” {what} is in the future",
    untc.Fault.NO_TOTALS: "the page does not say how many parties there are",
    untc.Fault.UNKNOWN: "no State is known by the name of these participants: {what}",
    untc.Fault.TWICE: "the participant stands twice in the table: {what}",
    untc.Fault.CELL: "a date cannot be right: {what}",
    untc.Fault.PARTIES: "the parties in the table and in the headline disagree: {what}",
    untc.Fault.SIGNATORIES: "the signatories in the table and in the headline disagree: {what}",
    untc.Fault.WITHDRAWN: (
        "{what}: in brackets, so no longer in force; look up since when in the page's notes and"
        " give it with --withdrawn CODE=DATE"
    ),
}


def reason(refused: untc.Refused) -> str:
    """One line on why nothing was taken from a file."""
    return REASONS[refused.fault].format(what=refused.what)


def records_now() -> Records:
    """The facts that hold on this computer; a database is read only where there is one."""
    settings = Settings.read(os.environ)
    if not settings.database.is_file():
        return load()
    with closing(Store(settings.database)) as store:
        return load().with_versions(store.facts.present())


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--as-of", type=DateType(), help="The date of an XML file, which may not carry it.")
@click.option(
    "--withdrawn", type=Withdrawn(), multiple=True, help="CODE=DATE, from a page's notes."
)
@click.option("--yes", is_flag=True, help="Do not ask; an older page still needs --older.")
@click.option("--older", is_flag=True, help="Take a page older than the facts there are.")
def import_command(
    files: tuple[Path, ...],
    as_of: date | None,
    withdrawn: tuple[tuple[str, date], ...],
    *,
    yes: bool,
    older: bool,
) -> None:
    """Renew the status of treaties from saved pages of treaties.un.org (HTML or XML)."""
    pages: list[tuple[str, bytes]] = []
    for path in files:
        try:
            size = path.stat().st_size
            pages.append((str(path), path.read_bytes() if size <= grids.MAX_BYTES else b""))
        except OSError as error:
            message = f"{path} cannot be read: {error.strerror}"
            raise click.ClickException(message) from error
        if size > grids.MAX_BYTES:
            message = f"{path}: {reason(untc.Refused(untc.Fault.TOO_LARGE))}; nothing was stored"
            raise click.ClickException(message)
    _renew(pages, as_of, dict(withdrawn), yes=yes, older=older)


@click.command("fetch")
@click.argument("treaties", nargs=-1, type=TreatyType())
@click.option(
    "--withdrawn", type=Withdrawn(), multiple=True, help="CODE=DATE, from a page's notes."
)
@click.option("--yes", is_flag=True, help="Do not ask; an older page still needs --older.")
@click.option("--older", is_flag=True, help="Take a page older than the facts there are.")
def fetch_command(
    treaties: tuple[Treaty, ...],
    withdrawn: tuple[tuple[str, date], ...],
    *,
    yes: bool,
    older: bool,
) -> None:
    """Renew the status from the pages of treaties.un.org: of all treaties, or those named."""
    settings = Settings.read(os.environ)
    pages: list[tuple[str, bytes]] = []
    for treaty in treaties or tuple(load().treaties.values()):
        if pages:
            time.sleep(settings.treaties_pause)
        click.echo(f"{treaty.code} …", err=True)
        page = fetching.fetch(settings.treaties_url.replace("{number}", treaty.untc_number))
        if isinstance(page, fetching.Failed):
            message = f"{treaty.code}: {page.says}; nothing was stored"
            raise click.ClickException(message)
        pages.append((treaty.code, page))
    wanted = [treaty.code for treaty in treaties or load().treaties.values()]
    _renew(pages, None, dict(withdrawn), yes=yes, older=older, wanted=wanted)


def _renew(  # noqa: PLR0913 -- one parameter an option
    pages: Sequence[tuple[str, bytes]],
    as_of: date | None,
    withdrawn: Mapping[str, date],
    *,
    yes: bool,
    older: bool,
    wanted: Sequence[str] = (),
) -> None:
    """Read every page, show what would change, ask, and store all of it or nothing."""
    today = datetime.now(tz=UTC).astimezone().date()
    with closing(Store(Settings.read(os.environ).database)) as store:
        stamp = store.facts.stamp()
        present = {version.treaty: version for version in store.facts.present()}
        before = load().with_versions(present.values())
        versions = [
            _version(name, data, before, today, as_of, withdrawn, wanted[i : i + 1])
            for i, (name, data) in enumerate(pages)
        ]
        if len({version.treaty for version in versions}) != len(versions):
            message = "two of the files are on the same treaty; nothing was stored"
            raise click.ClickException(message)
        after = before.with_versions(versions)
        for version in versions:
            click.echo(_shown(version, before, after))
        past = [one.treaty for one in versions if one.as_of.date() < before.dated(one.treaty)]
        if past and not older:
            note = f"{', '.join(past)}: the page is older than the facts there are."
            if yes:
                message = f"{note} Give --older to take it; nothing was stored"
                raise click.ClickException(message)
            click.confirm(f"{note} Take it all the same?", abort=True)
        if not yes:
            click.confirm("Store this?", abort=True)
        if not store.facts.add(versions, today, stamp):
            message = "the facts have changed in the meantime: import again; nothing was stored"
            raise click.ClickException(message)
    click.echo("Stored. A running bot takes it up with its next message.")


def _version(  # noqa: PLR0913, PLR0917 -- what a page is read with
    name: str,
    data: bytes,
    before: Records,
    today: date,
    as_of: date | None,
    withdrawn: Mapping[str, date],
    wanted: Sequence[str],
) -> Version:
    status = untc.read(data, today, as_of)
    version = status if isinstance(status, untc.Refused) else version_of(status, before, withdrawn)
    if isinstance(version, untc.Refused):
        message = f"{name}: {reason(version)}; nothing was stored"
        raise click.ClickException(message)
    if wanted and version.treaty != wanted[0]:
        message = f"{name}: the site served the page of {version.treaty}; nothing was stored"
        raise click.ClickException(message)
    return version


def _shown(version: Version, before: Records, after: Records) -> str:
    """What a version would change, State by State."""
    code = version.treaty
    found = differences(before, after, code)
    old = before.parties(code, max(before.dated(code), version.as_of.date()))
    lines = [
        (
            f"{code}: status as at {version.as_of.date()} (before: {before.dated(code)});"
            f" {version.signatories} signatories, {version.parties} parties (before: {old})"
        )
    ]
    groups = {
        "new parties": [one for one in found if one.moves and one.after.stage is Stage.PARTY],
        "no longer parties": [
            one for one in found if one.moves and one.before.stage is Stage.PARTY
        ],
        "new signatures": [
            one
            for one in found
            if one.after.stage is Stage.SIGNED and one.before.stage is Stage.NO_ACTION
        ],
        "signatures gone": [
            one
            for one in found
            if one.before.stage is Stage.SIGNED and one.after.stage is Stage.NO_ACTION
        ],
        "other dates or acts": [one for one in found if not one.moves],
    }
    lines += [f"  {name}: {_named(those)}" for name, those in groups.items() if those]
    return "\n".join(lines) if found else f"{lines[0]}\n  nothing else changes"


def _named(found: Iterable[Difference]) -> str:
    return "; ".join(
        f"{one.state.short(Language.EN)}{_since(one.after, one.before)}" for one in found
    )


def _since(after: Standing, before: Standing) -> str:
    day = after.party_since or after.withdrawn_on or after.signed_on
    old = before.party_since or before.signed_on
    if day is None:
        return ""
    return f" {day} (before: {old})" if before.stage is after.stage and old != day else f" {day}"


@click.command("history")
@click.argument("treaty", type=TreatyType(), required=False)
def history_command(treaty: Treaty | None) -> None:
    """List the versions of the status, the latest first; * marks those that hold."""
    with closing(Store(Settings.read(os.environ).database)) as store:
        entries = store.facts.history(treaty.code if treaty else "")
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
        present = {version.treaty: version for version in store.facts.present()}
        if treaty.code not in present:
            message = f"{treaty.code} holds as it was shipped: there is nothing to roll back"
            raise click.ClickException(message)
        if not yes:
            day = present[treaty.code].as_of.date()
            click.confirm(f"Roll back {treaty.code}, status as at {day}?", abort=True)
        store.facts.undo(present[treaty.code].number)
        after = load().with_versions(store.facts.present())
    click.echo(f"{treaty.code} now holds as at {after.dated(treaty.code)}.")


class TreatiesGroup(click.Group):
    """A group whose bare form, or with a treaty, is its first command: the list."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the list's name in where no command is named."""
        if not args or (args[0] not in self.commands and args[0] != "--help"):
            args = ["list", *args]
        return super().parse_args(ctx, args)


COMMANDS = (import_command, fetch_command, history_command, rollback_command)
