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
            "SELECT id, user_id, owed FROM updates WHERE channel = ? AND owed != ''"
            " AND user_id NOT IN (SELECT user_id FROM deletions) ORDER BY id",
            channel,
        )
        return tuple(
            (
                *(number, user),
                read_json(self._sealing.open(what, "updates", "owed", channel, number)),
            )
            for number, user, what in rows
        )

    def owing(self, channel: str) -> tuple[str, ...]:
        """The users of a channel to whom something is still to be sent, whatever it is."""
        rows = self._rows(
            "SELECT user_id FROM updates WHERE channel = ? AND owed != ''"
            " AND user_id NOT IN (SELECT user_id FROM deletions) GROUP BY user_id ORDER BY min(id)",
            channel,
        )
        return tuple(user for (user,) in rows)

    def settle_all(self, user_id: str) -> None:
        """Nothing is owed to the user any more."""
        self._set("UPDATE updates SET owed = '', sent = '' WHERE user_id = ?", user_id)

    @reading()
    def of(self, user_id: str) -> tuple[tuple[int, Json], ...]:
        """What is still to be sent to a user: for which updates, and what."""
        rows = self._rows(
            "SELECT channel, id, owed FROM updates WHERE user_id = ? AND owed != '' ORDER BY id",
            user_id,
        )
        opened = self._sealing.open
        return tuple(
            (number, read_json(opened(what, "updates", "owed", channel, number)))
            for channel, number, what in rows
        )

    @reading()
    def sent(self, channel: str, update_id: int, user_id: str) -> Json | None:
        """Which messages of what is owed were sent so far; None where nothing is owed (any more).

        By the place of the effect, for each call the ids of its messages.
        """
        rows = self._rows(
            "SELECT owed, sent FROM updates WHERE channel = ? AND id = ? AND user_id = ?",
            *(channel, update_id, user_id),
        )
        if not rows or not rows[0][0]:
            return None
        found: Json = read_json(rows[0][1]) if rows[0][1] else {}
        return found

    def put_sent(self, channel: str, update_id: int, sent: Json) -> None:
        """Remember which messages were sent of what is owed."""
        self._set(
            "UPDATE updates SET sent = ? WHERE channel = ? AND id = ?",
            *(json.dumps(sent), channel, update_id),
        )

    def settle(self, channel: str, update_id: int, user_id: str) -> None:
        """What was owed for the user's update has been sent."""
        self._set(
            "UPDATE updates SET owed = '', sent = '' WHERE channel = ? AND id = ? AND user_id = ?",
            *(channel, update_id, user_id),
        )

    def keep(self, update: tuple[str, int], user_id: str, owed: Json) -> None:
        """An update is taken. Within a transaction."""
        what = self._sealing.close(json.dumps(owed), "updates", "owed", *update) if owed else ""
        self._execute(
            "INSERT INTO updates (channel, id, user_id, owed) VALUES (?, ?, ?, ?)"
            " ON CONFLICT DO NOTHING",
            (*update, user_id, what),
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
