"""`demarche people find | forget | forgotten`: one person's name, wherever it stands."""

from __future__ import annotations

import os
from contextlib import closing
from typing import TYPE_CHECKING

import click

from bot.commands.now import now
from bot.keeping.naming import Name
from bot.settings import Settings
from bot.storage.names import LABELS
from bot.storage.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.storage.names import Found

WAITING = 3000
"""Milliseconds for which another program is waited for that reads the database."""

organisation_option = click.option(
    "--organisation", "-o", default="", help="Only as a co-signer of this organisation."
)
every_option = click.option(
    "--every", is_flag=True, help="Also where it may be a part of a longer name."
)


@click.group("people")
def people_group() -> None:
    """People who are named in letters and never wrote to the bot: find and remove a name."""


@people_group.command("find")
@click.argument("name")
@organisation_option
@every_option
def find_command(name: str, organisation: str, *, every: bool) -> None:
    """Say in how many places of which kind a person's full name stands."""
    wanted = _name(name, organisation)
    with closing(Store(Settings.read(os.environ).database)) as store:
        found = store.names.find(wanted, every=every)
    for line in _said(found):
        click.echo(line)


@people_group.command("forget")
@click.argument("name")
@organisation_option
@every_option
@click.option("--yes", is_flag=True, help="Do not ask.")
def forget_command(name: str, organisation: str, *, every: bool, yes: bool) -> None:
    """Remove a person's full name everywhere; the bot may run meanwhile.

    A co-signer's line goes; of an addressee the name goes; in texts stands “[name removed]”. What
    others have confirmed word for word stays, and is named.
    """
    wanted = _name(name, organisation)
    with closing(Store(Settings.read(os.environ).database)) as store:
        found = store.names.find(wanted, every=every)
        for line in _said(found):
            click.echo(line)
        if not found.places:
            return
        if not yes:
            click.confirm("Remove the name from these places? It cannot be undone.", abort=True)
        places = store.names.forget(wanted, now(), every=every)
        gone = store.tidy(WAITING)
    click.echo(f"Removed from {_places(places)}. That is recorded without the name.")
    if not gone:
        click.echo("It is overwritten when the bot next tidies up: within a minute if it runs.")
    click.echo("Backups that were made before still have it, until they are replaced.")


@people_group.command("forgotten")
def forgotten_command() -> None:
    """List the removals: the day, and from how many places. Who asked is not known."""
    with closing(Store(Settings.read(os.environ).database)) as store:
        removals = store.names.removals()
    for one in removals:
        click.echo(f"{one.day}  {_places(one.places)}")
    if not removals:
        click.echo("No name was removed yet.")


def _name(name: str, organisation: str) -> Name:
    found = Name.of(name, organisation)
    if found is None:
        message = "give the person’s full name, as it stands below a letter"
        raise click.ClickException(message)
    return found


def _said(found: Found) -> Iterator[str]:
    """A line for each kind of place, and what is to be done about what stays."""
    if not found.places:
        yield "The name stands in no place from which it could be removed."
    for (table, what), count in sorted(found.places.items()):
        yield f"{count:>6}  {LABELS[table]}: {what}"
    doubtful, left = found.doubtful, found.left
    if doubtful:
        yield f"Not counted, as it may be a part of a longer name: {_counted(doubtful)}."
        yield "Look whether that is the same person; with --every it is removed there, too."
    if left:
        yield f"It stays, as it is: {_counted(left)}."
    if left["signing_texts"]:
        yield (
            "A frozen text is what co-signers confirmed, by its digest, and is never changed. Ask"
            " those who wrote that letter to put a new text to the co-signers, or to delete it."
        )
    if left["letterheads"]:
        yield "Ask those whose letterhead it is to send another one."


def _counted(counts: dict[str, int]) -> str:
    return ", ".join(f"{LABELS[table]} {count}" for table, count in sorted(counts.items()))


def _places(count: int) -> str:
    return f"{count} place" if count == 1 else f"{count} places"
