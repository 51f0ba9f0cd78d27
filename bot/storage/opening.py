"""Opening the database: for its owner alone, and so that what is answered lasts."""

from __future__ import annotations

import os
import sqlite3
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON")


def connect(path: Path, busy_milliseconds: int) -> sqlite3.Connection:
    """A connection to the file, which nobody else may read before its first byte is in it."""
    _make_private(path)
    return sqlite3.connect(path, timeout=busy_milliseconds / 1000)


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
