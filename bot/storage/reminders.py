"""When whom to remind of letters that were sent and not answered."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from bot.conversation.mine import kept as asked
from bot.conversation.mine.kept import Reminder, ReminderDropped, ReminderSet
from bot.storage.errors import reading, telling
from bot.storage.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.conversation.talk.values import Change
    from bot.storage.shelf import Keep


class Reminders(Shelf, asked.Reminders):
    """The reminders in one database."""

    @property
    def keeps(self) -> Mapping[type[Change], Keep]:
        """See `Shelf`."""
        return {ReminderSet: self._keep, ReminderDropped: self._drop}

    @reading()
    def of(self, user_id: str) -> tuple[Reminder, ...]:
        """The user's, the earliest first."""
        rows = self._rows(
            "SELECT letter_id, due, told, coalesce("
            " (SELECT user_id FROM drafts WHERE id = letter_id),"
            " (SELECT user_id FROM jobs WHERE id = letter_id), '')"
            " FROM reminders WHERE user_id = ? ORDER BY due, rowid",
            user_id,
        )
        return tuple(
            Reminder(letter, date.fromisoformat(due), bool(told), owner)
            for letter, due, told, owner in rows
        )

    def due(self, channel: str, today: date) -> tuple[str, ...]:
        """The users of a channel who are to be reminded of something now."""
        rows = self._rows(
            "SELECT DISTINCT user_id FROM reminders WHERE told = 0 AND due <= ? AND user_id LIKE ?",
            *(today.isoformat(), f"{channel}:%"),
        )
        return tuple(user_id for (user_id,) in rows)

    def untell(self, user_id: str, told: Iterable[Reminder]) -> None:
        """These did not reach the user: they are to be told again."""
        with telling(), self._db.atomic():
            for one in told:
                self._execute(
                    "UPDATE reminders SET told = 0 WHERE user_id = ? AND letter_id = ? AND due = ?",
                    (user_id, one.letter_id, one.due.isoformat()),
                )

    def _keep(self, user_id: str, change: ReminderSet) -> None:
        one = change.reminder
        self._execute(
            "INSERT INTO reminders (user_id, letter_id, due, told) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (user_id, letter_id) DO UPDATE SET due = excluded.due,"
            " told = excluded.told",
            (user_id, one.letter_id, one.due.isoformat(), one.told),
        )

    def _drop(self, user_id: str, change: ReminderDropped) -> None:
        self._execute(
            "DELETE FROM reminders WHERE user_id = ? AND letter_id = ?",
            (user_id, change.letter_id),
        )
