"""`demarche treaties check`: what is wrong with the folders of treaties, by file and line."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.reference.collection import SHIPPED, gathered
from bot.reference.loader import rows
from bot.settings import own_treaties

if TYPE_CHECKING:
    from bot.reference.collection import Gathered


@click.command("check")
@click.argument(
    "folder", type=click.Path(exists=True, file_okay=False, path_type=Path), required=False
)
def check_command(folder: Path | None) -> None:
    """Say file and line of all that is wrong with treaties of your own; status 1 if anything is.

    FOLDER is one treaty's, or the folder that holds them; that of DEMARCHE_TREATIES if left out.
    """
    given = folder or own_treaties(os.environ)
    if given is None:
        message = "name a folder, or set DEMARCHE_TREATIES to the folder that has your treaties"
        raise click.ClickException(message)
    path = given.resolve()
    root = path.parent if (path / "treaty.toml").exists() else path
    found = gathered(frozenset(row["iso3"] for row in rows("states")), root)
    bad = {one: said for one, said in found.problems.items() if path in {one, root}}
    for one, problems in bad.items():
        for problem in problems:
            click.echo(f"{one}{os.sep}{problem}")
    good = _good(found, path, root)
    for code in good:
        status = "with its status" if code in found.acts else "its first page brings its status"
        click.echo(f"{found.folders[code]}: good ({status})")
    if bad:
        raise click.exceptions.Exit(1)
    if not good:
        message = f"no treaty in {given}: each is a folder of its own with a treaty.toml"
        raise click.ClickException(message)


def _good(found: Gathered, path: Path, root: Path) -> list[str]:
    """The codes of the good folders that were asked about."""
    return [
        code
        for code, folder in found.folders.items()
        if folder.parent != SHIPPED and path in {folder, root}
    ]
