"""`demarche backup | restore`: a checked copy of the database, and the way back."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path

import click

from bot.commands.now import now
from bot.commands.stores import sealing_of
from bot.settings import Settings
from bot.storage.copies import KEPT_DAYS, copy, dated
from bot.storage.counting import Count
from bot.storage.errors import StoreError
from bot.storage.examining import NEW, check_whole, examine
from bot.storage.lock import Lock
from bot.storage.restoring import restore


@click.command("backup")
@click.argument("target", metavar="FILE", type=click.Path())
@click.option("--force", is_flag=True, help="Write over a file of that name.")
@click.option(
    "--keep",
    type=click.IntRange(min=1),
    help="FILE is a folder: keep so many dated copies in it, the newest.",
)
def backup_command(target: str, *, force: bool, keep: int | None) -> None:
    """Copy the database to FILE, while the program runs or not, and check the copy.

    In a folder the copy has a name by date and time.
    """
    database, path = Settings.read(os.environ).database, Path(target)
    counted = Count(database).read()
    found = examine(database)
    check_whole(found, counted, database)
    if found is NEW:
        message = f"there is nothing to copy: {database}"
        raise StoreError(message)
    if keep or path.is_dir() or target.endswith(os.sep):
        path, rows = dated(database, path, now(), keep)
    else:
        if path.exists() and not force:
            message = f"{path} is there already: give another name, or --force"
            raise click.ClickException(message)
        if path.exists() and path.samefile(database):
            message = "that is the database itself: give another name"
            raise click.ClickException(message)
        rows = copy(database, path)
    click.echo(f"{path} is a whole copy, checked: {rows} rows")


@click.command("restore")
@click.argument("source", metavar="FILE", type=click.Path(path_type=Path))
def restore_command(source: Path) -> None:
    """Put a copy in the place of the database; stop the program first.

    The database that is there now is kept beside it for fourteen days.
    """
    settings = Settings.read(os.environ)
    database = settings.database
    with closing(Lock(database, "restore")):
        done = restore(database, source, now(), sealing_of(settings))
    click.echo(f"{database} is now what {source} was: {done.rows} rows")
    if done.forgotten:
        click.echo(f"Deleted again, as they were since that copy was made: {done.forgotten}")
    if done.aside:
        click.echo(f"What was there before is {done.aside}; it is removed after {KEPT_DAYS} days")
