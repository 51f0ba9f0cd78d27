"""Why the database cannot be used, in words for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3


class StoreError(Exception):
    """The database cannot be used; the text says why, for a person."""


def reason(error: OSError | sqlite3.Error) -> str:
    """SQLite's and the system's words in one line that says what to do."""
    text = str(error)
    known = {
        "database is locked": "the database is in use by another program: stop it and try again",
        "file is not a database": "the database file is damaged: restore a backup",
        "database disk image is malformed": "the database file is damaged: restore a backup",
        "database or disk is full": "the disk is full: make room and try again",
        "attempt to write a readonly database": "the database cannot be written: check its owner",
        "unable to open database file": "the database cannot be opened: check its folder",
    }
    return known.get(text, f"the database cannot be used: {text}")
