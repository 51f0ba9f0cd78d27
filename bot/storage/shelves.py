"""Letterheads and letters to many States, in the store's own transactions."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from bot.conversation.many.mailing import Job, JobStatus
from bot.letters.letterhead import Letterhead, Logo, letterhead
from bot.letters.signatory_tables import Table
from bot.letters.sound import read_json

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    from bot.conversation.talk.values import Changes

    Execute = Callable[..., sqlite3.Cursor]

KEPT_JOBS = 20
"""So many of a user's jobs that came to nothing are remembered, to say how they ended.

Letters that were written are kept until the user deletes them."""


def save(execute: Execute, user_id: str, changes: Changes) -> None:
    """What a turn changed of them."""
    if changes.letterhead or changes.no_letterhead:
        execute("DELETE FROM letterheads WHERE user_id = ?", (user_id,))
    if changes.letterhead:
        _add_letterhead(execute, user_id, changes.letterhead)
    if changes.listed or changes.no_list:
        execute("DELETE FROM lists WHERE user_id = ?", (user_id,))
    if changes.listed:
        data = json.dumps(changes.listed.to_json())
        execute("INSERT INTO lists (user_id, data) VALUES (?, ?)", (user_id, data))
    for job in changes.jobs:
        execute(
            "INSERT INTO jobs (id, user_id, data, status) VALUES (?, ?, ?, ?) ON CONFLICT (id)"
            " DO UPDATE SET data = excluded.data WHERE user_id = excluded.user_id",
            (job.id, user_id, json.dumps(job.to_json()), job.status),
        )
        came_to_nothing = (JobStatus.CANCELLED, JobStatus.FAILED)
        execute(
            "DELETE FROM jobs WHERE user_id = ? AND status IN (?, ?) AND rowid NOT IN (SELECT rowid"
            " FROM jobs WHERE user_id = ? AND status IN (?, ?) ORDER BY rowid DESC LIMIT ?)",
            (user_id, *came_to_nothing, user_id, *came_to_nothing, KEPT_JOBS),
        )
    for job_id in changes.removed_jobs:
        execute("DELETE FROM jobs WHERE id = ? AND user_id = ?", (job_id, user_id))
    for job_id in changes.cancelled_jobs:
        execute(
            "UPDATE jobs SET status = ? WHERE id = ? AND user_id = ? AND status = ?",
            (JobStatus.CANCELLED, job_id, user_id, JobStatus.RUNNING),
        )


def _add_letterhead(execute: Execute, user_id: str, head: Letterhead) -> None:
    logo = head.logo
    execute(
        "INSERT INTO letterheads (user_id, word, logo, kind, width, height, lines)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            user_id,
            head.word,
            logo.data if logo else b"",
            logo.kind if logo else "",
            logo.width if logo else 0,
            logo.height if logo else 0,
            json.dumps(head.lines),
        ),
    )


def letterhead_of(execute: Execute, user_id: str) -> Letterhead | None:
    """The user's letterhead."""
    row: Any = execute(
        "SELECT word, logo, kind, width, height, lines FROM letterheads WHERE user_id = ?",
        (user_id,),
    ).fetchone()
    if row is None:
        return None
    word, data, kind, width, height, lines = row
    logo = Logo(kind, data, width, height) if data else None
    return letterhead(word, logo, tuple(read_json(lines)))


def listed(execute: Execute, user_id: str) -> Table | None:
    """The list of co-signers that the user sent and has not yet added."""
    row: Any = execute("SELECT data FROM lists WHERE user_id = ?", (user_id,)).fetchone()
    return Table.from_json(read_json(row[0])) if row else None


def job(execute: Execute, job_id: str) -> tuple[str, Job] | None:
    """A job and its user's id."""
    row: Any = execute(
        "SELECT user_id, id, data, status FROM jobs WHERE id = ?", (job_id,)
    ).fetchone()
    return _job_from(row) if row else None


def running_jobs(execute: Execute, channel: str) -> tuple[tuple[str, Job], ...]:
    """The channel's jobs that were not finished."""
    rows: Any = execute(
        "SELECT user_id, id, data, status FROM jobs WHERE status = ? AND user_id LIKE ?"
        " ORDER BY rowid",
        (JobStatus.RUNNING, f"{channel}:%"),
    ).fetchall()
    return tuple(_job_from(row) for row in rows)


def written_jobs(execute: Execute, user_id: str) -> tuple[Job, ...]:
    """The user's jobs that were done."""
    rows: Any = execute(
        "SELECT user_id, id, data, status FROM jobs WHERE status = ? AND user_id = ?"
        " ORDER BY rowid DESC",
        (JobStatus.DONE, user_id),
    ).fetchall()
    return tuple(_job_from(row)[1] for row in rows)


def _job_from(row: tuple[str, str, str, str]) -> tuple[str, Job]:
    user_id, job_id, data, status = row
    return user_id, Job.from_json(job_id, read_json(data), status)
