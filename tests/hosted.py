"""Databases of the tests on a PostgreSQL server: each file's path stands for a schema of its own.

`pytest --postgres` (`make test-postgres`) runs all tests so; those of SQLite's own file are marked
`file` and are left out. The server is started for them, or is that of DEMARCHE_TEST_POSTGRES.
"""

from __future__ import annotations

import os
import secrets
import sqlite3
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self
from unittest.mock import patch
from urllib.parse import quote

import psycopg

from bot.storage import engine as engines
from bot.storage.moving import NUMBERED, TABLES
from bot.storage.postgres.engine import KNOWN
from bot.storage.postgres.server import Server

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.storage.engine import Engine
    from bot.storage.sealing import Sealing

ADDRESS = "DEMARCHE_TEST_POSTGRES"
_MADE: dict[Path, str] = {}
_NAMES: dict[Path, str] = {}
_FREE: list[str] = []
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
        name = _FREE.pop() if _FREE else f"t{secrets.token_hex(8)}"
        _MADE[path] = in_schema(_SERVER[0], name)
        _NAMES[path] = name
    return _MADE[path]


@contextmanager
def given_back() -> Iterator[None]:
    """The schemas that are taken within the block are another test's after it, and empty.

    To make one takes ten times as long as to empty it.
    """
    before = set(_MADE)
    yield
    for path in set(_MADE) - before:
        del _MADE[path]
        name = _NAMES.pop(path)
        if _emptied(name):
            _FREE.append(name)


def _emptied(name: str) -> bool:
    """Whether it has this version's tables, which are as new now."""
    with psycopg.connect(_SERVER[0], autocommit=True) as connection:
        connection.execute(f'SET search_path = "{name}"')
        taken = connection.execute("SELECT to_regclass('demarche_steps') IS NOT NULL").fetchone()
        if taken != (True,):
            return False
        steps = connection.execute("SELECT name FROM demarche_steps ORDER BY name").fetchall()
        if tuple(one for (one,) in steps) != KNOWN:
            return False
        connection.execute(_EMPTYING)
    return True


_EMPTYING = "; ".join(
    (
        *(f"DELETE FROM {one}" for one in reversed(TABLES) if one != "access_values"),  # noqa: S608 -- our own table names
        *(f"DELETE FROM {one}" for one in ("leases", "allowances", "begun")),  # noqa: S608 -- as above
        "DELETE FROM access_values WHERE name != 'key'",
        "UPDATE marks SET erasing = 0",
        *(f"ALTER TABLE {one} ALTER number RESTART" for one in NUMBERED),
    )
)


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
