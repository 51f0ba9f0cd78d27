"""Deleting what has lived its time, as thoroughly as what people delete themselves."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from bot.letters.sound import read_json
from bot.storage import forgetting
from bot.storage.signing_rows import OF_SIGNINGS
from bot.storage.words import read_words, write_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.storage.expiry_due import Due
    from bot.storage.shelf import Execute


def remove(execute: Execute, kind: str, due: Due) -> bool:
    """Delete it, where it is as it was found; whether it was. Within a transaction."""
    gone = _REMOVING[kind](execute, due)
    if gone:
        execute("DELETE FROM doomed WHERE kind = ? AND id = ?", (kind, due.id))
        execute("PRAGMA user_version = 1")  # see `forgetting.erased`
    return gone


def _letter(execute: Execute, due: Due) -> bool:
    """A letter with its history, its signing, its reminders, and what was kept to offer it again.

    Letters to many States go with those that have a draft of their own.
    """
    for table in ("drafts", "jobs"):
        row = execute(
            f"SELECT 1 FROM {table} WHERE id = ? AND touched = ?",  # noqa: S608 -- our own names
            (due.id, due.since),
        ).fetchone()
        if row is None:
            continue
        for letter in (due.id, *due.beside):
            _let_go(execute, due.user_id, letter)
            execute("DELETE FROM revisions WHERE draft_id = ?", (letter,))
            execute("DELETE FROM reminders WHERE letter_id = ?", (letter,))
            execute("DELETE FROM warnings WHERE letter_id = ?", (letter,))
            execute("DELETE FROM drafts WHERE id = ?", (letter,))
        execute("DELETE FROM jobs WHERE id = ?", (due.id,))
        _signings_of(execute, due)
        return True
    return False


def _signings_of(execute: Execute, due: Due) -> None:
    """The letter's signing, closed or long past its deadline."""
    gone = {due.id, *due.beside}
    for row in list(read_words(execute, "signings", "user_id = ?", (due.user_id,))):
        if read_json(str(row.words["data"]))["letter_id"] in gone:
            for table in OF_SIGNINGS:
                execute(f"DELETE FROM {table} WHERE signing_id = ?", row.key)  # noqa: S608 -- our own names
            execute("DELETE FROM signings WHERE id = ?", row.key)


def _let_go(execute: Execute, owner: str, letter: str) -> None:
    """Nobody is offered the co-signers of a letter that is gone, where no later one has them."""
    co_signers: Any = None
    for row in read_words(execute, "drafts", "id = ?", (letter,)):
        co_signers = read_json(str(row.words["data"])).get("signatories")
    if not co_signers:
        return
    of_owner = "(id = ?1 AND acting = '') OR acting = ?1"
    for row in list(read_words(execute, "users", of_owner, (owner,))):
        data = read_json(str(row.words["data"]))
        if data.get("last", {}).get("signatories") == co_signers:
            data["last"]["signatories"] = []
            write_words(execute, "users", row.key, {"data": json.dumps(data)})


def _link(execute: Execute, due: Due) -> bool:
    kind, _colon, digest = due.id.partition(":")
    if kind == "c":
        return _deleted(execute, "invitations WHERE digest = ? AND expires = ?", digest, due.since)
    wanted = "signing_links WHERE lower(hex(digest)) = ? AND expires = ?"
    return _deleted(execute, wanted, digest, due.since)


def _waiting(execute: Execute, due: Due) -> bool:
    table, _colon, user_id = due.id.partition(":")
    wanted = f"{table} WHERE user_id = ? AND touched != '' AND touched <= ?"
    return _deleted(execute, wanted, user_id, due.since)


def _numbered(table: str) -> Callable[[Execute, Due], bool]:
    def removed(execute: Execute, due: Due) -> bool:
        channel, _colon, number = due.id.rpartition(":")
        wanted = f"{table} WHERE channel = ? AND id = ? AND touched = ?"
        return _deleted(execute, wanted, channel, int(number), due.since)

    return removed


def _person(execute: Execute, due: Due) -> bool:
    found = execute("SELECT 1 FROM users WHERE id = ? AND touched = ?", (due.id, due.since))
    return bool(found.fetchone()) and forgetting.forget(execute, due.id)


def _deleted(execute: Execute, wanted: str, *values: str | int) -> bool:
    return execute(f"DELETE FROM {wanted}", values).rowcount > 0  # noqa: S608 -- our own names


_REMOVING: dict[str, Callable[[Execute, Due], bool]] = {
    **dict.fromkeys(("drafts", "sent", "archived", "jobs", "signings"), _letter),
    "links": _link,
    "waiting": _waiting,
    "inbox": _numbered("inbox"),
    "updates": _numbered("updates"),
    "people": _person,
}
