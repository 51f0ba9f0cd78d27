"""People, letters and sets on disk. What a turn changed and its update's id are one transaction.

One connection, used from one thread. What was answered survives a power cut (see `opening`), what
was deleted leaves no byte behind (see `forgetting`).
"""

from __future__ import annotations

import json
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlite_utils import Database

from bot.conversation.many.mailing import Selection
from bot.conversation.talk.draft import Draft, Last, signatories_from_json, signatories_to_json
from bot.conversation.talk.values import REMIND_DAYS, Place, Session, SignatorySet, User, View
from bot.letters.model import Language
from bot.letters.sound import read_json
from bot.storage import facts, forgetting, history, reminders, shelves
from bot.storage.begun import Begun
from bot.storage.errors import DAMAGED, reading, telling
from bot.storage.facts import Facts
from bot.storage.inbox import Inbox
from bot.storage.migrations import migrations
from bot.storage.opening import connect, set_up
from bot.storage.reminders import Reminders

if TYPE_CHECKING:
    from pathlib import Path

    from bot.conversation.many.mailing import Job, JobStatus
    from bot.conversation.talk.draft import Json
    from bot.conversation.talk.values import Changes
    from bot.letters.letterhead import Letterhead
    from bot.letters.signatory_tables import Table

BUSY_MILLISECONDS = 3000
ERASING_MILLISECONDS = 500
"""So long it is waited for another program that reads, before what was deleted is erased later."""

KEPT_UPDATES = 5000
"""So many answered updates are remembered, to know one that is delivered twice."""


