"""`demarche missions import | template | show | forget`: the office's own mission book."""

from __future__ import annotations

import os
from contextlib import closing
from gettext import NullTranslations
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from bot.commands.now import today
from bot.commands.options import StateType
from bot.commands.stores import store_of
from bot.conversation.missions.words import office_name, refused_lines
from bot.conversation.talk.booked import OFFICE
from bot.conversation.talk.library import Translator
from bot.letters.book_faults import BookRead
from bot.letters.mission_book import EMPTY, Entry, revised
from bot.letters.model import Language, State
from bot.reference.loader import load
from bot.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.letters.mission_book import Book

ENGLISH = Translator(NullTranslations(), Language.EN)
"""The command line speaks English."""


@click.group("missions")
def missions_group() -> None:
    """The office's own directory of missions, ministries and embassies."""


@missions_group.command("import")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help="Do not ask.")
def import_command(file: Path, *, yes: bool) -> None:
    """Store a mission book from a file (XLSX or CSV), in place of the one there is.

    A row that cannot be taken is named by its number, and then nothing is stored.
    """
    found = _read(file)
    with closing(store_of(Settings.read(os.environ))) as store:
        shelf = store.shelves.missions
        before = shelf.of(OFFICE) or EMPTY
        for line in _changes(before, found):
            click.echo(line)
        if not yes:
            click.confirm("Store this?", abort=True)
        if (shelf.of(OFFICE) or EMPTY) != before:
            _refuse("the book has changed in the meantime: import again")
        shelf.put(OFFICE, found.book, today())
    click.echo("Stored. New letters take from it what it says of whom they go to.")


def _read(file: Path) -> BookRead:
    """The book in the file, or a refusal; of bad rows each on a line of its own."""
    from bot.desk.booking import read_book  # noqa: PLC0415 -- documents are slow to import
    from bot.documents.books import MAX_FILE  # noqa: PLC0415 -- as above

    try:
        with file.open("rb") as opened:
            data = opened.read(MAX_FILE + 1)
    except OSError as error:
        message = f"{file} cannot be read: {error.strerror}"
        raise click.ClickException(message) from error
    found = read_book(data, today())
    if isinstance(found, BookRead):
        return found
    states = load().states
    lines = refused_lines(ENGLISH, found, lambda iso3: states[iso3].short(Language.EN))
    if len(lines) == 1:
        _refuse(f"{file}: {lines[0]}")
    for line in lines:
        click.echo(line, err=True)
    return _refuse(f"{file}: {len(lines)} rows cannot be taken, see above")


def _refuse(why: str) -> NoReturn:
    message = f"{why.removesuffix('.')}; nothing was stored"
    raise click.ClickException(message)


def _changes(before: Book, found: BookRead) -> list[str]:
    """What the file would change, a line for each entry that comes, changes or goes."""
    book, change, day = found.book, revised(before, found.book), today()
    said = [_counted(book)]
    for name, entries in (
        ("new", change.new),
        ("changed", change.changed),
        ("gone", change.gone),
    ):
        said += [f"  {name}: {_place(one)}" for one in entries]
    said.append(
        f"{len(change.new)} new, {len(change.changed)} changed, {len(change.gone)} gone,"
        f" {change.same} as before"
    )
    old = sum(one.is_old(day) for one in book.entries)
    if old:
        said.append(f"Note: older than 180 days: {_entries(old)}.")
    if found.blank:
        said.append(f"Note: rows passed over, as they say nothing of their office: {found.blank}.")
    if found.unused:
        said.append(f"Note: columns not used: {', '.join(found.unused)}.")
    return said


def _place(entry: Entry) -> str:
    name = load().states[entry.state].short(Language.EN)
    return f"{entry.state}  {name}, {office_name(ENGLISH, entry.office, entry.city)}"


@missions_group.command("template")
@click.argument("file", default="missions.xlsx", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--language",
    type=click.Choice([language.value for language in Language]),
    default="en",
    show_default=True,
    help="Of the heads and the names.",
)
def template_command(file: Path, language: str) -> None:
    """Write an empty book to be filled in: all States, Geneva and New York (.xlsx or .csv)."""
    from bot.documents import book_template  # noqa: PLC0415 -- documents are slow to import

    writers = {".xlsx": book_template.to_xlsx, ".csv": book_template.to_csv}
    if file.suffix.lower() not in writers:
        message = f"{file}: a template is a file that ends in .xlsx or .csv"
        raise click.ClickException(message)
    data = writers[file.suffix.lower()](load().states.values(), Language(language))
    try:
        with file.open("xb") as opened:  # what somebody has filled in is not written over
            opened.write(data)
    except FileExistsError as error:
        message = f"{file} is there already: give another name"
        raise click.ClickException(message) from error
    except OSError as error:
        message = f"{file} cannot be written: {error.strerror}"
        raise click.ClickException(message) from error
    click.echo(f"{file} is written: fill it in, then: demarche missions import {file}")


@missions_group.command("show")
@click.argument("state", required=False, type=StateType())
def show_command(state: State | None) -> None:
    """Show what the book says: an overview, or all of one State."""
    with closing(store_of(Settings.read(os.environ))) as store:
        book = store.shelves.missions.of(OFFICE)
    if book is None:
        message = "there is no mission book yet: demarche missions template, then import"
        raise click.ClickException(message)
    entries = book.of(state.iso3) if state else book.entries
    if state and not entries:
        message = f"the mission book says nothing of {state.short(Language.EN)}"
        raise click.ClickException(message)
    for line in _whole(entries) if state else _overview(book):
        click.echo(line)


def _overview(book: Book) -> Iterable[str]:
    day = today()
    for one in book.entries:
        known = {
            "address": one.lines,
            "e-mail": one.email,
            "language": one.language,
            "head": one.addressee.name or one.addressee.rank,
        }
        said = ", ".join(name for name, there in known.items() if there)
        old = "  (older than 180 days)" if one.is_old(day) else ""
        yield f"{_place(one)}: {said}; as of {one.as_of}{old}"
    yield _counted(book)


def _counted(book: Book) -> str:
    first, last = book.days
    days = f"{first} to {last}" if first != last else f"{first}"
    return f"{_entries(len(book.entries))}, States: {len(book.states)}, as of {days}"


def _entries(count: int) -> str:
    return f"{count} entry" if count == 1 else f"{count} entries"


def _whole(entries: Iterable[Entry]) -> Iterable[str]:
    for one in entries:
        yield _place(one)
        yield from (f"  {line}" for line in one.lines)
        head = one.addressee
        for name, said in (
            ("e-mail", one.email),
            ("language", one.language or ""),
            ("head", ", ".join(filter(None, (head.name, head.rank, head.gender)))),
        ):
            if said:
                yield f"  {name}: {said}"
        yield f"  as of {one.as_of}" + ("  (older than 180 days)" if one.is_old(today()) else "")


@missions_group.command("forget")
@click.option("--yes", is_flag=True, help="Do not ask.")
def forget_command(*, yes: bool) -> None:
    """Delete the book. Letters that took something from it keep it."""
    with closing(store_of(Settings.read(os.environ))) as store:
        book = store.shelves.missions.of(OFFICE)
        if book is None:
            message = "there is no mission book"
            raise click.ClickException(message)
        if not yes:
            click.confirm(f"Delete the book with its {_entries(len(book.entries))}?", abort=True)
        store.shelves.missions.forget(OFFICE)
        gone = store.tidy()
    click.echo("Deleted." if gone else "Deleted; it is overwritten when the bot next tidies up.")
