"""Who runs on a database: one program alone, which others can see, and when it was last heard.

The lock is the system's own, so that a process that dies holds none. Commands that read, or that
renew facts, work beside a program that runs.
"""

from __future__ import annotations

import os
import time
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from bot.storage.errors import StoreError, telling
from bot.storage.opening import owned

if TYPE_CHECKING:
    from pathlib import Path

IN_USE = (
    "the program runs on this database already ({what}): stop it first, or set DEMARCHE_DATABASE"
    " to another file"
)
TRIES, PAUSE = 5, 0.02
"""Whoever looks whether the lock is held holds it for a moment."""


class InUseError(StoreError):
    """Another program runs on the database."""


class Running(NamedTuple):
    """What runs, and when it was heard last: seconds since the epoch."""

    what: str
    heard: float


class Lock:
    """Held from its making until it is closed. Raises `InUseError`, or `StoreError`."""

    def __init__(self, database: Path, what: str) -> None:
        with telling():
            database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._file = os.open(_path(database), os.O_RDWR | os.O_CREAT, 0o600)
            owned(_path(database))
            if not any(_taken(self._file, attempt) for attempt in range(TRIES)):
                held_by = _read(self._file)
                os.close(self._file)
                raise InUseError(IN_USE.format(what=held_by))
            with suppress(OSError):  # as below
                os.ftruncate(self._file, 0)
                os.pwrite(self._file, f"{what}\n".encode(), 0)
            self.touch()

    def touch(self) -> None:
        """It was heard just now."""
        with suppress(OSError):  # the disk's trouble is told by what is written to it
            os.utime(self._file)

    def close(self) -> None:
        """Let go of it."""
        os.close(self._file)


def running(database: Path) -> Running | None:
    """The program that runs on a database, if one does. Raises `StoreError`."""
    with telling():
        try:
            file = os.open(_path(database), os.O_RDWR)
        except FileNotFoundError:
            return None
        try:
            if _taken(file, 0):
                return None
            return Running(_read(file), os.fstat(file).st_mtime)
        finally:
            os.close(file)


def _path(database: Path) -> Path:
    return database.with_name(database.name + "-lock")


def _taken(file: int, attempt: int) -> bool:
    try:
        import fcntl  # noqa: PLC0415 -- Windows has none: there nobody looks
    except ImportError:
        return True
    if attempt:
        time.sleep(PAUSE)
    try:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _read(file: int) -> str:
    return os.pread(file, 40, 0).decode("ascii", "replace").strip() or "demarche"