class Store:
    """The database. Every method raises `StoreError` where the disk or the file fails."""

    def __init__(self, path: Path) -> None:
        with telling(), ExitStack() as opened:
            connection = opened.enter_context(closing(connect(path, BUSY_MILLISECONDS)))
            set_up(connection)
            self._db = Database(connection)
            migrations.apply(self._db)
            self._execute = connection.execute
            self.facts = Facts(self._db)
            self.inbox = Inbox(self._db)
            self.reminders = Reminders(self._db)
            self.begun = Begun(path.with_name(path.name + "-begun"))
            self._prune()
            self.tidy()
            opened.pop_all()  # all went well: it stays open until `close`

    def close(self) -> None:
        """Let go of the file."""
        self.begun.close()
        self._db.close()

    def tidy(self, milliseconds: int = 0) -> bool:
        """Write all to the database itself, and over what was deleted.

        Whether that is done: another program that reads the database just now holds it up so long.
        Cheap where there is nothing to do.
        """
        with telling():
            return forgetting.erased(self._execute, milliseconds)

    def check(self) -> str:
        """That the file is "ok", or that it is damaged."""
        found = self._one("PRAGMA quick_check", ())
        for (user_id,) in self._all("SELECT id FROM users", ()):
            self.load(user_id)
            self.drafts(user_id)
        return "ok" if found == ("ok",) else DAMAGED

    def knows(self, user_id: str) -> bool:
        """Whether anything is kept of the user."""
        return self._one("SELECT 1 FROM users WHERE id = ?", (user_id,)) is not None

    def _one(self, query: str, values: tuple[str | int | bytes, ...]) -> Any:  # noqa: ANN401 -- a row
        rows = self._all(query, values)
        return rows[0] if rows else None

    @telling()
    def _all(self, query: str, values: tuple[str | int | bytes, ...]) -> list[Any]:
        return self._execute(query, values).fetchall()

    @reading()
    def load(self, user_id: str) -> Session:
        """The user's session; a new user's is empty."""
        row = self._one(
            "SELECT u.data, u.draft_id, d.data, d.revision,"
            " (SELECT coalesce(max(number), 0) FROM revisions WHERE draft_id = d.id) FROM users u"
            " LEFT JOIN drafts d ON d.id = u.draft_id AND d.user_id = u.id WHERE u.id = ?",
            (user_id,),
        )
        if row is None:
            return Session(User(user_id))
        sets = self._all("SELECT id, name, signatories FROM sets WHERE user_id = ?", (user_id,))
        data, draft_id, draft, revision, revisions = row
        return Session(
            _user_from(user_id, draft_id if draft else "", read_json(data)),
            _draft_from(draft_id, draft, revision, revisions) if draft else None,
            tuple(
                sorted(
                    (SignatorySet(i, n, signatories_from_json(read_json(s))) for i, n, s in sets),
                    key=lambda one: one.name.casefold(),
                )
            ),
        )

    @reading()
    def drafts(self, user_id: str) -> tuple[Draft, ...]:
        """The user's drafts, the latest first."""
        rows = self._all(
            "SELECT id, data, revision,"
            " (SELECT coalesce(max(number), 0) FROM revisions WHERE draft_id = drafts.id)"
            " FROM drafts WHERE user_id = ? ORDER BY changed DESC",
            (user_id,),
        )
        return tuple(_draft_from(*row) for row in rows)

    @reading()
    def revision(self, user_id: str, draft: Draft, number: int) -> Draft | None:
        """The user's draft as it was at a step of its history.

        What became of it stays, and so do the lines that are asked about.
        """
        row = self._one(
            "SELECT r.data FROM revisions r JOIN drafts d ON d.id = r.draft_id"
            " WHERE r.draft_id = ? AND r.number = ? AND d.user_id = ?",
            (draft.id, number, user_id),
        )
        if row is None:
            return None
        content = {**read_json(row[0]), "fate": draft.fate.to_json()}
        return replace(
            Draft.from_json(draft.id, content),
            doubts=draft.doubts,
            revision=number,
            revisions=draft.revisions,
        )

    def save(
        self, session: Session, changes: Changes, update: tuple[str, int] | None, owed: Json
    ) -> None:
        """Everything one turn changed, the update that caused it, and what is owed for it.

        A turn that forgets the user is not kept itself, and neither is its update.
        """
        with telling():
            if changes.forget:
                self._forget(session.user.id)
                return
            with self._db.atomic():
                self._save_user(session)
                if session.draft:
                    history.save_draft(self._execute, session.user.id, session.draft)
                self._save_changes(session.user.id, changes)
                if update:
                    self._execute("DELETE FROM inbox WHERE channel = ? AND id = ?", update)
                    self._execute(
                        "INSERT OR IGNORE INTO updates (channel, id, user_id, owed)"
                        " VALUES (?, ?, ?, ?)",
                        (*update, session.user.id, json.dumps(owed) if owed else ""),
                    )

    @reading()
    def seen(self, channel: str, update_id: int, user_id: str) -> tuple[bool, Json]:
        """Whether the user's update was taken before, and what is still owed for it."""
        row = self._one(
            "SELECT owed FROM updates WHERE channel = ? AND id = ? AND user_id = ?"
            " UNION ALL SELECT '' FROM spent WHERE digest = ?",
            (channel, update_id, user_id, forgetting.spent(channel, update_id)),
        )
        return (False, {}) if row is None else (True, read_json(row[0]) if row[0] else {})

    @reading()
    def owed(self, channel: str) -> tuple[tuple[int, str, Json], ...]:
        """Updates whose letters or files were not sent before the last stop: id, user, what."""
        rows = self._all(
            "SELECT id, user_id, owed FROM updates WHERE channel = ? AND owed != '' ORDER BY id",
            (channel,),
        )
        return tuple((number, user, read_json(what)) for number, user, what in rows)

    def settle(self, channel: str, update_id: int, user_id: str) -> None:
        """What was owed for the user's update has been sent."""
        self._set(
            "UPDATE updates SET owed = '' WHERE channel = ? AND id = ? AND user_id = ?",
            *(channel, update_id, user_id),
        )

    def card(self, user_id: str) -> int:
        """The message id of the user's card, 0 for none."""
        row = self._one("SELECT card FROM users WHERE id = ?", (user_id,))
        return int(row[0] or 0) if row else 0

    def set_card(self, user_id: str, message_id: int) -> None:
        """Remember the user's card."""
        self._set("UPDATE users SET card = ? WHERE id = ?", message_id, user_id)

    @reading()
    def preview(self, user_id: str) -> Json:
        """The messages in which the user's last letter was shown; empty for none."""
        row = self._one("SELECT preview FROM users WHERE id = ?", (user_id,))
        found: Json = read_json(row[0]) if row and row[0] else {}
        return found

    def set_preview(self, user_id: str, preview: Json) -> None:
        """Remember in which messages the user's last letter is shown."""
        self._set("UPDATE users SET preview = ? WHERE id = ?", json.dumps(preview), user_id)

    @reading()
    def letterhead(self, user_id: str) -> Letterhead | None:
        """What stands at the head of the user's letters."""
        return shelves.letterhead_of(self._execute, user_id)

    @reading()
    def listed(self, user_id: str) -> Table | None:
        """The list of co-signers that the user sent and has not yet added."""
        return shelves.listed(self._execute, user_id)

    @reading()
    def job(self, job_id: str) -> tuple[str, Job] | None:
        """A job and its user's id."""
        return shelves.job(self._execute, job_id)

    @reading()
    def jobs(self, user_id: str) -> tuple[Job, ...]:
        """The user's jobs that were done, the latest first."""
        return shelves.written_jobs(self._execute, user_id)

    @reading()
    def running_jobs(self, channel: str) -> tuple[tuple[str, Job], ...]:
        """The jobs of a channel's users that were not finished: user's id, job."""
        return shelves.running_jobs(self._execute, channel)

    def end_job(self, job_id: str, status: JobStatus) -> None:
        """A running job came to its end."""
        self._set("UPDATE jobs SET status = ? WHERE id = ? AND status = 'running'", status, job_id)

    @telling()
    def _set(self, statement: str, *values: str | int) -> None:
        with self._db.atomic():
            self._execute(statement, values)

    def _save_user(self, session: Session) -> None:
        user = session.user
        data = {
            "language": user.language,
            "language_chosen": user.language_chosen,
            "view": user.view.to_json(),
            "last": user.last.to_json(),
            "selection": user.selection and user.selection.to_json(),
            "reminded": user.reminded.isoformat() if user.reminded else "",
            "correspondence": dict(user.correspondence),
            "trail": [place.to_json() for place in user.trail],
            "remind_days": user.remind_days,
        }
        self._execute(
            "INSERT INTO users (id, data, draft_id) VALUES (?, ?, ?) ON CONFLICT (id)"
            " DO UPDATE SET data = excluded.data, draft_id = excluded.draft_id",
            (user.id, json.dumps(data), user.draft_id),
        )

    def _save_changes(self, user_id: str, changes: Changes) -> None:
        for draft in changes.drafts:
            history.save_draft(self._execute, user_id, draft)
        for draft_id in changes.removed_drafts:
            self._execute(
                "DELETE FROM revisions WHERE draft_id IN"
                " (SELECT id FROM drafts WHERE id = ? AND user_id = ?)",
                (draft_id, user_id),
            )
            self._execute("DELETE FROM drafts WHERE id = ? AND user_id = ?", (draft_id, user_id))
        shelves.save(self._execute, user_id, changes)
        reminders.save(self._execute, user_id, changes)
        facts.save(self._execute, self.facts.stamp(), user_id, changes)
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
        with self._db.atomic():
            forgetting.forget(self._execute, user_id)
        self.begun.forget()
        self.tidy(ERASING_MILLISECONDS)

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
        Selection.from_json(data["selection"]) if data.get("selection") else None,
        date.fromisoformat(data["reminded"]) if data.get("reminded") else None,
        {iso3: Language(code) for iso3, code in data.get("correspondence", {}).items()},
        tuple(Place.from_json(one) for one in data.get("trail", ())),
        data.get("remind_days", REMIND_DAYS),
    )


def _draft_from(draft_id: str, data: str, revision: int, revisions: int) -> Draft:
    draft = Draft.from_json(draft_id, read_json(data))
    return replace(draft, revision=revision, revisions=revisions)
