"""Bringing a backup back: all that can fail is done before the database is touched.

The copy is made ready under another name: checked, brought to this version's schema, and those
who had everything deleted since are deleted again. Then it takes the database's place. A process
that is killed in between leaves the old database or the new one, or at worst the old one without
its log and a whole copy beside it; the next start notices that, and restoring can be begun anew.
"""

from __future__ import annotations

import os
from contextlib import closing, suppress
from typing import TYPE_CHECKING, NamedTuple

from bot.storage import forgotten
from bot.storage.copies import ASIDE, copy, on_disk
from bot.storage.counting import Count
from bot.storage.errors import DAMAGED, StoreError, reading, telling
from bot.storage.examining import NEW, examine, reader
from bot.storage.opening import owned
from bot.storage.sealing import CLEAR
from bot.storage.seals import seals_of
from bot.storage.store import Store

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from bot.storage.forgotten import Gone
    from bot.storage.sealing import Sealing

LOGS = ("-wal", "-shm")


class Restored(NamedTuple):
    """What was done: how many rows came back, who was deleted again, where the old database is."""

    rows: int
    forgotten: int
    aside: Path | None


def restore(database: Path, source: Path, now: datetime, sealing: Sealing = CLEAR) -> Restored:
    """Put a copy in the database's place. Raises `StoreError`, and then nothing is changed.

    Nothing else may use the database meanwhile.
    """
    with telling():
        _check(database, source)
        fresh = database.with_name(database.name + "-restoring")
        _drop(fresh)
        try:
            rows = _brought(source, fresh, sealing)
            gone = _gone(database)
            again = _made_ready(fresh, gone, Count(database).read(), sealing)
            can_open(fresh, sealing)
            on_disk(fresh)
            if gone:
                forgotten.write(database, gone)
            aside = _set_aside(database, now)
            fresh.replace(database)
            on_disk(database.parent)
        finally:
            _drop(fresh)
        for one in _all(database):
            owned(one)
    return Restored(rows, again, aside)


def _brought(source: Path, fresh: Path, sealing: Sealing) -> int:
    """The copy under another name; how many rows it has. What is wrong is said to be the copy's."""
    try:
        rows = copy(source, fresh)
    except StoreError as error:
        if str(error) != DAMAGED:
            raise
        message = "that copy is damaged: name another; nothing was changed"
        raise StoreError(message) from error
    with closing(reader(fresh)) as connection:
        is_sealed = bool(seals_of(connection.execute))
    if is_sealed and not sealing.keys:
        message = "that copy is encrypted: set DEMARCHE_KEY_FILE to its key; nothing was changed"
        raise StoreError(message)
    if sealing.keys and not is_sealed:
        message = (
            "that copy is not encrypted: restore it without DEMARCHE_KEY_FILE, then run “demarche"
            " keys apply” with it; nothing was changed"
        )
        raise StoreError(message)
    return rows


def can_open(path: Path, sealing: Sealing = CLEAR) -> None:
    """Raise `StoreError` for a database of which this program cannot read what people wrote."""
    with closing(Store(path, sealing, is_copy=True)) as store:
        if store.check() != "ok":
            raise StoreError(DAMAGED)


def accept_loss(database: Path) -> None:
    """Go on with what is there, though what was written last is missing."""
    with telling():
        Count(database).drop()


def _check(database: Path, source: Path) -> None:
    if not source.is_file():
        message = f"there is no such copy: {source}"
        raise StoreError(message)
    if database.exists() and database.samefile(source):
        message = "that is the database itself: name a copy of it"
        raise StoreError(message)
    try:
        found = examine(source)
    except StoreError as error:
        if str(error) != DAMAGED:
            raise
        message = "that copy is damaged, or is none: name another; nothing was changed"
        raise StoreError(message) from error
    if found is NEW:
        message = "there is nothing in that copy: name another"
        raise StoreError(message)


def _made_ready(fresh: Path, gone: tuple[Gone, ...], commits: int, sealing: Sealing) -> int:
    with closing(Store(fresh, sealing, is_copy=True)) as store:
        again = store.take_over(gone, commits)
        if not store.tidy():
            message = "what was deleted since could not be deleted in the copy: try again"
            raise StoreError(message)
    return again


def _gone(database: Path) -> tuple[Gone, ...]:
    """Who had everything deleted, as far as that can be read; if not, in the file beside it."""
    gone = dict.fromkeys(forgotten.written(database))
    with suppress(StoreError), reading():
        if examine(database) is not NEW:
            with closing(reader(database)) as connection:
                gone |= dict.fromkeys(forgotten.noted(connection.execute))
    return tuple(gone)


def _set_aside(database: Path, now: datetime) -> Path | None:
    """The present database as a copy; of a damaged one the files as they are."""
    if not database.exists():
        _drop_logs(database)
        return None
    aside = database.with_name(f"{database.name}{ASIDE}{now:%Y%m%dT%H%M%SZ}")
    try:
        copy(database, aside)
    except StoreError:
        for end in ("", "-wal"):
            if (moved := database.with_name(database.name + end)).exists():
                moved.replace(aside.with_name(aside.name + end))
                os.utime(aside.with_name(aside.name + end))
    _drop_logs(database)
    on_disk(database.parent)
    return aside


def _drop_logs(path: Path) -> None:
    for end in LOGS:
        path.with_name(path.name + end).unlink(missing_ok=True)


def _drop(fresh: Path) -> None:
    for one in _all(fresh):
        one.unlink(missing_ok=True)


def _all(path: Path) -> list[Path]:
    """The file and those beside it."""
    return [one for one in path.parent.iterdir() if f"{one.name}-".startswith(f"{path.name}-")]
