"""A database that another program has locked is waited for once, not once for each person."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from bot.storage.opening import HURRIED_MILLISECONDS, Patient, connect

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.file

PATIENCE = 40


def waits(connection: Patient) -> int:
    return int(connection.execute("PRAGMA busy_timeout").fetchone()[0])


def write(connection: Patient) -> None:
    connection.execute("BEGIN")
    try:
        connection.execute("INSERT INTO t VALUES (1)")
    except sqlite3.OperationalError:
        connection.rollback()
        raise
    connection.execute("COMMIT")


def test_it_is_waited_for_once(tmp_path: Path) -> None:
    with (
        closing(connect(tmp_path / "db", PATIENCE)) as ours,
        closing(sqlite3.connect(tmp_path / "db", isolation_level=None)) as theirs,
    ):
        ours.execute("PRAGMA journal_mode = WAL").fetchall()
        ours.execute("CREATE TABLE t (n)")
        write(ours)
        theirs.execute("BEGIN IMMEDIATE")
        assert waits(ours) == PATIENCE
        for _person in range(3):
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                write(ours)
            assert waits(ours) == HURRIED_MILLISECONDS, "whoever comes next is told at once"
            assert ours.execute("SELECT count(*) FROM t").fetchone() == (1,), "reading goes on"
            assert waits(ours) == HURRIED_MILLISECONDS, "and says nothing of writing"
        theirs.execute("COMMIT")
        write(ours)
        assert waits(ours) == PATIENCE
