"""How often was written: in the database itself, and in a small file beside it.

All that was written since the last look after the database stands in its write-ahead log alone. If
that is lost or damaged, SQLite goes on with what there was before, without a word. So each
transaction counts itself, and the number is written to the file once the transaction is on disk,
never before. A database that is behind the file has lost something. A power cut may take the
file's last numbers with it, or the file itself: that raises no alarm.
"""

from __future__ import annotations

import contextlib
import logging
import os
import time
from typing import TYPE_CHECKING

from sqlite_utils import Database

from bot.storage.opening import owned

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Generator
    from pathlib import Path

log = logging.getLogger(__name__)

DIGITS = 20
EVERY_SECONDS = 0.2

COUNTED = "SELECT number + coalesce((SELECT max(rowid) FROM updates), 0) FROM commits"
"""How often was written to a database."""


class Count:
    """The file beside the database, in which the number stands. Only who writes makes it.

    While many come at once it waits, so that none of them costs a second file to write; the last
    of them is written when it is tidied.
    """

    def __init__(self, database: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self._path = database.with_name(database.name + "-count")
        self._file = -1
        self._number = 0
        self._written, self._synced = 0, 0
        self._clock = clock
        self._next = 0.0

    def read(self) -> int:
        """The number in it, 0 where there is none."""
        try:
            text = self._path.read_bytes()[: DIGITS + 1].decode("ascii", "replace").strip()
        except FileNotFoundError:
            return 0
        except OSError as error:
            log.warning("how often was written cannot be read: %s", error.strerror)
            return 0
        return int(text) if text.isdecimal() else 0

    def keep(self, number: int) -> None:
        """So often was written. Nothing fails of that, for it is on the disk already."""
        self._number = number
        now = self._clock()
        if now >= self._next:
            self._next = now + EVERY_SECONDS
            self._write()

    def _write(self) -> None:
        try:
            if self._file < 0:
                self._file = os.open(self._path, os.O_WRONLY | os.O_CREAT, 0o600)
                owned(self._path)
            os.pwrite(self._file, f"{self._number:0{DIGITS}d}\n".encode(), 0)
            self._written = self._number
        except OSError as error:
            log.warning("how often was written cannot be kept: %s", error.strerror)

    def sync(self) -> None:
        """Have the disk hold it: now and then, for each update would wait for that."""
        if self._number != self._written:
            self._write()
        if self._written != self._synced and self._file >= 0:
            with contextlib.suppress(OSError):
                os.fsync(self._file)
            self._synced = self._written

    def drop(self) -> None:
        """Nothing is known of what was written."""
        self._path.unlink(missing_ok=True)

    def close(self) -> None:
        """Let go of the file."""
        self.sync()
        if self._file >= 0:
            os.close(self._file)
            self._file = -1


def ahead(execute: Callable[..., object]) -> None:
    """See `Counted.count_ahead`. Within a transaction."""
    execute("UPDATE commits SET number = number + coalesce((SELECT max(rowid) FROM updates), 0)")


class Counted(Database):
    """The database, in which each transaction that changes something counts itself.

    Most take an update, and the last update's row has a number. So nothing more is written for
    those; only others, and one that deletes updates, have to say that they were there.
    """

    def __init__(self, connection: sqlite3.Connection, count: Count, last: int) -> None:
        super().__init__(connection)
        self._count = count
        self._last = last

    @contextlib.contextmanager
    def atomic(self) -> Generator[Database, None, None]:
        """See `Database`; one within another is a part of it."""
        if self.conn.in_transaction:
            with super().atomic():
                yield self
            return
        before, number = self.conn.total_changes, 0
        with super().atomic():
            yield self
            if self.conn.total_changes != before:
                number = self._counted()
        if number:
            self._last = number
            self._count.keep(number)

    def _counted(self) -> int:
        """How often was written, with this transaction."""
        (number,) = self.conn.execute(COUNTED).fetchone()
        if number != self._last + 1:  # others may have written, or rows may be gone
            self.count_from(max(self._last, self._count.read()) + 1)
            (number,) = self.conn.execute(COUNTED).fetchone()
        return int(number)

    def keep_up(self) -> None:
        """What numbers rows anew, as a step of the schema or VACUUM may, is no loss."""
        (number,) = self.conn.execute(COUNTED).fetchone()
        if number < self._last:
            with self.atomic():
                self.count_from(self._last)

    def count_ahead(self) -> None:
        """Before rows are numbered anew: however few are left, the count is no lower than it was.

        A process that is killed right after VACUUM would else look as if it had lost something.
        """
        with super().atomic():
            ahead(self.conn.execute)

    def count_from(self, number: int) -> None:
        """Count up to the number, if that is not done already. Within a transaction."""
        raised = f"UPDATE commits SET number = number + max(0, ? - ({COUNTED}))"  # noqa: S608 -- no value
        self.conn.execute(raised, (number,))
