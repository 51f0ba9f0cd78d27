"""What the bot has stored, looked at from beside it: in SQLite's file, or on PostgreSQL."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING, Any, Protocol

from bot.storage.errors import StoreError
from bot.storage.postgres.server import Server
from bot.storage.store import Store
from tests.faults.shadow import copied

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path


class Stored(Protocol):
    """A database that processes write to just now."""

    def rows(self, query: str, *values: str | int) -> list[Any]:
        """What is there; nothing while it cannot be read."""

    def store(self) -> AbstractContextManager[Store]:
        """All of it, for the length of a block."""


class InFile:
    """A file, of which a copy is looked at."""

    def __init__(self, path: Path, folder: Path) -> None:
        self._path = path
        self._folder = folder

    def rows(self, query: str, *values: str | int) -> list[Any]:
        """See `Stored`."""
        with closing(sqlite3.connect(self._path, timeout=10)) as connection:
            return connection.execute(query, values).fetchall()

    def store(self) -> AbstractContextManager[Store]:
        """See `Stored`."""
        return copied(self._path, self._folder)


class OnServer:
    """A server's database, which may be away."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._server = Server(url)

    def close(self) -> None:
        """Let go of it."""
        self._server.close()

    def rows(self, query: str, *values: str | int) -> list[Any]:
        """See `Stored`."""
        with suppress(StoreError):
            return list(self._server.execute(query, values).fetchall())
        return []

    @contextmanager
    def store(self) -> Iterator[Store]:
        """See `Stored`."""
        with closing(Store(self._url)) as store:
            yield store
