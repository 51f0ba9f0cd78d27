"""Copies of the database: made while others write, checked, for the owner's eyes alone.

A copy has a name of its own only when it is whole, checked and on the disk. Beside the database
stand two kinds, both for so many days and no longer: the one of before the schema's last step,
which goes at once when somebody has everything deleted; and the database that a restored one took
the place of, which is a backup as any other.
"""

from __future__ import annotations

import os
import re
import sqlite3
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING

from bot.storage.errors import DAMAGED, StoreError, telling
from bot.storage.examining import reader
from bot.storage.opening import owned
from bot.storage.passing import PASSING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from bot.storage.passing import Passing

KEPT_DAYS = 14
"""So long copies stand beside the database."""

DAY = 24 * 3600
PARTIAL = ".demarche-{number}.partial"
DATED = re.compile(r"demarche-\d{8}T\d{6}Z\.sqlite3")
BEFORE, ASIDE = "-before-", "-replaced-"


def copy(source: Path, target: Path) -> int:
    """Copy a database to a name where there may be a file already; how many rows it has.

    Raises `StoreError`, and then what is at the target is what was there.
    """
    with telling():
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _sweep(target.parent)
        with _partial(target.parent) as partial:
            rows = _copied(source, partial)
            on_disk(partial)
            partial.replace(target)
            on_disk(target.parent)
    return rows


@contextmanager
def _partial(folder: Path) -> Iterator[Path]:
    """A file for the length of the block, if it is not given a name within it."""
    partial = folder / PARTIAL.format(number=os.getpid())
    try:
        os.close(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
        owned(partial)
        yield partial
    finally:
        for end in ("", "-journal", "-wal", "-shm"):
            partial.with_name(partial.name + end).unlink(missing_ok=True)


def _sweep(folder: Path) -> None:
    """What a copy that was cut off by a power failure may have left: data nobody looks after."""
    for left in folder.glob(PARTIAL.format(number="*") + "*"):
        if _age(left) > DAY:
            left.unlink(missing_ok=True)


def _copied(source: Path, partial: Path) -> int:
    with closing(reader(source)) as old, closing(sqlite3.connect(partial)) as new:
        old.execute("BEGIN")  # what others write meanwhile is not in the copy, nor counted
        expected = _rows(old)
        old.backup(new)
        old.rollback()
        # One file by itself, which any reader can open.
        new.execute("PRAGMA journal_mode = DELETE").fetchall()
        if new.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            raise StoreError(DAMAGED)
        found = _rows(new)
    if found != expected or not found:
        message = "the copy has not the rows that the database has: it is not kept"
        raise StoreError(message)
    return sum(found.values())


def _rows(connection: sqlite3.Connection) -> dict[str, int]:
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    return {
        table: connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]  # noqa: S608 -- the schema's own names
        for (table,) in tables
    }


def on_disk(path: Path) -> None:
    """Have the disk hold a file or a folder's names."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def dated(source: Path, folder: Path, now: datetime, keep: int | None) -> tuple[Path, int]:
    """Copy a database into a folder by the day's name; with its rows. Of older ones some are kept.

    They go only when the new one is there, which stays whatever the clock says.
    """
    target = folder / f"demarche-{now:%Y%m%dT%H%M%SZ}.sqlite3"
    with telling():
        if target.exists():
            message = f"there is a copy of this second already: {target}"
            raise StoreError(message)
        rows = copy(source, target)
        found = sorted(one for one in folder.iterdir() if DATED.fullmatch(one.name))
        for one in found[: max(0, len(found) - keep)] if keep else ():
            if one != target:
                one.unlink(missing_ok=True)
    return target, rows


def before_step(path: Path, step: str) -> None:
    """A copy of the database as it is before a step of the schema; the last such is kept."""
    target = path.with_name(f"{path.name}{BEFORE}{step.partition('_')[0]}")
    copy(path, target)
    for older in _beside(path, BEFORE):
        if older != target:
            older.unlink(missing_ok=True)


def clear_copies(path: Path) -> list[Path]:
    """The databases of before a restoring, beside one that is encrypted now.

    Those of before a step of the schema are removed.
    """
    drop_before(path)
    return _beside(path, ASIDE)


def drop_before(path: Path) -> None:
    """Somebody has everything deleted: it stands in what was before, too."""
    with suppress(OSError):
        for one in _beside(path, BEFORE):
            one.unlink(missing_ok=True)


def age_out(path: Path, passing: Passing = PASSING) -> None:
    """Remove copies beside the database that are too old."""
    with suppress(OSError):
        for one in (*_beside(path, BEFORE), *_beside(path, ASIDE)):
            if _age(one, passing) > KEPT_DAYS * DAY:
                one.unlink(missing_ok=True)


def _beside(path: Path, kind: str) -> list[Path]:
    return [one for one in path.parent.iterdir() if one.name.startswith(path.name + kind)]


def _age(path: Path, passing: Passing = PASSING) -> float:
    return passing.now() - path.stat().st_mtime
