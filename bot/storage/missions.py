"""Mission books: one of the office's that runs the bot, and one of each coalition's that has one.

A book is replaced whole. What is taken away is overwritten, as everything that is deleted.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bot.conversation.missions.kept import (
    BookForgotten,
    BookKept,
    BookProposalDropped,
    BookProposed,
)
from bot.conversation.talk import booked as asked
from bot.conversation.talk.booked import OFFICE
from bot.letters.mission_book import Book, Entry
from bot.letters.sound import read_json
from bot.storage.errors import reading, telling
from bot.storage.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from bot.conversation.talk.values import Change
    from bot.storage.shelf import Keep


class Missions(Shelf, asked.Missions):
    """The books in one database."""

    @property
    def keeps(self) -> Mapping[type[Change], Keep]:
        """See `Shelf`."""
        return {
            BookProposed: self._propose,
            BookProposalDropped: self._drop,
            BookKept: self._keep,
            BookForgotten: self._forget,
        }

    def holding(self, owner: str) -> str | None:
        """Whose book holds for that owner: its own, else the office's; None where there is none."""
        rows = self._rows(
            "SELECT user_id FROM mission_books WHERE user_id IN (?1, ?2)"
            " ORDER BY user_id = ?2 LIMIT 1",
            *(owner, OFFICE),
        )
        return rows[0][0] if rows else None

    @reading()
    def of(self, owner: str) -> Book | None:
        """That owner's own book."""
        rows = self._rows(
            "SELECT number, data FROM missions WHERE user_id = ? ORDER BY number", owner
        )
        return Book(self._entries(owner, rows)) if rows else None

    @reading()
    def entries(self, owner: str, state: str) -> tuple[Entry, ...]:
        """What that owner's own book says of a State."""
        rows = self._rows(
            "SELECT number, data FROM missions WHERE user_id = ? AND state = ? ORDER BY number",
            *(owner, state),
        )
        return self._entries(owner, rows)

    def _entries(self, owner: str, rows: Iterable[tuple[int, str]]) -> tuple[Entry, ...]:
        return tuple(
            Entry.from_json(read_json(self._sealing.open(data, "missions", "data", owner, number)))
            for number, data in rows
        )

    @reading()
    def proposal(self, user_id: str) -> tuple[str, Book] | None:
        """The book that the user has sent and not yet stored, and whose it is to be."""
        rows = self._rows("SELECT owner, data FROM mission_proposals WHERE user_id = ?", user_id)
        if not rows:
            return None
        owner, data = rows[0]
        data = self._sealing.open(data, "mission_proposals", "data", user_id)
        return owner, Book.from_json(read_json(data))

    def put(self, owner: str, book: Book, added: date) -> None:
        """Store a book, in place of the one before."""
        with telling(), self._db.atomic():
            self._keep("", BookKept(owner, book, added))

    def forget(self, owner: str) -> bool:
        """Take a book away; whether there was one."""
        with telling(), self._db.atomic():
            return self._removed(owner)

    def _propose(self, user_id: str, change: BookProposed) -> None:
        data = json.dumps(change.book.to_json())
        self._execute(
            "INSERT INTO mission_proposals (user_id, owner, data) VALUES (?, ?, ?) ON CONFLICT"
            " (user_id) DO UPDATE SET owner = excluded.owner, data = excluded.data, touched = ''",
            (
                *(user_id, change.owner),
                self._sealing.close(data, "mission_proposals", "data", user_id),
            ),
        )

    def _drop(self, user_id: str, _change: BookProposalDropped) -> None:
        self._execute("DELETE FROM mission_proposals WHERE user_id = ?", (user_id,))

    def _keep(self, _user_id: str, change: BookKept) -> None:
        close = self._sealing.close
        self._removed(change.owner)
        self._execute(
            "INSERT INTO mission_books (user_id, added) VALUES (?, ?)",
            (change.owner, change.added.isoformat()),
        )
        self._db.conn.executemany(
            "INSERT INTO missions (user_id, number, state, data) VALUES (?, ?, ?, ?)",
            (
                (
                    *(change.owner, number, one.state),
                    close(json.dumps(one.to_json()), "missions", "data", change.owner, number),
                )
                for number, one in enumerate(change.book.entries)
            ),
        )

    def _forget(self, _user_id: str, change: BookForgotten) -> None:
        self._removed(change.owner)

    def _removed(self, owner: str) -> bool:
        self._execute("DELETE FROM missions WHERE user_id = ?", (owner,))
        gone = self._execute("DELETE FROM mission_books WHERE user_id = ?", (owner,)).rowcount > 0
        if gone:
            self._execute("PRAGMA user_version = 1")  # see `forgetting.erased`
        return gone
