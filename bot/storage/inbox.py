"""Updates with a file, kept until the file was fetched and read: others need not wait for it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from bot.machine.figures import of_database
from bot.storage.errors import StoreError, telling
from bot.storage.forgetting import spent

if TYPE_CHECKING:
    from sqlite_utils import Database

    from bot.storage.sealing import Sealing


log = logging.getLogger(__name__)


class Inbox:
    """Whole updates as their channel writes them, by channel and number."""

    def __init__(self, db: Database, sealing: Sealing) -> None:
        self._db = db
        self._sealing = sealing

    @of_database("write")
    def keep(self, channel: str, update_id: int, user_id: str, data: str) -> None:
        """Keep an update that was not taken yet. Raises `StoreError`."""
        number = (channel, update_id)
        with telling(), self._db.atomic():
            self._db.execute(
                "INSERT INTO inbox (channel, id, user_id, data) SELECT ?, ?, ?, ?"
                " WHERE NOT EXISTS (SELECT 1 FROM updates WHERE channel = ? AND id = ?)"
                " AND NOT EXISTS (SELECT 1 FROM spent WHERE digest = ?) ON CONFLICT DO NOTHING",
                (
                    *(*number, user_id, self._sealing.close(data, "inbox", "data", *number)),
                    *(*number, spent(*number)),
                ),
            )

    def taken(self, channel: str, update_id: int) -> None:
        """An update is taken. Within a transaction."""
        self._db.execute("DELETE FROM inbox WHERE channel = ? AND id = ?", (channel, update_id))

    def drop(self, channel: str, update_id: int) -> None:
        """An update that cannot be taken. Raises `StoreError`."""
        with telling(), self._db.atomic():
            self.taken(channel, update_id)

    def one(self, channel: str, update_id: int) -> str:
        """An update that waits; empty where it was taken or forgotten. Raises `StoreError`."""
        with telling():
            row = self._db.execute(
                "SELECT data FROM inbox WHERE channel = ? AND id = ?", (channel, update_id)
            ).fetchone()
            if row is None:
                return ""
            return self._sealing.open(row[0], "inbox", "data", channel, update_id)

    def kept(self, channel: str) -> tuple[str, ...]:
        """The updates of a channel that were not taken before the last stop, in their order.

        One that cannot be read keeps no other from being taken, nor the program from its start.
        """
        with telling():
            rows = self._db.execute(
                "SELECT id, data FROM inbox WHERE channel = ? ORDER BY id", (channel,)
            ).fetchall()
        found = []
        for number, data in rows:
            try:
                found.append(self._sealing.open(data, "inbox", "data", channel, number))
            except StoreError as error:
                log.warning("update %s, which was kept, is passed over: %s", number, error)
        return tuple(found)
