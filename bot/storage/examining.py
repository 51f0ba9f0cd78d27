"""Whether a file is a database of this program's, looked at without a byte being written."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

from bot.storage.counting import COUNTED
from bot.storage.errors import NOT_OURS, OTHER_SHAPE, StoreError, reading
from bot.storage.migrations import STEP, STEPS, migrations

if TYPE_CHECKING:
    from pathlib import Path

BUSY_SECONDS = 3.0
_STEPS = "SELECT name FROM _sqlite_migrations WHERE migration_set = ? ORDER BY id"


class LostError(StoreError):
    """What was written last is missing."""


class Examined(NamedTuple):
    """The steps of the schema that a database has taken, and how often was written to it."""

    steps: tuple[str, ...]
    commits: int

    @property
    def pending(self) -> tuple[str, ...]:
        """The steps that it has still to take."""
        return tuple(one for one in STEPS if one not in self.steps)


NEW = Examined((), 0)
"""A database that is not there yet, or has nothing in it."""


def examine(path: Path) -> Examined:
    """What a database is like. Raises `StoreError` for one that this program must not write to.

    That is a later version's, or anything else's that is a database.
    """
    with reading():
        if not path.exists() or path.stat().st_size == 0:
            return NEW
        with closing(reader(path)) as connection:
            tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
            if not tables:
                return NEW
            if "_sqlite_migrations" not in tables:
                raise StoreError(NOT_OURS)
            taken = connection.execute(_STEPS, (migrations.name,)).fetchall()
            steps = tuple(name for (name,) in taken)
            counted = connection.execute(COUNTED) if "commits" in tables else ()
            commits = max((number for (number,) in counted), default=0)
    if not steps:
        raise StoreError(NOT_OURS)
    _check_version(steps)
    return Examined(steps, commits)


def reader(path: Path) -> sqlite3.Connection:
    """A connection that reads alone; it leaves the log of what was written as it is.

    Only where a change of the whole file was broken off does it have to be undone first.
    """
    mode = "rw" if path.with_name(path.name + "-journal").exists() else "ro"
    uri = f"{path.resolve().as_uri()}?mode={mode}"
    return sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS)


def check_whole(found: Examined, counted: int, path: Path) -> None:
    """Raise `LostError` where fewer writes are in the database than there were."""
    missing = counted - found.commits
    if missing <= 0:
        return
    if found is NEW:
        what = f"{path.name} is gone or empty, and it was not"
    else:
        what = (
            f"the database lacks its last changes ({missing}): its log ({path.name}-wal) was lost"
            " or damaged, or an older copy was put in its place"
        )
    message = (
        f"{what}; bring a backup back (demarche restore FILE), or go on with what is there"
        " (demarche doctor --accept-loss)"
    )
    raise LostError(message)


def _check_version(steps: tuple[str, ...]) -> None:
    later = [one for one in steps if one not in STEPS]
    if not all(map(STEP.fullmatch, later)):
        raise StoreError(OTHER_SHAPE)
    if later:
        message = (
            f"the database is of a later version of the program ({max(later)}; this one knows up"
            f" to {STEPS[-1]}): install that version, or restore a backup that was made before"
        )
        raise StoreError(message)
