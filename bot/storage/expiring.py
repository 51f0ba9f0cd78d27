"""Who is told of which letters that they are deleted soon; see `expiry`."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from bot.conversation.mine import expiring as asked
from bot.conversation.mine.expiring import Expiring, ExpiryTold, LettersKept
from bot.storage.errors import reading, telling
from bot.storage.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.conversation.talk.values import Change
    from bot.storage.shelf import Keep


class ExpiringLetters(Shelf, asked.ExpiringLetters):
    """The warnings in one database."""

    @property
    def keeps(self) -> Mapping[type[Change], Keep]:
        """See `Shelf`."""
        return {ExpiryTold: self._tell, LettersKept: self._keep}

    @reading()
    def of(self, user_id: str) -> tuple[Expiring, ...]:
        """What the user is to be told or was told, but for what was opened or changed since."""
        rows = self._rows(
            "SELECT w.letter_id, w.expires, w.told, coalesce(d.user_id, j.user_id)"
            " FROM warnings w LEFT JOIN drafts d ON d.id = w.letter_id"
            " LEFT JOIN jobs j ON j.id = w.letter_id"
            " WHERE w.user_id = ? AND coalesce(d.touched, j.touched, '') != ''"
            " ORDER BY w.expires, w.letter_id",
            user_id,
        )
        return tuple(
            Expiring(letter, date.fromisoformat(day), bool(told), owner)
            for letter, day, told, owner in rows
        )

    def untold(self, channel: str) -> tuple[str, ...]:
        """The channel's users who are to be told of a letter."""
        rows = self._rows(
            "SELECT DISTINCT user_id FROM warnings WHERE told = 0 AND user_id LIKE ?",
            f"{channel}:%",
        )
        return tuple(user_id for (user_id,) in rows)

    def untell(self, user_id: str, told: Iterable[Expiring]) -> None:
        """These did not reach the user: they are to be told again."""
        with telling(), self._db.atomic():
            for one in told:
                self._execute(
                    "UPDATE warnings SET told = 0 WHERE user_id = ? AND letter_id = ?",
                    (user_id, one.letter_id),
                )

    def _tell(self, user_id: str, change: ExpiryTold) -> None:
        """By the number of the look: the week that is left is counted in days of the program's."""
        for one in change.letters:
            self._execute(
                "UPDATE warnings SET told = (SELECT max(number) FROM looks), expires = ?"
                " WHERE user_id = ? AND letter_id = ?",
                (one.day.isoformat(), user_id, one.letter_id),
            )

    def _keep(self, _user_id: str, change: LettersKept) -> None:
        for letter in change.letters:
            for table in ("drafts", "jobs"):
                self._execute(
                    f"UPDATE {table} SET touched = '' WHERE id = ? AND user_id = ?"  # noqa: S608 -- our own
                    " AND touched != ''",
                    (letter, change.owner),
                )
