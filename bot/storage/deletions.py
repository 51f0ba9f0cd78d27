"""Deletions that may still be undone: until when, and whose data answers to nobody meanwhile.

A clock may step back. So a deletion is due at its moment, or when as much time was seen to pass:
of each look at the clock no more counts than lies between two looks of a running program. And it
may be put forward: what it gains on the time that passed since the last look is added to the
moment. Thus no clock that is set right, back or forth, while the program runs takes a day from
anybody, and none keeps what is to go. While it does not run, the clock alone says what passed.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.conversation.person.kept import UNDO, DeletionBegun, DeletionUndone
from bot.storage.errors import reading, telling
from bot.storage.passing import since_boot
from bot.storage.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sqlite_utils import Database

    from bot.conversation.talk.values import Change
    from bot.storage.sealing import Sealing
    from bot.storage.shelf import Keep

LOOK_SECONDS = 300.0
"""Of one look at the clock no more counts; a running program looks once a minute."""

GAINED_SECONDS = 2.0
"""A clock that is kept right by small steps gains less from one look to the next."""

PUT_AWAY = (
    "(SELECT user_id FROM deletions UNION SELECT m.coalition_id FROM deletions x"
    " JOIN members m ON m.user_id = x.user_id WHERE NOT EXISTS (SELECT 1 FROM members o"
    " WHERE o.coalition_id = m.coalition_id"
    " AND o.user_id NOT IN (SELECT user_id FROM deletions)))"
)
"""Whose data answers to nobody: people, and the coalitions that have no other members."""


class Deletions(Shelf):
    """The deletions in one database that may still be undone. `passed` counts the seconds."""

    def __init__(self, db: Database, sealing: Sealing) -> None:
        super().__init__(db, sealing)
        self.passed: Callable[[], float] = since_boot
        self._looked: tuple[datetime, float] | None = None

    @property
    def keeps(self) -> Mapping[type[Change], Keep]:
        """See `Shelf`."""
        return {DeletionBegun: self._begin, DeletionUndone: self._undo}

    def people(self) -> frozenset[str]:
        """Whose data is put away."""
        return frozenset(user for (user,) in self._rows("SELECT user_id FROM deletions"))

    @reading()
    def due(self, now: datetime) -> tuple[str, ...]:
        """Whose time is over, after a look at the clock."""
        gained = self._gained(now)
        rows = self._rows("SELECT user_id, ends, seen, passed FROM deletions ORDER BY rowid")
        found = []
        for user_id, end, seen, passed in rows:
            since = (now - gained - datetime.fromisoformat(seen)).total_seconds()
            counted = passed + min(max(since, 0.0), LOOK_SECONDS)
            ends = datetime.fromisoformat(end) + gained
            if now >= ends or counted >= UNDO.total_seconds():
                found.append(user_id)
                continue
            with telling(), self._db.atomic():
                self._execute(
                    "UPDATE deletions SET ends = ?, seen = ?, passed = ? WHERE user_id = ?",
                    (ends.isoformat(), now.isoformat(), counted, user_id),
                )
        return tuple(found)

    def _gained(self, now: datetime) -> timedelta:
        """How far the clock was put forward since the last look."""
        passed = self.passed()
        then, before = self._looked or (now, passed)
        self._looked = now, passed
        gained = (now - then).total_seconds() - (passed - before)
        return timedelta(seconds=gained if gained >= GAINED_SECONDS else 0.0)

    def _begin(self, user_id: str, change: DeletionBegun) -> None:
        self._execute(
            "INSERT INTO deletions (user_id, ends, seen, passed) VALUES (?, ?, ?, 0)"
            " ON CONFLICT (user_id) DO NOTHING",
            (user_id, (change.asked + UNDO).isoformat(), change.asked.isoformat()),
        )

    def _undo(self, user_id: str, _change: DeletionUndone) -> None:
        self._execute("DELETE FROM deletions WHERE user_id = ?", (user_id,))
