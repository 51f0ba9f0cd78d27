"""`demarche treaties new`: the folder of a treaty that no folder describes, from its page."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from bot.commands.now import today
from bot.commands.reasons import reason
from bot.letters.faults import Fault, Refused
from bot.settings import own_treaties

if TYPE_CHECKING:
    from bot.reference.new_folders import Folder
    from bot.reference.treaty_toml import Page

FILE = click.Path(dir_okay=False, path_type=Path)


@click.command("new")
@click.argument("page", type=FILE)
@click.option("--french", type=FILE, help="The same page in French (clang=_fr), for its title.")
@click.option("--code", help="What the treaty is called here, such as CCM; its number if left out.")
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where its folder goes; if left out, where your treaties are, or this directory.",
)
def new_command(page: Path, french: Path | None, code: str | None, folder: Path | None) -> None:
    """Make the folder of a treaty from its saved page of treaties.un.org (HTML).

    What the page says is filled in. What a person must add is marked, and listed at the end.
    """
    from bot.reference import new_folders  # noqa: PLC0415 -- lxml is slow to import

    found = new_folders.page_of(_read(page))
    if isinstance(found, Refused):
        _refuse(f"{page}: {reason(found)}")
    known = new_folders.described(found.number)
    if known:
        _refuse(
            f"{page}: {known} has its folder; renew its status: demarche treaties import {page}"
        )
    name = (code or found.number).upper()
    if not new_folders.is_code(name):
        _refuse(f"“{name}” is no code: capitals, digits and hyphens, such as CCM or CCW-P4")
    if french:
        found = replace(found, french=_french_title(french, found))
    made = new_folders.folder_of(found, name, today())
    if isinstance(made, Refused):
        _refuse(f"{page}: {reason(made)}")
    place = _written(made, folder or own_treaties(os.environ) or Path())
    click.echo(f"{place}: {found.number}, {made.title}")
    if made.missing:
        click.echo(f"To be added, {len(made.missing)} in all:")
    for one in made.missing:
        click.echo(f"  {place / one}")


def _french_title(path: Path, page: Page) -> str:
    from bot.reference import new_folders  # noqa: PLC0415 -- lxml is slow to import

    title = new_folders.french_title(_read(path), page.number)
    if isinstance(title, Refused):
        why = {
            Fault.OTHER_LANGUAGE: "this is not the French page (clang=_fr)",
            Fault.OTHER_TREATY: f"the French page is on another treaty: {title.what}",
        }
        _refuse(f"{path}: {why.get(title.fault) or reason(title)}")
    return title


def _read(path: Path) -> bytes:
    from bot.reference.saved import MAX_BYTES  # noqa: PLC0415 -- email is slow to import

    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        _refuse(f"{path} cannot be read: {error.strerror}")


def _written(made: Folder, parent: Path) -> Path:
    """The folder, whole or not at all; one that is there already is left as it is."""
    place = parent / made.code
    try:
        place.mkdir(parents=True)
    except FileExistsError:
        _refuse(f"{place} is there already: name another --code or --folder")
    except OSError as error:
        _refuse(f"{place} cannot be made: {error.strerror}")
    try:
        for name, text in made.files:
            (place / name).write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        shutil.rmtree(place, ignore_errors=True)
        _refuse(f"{place} cannot be written: {error.strerror}")
    return place


def _refuse(why: str) -> NoReturn:
    message = f"{why}; nothing was made"
    raise click.ClickException(message)
