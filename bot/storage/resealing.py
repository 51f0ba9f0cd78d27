"""Work on all that is closed: encrypting a clear database, another key, clear again, a check.

Each piece of work is done in short transactions and marks where it stands in `seals`, so that one
that is killed is taken up again; nobody else may have the database open meanwhile. In the end the
file is made anew (see `bot.storage.forgetting`): no byte is left of what stood there before.
"""

from __future__ import annotations

from collections import Counter
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlite_utils import Database

from bot.storage import copies
from bot.storage.counting import Count, ahead
from bot.storage.errors import DAMAGED, StoreError, telling
from bot.storage.examining import check_whole, examine
from bot.storage.forgetting import erased
from bot.storage.migrations import migrations
from bot.storage.opening import connect, set_up
from bot.storage.sealing import CLEAR, Sealed, Sealing, key_of
from bot.storage.seals import admit, register, seals_of
from bot.storage.typed import TYPED
from bot.storage.words import BYTES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from bot.storage.shelf import Execute
    from bot.storage.typed import Typed

BATCH = 100
BUSY_MILLISECONDS = 500
NOT_MADE_ANEW = "all is done but making the file anew: make room on the disk and run it again"


@dataclass
class Report:
    """What stands in the database: rows by the key they are closed with, clear, and not opening."""

    under: Counter[str] = field(default_factory=Counter)
    clear: int = 0
    broken: Counter[str] = field(default_factory=Counter)


class Work:
    """A database that nobody else has open. Everything raises `StoreError`.

    `migrate` brings its schema up to date, `erase` writes over what is no more and says whether
    that was done; `closed` makes of a sealing what closes values into what its columns take.
    """

    def __init__(
        self,
        db: Any,  # noqa: ANN401 -- see `Engine`
        migrate: Callable[[], object],
        erase: Callable[[], bool],
        closed: Callable[[Sealing], Sealing] = lambda sealing: sealing,
    ) -> None:
        self._db = db
        self._execute: Execute = db.conn.execute
        self._migrate = migrate
        self._erase = erase
        self._closed = closed

    def admit(self, sealing: Sealing, begun: str) -> None:
        """Raise `StoreError` where that work cannot be done with these keys; nothing is written."""
        with telling():
            admit(self._execute, self._closed(sealing), begun)
            self._migrate()

    def apply(self, sealed: Sealed) -> int:
        """Close all that is clear; how many rows were changed."""
        self.admit(sealed, "apply")
        with telling():
            closed = self._closed(sealed)
            register(self._db, closed, "apply")
            changed = self._rewritten(closed, closed, may_be_clear=True)
            with self._db.atomic():
                self._execute("UPDATE seals SET begun = ''")
        return changed

    def rotate(self, sealed: Sealed) -> int:
        """Close all with the first key, and let go of the others; how many rows were changed."""
        self.admit(sealed, "")
        with telling():
            closed = self._closed(sealed)
            register(self._db, closed)
            changed = self._rewritten(closed, closed, may_be_clear=False)
            with self._db.atomic():
                self._execute("DELETE FROM seals WHERE key != ?", (sealed.keys[0].name,))
        return changed

    def remove(self, sealed: Sealed) -> int:
        """Write all as it is, without a key; how many rows were changed."""
        self.admit(sealed, "remove")
        with telling():
            with self._db.atomic():
                self._execute("UPDATE seals SET begun = 'remove'")
            changed = self._rewritten(self._closed(sealed), CLEAR, may_be_clear=True)
            with self._db.atomic():
                self._execute("DELETE FROM seals")
        return changed

    def _rewritten(self, before: Sealing, after: Sealing, *, may_be_clear: bool) -> int:
        """Rewrite every row that is not yet as it is to be, then the file."""
        self._execute("PRAGMA user_version = 1")  # see `erased`
        changed = 0
        for one in TYPED:
            for rows in _batches(self._execute, one, BATCH):
                with self._db.atomic():
                    for row in rows:
                        changed += self._rewrite(one, row, before, after, may_be_clear=may_be_clear)
        if not self._erase():
            raise StoreError(NOT_MADE_ANEW)
        return changed

    def _rewrite(
        self, one: Typed, row: Row, before: Sealing, after: Sealing, *, may_be_clear: bool
    ) -> bool:
        wanted = after.keys[0].id if after.keys else None
        values = {}
        for column, stored in row.values.items():
            key = key_of(stored)
            if not stored or key == wanted:
                continue
            if key is None and not may_be_clear:
                raise StoreError(DAMAGED)
            clear = stored if key is None else row.opened(before, one.table, column)
            values[column] = after.close(clear, one.table, column, *row.key)
        if values:
            columns = ", ".join(f"{column} = ?" for column in values)
            self._execute(
                f"UPDATE {one.table} SET {columns} WHERE rowid = ?",  # noqa: S608 -- our own names
                (*values.values(), row.rowid),
            )
        return bool(values)


