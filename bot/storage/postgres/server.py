"""A PostgreSQL server as the database: one connection of a pool, transactions, and being away.

One thread uses it, as it does SQLite's connection. What the server makes of a call is a
`StoreError`; whoever stands in line while it is away is told at once, until it is back.
"""

from __future__ import annotations

import logging
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg import errors
from psycopg.raw_cursor import RawCursor
from psycopg_pool import ConnectionPool, PoolTimeout

from bot.machine.figures import DATABASE_FAILURES, count
from bot.storage.errors import DAMAGED, OTHER_SHAPE, AwayError, OvertakenError, StoreError
from bot.storage.postgres.dialect import said
from bot.storage.postgres.values import adapt

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from psycopg import Connection

AWAY = "the database server cannot be reached: try again, and look whether it runs"
REFUSED = "the database server lets nobody in with this address: check DEMARCHE_DATABASE"
NOT_ITS_OWN = "the database has no tables that this user may use: check its owner"

PATIENCE_SECONDS = 3.0
"""So long a connection is waited for; those who come after one that waited in vain wait no more."""

AGAIN_SECONDS = 1.0
"""So long after a connection was waited for in vain the next is told at once."""

LOCK_SECONDS, IDLE_SECONDS, STATEMENT_SECONDS = 5, 15, 60
"""How long a turn waits for others', may stand still, and one statement may take: a process that
hangs in a turn holds up no other for longer."""

STATEMENT_TIMEOUT = f"SET statement_timeout = '{STATEMENT_SECONDS}s'"
_OPTIONS = (
    f"SET lock_timeout = '{LOCK_SECONDS}s'",
    f"SET idle_in_transaction_session_timeout = '{IDLE_SECONDS}s'",
    STATEMENT_TIMEOUT,
    "SET client_min_messages = warning",
)


for _name in ("psycopg", "psycopg.pool"):  # what they say is said by us, without anybody's words
    logging.getLogger(_name).setLevel(logging.ERROR)


class Server:
    """What the shelves ask of a database: `execute`, `executemany` and `atomic`.

    `conn` is itself, for SQLite's database has the two on its connection.
    """

    def __init__(self, url: str, clock: Callable[[], float] = time.monotonic) -> None:
        self.conn = self
        self._clock = clock
        self._pool = ConnectionPool(
            url,
            min_size=1,
            max_size=1,
            open=False,
            kwargs={"autocommit": True, "cursor_factory": _Cursor, "connect_timeout": 5},
            configure=_configure,
            reconnect_timeout=0,
            name="demarche",
        )
        self._held: Connection[Any] | None = None
        self._deep = 0
        self._next = 0.0
        self._key = 0
        with _telling():
            self._pool.open()

    def close(self) -> None:
        """Let go of the connections."""
        self._give_back()
        self._pool.close(timeout=1.0)

    @property
    def in_transaction(self) -> bool:
        """Whether what is done now is part of a transaction."""
        return self._deep > 0

    def _connection(self) -> Connection[Any]:
        held = self._held
        if held is not None and not held.closed:
            return held
        self._give_back()
        if self._clock() < self._next:
            raise AwayError(AWAY)
        try:
            self._held = self._pool.getconn(timeout=PATIENCE_SECONDS)
        except PoolTimeout:
            self._next = self._clock() + AGAIN_SECONDS
            raise AwayError(AWAY) from None
        return self._held

    def _give_back(self) -> None:
        if self._held is not None:
            self._pool.putconn(self._held)
            self._held = None

    def execute(self, statement: str, values: Sequence[Any] = ()) -> Any:  # noqa: ANN401 -- a cursor, as SQLite's
        """A statement of the shelves. Raises `StoreError`."""
        return self.ask(said(statement), values)

    def ask(self, statement: str, values: Sequence[Any] = ()) -> Any:  # noqa: ANN401 -- as above
        """A statement of PostgreSQL's own, with its own placeholders. Raises `StoreError`."""
        with _telling():
            if self._deep:
                return self._connection().execute(statement, values)
            try:
                return self._connection().execute(statement, values)
            except psycopg.OperationalError:
                if self._held is not None and not self._held.closed:
                    raise
                # The server was started anew since the last call: nothing was under way.
                return self._connection().execute(statement, values)

    def executemany(self, statement: str, rows: Iterable[Sequence[Any]]) -> None:
        """The statement for each of the rows. Raises `StoreError`."""
        with _telling(), self._connection().cursor() as cursor:
            cursor.executemany(said(statement), rows)

    @contextmanager
    def atomic(self, begin: str = "BEGIN") -> Iterator[Server]:
        """All of the block or nothing; one within another is a part of it. Raises `StoreError`."""
        if self._deep:
            yield self
            return
        try:
            self.ask(begin)
        except BaseException:
            self._roll_back()  # it may have begun, and waited for its turn in vain
            raise
        self._deep += 1
        try:
            yield self
        except BaseException:
            self._roll_back()
            raise
        else:
            with _telling():
                self._connection().execute("COMMIT")
        finally:
            self._deep -= 1

    @contextmanager
    def together(self) -> Iterator[None]:
        """What the block writes is sent in one go; what it reads, or asks about, is waited for.

        Within a transaction it is a part of it, and does not end it; by itself it is one. Raises
        `StoreError`: for a statement that failed, at the next that waits, or at the end.
        """
        with _telling(), self._connection().pipeline():
            yield

    def _roll_back(self) -> None:
        """Undo the block; where that cannot be said the connection is closed, which undoes it."""
        if self._held is None:
            return
        try:
            self._held.execute("ROLLBACK")
        except psycopg.Error:
            self._held.close()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """A block of reading and writing that no other process's comes in between of.

        Turns of all processes take one another's place. A turn takes some milliseconds, and
        Telegram takes thirty messages a second: so nothing that is read and then written has to
        think of other processes, as with SQLite, which has one.
        """
        self._key = self._key or self._own_key()
        with self.atomic(f"BEGIN; SELECT pg_advisory_xact_lock({self._key})"):
            yield

    def _own_key(self) -> int:
        """A number of this database's schema."""
        (found,) = self.ask(
            "SELECT hashtextextended('demarche ' || current_schema(), 0)"
        ).fetchone()
        return int(found)


