"""Drafts and every step of their history."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.talk import drafts as asked
from bot.conversation.talk.draft import Draft
from bot.conversation.talk.drafts import DraftKept, DraftRemoved
from bot.letters.sound import read_json
from bot.storage.errors import reading
from bot.storage.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.conversation.talk.draft import Json
    from bot.conversation.talk.values import Change
    from bot.storage.sealing import Sealing
    from bot.storage.shelf import Execute, Keep


class Drafts(Shelf, asked.Drafts):
    """The drafts in one database."""

    @property
    def keeps(self) -> Mapping[type[Change], Keep]:
        """See `Shelf`."""
        return {DraftKept: self._keep, DraftRemoved: self._remove}

    @reading()
    def of(self, user_id: str) -> tuple[Draft, ...]:
        """The user's drafts, the latest first."""
        rows = self._rows(
            "SELECT id, data, revision,"
            " (SELECT coalesce(max(number), 0) FROM revisions WHERE draft_id = drafts.id)"
            " FROM drafts WHERE user_id = ? ORDER BY changed DESC",
            user_id,
        )
        return tuple(draft_from(self._sealing, *row) for row in rows)

    @reading()
    def revision(self, user_id: str, draft: Draft, number: int) -> Draft | None:
        """The user's draft as it was at a step of its history.

        What became of it stays, and so do the lines that are asked about.
        """
        rows = self._rows(
            "SELECT r.data FROM revisions r JOIN drafts d ON d.id = r.draft_id"
            " WHERE r.draft_id = ? AND r.number = ? AND d.user_id = ?",
            *(draft.id, number, user_id),
        )
        if not rows:
            return None
        kept = self._sealing.open(rows[0][0], "revisions", "data", draft.id, number)
        content = {**read_json(kept), "fate": draft.fate.to_json()}
        return replace(
            Draft.from_json(draft.id, content),
            doubts=draft.doubts,
            revision=number,
            revisions=draft.revisions,
        )

    def _keep(self, user_id: str, change: DraftKept) -> None:
        save_draft(self._execute, self._sealing, user_id, change.draft)

    def _remove(self, user_id: str, change: DraftRemoved) -> None:
        self._execute(
            "DELETE FROM revisions WHERE draft_id IN"
            " (SELECT id FROM drafts WHERE id = ? AND user_id = ?)",
            (change.draft_id, user_id),
        )
        self._execute("DELETE FROM drafts WHERE id = ? AND user_id = ?", (change.draft_id, user_id))


def draft_from(sealing: Sealing, draft_id: str, data: str, revision: int, revisions: int) -> Draft:
    """A draft from its row, and how many steps its history has."""
    draft = Draft.from_json(draft_id, read_json(sealing.open(data, "drafts", "data", draft_id)))
    return replace(draft, revision=revision, revisions=revisions)


def save_draft(execute: Execute, sealing: Sealing, user_id: str, draft: Draft) -> None:
    """The draft, and a step of its history where its content changed.

    Content that stands in the history at the draft's own revision was taken from there: only
    the place in it moves.
    """
    data, content = json.dumps(draft.to_json()), json.dumps(draft.content())
    closed = sealing.close(data, "drafts", "data", draft.id)
    row = execute(
        "SELECT d.user_id, d.data, d.revision, r.data FROM drafts d LEFT JOIN revisions r"
        " ON r.draft_id = d.id AND r.number = d.revision WHERE d.id = ?",
        (draft.id,),
    ).fetchone()
    if row is None:
        execute(
            "INSERT INTO drafts (id, user_id, data, changed, revision) VALUES (?, ?, ?,"
            " (SELECT coalesce(max(changed), 0) + 1 FROM drafts WHERE user_id = ?), 0)",
            (draft.id, user_id, closed, user_id),
        )
        row = (user_id, "", 0, None)
    owner, stored, revision, before = row
    if owner != user_id:
        return
    stored = sealing.open(stored, "drafts", "data", draft.id)
    if data == stored:  # it was opened, and is counted from now on
        execute("UPDATE drafts SET touched = '' WHERE id = ? AND touched != ''", (draft.id,))
        return
    history = _History(execute, sealing, draft.id)
    before = before and history.opened(revision, before)
    if draft.is_complete and revision == 0 and stored:
        revision, before = history.begun(stored)
    if draft.is_complete:
        revision = history.step(draft.revision, content, (revision, before))
    execute(
        "UPDATE drafts SET data = ?, revision = ?, touched = '', changed ="
        " (SELECT coalesce(max(changed), 0) + 1 FROM drafts WHERE user_id = ?) WHERE id = ?",
        (closed, revision, user_id, draft.id),
    )


class _History:
    """The steps of one draft, within a transaction."""

    def __init__(self, execute: Execute, sealing: Sealing, draft_id: str) -> None:
        self._execute = execute
        self._sealing = sealing
        self._id = draft_id

    def opened(self, number: int, stored: str) -> str:
        """A step's content from its row."""
        return self._sealing.open(stored, "revisions", "data", self._id, number)

    def begun(self, stored: str) -> tuple[int, str | None]:
        """A letter that is older than the history is its first step."""
        first = Draft.from_json(self._id, read_json(stored))
        if not first.is_complete:
            return 0, None
        content = json.dumps(first.content())
        self._add(1, content)
        return 1, content

    def step(self, own: int, content: str, present: tuple[int, str | None]) -> int:
        """The place in the history that a complete draft has now; a new step where it is new.

        Only complete letters are steps: a question that is open for a while is none.
        """
        revision, before = present
        if own != revision and self._has(own, content):
            return own
        if before is not None and _same(before) == _same(content):
            return revision
        self._execute(
            "DELETE FROM revisions WHERE draft_id = ? AND number > ?", (self._id, revision)
        )
        self._add(revision + 1, content)
        return revision + 1

    def _has(self, number: int, content: str) -> bool:
        row = self._execute(
            "SELECT data FROM revisions WHERE draft_id = ? AND number = ?", (self._id, number)
        ).fetchone()
        return row is not None and _same(self.opened(number, row[0])) == _same(content)

    def _add(self, number: int, content: str) -> None:
        self._execute(
            "INSERT INTO revisions (draft_id, number, data) VALUES (?, ?, ?)",
            (
                *(self._id, number),
                self._sealing.close(content, "revisions", "data", self._id, number),
            ),
        )


def _same(content: str) -> Json:
    """A draft's content without what does not count as a change of it."""
    return {k: v for k, v in read_json(content).items() if k not in {"fate", "updated"}}
