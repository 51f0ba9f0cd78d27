"""People, letters and sets on disk. What a turn changed and its update's id are one transaction.

One connection, used from one thread. WAL with `synchronous=FULL`: what was answered survives a
power cut.
"""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING

from sqlite_utils import Database

from bot.conversation.values import (
    Draft,
    Last,
    Session,
    SignatorySet,
    User,
    View,
    signatories_from_json,
    signatories_to_json,
)
from bot.letters.model import Language
from bot.storage.migrations import migrations

if TYPE_CHECKING:
    from pathlib import Path

    from bot.conversation.values import Changes, Json

BUSY_MILLISECONDS = 3000
KEPT_UPDATES = 5000
"""So many answered updates are remembered, to know one that is delivered twice."""


class StoreError(Exception):
    """The database cannot be used; the text says why, for a person."""


class Store:
    """The database. Every method raises `StoreError` where the disk or the file fails."""

    def __init__(self, path: Path) -> None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(path, timeout=BUSY_MILLISECONDS / 1000)
            for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
                connection.execute(f"PRAGMA {pragma}").fetchall()
            self._db = Database(connection)
            migrations.apply(self._db)
            self._execute = connection.execute
            self._prune()
        except (OSError, sqlite3.Error) as error:
            raise StoreError(_reason(error)) from error
        path.chmod(0o600)

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def check(self) -> str:
        """What SQLite finds wrong with the file, or "ok"."""
        try:
            return str(self._execute("PRAGMA quick_check").fetchone()[0])
        except sqlite3.Error as error:
            raise StoreError(_reason(error)) from error

    def load(self, user_id: str) -> Session:
        """The user's session; a new user's is empty."""
        try:
            row = self._execute(
                "SELECT u.data, u.draft_id, d.data FROM users u"
                " LEFT JOIN drafts d ON d.id = u.draft_id AND d.user_id = u.id WHERE u.id = ?",
                (user_id,),
            ).fetchone()
            if row is None:
                return Session(User(user_id))
            sets = self._execute(
                "SELECT id, name, signatories FROM sets WHERE user_id = ?", (user_id,)
            ).fetchall()
        except sqlite3.Error as error:
            raise StoreError(_reason(error)) from error
        data, draft_id, draft = row
        return Session(
            _user_from(user_id, draft_id if draft else "", json.loads(data)),
            Draft.from_json(draft_id, json.loads(draft)) if draft else None,
            tuple(
                sorted(
                    (SignatorySet(i, n, signatories_from_json(json.loads(s))) for i, n, s in sets),
                    key=lambda one: one.name.casefold(),
                )
            ),
        )

    def drafts(self, user_id: str) -> tuple[Draft, ...]:
        """The user's drafts, the latest first."""
        try:
            rows = self._execute(
                "SELECT id, data FROM drafts WHERE user_id = ? ORDER BY changed DESC", (user_id,)
            ).fetchall()
        except sqlite3.Error as error:
            raise StoreError(_reason(error)) from error
        return tuple(Draft.from_json(draft_id, json.loads(data)) for draft_id, data in rows)

    def save(
        self, session: Session, changes: Changes, update: tuple[str, int] | None, owed: Json
    ) -> None:
        """Everything one turn changed, the update that caused it, and what is owed for it."""
        try:
            with self._db.atomic():
                if changes.forget:
                    self._forget(session.user.id)
                self._save_user(session)
                if session.draft:
                    self._save_draft(session.user.id, session.draft)
                self._save_changes(session.user.id, changes)
                if update:
                    self._execute(
                        "INSERT OR IGNORE INTO updates (channel, id, user_id, owed)"
                        " VALUES (?, ?, ?, ?)",
                        (*update, session.user.id, json.dumps(owed) if owed else ""),
                    )
        except sqlite3.Error as error:
            raise StoreError(_reason(error)) from error

    def seen(self, channel: str, update_id: int) -> tuple[bool, Json]:
        """Whether the update was taken before, and what is still owed for it."""
        try:
            row = self._execute(
                "SELECT owed FROM updates WHERE channel = ? AND id = ?", (channel, update_id)
            ).fetchone()
        except sqlite3.Error as error:
            raise StoreError(_reason(error)) from error
        return (False, {}) if row is None else (True, json.loads(row[0]) if row[0] else {})

    def owed(self, channel: str) -> tuple[tuple[int, str, Json], ...]:
        """Updates whose letters or files were not sent before the last stop: id, user, what."""
        try:
            rows = self._execute(
                "SELECT id, user_id, owed FROM updates WHERE channel = ? AND owed != ''"
                " ORDER BY id",
                (channel,),
            ).fetchall()
        except sqlite3.Error as error:
            raise StoreError(_reason(error)) from error
        return tuple((number, user, json.loads(what)) for number, user, what in rows)

    def settle(self, channel: str, update_id: int) -> None:
        """What was owed for the update has been sent."""
        try:
            with self._db.atomic():
                self._execute(
                    "UPDATE updates SET owed = '' WHERE channel = ? AND id = ?",
                    (channel, update_id),
                )
        except sqlite3.Error as error:
            raise StoreError(_reason(error)) from error

    def card(self, user_id: str) -> int:
        """The message id of the user's card, 0 for none."""
        try:
            row = self._execute("SELECT card FROM users WHERE id = ?", (user_id,)).fetchone()
        except sqlite3.Error as error:
            raise StoreError(_reason(error)) from error
        return int(row[0] or 0) if row else 0

    def set_card(self, user_id: str, message_id: int) -> None:
        """Remember the user's card."""
        try:
            with self._db.atomic():
                self._execute("UPDATE users SET card = ? WHERE id = ?", (message_id, user_id))
        except sqlite3.Error as error:
            raise StoreError(_reason(error)) from error

    def _save_user(self, session: Session) -> None:
        user = session.user
        data = {
            "language": user.language,
            "language_chosen": user.language_chosen,
            "view": user.view.to_json(),
            "last": user.last.to_json(),
        }
        self._execute(
            "INSERT INTO users (id, data, draft_id) VALUES (?, ?, ?) ON CONFLICT (id)"
            " DO UPDATE SET data = excluded.data, draft_id = excluded.draft_id",
            (user.id, json.dumps(data), user.draft_id),
        )

    def _save_draft(self, user_id: str, draft: Draft) -> None:
        self._execute(
            "INSERT INTO drafts (id, user_id, data, changed) VALUES (?, ?, ?,"
            " (SELECT coalesce(max(changed), 0) + 1 FROM drafts WHERE user_id = ?))"
            " ON CONFLICT (id) DO UPDATE SET data = excluded.data, changed = excluded.changed"
            " WHERE user_id = excluded.user_id AND data != excluded.data",
            (draft.id, user_id, json.dumps(draft.to_json()), user_id),
        )

    def _save_changes(self, user_id: str, changes: Changes) -> None:
        for draft_id in changes.removed_drafts:
            self._execute("DELETE FROM drafts WHERE id = ? AND user_id = ?", (draft_id, user_id))
        for set_id in changes.removed_sets:
            self._execute("DELETE FROM sets WHERE id = ? AND user_id = ?", (set_id, user_id))
        for saved in changes.sets:
            self._execute(
                "INSERT INTO sets (id, user_id, name, signatories) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (id) DO UPDATE SET name = excluded.name,"
                " signatories = excluded.signatories WHERE user_id = excluded.user_id",
                (
                    saved.id,
                    user_id,
                    saved.name,
                    json.dumps(signatories_to_json(saved.signatories)),
                ),
            )

    def _forget(self, user_id: str) -> None:
        for table in ("drafts", "sets", "updates"):
            self._execute(f"DELETE FROM {table} WHERE user_id = ?", (user_id,))  # noqa: S608 -- our own table names
        self._execute("DELETE FROM users WHERE id = ?", (user_id,))

    def _prune(self) -> None:
        with self._db.atomic():
            self._execute(
                "DELETE FROM updates WHERE owed = '' AND rowid NOT IN"
                " (SELECT rowid FROM updates ORDER BY rowid DESC LIMIT ?)",
                (KEPT_UPDATES,),
            )


def _user_from(user_id: str, draft_id: str, data: Json) -> User:
    return User(
        user_id,
        Language(data["language"]),
        data["language_chosen"],
        View.from_json(data["view"]),
        draft_id,
        Last.from_json(data["last"]),
    )


def _reason(error: OSError | sqlite3.Error) -> str:
    """SQLite's and the system's words in one line that says what to do."""
    text = str(error)
    known = {
        "database is locked": "the database is in use by another program: stop it and try again",
        "file is not a database": "the database file is damaged: restore a backup",
        "database disk image is malformed": "the database file is damaged: restore a backup",
        "database or disk is full": "the disk is full: make room and try again",
        "attempt to write a readonly database": "the database cannot be written: check its owner",
        "unable to open database file": "the database cannot be opened: check its folder",
    }
    return known.get(text, f"the database cannot be used: {text}")