class _Cursor(RawCursor[Any]):
    """One that knows how many rows were concerned in `together`, too."""

    @property
    def rowcount(self) -> int:
        """See `Cursor`; waits until it is known."""
        self._fetch_pipeline()
        return super().rowcount


def _configure(connection: Connection[Any]) -> None:
    adapt(connection)
    connection.execute("; ".join(_OPTIONS))


class _Telling:
    """What the server makes of a call, as a `StoreError` in words that hold nothing of a row."""

    def __enter__(self) -> None:
        """Nothing to do."""

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        """Raise `StoreError`, or `OvertakenError` where another was first."""
        if isinstance(error, errors.SerializationFailure | errors.DeadlockDetected):
            raise OvertakenError from error
        if isinstance(error, psycopg.Error):
            count(DATABASE_FAILURES)
            text = reason(error)
            raise (AwayError if text == AWAY else StoreError)(text) from error


_TELLING = _Telling()


def _telling() -> _Telling:
    return _TELLING


_REASONS: tuple[tuple[type[psycopg.Error], str], ...] = (
    (errors.DiskFull, "the database server's disk is full: make room and try again"),
    (errors.ReadOnlySqlTransaction, "the database server only lets read: is it a stand-by?"),
    (errors.LockNotAvailable, "the database is busy: try again"),
    (errors.QueryCanceled, "the database is busy: try again"),
    (errors.InvalidPassword, REFUSED),
    (errors.InvalidAuthorizationSpecification, REFUSED),
    (errors.InvalidCatalogName, REFUSED),
    (errors.InsufficientPrivilege, NOT_ITS_OWN),
    (errors.UndefinedTable, OTHER_SHAPE),
    (errors.UndefinedColumn, OTHER_SHAPE),
    (errors.DataCorrupted, DAMAGED),
    (errors.IndexCorrupted, DAMAGED),
)


def reason(error: psycopg.Error) -> str:
    """Why the database cannot be used, in one line that says what to do."""
    for kind, text in _REASONS:
        if isinstance(error, kind):
            return text
    if isinstance(error, psycopg.OperationalError):
        return AWAY
    state = error.sqlstate or type(error).__name__
    return f"the database cannot be used (SQLSTATE {state})"
