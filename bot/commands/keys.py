"""`demarche keys new | check | apply | rotate | remove`: the keys of an encrypted database."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from bot.commands.stores import sealing_of
from bot.settings import Settings
from bot.storage.copies import clear_copies
from bot.storage.keys import make_keys, new_key, read_keys, replace_keys
from bot.storage.resealing import alone, checked
from bot.storage.sealing import Sealed

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from bot.storage.resealing import Report, Work
    from bot.storage.sealing import Key, Sealing

FILE = click.Path(dir_okay=False, path_type=Path)

KEEP = (
    "Keep a copy of it apart from the database and its backups: whoever has it can read them,"
    " and without it nobody can, not even you."
)
STOPPED = "The program must be stopped meanwhile."


@click.group("keys")
def keys_group() -> None:
    """The keys with which the database is encrypted (DEMARCHE_KEY_FILE)."""


@keys_group.command("new")
@click.argument("file", type=FILE)
def new_command(file: Path) -> None:
    """Write a new random key into FILE, which must not be there yet."""
    key = new_key()
    make_keys(file, (key,))
    click.echo(f"{file}: key {key.name}. {KEEP}")


@keys_group.command("check")
def check_command() -> None:
    """Open everything in the database; say how many rows stand under which key."""
    settings = Settings.read(os.environ)
    sealing = sealing_of(settings)
    report = _checked(settings, sealing)
    for number, key in enumerate(sealing.keys):
        rows = report.under.pop(key.name, 0)
        click.echo(
            f"key {key.name}: {_rows(rows)}{'' if number else ' (encrypts what is written)'}"
        )
    for name, rows in report.under.items():
        click.echo(f"key {name}, which is not in the key file: {_rows(rows)}")
    click.echo(f"in clear: {_rows(report.clear)}")
    if report.broken:
        tables = ", ".join(f"{table} ({count})" for table, count in report.broken.items())
        _refuse(f"not everything can be opened: {tables}; restore a backup")
    if not sealing.keys:
        click.echo("No key is set: nothing is encrypted, and all of it opens.")
    elif report.clear:
        click.echo("Not all of it is encrypted yet: run “demarche keys apply”.")
    else:
        click.echo("All of it opens with these keys.")


@keys_group.command("apply")
def apply_command() -> None:
    """Encrypt a database that is in clear, with the first key of DEMARCHE_KEY_FILE.

    The program must be stopped meanwhile. What is interrupted is taken up by the same command.
    """
    settings = Settings.read(os.environ)
    sealed = _sealed(settings)
    with _alone(settings) as work:
        rows = work.apply(sealed)
    if not rows:
        click.echo("All of it was encrypted already.")
        return
    for one in () if settings.database_url else clear_copies(settings.database):
        click.echo(f"{one} is in clear still: delete it when you can.")
    click.echo(f"Encrypted: {_rows(rows)}. Backups from before are not: delete them when you can.")


@keys_group.command("rotate")
@click.argument("file", type=FILE, required=False)
def rotate_command(file: Path | None) -> None:
    """Encrypt all anew with a new key, and let go of the one before.

    The new key comes into the key file, or from FILE (see “demarche keys new”), which then takes
    the place of the key file. The program must be stopped meanwhile. What is interrupted is taken
    up by the same command.
    """
    settings = Settings.read(os.environ)
    keys = _sealed(settings).keys
    place = settings.key_file or Path()
    with _alone(settings) as work:
        if file:
            new = read_keys(file)[:1]
            keys = _together(new, keys)
            rows = work.rotate(Sealed(keys))
            click.echo(f"Encrypted anew with key {new[0].name}: {_rows(rows)}.")
            click.echo(f"Set DEMARCHE_KEY_FILE to {file} now. {KEEP}")
        else:
            if len(keys) == 1:
                work.admit(Sealed(keys), "")
                keys = (new_key(), *keys)
                replace_keys(place, keys)
            rows = work.rotate(Sealed(keys))
            replace_keys(place, keys[:1])
            click.echo(f"Encrypted anew with key {keys[0].name}: {_rows(rows)}.")
            click.echo(f"{place} holds that key alone now. {KEEP}")
    click.echo(
        "Backups from before need the key from before: keep your copy of it as long as them."
    )


@keys_group.command("remove")
@click.option("--yes", is_flag=True, help="Do not ask.")
def remove_command(*, yes: bool) -> None:
    """Write the database in clear again; DEMARCHE_KEY_FILE is then to be taken away.

    The program must be stopped meanwhile. What is interrupted is taken up by the same command.
    """
    settings = Settings.read(os.environ)
    sealed = _sealed(settings)
    if not yes:
        click.confirm("Whoever gets hold of the disk can read everything then. Do it?", abort=True)
    with _alone(settings) as work:
        rows = work.remove(sealed)
    click.echo(f"In clear again: {_rows(rows)}. Take DEMARCHE_KEY_FILE out of the settings now.")
    click.echo("Backups from before need the key: keep your copy of it as long as them.")


def _sealed(settings: Settings) -> Sealed:
    sealing = sealing_of(settings)
    if isinstance(sealing, Sealed):
        return sealing
    return _refuse("no key: set DEMARCHE_KEY_FILE to a file made by “demarche keys new”")


def _together(new: tuple[Key, ...], old: tuple[Key, ...]) -> tuple[Key, ...]:
    """Both files' keys, the new one first; a rotation that was interrupted may know it already."""
    return (*new, *(key for key in old if key != new[0]))


def _alone(settings: Settings) -> AbstractContextManager[Work]:
    if not settings.database_url:
        return alone(settings.database)
    from bot.storage.postgres.keyed import alone_there  # noqa: PLC0415 -- the driver may be missing

    return alone_there(settings.database_url)


def _checked(settings: Settings, sealing: Sealing) -> Report:
    if not settings.database_url:
        return checked(settings.database, sealing)
    from bot.storage.postgres.keyed import checked_there  # noqa: PLC0415 -- as above

    return checked_there(settings.database_url, sealing)


def _rows(number: int) -> str:
    return "1 row" if number == 1 else f"{number} rows"


def _refuse(why: str) -> NoReturn:
    raise click.ClickException(why)
