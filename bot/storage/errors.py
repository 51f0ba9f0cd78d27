"""Why the database cannot be used, in words for a person."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

DAMAGED = "the database file is damaged: restore a backup"
ANOTHERS = (
    "the database or its folder is another user's: run this as its owner, or set DEMARCHE_DATABASE"
)
OTHER_SHAPE = "the database is damaged or of another version of the program: restore a backup"

_OF_SCHEMA = ("no such column", "no such table", "already exists", "duplicate column")


class StoreError(Exception):
    """The database cannot be used; the text says why, for a person."""


@contextmanager
def telling() -> Iterator[None]:
    """What the disk or the file makes of a call, as a `StoreError`. Also a decorator."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        raise StoreError(reason(error)) from error
    except UnicodeDecodeError as error:  # SQLite's own words on it quote the damage
        raise StoreError(DAMAGED) from error


@contextmanager
def reading() -> Iterator[None]:
    """The same; and a row that is not as it was written is damage."""
    with telling():
        try:
            yield
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            raise StoreError(DAMAGED) from error


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
