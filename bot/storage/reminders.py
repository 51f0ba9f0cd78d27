"""When whom to remind of letters that were sent and not answered."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from bot.conversation.talk.values import Reminder
from bot.storage.errors import reading, telling

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlite_utils import Database

    from bot.conversation.talk.values import Changes
    from bot.storage.shelves import Execute


class Reminders:
    """The reminders in one database. Every method raises `StoreError`."""

    def __init__(self, db: Database) -> None:
        self._db = db

    @reading()
    def of(self, user_id: str) -> tuple[Reminder, ...]:
        """The user's, the earliest first."""
        with telling():
            rows = self._db.execute(
                "SELECT letter_id, due, told FROM reminders WHERE user_id = ? ORDER BY due, rowid",
                (user_id,),
            ).fetchall()
        return tuple(Reminder(i, date.fromisoformat(due), bool(told)) for i, due, told in rows)

    def due(self, channel: str, today: date) -> tuple[str, ...]:
        """The users of a channel who are to be reminded of something now."""
        with telling():
            rows = self._db.execute(
                "SELECT DISTINCT user_id FROM reminders WHERE told = 0 AND due <= ?"
                " AND user_id LIKE ?",
                (today.isoformat(), f"{channel}:%"),
            ).fetchall()
        return tuple(user_id for (user_id,) in rows)

    def untell(self, user_id: str, told: Iterable[Reminder]) -> None:
        """These did not reach the user: they are to be told again."""
        with telling(), self._db.atomic():
            for one in told:
                self._db.execute(
                    "UPDATE reminders SET told = 0 WHERE user_id = ? AND letter_id = ? AND due = ?",
                    (user_id, one.letter_id, one.due.isoformat()),
                )


def save(execute: Execute, user_id: str, changes: Changes) -> None:
    """What a turn changed of them; none is left of a letter that was deleted."""
    for one in changes.reminders:
        execute(
            "INSERT INTO reminders (user_id, letter_id, due, told) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (user_id, letter_id) DO UPDATE SET due = excluded.due,"
            " told = excluded.told",
            (user_id, one.letter_id, one.due.isoformat(), one.told),
        )
    for gone in (*changes.no_reminders, *changes.removed_drafts, *changes.removed_jobs):
        execute("DELETE FROM reminders WHERE user_id = ? AND letter_id = ?", (user_id, gone))
