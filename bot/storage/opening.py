"""Opening the database: for its owner alone, and so that what is answered lasts."""

from __future__ import annotations

import os
import sqlite3
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

HURRIED_MILLISECONDS = 20
"""So long another program is waited for once it has been waited for in vain."""

PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON")


class Patient(sqlite3.Connection):
    """Waits for another program that writes once, and not again for each who stands in line.

    Whoever meets the lock first waits as long as is due; those behind are told at once, until
    something could be written again.
    """

    patience = 0
    _changes = -1

    def execute(self, *statement: Any) -> sqlite3.Cursor:  # noqa: ANN401 -- SQLite's own
        """See `sqlite3.Connection`."""
        try:
            cursor = super().execute(*statement)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
                self._changes = self.total_changes
                self._wait(min(HURRIED_MILLISECONDS, self.patience))
            raise
        if self._changes >= 0 and not self.in_transaction and self.total_changes > self._changes:
            self._changes = -1
            self._wait(self.patience)
        return cursor

    def _wait(self, milliseconds: int) -> None:
        super().execute(f"PRAGMA busy_timeout = {milliseconds}").fetchone()


def connect(path: Path, busy_milliseconds: int) -> Patient:
    """A connection to the file, which nobody else may read before its first byte is in it."""
    _make_private(path)
    connection = sqlite3.connect(path, timeout=busy_milliseconds / 1000, factory=Patient)
    connection.patience = busy_milliseconds
    return connection


def owned(path: Path) -> None:
    """What root makes is its folder's owner's: the bot is another user."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        folder = path.parent.stat()
        os.chown(path, folder.st_uid, folder.st_gid)


def set_up(connection: sqlite3.Connection) -> None:
    """A write-ahead log that is on disk at each commit; what is deleted is written over."""
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}").fetchall()


def _make_private(path: Path) -> None:
    """SQLite gives its journals the mode of the database; those of an earlier run get it here."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    for one in (path, *(path.with_name(path.name + end) for end in ("-wal", "-shm"))):
        if one.exists() and one.stat().st_mode & 0o077:
            one.chmod(0o600)
