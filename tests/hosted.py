"""Databases of the tests on a PostgreSQL server: each file's path stands for a schema of its own.

`pytest --postgres` (`make test-postgres`) runs all tests so; those of SQLite's own file are marked
`file` and are left out. The server is started for them, or is that of DEMARCHE_TEST_POSTGRES.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self
from unittest.mock import patch
from urllib.parse import quote

import psycopg

from bot.storage import engine as engines
from bot.storage.postgres.server import Server

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.storage.engine import Engine
    from bot.storage.sealing import Sealing

ADDRESS = "DEMARCHE_TEST_POSTGRES"
_MADE: dict[Path, str] = {}
_SERVER: list[str] = []
"""Its address, whatever a test does to the environment."""


class Looked(Server):
    """A look into a database beside the program, as `sqlite3.connect` gives it."""

    def __enter__(self) -> Self:
        """Every statement is a transaction of its own."""
        return self

    def __exit__(self, *_error: object) -> None:
        """See `__enter__`."""


def connect(path: Path) -> Any:  # noqa: ANN401 -- a connection of either engine
    """A connection to the database of a test that stands for the path."""
    if _SERVER:
        return Looked(_address(path))
    return sqlite3.connect(path)


def _address(path: Path) -> str:
    path = path.resolve()
    if path not in _MADE:
        digest = hashlib.sha256(str(path).encode()).hexdigest()[:24]
        _MADE[path] = in_schema(_SERVER[0], f"t{digest}")
    return _MADE[path]


def hurry(url: str) -> None:
    """Whatever a server does that its data outlasts a power cut, it need not do for tests."""
    with psycopg.connect(url, autocommit=True) as connection:
        for name in ("fsync", "full_page_writes", "synchronous_commit"):
            connection.execute(f"ALTER SYSTEM SET {name} = off")
        connection.execute("SELECT pg_reload_conf()")


def in_schema(url: str, name: str) -> str:
    """The address with that schema as the place of its tables; it is made where it is missing."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'CREATE SCHEMA IF NOT EXISTS "{name}"')
    return f"{url}{'&' if '?' in url else '?'}options={quote(f'-csearch_path={name}')}"


@contextmanager
def all_stores() -> Iterator[None]:
    """Every store that is opened in the block stands on the server."""
    opened = engines.engine
    _SERVER.append(os.environ[ADDRESS])

    def hosted(where: Path | str, sealing: Sealing, *, is_copy: bool = False) -> Engine:
        if isinstance(where, Path):
            where = _address(where)
        return opened(where, sealing, is_copy=is_copy)

    with patch.object(engines, "engine", hosted):
        yield
