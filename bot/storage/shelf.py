"""What every shelf is: the rows of one subject, and how each kind of its changes is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.machine.figures import of_database
from bot.storage.errors import telling

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Mapping

    from sqlite_utils import Database

    from bot.conversation.talk.values import Change
    from bot.storage.sealing import Sealing

    Execute = Callable[..., sqlite3.Cursor]
    Keep = Callable[[str, Any], None]


class Shelf:
    """One subject's rows. What it is asked raises `StoreError` where the disk or the file fails.

    What stands in the columns of `bot.storage.typed` is written and read through `_sealing`.
    """

    def __init__(self, db: Database, sealing: Sealing) -> None:
        self._db = db
        self._sealing = sealing
        self._execute: Execute = db.conn.execute

    @property
    def keeps(self) -> Mapping[type[Change], Keep]:
        """How each kind of change is kept: of a user, within the store's transaction."""
        return {}

    @of_database("read")
    @telling()
    def _rows(self, query: str, *values: str | int | bytes) -> list[Any]:
        return self._execute(query, values).fetchall()

    @of_database("write")
    @telling()
    def _set(self, statement: str, *values: str | int | bytes) -> None:
        with self._db.atomic():
            self._execute(statement, values)
