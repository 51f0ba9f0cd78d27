"""`demarche move`: everything that is kept, from a file to a PostgreSQL server, or back."""

from __future__ import annotations

import os
from contextlib import ExitStack, closing
from pathlib import Path

import click

from bot.commands.stores import opened_at
from bot.settings import SERVERS, Settings
from bot.storage.lock import Lock
from bot.storage.moving import move


@click.command("move")
@click.argument("source")
@click.argument("target")
def move_command(source: str, target: str) -> None:
    """Copy everything from SOURCE to TARGET, and compare row by row; stop the program first.

    Each is a file, or an address such as postgresql://name@host/database (a password is better
    kept out of the command: see PGPASSFILE). TARGET has to be new or empty; SOURCE stays as it is.
    An encrypted database stays encrypted: DEMARCHE_KEY_FILE holds its key.
    """
    settings = Settings.read(os.environ)
    ends = [one if one.startswith(SERVERS) else Path(one) for one in (source, target)]
    if isinstance(ends[0], Path) and not ends[0].is_file():
        message = f"there is no such database: {source}"
        raise click.ClickException(message)
    with ExitStack() as opened:
        for one in ends:
            if isinstance(one, Path):
                opened.enter_context(closing(Lock(one, "move")))
        here, there = (opened.enter_context(closing(opened_at(one, settings))) for one in ends)
        for store in (here, there):
            if store.lanes and store.lanes.replicas():
                message = "the program runs on that server's database: stop it first"
                raise click.ClickException(message)
        rows = move(here, there)
    click.echo(f"Moved and compared: {rows} rows. Set DEMARCHE_DATABASE to the new one.")
