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
        return tuple(draft_from(*row) for row in rows)

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
        content = {**read_json(rows[0][0]), "fate": draft.fate.to_json()}
        return replace(
            Draft.from_json(draft.id, content),
            doubts=draft.doubts,
            revision=number,
            revisions=draft.revisions,
        )

    def _keep(self, user_id: str, change: DraftKept) -> None:
        save_draft(self._execute, user_id, change.draft)

    def _remove(self, user_id: str, change: DraftRemoved) -> None:
        self._execute(
            "DELETE FROM revisions WHERE draft_id IN"
            " (SELECT id FROM drafts WHERE id = ? AND user_id = ?)",
            (change.draft_id, user_id),
        )
        self._execute("DELETE FROM drafts WHERE id = ? AND user_id = ?", (change.draft_id, user_id))


def draft_from(draft_id: str, data: str, revision: int, revisions: int) -> Draft:
    """A draft from its row, and how many steps its history has."""
    draft = Draft.from_json(draft_id, read_json(data))
    return replace(draft, revision=revision, revisions=revisions)


def save_draft(execute: Execute, user_id: str, draft: Draft) -> None:
    """The draft, and a step of its history where its content changed.

    Content that stands in the history at the draft's own revision was taken from there: only
    the place in it moves.
    """
    data, content = json.dumps(draft.to_json()), json.dumps(draft.content())
    row = execute(
        "SELECT d.user_id, d.data, d.revision, r.data FROM drafts d LEFT JOIN revisions r"
        " ON r.draft_id = d.id AND r.number = d.revision WHERE d.id = ?",
        (draft.id,),
    ).fetchone()
    if row is None:
        execute(
            "INSERT INTO drafts (id, user_id, data, changed, revision) VALUES (?, ?, ?,"
            " (SELECT coalesce(max(changed), 0) + 1 FROM drafts WHERE user_id = ?), 0)",
            (draft.id, user_id, data, user_id),
        )
        row = (user_id, "", 0, None)
    owner, stored, revision, before = row
    if owner != user_id:
        return
    if data == stored:  # it was opened, and is counted from now on
        execute("UPDATE drafts SET touched = '' WHERE id = ? AND touched != ''", (draft.id,))
        return
    if draft.is_complete and revision == 0 and stored:
        revision, before = _first_step(execute, draft.id, stored)
    if draft.is_complete:
        revision = _step(execute, draft, content, (revision, before))
    execute(
        "UPDATE drafts SET data = ?, revision = ?, touched = '', changed ="
        " (SELECT coalesce(max(changed), 0) + 1 FROM drafts WHERE user_id = ?) WHERE id = ?",
        (data, revision, user_id, draft.id),
    )


def _first_step(execute: Execute, draft_id: str, stored: str) -> tuple[int, str | None]:
    """A letter that is older than the history is its first step."""
    first = Draft.from_json(draft_id, read_json(stored))
    if not first.is_complete:
        return 0, None
    content = json.dumps(first.content())
    _add_revision(execute, draft_id, 1, content)
    return 1, content


def _step(execute: Execute, draft: Draft, content: str, present: tuple[int, str | None]) -> int:
    """The place in the history that a complete draft has now; a new step where it is new.

    Only complete letters are steps: a question that is open for a while is none.
    """
    revision, before = present
    if draft.revision != revision and _is_in_history(execute, draft, content):
        return draft.revision
    if before is not None and _same(before) == _same(content):
        return revision
    execute("DELETE FROM revisions WHERE draft_id = ? AND number > ?", (draft.id, revision))
    _add_revision(execute, draft.id, revision + 1, content)
    return revision + 1


def _is_in_history(execute: Execute, draft: Draft, content: str) -> bool:
    row = execute(
        "SELECT data FROM revisions WHERE draft_id = ? AND number = ?",
        (draft.id, draft.revision),
    ).fetchone()
    return row is not None and _same(row[0]) == _same(content)


def _add_revision(execute: Execute, draft_id: str, number: int, content: str) -> None:
    execute(
        "INSERT INTO revisions (draft_id, number, data) VALUES (?, ?, ?)",
        (draft_id, number, content),
    )


def _same(content: str) -> Json:
    """A draft's content without what does not count as a change of it."""
    return {k: v for k, v in read_json(content).items() if k not in {"fate", "updated"}}
