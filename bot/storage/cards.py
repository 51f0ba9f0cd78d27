"""Which messages of a chat show a person's screen and letter, and what is not shown there yet."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bot.letters.sound import read_json
from bot.storage.errors import reading
from bot.storage.shelf import Shelf

if TYPE_CHECKING:
    from sqlite_utils import Database

    from bot.conversation.talk.draft import Json
    from bot.storage.sealing import Sealing

MOVED = 1
"""For no update, a screen is owed that is changed in place."""


class Cards(Shelf):
    """The messages that are changed in place.

    A screen is owed from the moment on that what it shows is on disk, and until it was shown: for
    the update of a number, or for none (1); negative where it is to be a message of its own. That
    a card was changed in place is written with whatever is saved next: a transaction of its own
    would cost as much as the update. So after a kill it may be changed to what it says already.

    Where a screen was owed as a message of its own when the program stopped, that message may stand
    in the chat, below the card that is known. So the next screen is a message of its own, too, be
    it owed for a later update: changed in place, it would stand above an old one.
    """

    def __init__(self, db: Database, sealing: Sealing) -> None:
        super().__init__(db, sealing)
        self._shown: dict[str, int] = {}
        self._unsure: set[str] | None = None

    def of(self, user_id: str) -> int:
        """The message id of the user's card, 0 for none."""
        rows = self._rows("SELECT card FROM users WHERE id = ?", user_id)
        return int(rows[0][0] or 0) if rows else 0

    @reading()
    def all_of(self, user_id: str) -> tuple[int, tuple[int, ...]]:
        """The same, and earlier cards of the user's that may stand in the chat still."""
        rows = self._rows("SELECT card, stale FROM users WHERE id = ?", user_id)
        if not rows:
            return 0, ()
        card, stale = rows[0]
        return int(card or 0), tuple(read_json(stale)) if stale else ()

    def put(
        self, user_id: str, message_id: int, stale: tuple[int, ...] = (), screen: int = 0
    ) -> None:
        """Remember the user's card, the one that shows `screen`; and what is to go away for it."""
        self._set(
            "UPDATE users SET card = ?1, stale = ?2,"
            " screen = CASE abs(screen) WHEN ?3 THEN 0 ELSE screen END WHERE id = ?4",
            *(message_id, json.dumps(stale) if stale else "", abs(screen), user_id),
        )

    def doubt(self, user_id: str) -> None:
        """A message is being sent that is to be the user's card: it may arrive, and nobody know."""
        self._doubts().add(user_id)

    def be_sure(self, user_id: str) -> None:
        """The user's card was sent, and is known: it stands below whatever was sent before.

        That somebody has tapped a card makes nobody sure: another may stand below that.
        """
        self._doubts().discard(user_id)

    def is_unsure(self, user_id: str) -> bool:
        """Whether a message may stand below the user's card that was to be the card."""
        return user_id in self._doubts()

    def _doubts(self) -> set[str]:
        """Of whom that is so: at first, of whom it was when the program last stopped."""
        if self._unsure is None:
            self._unsure = {user for (user,) in self._rows("SELECT id FROM users WHERE screen < 0")}
        return self._unsure

    def to_owe(self, user_id: str, screen: int) -> int:
        """How a screen is written down that is owed from now on."""
        return -abs(screen) if self.is_unsure(user_id) else screen

    def screen(self, user_id: str) -> int:
        """For which update the user's screen is owed, 0 where it is not."""
        rows = self._rows("SELECT screen FROM users WHERE id = ?", user_id)
        found = int(rows[0][0]) if rows else 0
        return 0 if abs(found) == self._shown.get(user_id) else found

    @reading()
    def preview(self, user_id: str) -> Json:
        """The messages in which the user's last letter was shown; empty for none."""
        rows = self._rows("SELECT preview FROM users WHERE id = ?", user_id)
        found: Json = read_json(rows[0][0]) if rows and rows[0][0] else {}
        return found

    def standing(self, user_id: str) -> Json:
        """The same, with earlier cards that stand in the chat still: all that is to go with it."""
        _, stale = self.all_of(user_id)
        return {**self.preview(user_id), "cards": list(stale)} if stale else self.preview(user_id)

    def put_preview(self, user_id: str, preview: Json) -> None:
        """Remember in which messages the user's last letter is shown."""
        self._set("UPDATE users SET preview = ? WHERE id = ?", json.dumps(preview), user_id)

    def owed(self, channel: str) -> tuple[str, ...]:
        """The users of a channel whose screen was not shown before the last stop."""
        rows = self._rows(
            "SELECT id FROM users WHERE screen != 0 AND id LIKE ? ORDER BY id", f"{channel}:%"
        )
        return tuple(user for (user,) in rows)

    def shown(self, user_id: str, screen: int) -> None:
        """The screen that was owed for this update is in the chat."""
        if screen:
            self._shown[user_id] = abs(screen)

    def settle(self, but: str = "") -> None:
        """Write down what was shown since it was last written. Within a transaction.

        Not of the user to whom a new screen is owed with this transaction.
        """
        self._shown.pop(but, None)
        for user_id, number in self._shown.items():
            self._execute(
                "UPDATE users SET screen = 0 WHERE id = ? AND abs(screen) = ?", (user_id, number)
            )
        self._shown.clear()

    def write(self) -> None:
        """The same, in a transaction of its own; none where there is nothing."""
        if self._shown:
            with self._db.atomic():
                self.settle()
