"""Why the database cannot be used, in words for a person."""

from __future__ import annotations

import sqlite3
from contextlib import ContextDecorator

from bot.machine.figures import DATABASE_FAILURES, count

DAMAGED = "the database file is damaged: restore a backup"
ANOTHERS = (
    "the database or its folder is another user's: run this as its owner, or set DEMARCHE_DATABASE"
)
OTHER_SHAPE = "the database is damaged or of another version of the program: restore a backup"
NOT_OURS = "the file is damaged, or another program's database: restore a backup"

_OF_SCHEMA = ("no such column", "no such table", "already exists", "duplicate column")


class StoreError(Exception):
    """The database cannot be used; the text says why, for a person."""


class AwayError(StoreError):
    """The database is on a server that cannot be reached now."""


class OvertakenError(StoreError):
    """A name was taken out of the database meanwhile: what was read before it is not saved."""

    def __init__(self) -> None:
        super().__init__("a name is being removed from the database: try again in a minute")


class _Telling(ContextDecorator):
    """Without a generator, for it stands around every call: that took 50 µs of an update."""

    damage: tuple[type[Exception], ...] = (UnicodeDecodeError,)  # SQLite's words that quote damage

    def __enter__(self) -> None:
        """Nothing to do."""

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        """Raise `StoreError` for what the disk or the file has made of the call."""
        if isinstance(error, OSError | sqlite3.Error):
            count(DATABASE_FAILURES)
            raise StoreError(reason(error)) from error
        if isinstance(error, self.damage):
            count(DATABASE_FAILURES)
            raise StoreError(DAMAGED) from error


class _Reading(_Telling):
    damage = (ValueError, LookupError, TypeError, AttributeError)


_TELLING, _READING = _Telling(), _Reading()


def telling() -> _Telling:
    """What the disk or the file makes of a block or a function, as a `StoreError`."""
    return _TELLING


def reading() -> _Reading:
    """The same; and a row that is not as it was written is damage."""
    return _READING


def reason(error: OSError | sqlite3.Error) -> str:
    """The system's and SQLite's words in one line that says what to do; never what a row holds."""
    if isinstance(error, PermissionError):
        return ANOTHERS
    text = str(error)
    if text.startswith(("Could not decode to UTF-8", "malformed database schema")):
        return DAMAGED
    if any(sign in text for sign in _OF_SCHEMA):
        return OTHER_SHAPE
    known = {
        "database is locked": "the database is in use by another program: stop it and try again",
        "file is not a database": DAMAGED,
        "database disk image is malformed": DAMAGED,
        "database or disk is full": "the disk is full: make room and try again",
        "attempt to write a readonly database": "the database cannot be written: check its owner",
        "unable to open database file": "the database cannot be opened: check its folder",
    }
    return known.get(text, f"the database cannot be used: {text}")
