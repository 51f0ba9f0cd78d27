"""Who is to be told that a State moved, in the store's own transactions.

Those whose letters or drafts to the State name the treaty. What is undone before a person was told
is never told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.conversation.many.mailing import JobStatus

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.conversation.talk.values import Notice
    from bot.letters.differences import Difference
    from bot.storage.shelves import Execute

_CONCERNED = """
SELECT user_id FROM drafts WHERE json_extract(data, '$.state') = :state AND (
    json_extract(data, '$.treaty') = :treaty
    OR :treaty IN (SELECT value FROM json_each(data, '$.also')))
UNION SELECT user_id FROM jobs WHERE status = :done
    AND :state IN (SELECT json_extract(value, '$[0]') FROM json_each(data, '$.targets'))
    AND (json_extract(data, '$.draft.treaty') = :treaty
    OR :treaty IN (SELECT value FROM json_each(data, '$.draft.also')))
"""


def note(execute: Execute, moved: Iterable[Difference]) -> None:
    """Remember whom each move concerns."""
    for one in moved:
        values = {"treaty": one.treaty, "state": one.state.iso3, "done": JobStatus.DONE}
        for (user_id,) in execute(_CONCERNED, values).fetchall():
            _note(execute, user_id, one)


def _note(execute: Execute, user_id: str, one: Difference) -> None:
    where = (user_id, one.treaty, one.state.iso3)
    row = execute(
        "SELECT before FROM notices WHERE told = 0 AND user_id = ? AND treaty = ? AND state = ?",
        where,
    ).fetchone()
    before = row[0] if row else one.before.stage
    execute("DELETE FROM notices WHERE user_id = ? AND treaty = ? AND state = ?", where)
    if before != one.after.stage:
        execute(
            "INSERT INTO notices (user_id, treaty, state, before, told) VALUES (?, ?, ?, ?, 0)",
            (*where, before),
        )


def mark(execute: Execute, user_id: str, notices: Iterable[Notice], *, told: bool) -> None:
    """The user has been told these; or has not after all, and is to be told again."""
    for one in notices:
        execute(
            "UPDATE notices SET told = ? WHERE user_id = ? AND treaty = ? AND state = ?"
            " AND before = ?",
            (told, user_id, one.treaty, one.state, one.before),
        )


def put_away(execute: Execute, user_id: str, read: Iterable[Notice]) -> None:
    """The user has read these."""
    for one in read:
        execute(
            "DELETE FROM notices WHERE user_id = ? AND treaty = ? AND state = ? AND before = ?",
            (user_id, one.treaty, one.state, one.before),
        )