@dataclass(frozen=True, slots=True)
class Row:
    """What stands in a row's columns with people's words."""

    rowid: int
    key: tuple[str | int, ...]
    values: dict[str, Any]

    def opened(self, sealing: Sealing, table: str, column: str) -> str | bytes:
        """A column's value as it was, a text or bytes."""
        read = sealing.open_bytes if (table, column) in BYTES else sealing.open
        return read(self.values[column], table, column, *self.key)


@contextmanager
def alone(path: Path) -> Iterator[Work]:
    """Work on a database that no other program has open, nor can open meanwhile."""
    if not path.is_file():
        message = f"there is no database yet at {path}"
        raise StoreError(message)
    counted = Count(path).read()
    found = examine(path)
    check_whole(found, counted, path)
    if found.pending:
        copies.before_step(path, found.pending[0])
    with telling(), closing(connect(path, BUSY_MILLISECONDS)) as connection:
        connection.execute("PRAGMA locking_mode = EXCLUSIVE").fetchone()
        set_up(connection)
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("COMMIT")
        database = Database(connection)

        def erase() -> bool:
            with database.atomic():
                ahead(connection.execute)
            return erased(connection.execute, BUSY_MILLISECONDS)

        yield Work(database, lambda: migrations.apply(database), erase)


def checked(path: Path, sealing: Sealing) -> Report:
    """Open every value there is, while others may use the database."""
    with telling(), closing(connect(path, BUSY_MILLISECONDS)) as connection:
        return checked_in(connection.execute, sealing)


def checked_in(execute: Execute, sealing: Sealing) -> Report:
    """The same in a database that is open."""
    report = Report()
    seals = seals_of(execute)
    begun = next((begun for _proof, begun in seals.values() if begun), "apply")
    admit(execute, sealing, begun)
    execute("BEGIN")
    for one in TYPED:
        for rows in _batches(execute, one, BATCH):
            for row in rows:
                _count(report, one, row, sealing)
    execute("COMMIT")
    return report


def _count(report: Report, one: Typed, row: Row, sealing: Sealing) -> None:
    names, clear = set(), False
    for column, stored in row.values.items():
        key = key_of(stored)
        if not stored:
            continue
        clear = clear or key is None
        if key is not None:
            names.add(key.hex())
            try:
                row.opened(sealing, one.table, column)
            except (StoreError, UnicodeDecodeError):
                report.broken[one.table] += 1
    report.under.update(names)
    report.clear += clear


def _batches(execute: Execute, one: Typed, size: int) -> Iterator[list[Row]]:
    """A table's rows, so many at a time; none where the table is of a later version."""
    tables = execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    names, last = ", ".join((*one.key, *one.columns)), -1
    while (one.table,) in tables:
        found = execute(
            f"SELECT rowid, {names} FROM {one.table} WHERE rowid > ? ORDER BY rowid LIMIT ?",  # noqa: S608 -- our own names
            (last, size),
        ).fetchall()
        if not found:
            return
        last = found[-1][0]
        middle = 1 + len(one.key)
        yield [
            Row(row[0], row[1:middle], dict(zip(one.columns, row[middle:], strict=True)))
            for row in found
        ]
