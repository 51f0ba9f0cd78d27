"""Who had everything deleted, so that a copy that is restored does not bring them back.

Of each a digest and the time. Ids of users are numbers that could be tried one after the other: the
digest is one that takes its time, and has the database's own salt. The list stands in the database,
and once more in a file beside it, for the day on which the database itself cannot be read.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from bot.storage.copies import on_disk
from bot.storage.opening import owned
from bot.storage.passing import PASSING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from bot.storage.passing import Passing
    from bot.storage.shelf import Execute

KEPT_DAYS = 366
"""A copy that is older than this knows nothing of those who were deleted since."""

COST = 4096
"""Ten milliseconds for each id that is looked for."""

SALT, DIGEST = 16, 16


class Gone(NamedTuple):
    """Somebody who had everything deleted: `day` says when, to the microsecond in newer rows.

    Who comes back and has everything deleted again is another one: a copy made in between knows the
    first and not the second.
    """

    digest: bytes
    salt: bytes
    day: str


def note(execute: Execute, user_id: str, passing: Passing = PASSING) -> None:
    """The user had everything deleted just now. Within a transaction."""
    found = execute("SELECT salt FROM forgotten ORDER BY rowid DESC LIMIT 1").fetchone()
    salt = found[0] if found else os.urandom(SALT)
    now = datetime.fromtimestamp(passing.clock(), UTC)
    (last,) = execute("SELECT coalesce(max(day), '') FROM forgotten").fetchone()
    add(execute, [Gone(_digest(user_id, salt), salt, now.isoformat())])
    oldest = datetime.fromtimestamp(passing.now(), UTC).date() - timedelta(days=KEPT_DAYS)
    if last >= oldest.isoformat():  # else the clock may have been put forward
        execute("DELETE FROM forgotten WHERE day < ?", (oldest.isoformat(),))


def add(execute: Execute, gone: Iterable[Gone]) -> None:
    """Enter them in the list. Within a transaction."""
    for one in gone:
        execute(
            "INSERT INTO forgotten (digest, salt, day) VALUES (?, ?, ?)"
            " ON CONFLICT (digest) DO UPDATE SET salt = excluded.salt, day = excluded.day",
            one,
        )


def noted(execute: Execute) -> tuple[Gone, ...]:
    """The list."""
    rows = execute("SELECT digest, salt, day FROM forgotten ORDER BY rowid").fetchall()
    return tuple(Gone(*row) for row in rows)


def among(gone: Iterable[Gone], user_ids: Iterable[str]) -> list[str]:
    """Those of the users who are in the list."""
    digests = {one.digest for one in gone}
    salts = {one.salt for one in gone}
    return [one for one in user_ids if any(_digest(one, salt) in digests for salt in salts)]


def _digest(user_id: str, salt: bytes) -> bytes:
    return hashlib.scrypt(user_id.encode(), salt=salt, n=COST, r=8, p=1, dklen=DIGEST)


def _path(database: Path) -> Path:
    return database.with_name(database.name + "-forgotten")


def write(database: Path, gone: Iterable[Gone]) -> None:
    """Write the list beside the database."""
    path = _path(database)
    new = path.with_name(path.name + "-new")
    lines = "".join(f"{day} {salt.hex()} {digest.hex()}\n" for digest, salt, day in gone)
    opened = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(opened, "w", encoding="ascii") as file:
        file.write(lines)
        file.flush()
        os.fsync(opened)
    owned(new)
    new.replace(path)
    on_disk(path.parent)


def written(database: Path) -> tuple[Gone, ...]:
    """The list beside the database; a line that is not as it was written says nothing."""
    with contextlib.suppress(FileNotFoundError):
        lines = _path(database).read_text(encoding="ascii", errors="replace").splitlines()
        return tuple(one for line in lines if (one := _gone(line)))
    return ()


def _gone(line: str) -> Gone | None:
    with contextlib.suppress(ValueError):
        day, salt, digest = line.split(" ")
        return Gone(bytes.fromhex(digest), bytes.fromhex(salt), day)
    return None
