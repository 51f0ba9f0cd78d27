"""What has lived its time: found when it is due, told of where it is a letter, and deleted.

A look is made at most once a day, with the world's clock. Only what was found to be due on an
earlier look, seven days of the program's own before, and is due still, is deleted: each in a
transaction of its own, and as thoroughly as what people delete (see `forgetting`).
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.keeping.lifetimes import LETTERS, WARNED
from bot.storage.errors import reading
from bot.storage.expired import remove
from bot.storage.expiry_due import due_within, found_of_all, oldest_letters
from bot.storage.shelf import Shelf
from bot.storage.steps.keeping import TOUCHED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from bot.keeping.lifetimes import Days
    from bot.storage.expiry_due import Due


UNTOLD = 365
"""So many looks a letter is kept that is due, and of which nobody could be told."""

MOST = 200
"""So much is deleted in one go; a minute later it goes on."""


class Expiry(Shelf):
    """The looks at one database."""

    @reading()
    def look(
        self, today: date, lifetimes: Days, waits: Callable[[str], bool] = lambda _owner: False
    ) -> bool:
        """Find what is due, say whom to tell, delete what was found long enough ago.

        Of an owner who `waits`, being told of nothing now, letters are kept for a year more.

        Whether all of that was done: nobody waits for more than `MOST` to be deleted. A second look
        on the same day finds the same, and goes on.
        """
        number = self._counted(today)
        all_due = self._due(today, lifetimes)
        deleted = 0
        for kind, due in all_due.items():
            with self._db.atomic():
                self._found(kind, due, number, today)
            for one in due:
                if (
                    deleted < MOST
                    and one.day <= today
                    and self._was_found(kind, one, number, waits)
                ):
                    with self._db.atomic():
                        deleted += remove(self._execute, self._sealing, kind, one)
        known = {one.id for kind in LETTERS for one in all_due.get(kind, ())}
        with self._db.atomic():
            for (letter,) in self._execute("SELECT DISTINCT letter_id FROM warnings").fetchall():
                if letter not in known:
                    self._execute("DELETE FROM warnings WHERE letter_id = ?", (letter,))
        return deleted < MOST

    @reading()
    def counts(self, today: date, lifetimes: Days) -> dict[str, tuple[int, int]]:
        """Of each kind, how many there are and how many of them are due within a week."""
        due = self._due(today, lifetimes)
        there = found_of_all(self._execute, self._sealing, lifetimes)
        return {kind: (len(there[kind]), len(due[kind])) for kind in lifetimes}

    def _due(self, today: date, lifetimes: Days) -> dict[str, list[Due]]:
        found = found_of_all(
            self._execute, self._sealing, lifetimes, oldest_letters(today, lifetimes)
        )
        return {
            kind: [] if days is None else due_within(found[kind], today, days)
            for kind, days in lifetimes.items()
        }

    def _counted(self, today: date) -> int:
        """The number of this day's look; what was touched since the last has this day from now on.

        Where the clock was put back, what stands in its future is counted from now.
        """
        now = today.isoformat()
        with self._db.atomic():
            row = self._execute("SELECT number, day FROM looks").fetchone()
            number, last = row or (0, "")
            number += now > last
            self._execute("DELETE FROM looks")
            self._execute("INSERT INTO looks (number, day) VALUES (?, ?)", (number, now))
            for table in TOUCHED:
                self._execute(
                    f"UPDATE {table} SET touched = ?1 WHERE touched = '' OR touched > ?1",  # noqa: S608 -- our own names
                    (now,),
                )
        return int(number)

    def _found(self, kind: str, due: Iterable[Due], number: int, today: date) -> None:
        """Remember since when they are due; what is not due any more, or is no more, is not."""
        ids = {one.id for one in due}
        for (known,) in self._execute("SELECT id FROM doomed WHERE kind = ?", (kind,)).fetchall():
            if known not in ids:
                self._execute("DELETE FROM doomed WHERE kind = ? AND id = ?", (kind, known))
        for one in due:
            self._execute(
                "INSERT INTO doomed (kind, id, user_id, found) VALUES (?, ?, ?, ?)"
                " ON CONFLICT DO NOTHING",
                (kind, one.id, one.user_id, number),
            )
            if kind in LETTERS:
                self._warn(one, today)

    def _warn(self, one: Due, today: date) -> None:
        """Whose it is, or who may do something about a coalition's, is to be told."""
        day = max(one.day, today + timedelta(days=WARNED))
        self._execute(
            "INSERT INTO warnings (user_id, letter_id, expires, told)"
            " SELECT coalesce(m.user_id, u.id), ?2, ?3, 0 FROM users u"
            " LEFT JOIN coalitions c ON c.id = u.id"
            " LEFT JOIN members m ON m.coalition_id = c.id AND m.role != 'reader'"
            " WHERE u.id = ?1 AND (c.id IS NULL OR m.user_id IS NOT NULL) ON CONFLICT DO NOTHING",
            (one.user_id, one.id, day.isoformat()),
        )

    def _was_found(self, kind: str, one: Due, number: int, waits: Callable[[str], bool]) -> bool:
        """Whether it was found, and told where it is a letter, so many looks ago."""
        ((found, told),) = self._execute(
            "SELECT found, coalesce((SELECT max(told) FROM warnings WHERE letter_id = d.id), 0)"
            " FROM doomed d WHERE kind = ? AND id = ?",
            (kind, one.id),
        ).fetchall()
        if kind not in LETTERS:
            return bool(found + WARNED <= number)
        looks = UNTOLD if not told and waits(one.user_id) else WARNED
        return bool(max(found, told) + looks <= number)
