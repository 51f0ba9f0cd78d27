"""What is deleted is gone from the disk: no byte of it in the database, none in its journals.

SQLite writes zeros over what is deleted (`secure_delete`). But a row that it once moved to another
page has left a copy of itself in the room between rows, which nothing writes over: only VACUUM,
which makes the file anew from the rows there are. And the write-ahead log holds every page as it
was until it is cut to nothing.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.letters.sound import read_json
from bot.signings.acts import erased as erased_endorser
from bot.storage import forgotten
from bot.storage.errors import reading
from bot.storage.signing_rows import (
    ENDORSER,
    OF_SIGNINGS,
    SIGNING,
    endorser_data,
    endorser_from,
    signing_from,
)

if TYPE_CHECKING:
    from bot.storage.sealing import Sealing
    from bot.storage.shelf import Execute

TABLES = (
    "drafts",
    "sets",
    "updates",
    "inbox",
    "lists",
    "letterheads",
    "jobs",
    "reminders",
    "proposals",
    "notices",
    "signings",
    "members",
    "missions",
    "mission_books",
    "mission_proposals",
    "deletions",
    "warnings",
    "doomed",
    "admissions",
    "counts",
)
"""The tables that hold what is a user's own, beside the user's row and the history of drafts."""

OTHERS = ("endorsers",)
"""The tables where something of a user's stands among what is somebody else's."""

SPENT_OF_ONE = 100
"""Telegram hands in at most so many updates again: those of the last answer that it gave."""

KEPT_SPENT = 5000
_SPEND = "INSERT INTO spent (digest) VALUES (?) ON CONFLICT DO NOTHING"
_LATEST = (
    "DELETE FROM spent WHERE rowid NOT IN (SELECT rowid FROM spent ORDER BY rowid DESC LIMIT ?)"
)


def spent(channel: str, update_id: int) -> bytes:
    """What tells an update of somebody forgotten that is handed in again, and is not its number."""
    return hashlib.blake2b(f"{channel}:{update_id}".encode(), digest_size=8).digest()


@reading()
def _let_go(execute: Execute, sealing: Sealing, coalition: str, member: str = "") -> None:
    """Who worked for a coalition is no longer offered the co-signers of its last letter."""
    rows = execute(
        "SELECT id, data FROM users WHERE acting = ?1 AND (?2 = '' OR id ="
        " (SELECT user_id FROM members WHERE coalition_id = ?1 AND id = ?2))",
        (coalition, member),
    ).fetchall()
    for user_id, stored in rows:
        data = read_json(sealing.open(stored, "users", "data", user_id))
        if isinstance(data.get("last"), dict):
            data["last"]["signatories"] = []
            closed = sealing.close(json.dumps(data), "users", "data", user_id)
            execute("UPDATE users SET data = ? WHERE id = ?", (closed, user_id))


def is_new(execute: Execute, channel: str, number: int) -> bool:
    """Whether a digest was not kept yet; from now on it is. Within a transaction."""
    kept = execute(_SPEND, (spent(channel, number),))
    execute(_LATEST, (KEPT_SPENT,))
    return kept.rowcount > 0


def close(execute: Execute, sealing: Sealing, coalition: str) -> None:
    """Delete a coalition and all that belongs to it. Within a transaction.

    Nobody is reminded any more of what was sent for it.
    """
    execute(
        "DELETE FROM reminders WHERE letter_id IN (SELECT id FROM drafts WHERE user_id = ?1"
        " UNION SELECT id FROM jobs WHERE user_id = ?1)",
        (coalition,),
    )
    _let_go(execute, sealing, coalition)
    for table in ("invitations", "members"):
        execute(f"DELETE FROM {table} WHERE coalition_id = ?", (coalition,))  # noqa: S608 -- our own table names
    execute("DELETE FROM mission_proposals WHERE owner = ?", (coalition,))
    execute("DELETE FROM coalitions WHERE id = ?", (coalition,))
    forget(execute, sealing, coalition)


def parted(execute: Execute, sealing: Sealing, coalition: str, member: str) -> None:
    """Take a member out of a coalition, and what they were about there. Within a transaction.

    The links that they gave out work no more, what they had written for it is not written to its
    end, and they are not reminded of its letters.
    """
    where = (coalition, member)
    user_id = "(SELECT user_id FROM members WHERE coalition_id = ?1 AND id = ?2)"
    execute(
        f"UPDATE jobs SET status = 'cancelled', begun_by = '' WHERE user_id = ?1"  # noqa: S608 -- no value
        f" AND begun_by = {user_id}",
        where,
    )
    execute(
        f"DELETE FROM reminders WHERE user_id = {user_id} AND letter_id IN"  # noqa: S608 -- no value
        " (SELECT id FROM drafts WHERE user_id = ?1 UNION SELECT id FROM jobs WHERE user_id = ?1)",
        where,
    )
    execute(
        f"DELETE FROM warnings WHERE user_id = {user_id} AND letter_id IN"  # noqa: S608 -- no value
        " (SELECT id FROM drafts WHERE user_id = ?1 UNION SELECT id FROM jobs WHERE user_id = ?1)",
        where,
    )
    _let_go(execute, sealing, coalition, member)
    execute(f"DELETE FROM mission_proposals WHERE owner = ?1 AND user_id = {user_id}", where)  # noqa: S608 -- no value
    execute("DELETE FROM invitations WHERE coalition_id = ? AND member_id = ?", where)
    execute("DELETE FROM members WHERE coalition_id = ? AND id = ?", where)


def _leave_all(execute: Execute, sealing: Sealing, user_id: str) -> None:
    """Take the user out of every coalition; one without anybody else in it is deleted.

    Where nobody would be responsible any more, that is who has been a member for the longest time,
    rather one who could write than one who only read; they are to hear of it.
    """
    mine = execute("SELECT coalition_id, id FROM members WHERE user_id = ?", (user_id,)).fetchall()
    for coalition, member in mine:
        parted(execute, sealing, coalition, member)
        others = execute(
            "SELECT id, role FROM members WHERE coalition_id = ?"
            " ORDER BY role = 'reader', joined, rowid",
            (coalition,),
        ).fetchall()
        if not others:
            close(execute, sealing, coalition)
        elif all(role != "owner" for _id, role in others):
            execute("UPDATE members SET role = 'owner', told = 0 WHERE id = ?", (others[0][0],))


def forget(execute: Execute, sealing: Sealing, user_id: str) -> bool:
    """Delete every row of the user's; whether there was one. Within a transaction.

    The file is marked until it was made anew (see `erased`), so that a process that is killed
    in between does so at its next start.
    """
    last = execute(
        "SELECT channel, id FROM updates WHERE user_id = ? ORDER BY rowid DESC LIMIT ?",
        (user_id, SPENT_OF_ONE),
    ).fetchall()
    for channel, number in last:
        execute(_SPEND, (spent(channel, number),))
    execute(_LATEST, (KEPT_SPENT,))
    execute(
        "DELETE FROM revisions WHERE draft_id IN (SELECT id FROM drafts WHERE user_id = ?)",
        (user_id,),
    )
    execute(
        "DELETE FROM warnings WHERE letter_id IN (SELECT id FROM drafts WHERE user_id = ?1"
        " UNION SELECT id FROM jobs WHERE user_id = ?1)",
        (user_id,),
    )
    _leave_all(execute, sealing, user_id)
    forget_signings(execute, sealing, user_id)
    for table in TABLES:
        execute(f"DELETE FROM {table} WHERE user_id = ?", (user_id,))  # noqa: S608 -- our own table names
    if execute("DELETE FROM users WHERE id = ?", (user_id,)).rowcount == 0:
        return False
    forgotten.note(execute, user_id)
    execute("PRAGMA user_version = 1")
    return True


def forget_signings(execute: Execute, sealing: Sealing, user_id: str) -> None:
    """One's own signings with all that was said in them; and what one has said in others'.

    Of the latter the record keeps the organisation, the status, the time and the text's digest.
    """
    mine, now = "(SELECT id FROM signings WHERE user_id = ?)", datetime.now(UTC)
    for table in OF_SIGNINGS:
        execute(f"DELETE FROM {table} WHERE signing_id IN {mine}", (user_id,))  # noqa: S608 -- our own table names
    for row in execute(f"{ENDORSER} WHERE user_id = ?", (user_id,)).fetchall():
        signing_id, endorser = endorser_from(row, sealing)
        (signing,) = execute(f"{SIGNING} WHERE id = ?", (signing_id,)).fetchall()
        endorser = erased_endorser(signing_from(signing, {}, sealing), endorser, now)
        execute(
            "UPDATE endorsers SET status = ?, user_id = '', data = ? WHERE id = ?",
            (endorser.status, endorser_data(endorser, sealing), endorser.id),
        )
        # Whoever asks hears of it, as of every withdrawal.
        execute("UPDATE signings SET acts = acts + 1 WHERE id = ?", (signing_id,))
        execute(
            "INSERT INTO signing_acts (signing_id, number, endorser_id, status, at, version, key,"
            " digest) SELECT id, acts, ?, ?, ?, 0, '', '' FROM signings WHERE id = ?",
            (endorser.id, endorser.status, now.isoformat(), signing_id),
        )


def is_marked(execute: Execute) -> bool:
    """Whether something was deleted since the file was last made anew."""
    return bool(execute("PRAGMA user_version").fetchone() != (0,))


def erased(execute: Execute, milliseconds: int) -> bool:
    """Whether nothing is left now of what was deleted, waiting so long for other programs.

    Outside a transaction. Nothing fails here: what cannot be done now is done another time.
    """
    (before,) = execute("PRAGMA busy_timeout").fetchone()
    execute(f"PRAGMA busy_timeout = {milliseconds}").fetchone()
    try:
        if is_marked(execute):
            execute("VACUUM")
            execute("PRAGMA user_version = 0")
        busy, *_pages = execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.OperationalError:  # another program writes, or the disk is full
        return False
    finally:
        execute(f"PRAGMA busy_timeout = {before}").fetchone()
    return not busy
