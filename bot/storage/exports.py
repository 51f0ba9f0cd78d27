"""Everything that is kept of a person, table by table: what `forgetting` deletes, and no more.

A table that is not known here is given with all its columns, under its own name: so nothing that is
kept of a person is forgotten when something new is.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from bot.storage.errors import reading
from bot.storage.forgetting import TABLES
from bot.storage.shelf import Shelf
from bot.storage.signing_rows import OF_SIGNINGS
from bot.storage.words import PLACES, opened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.conversation.talk.draft import Json

AT_ONCE = 100
"""So many rows are read before others have their turn."""

_MINE = "user_id = ?"
_OF_MY_SIGNINGS = "signing_id IN (SELECT id FROM signings WHERE user_id = ?)"

PARTS = {
    "person": ("users", "id = ?"),
    "letters": ("drafts", _MINE),
    "history": ("revisions", "draft_id IN (SELECT id FROM drafts WHERE user_id = ?)"),
    "sets": ("sets", _MINE),
    "letterhead": ("letterheads", _MINE),
    "letters_to_many": ("jobs", _MINE),
    "list_to_add": ("lists", _MINE),
    "reminders": ("reminders", _MINE),
    "news": ("notices", _MINE),
    "status_sent": ("proposals", _MINE),
    "signings": ("signings", _MINE),
    "signing_texts": ("signing_texts", _OF_MY_SIGNINGS),
    "co_signers": ("endorsers", _OF_MY_SIGNINGS),
    "signing_links": ("signing_links", _OF_MY_SIGNINGS),
    "signing_record": ("signing_acts", _OF_MY_SIGNINGS),
    "signed_for_others": ("endorsers", _MINE),
    "memberships": ("members", _MINE),
    "coalitions": (
        "coalitions",
        "id IN (SELECT coalition_id FROM members WHERE user_id = ?)",
    ),
    "invitations": ("invitations", "member_id IN (SELECT id FROM members WHERE user_id = ?)"),
    "mission_book": ("mission_books", _MINE),
    "mission_entries": ("missions", _MINE),
    "mission_book_sent": ("mission_proposals", _MINE),
    "messages_taken": ("updates", _MINE),
    "messages_waiting": ("inbox", _MINE),
    "deletion": ("deletions", _MINE),
    "letters_expiring": ("warnings", _MINE),
    "due_for_deletion": ("doomed", _MINE),
    "admitted": ("admissions", _MINE),
    "done_of_late": ("counts", _MINE),
}
"""What each part of an export is read from."""

_JSON = frozenset({"data", "preview", "owed", "signatories", "lines"})
_SECRETS = frozenset({("signing_links", "digest"), ("invitations", "digest")})
"""What proves a link is for those who hold it."""

_SHORT = 64


class Exports(Shelf):
    """What is kept of people in one database."""

    def alone_in(self, user_id: str) -> tuple[str, ...]:
        """The coalitions that have no other member: they are deleted with the person."""
        rows = self._rows(
            "SELECT coalition_id FROM members m WHERE user_id = ? AND NOT EXISTS (SELECT 1 FROM"
            " members o WHERE o.coalition_id = m.coalition_id AND o.user_id != m.user_id)"
            " ORDER BY joined, coalition_id",
            user_id,
        )
        return tuple(coalition for (coalition,) in rows)

    def parts(self, owner: str) -> Iterator[tuple[str, list[Json]]]:
        """Every part that holds something, some rows at a time: of a person, or a coalition."""
        known = {table for table, _where in PARTS.values()} | set(OF_SIGNINGS)
        others = {table: (table, _MINE) for table in TABLES if table not in known}
        for part, (table, where) in {**PARTS, **others}.items():
            for rows in self._read(table, where, owner):
                if part == "co_signers":  # by which account they came is theirs
                    for row in rows:
                        del row["user_id"]
                yield part, rows

    def _read(self, table: str, where: str, owner: str) -> Iterator[list[Json]]:
        last = 0
        while True:
            found = self._page(table, where, owner, last)
            if found:
                yield [row for _number, row in found]
            if len(found) < AT_ONCE:
                return
            last = found[-1][0]

    @reading()
    def _page(self, table: str, where: str, owner: str, last: int) -> list[tuple[int, Json]]:
        cursor = self._execute(
            f"SELECT rowid, * FROM {table} WHERE {where} AND rowid > ? ORDER BY rowid LIMIT ?",  # noqa: S608 -- our own table names
            (owner, last, AT_ONCE),
        )
        names = [name for name, *_rest in cursor.description]
        return [
            (row[0], self._row(table, dict(zip(names[1:], row[1:], strict=True))))
            for row in cursor.fetchall()
        ]

    def _row(self, table: str, row: Json) -> Json:
        """A row as plain JSON values, of which those with people's words are opened."""
        row.pop("rowid", None)  # with PostgreSQL it is a column
        if table in PLACES:
            key = [row[name] for name in PLACES[table].key]
            for name in PLACES[table].columns:
                row[name] = opened(self._sealing, table, name, row[name], key)
        return _plain_row(table, row)


def _plain_row(table: str, row: Json) -> Json:
    found = {
        name: _plain(name, value) for name, value in row.items() if (table, name) not in _SECRETS
    }
    if table == "signings":
        found["data"].pop("key", None)  # with it the program knows pages that it has shown
    return found


def _plain(name: str, value: Any) -> Any:  # noqa: ANN401 -- whatever a column holds
    if isinstance(value, bytes):
        if len(value) <= _SHORT:
            return value.hex()
        return {"bytes": len(value), "sha256": hashlib.sha256(value).hexdigest()}
    if name in _JSON and isinstance(value, str) and value:
        return json.loads(value)
    return value
