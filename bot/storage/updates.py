"""Updates that were taken: each once, with what is still owed for it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bot.letters.sound import read_json
from bot.storage.errors import reading, telling
from bot.storage.forgetting import is_new
from bot.storage.shelf import Shelf

if TYPE_CHECKING:
    from bot.conversation.talk.draft import Json

KEPT_UPDATES = 5000
"""So many answered updates are remembered, to know one that is delivered twice."""


class Updates(Shelf):
    """The updates in one database, by channel and number."""

    @reading()
    def owed(self, channel: str) -> tuple[tuple[int, str, Json], ...]:
        """Updates whose letters or files were not sent before the last stop: id, user, what."""
        rows = self._rows(
            "SELECT id, user_id, owed FROM updates WHERE channel = ? AND owed != '' ORDER BY id",
            channel,
        )
        return tuple((number, user, read_json(what)) for number, user, what in rows)

    def settle(self, channel: str, update_id: int, user_id: str) -> None:
        """What was owed for the user's update has been sent."""
        self._set(
            "UPDATE updates SET owed = '' WHERE channel = ? AND id = ? AND user_id = ?",
            *(channel, update_id, user_id),
        )

    def keep(self, update: tuple[str, int], user_id: str, owed: Json) -> None:
        """An update is taken. Within a transaction."""
        self._execute(
            "INSERT OR IGNORE INTO updates (channel, id, user_id, owed) VALUES (?, ?, ?, ?)",
            (*update, user_id, json.dumps(owed) if owed else ""),
        )

    def is_first(self, channel: str, number: int) -> bool:
        """Whether this was not asked before; only a digest of it is kept."""
        with telling(), self._db.atomic():
            return is_new(self._execute, channel, number)

    def prune(self) -> None:
        """Forget those that Telegram hands in no more."""
        self._set(
            "DELETE FROM updates WHERE owed = '' AND rowid NOT IN"
            " (SELECT rowid FROM updates ORDER BY rowid DESC LIMIT ?)",
            KEPT_UPDATES,
        )
