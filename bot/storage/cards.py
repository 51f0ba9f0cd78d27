"""Which messages of a chat show a person's screen and letter."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bot.letters.sound import read_json
from bot.storage.errors import reading
from bot.storage.shelf import Shelf

if TYPE_CHECKING:
    from bot.conversation.talk.draft import Json


class Cards(Shelf):
    """The messages that are changed in place."""

    def of(self, user_id: str) -> int:
        """The message id of the user's card, 0 for none."""
        rows = self._rows("SELECT card FROM users WHERE id = ?", user_id)
        return int(rows[0][0] or 0) if rows else 0

    def put(self, user_id: str, message_id: int) -> None:
        """Remember the user's card."""
        self._set("UPDATE users SET card = ? WHERE id = ?", message_id, user_id)

    @reading()
    def preview(self, user_id: str) -> Json:
        """The messages in which the user's last letter was shown; empty for none."""
        rows = self._rows("SELECT preview FROM users WHERE id = ?", user_id)
        found: Json = read_json(rows[0][0]) if rows and rows[0][0] else {}
        return found

    def put_preview(self, user_id: str, preview: Json) -> None:
        """Remember in which messages the user's last letter is shown."""
        self._set("UPDATE users SET preview = ? WHERE id = ?", json.dumps(preview), user_id)
