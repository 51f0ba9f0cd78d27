"""`demarche treaties history | rollback`: the versions of the status that are kept."""

from __future__ import annotations

import os
from contextlib import closing
from typing import TYPE_CHECKING

import click

from bot.commands.options import TreatyType
from bot.commands.stores import store_of
from bot.letters.differences import moves
from bot.reference.loader import load
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.letters.treaties import Treaty


@click.command("history")
@click.argument("treaty", type=TreatyType(), required=False)
def history_command(treaty: Treaty | None) -> None:
    """List the versions of the status, the latest first; * marks those that hold."""
    with closing(store_of(Settings.read(os.environ))) as store:
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
    codes = [treaty.code] if treaty else records.treaties
    for code in (one for one in codes if records.has_status(one)):
        mark = " " if code in held else "*"
        if not records.has_status(code):
            continue
        parties = records.parties(code, records.as_of)
        click.echo(f"{mark}    0  {code:<10} as at {records.as_of}  {parties:>3} parties  shipped")


@click.command("rollback")
@click.argument("treaty", type=TreatyType())
@click.option("--yes", is_flag=True, help="Do not ask.")
def rollback_command(treaty: Treaty, *, yes: bool) -> None:
    """Go back to the version before the last import of a treaty."""
    with closing(store_of(Settings.read(os.environ))) as store:
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
    if after.has_status(treaty.code):
        click.echo(f"{treaty.code} now holds as at {after.dated(treaty.code)}.")
    else:
        click.echo(f"{treaty.code} now has no status: import its page.")
