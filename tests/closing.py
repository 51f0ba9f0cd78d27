"""Whoever opens a database closes it: looked at after every test, on every Python.

Python 3.13 and later warn of a connection that was never closed, earlier ones are silent; and the
warning comes whenever the garbage collector does, in some later test.
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def nothing_left_open() -> Iterator[None]:
    """Fail at the block's end if a connection to SQLite that was opened in it is still open."""
    opened: dict[sqlite3.Connection, str] = {}

    class Watched(sqlite3.Connection):
        def __init__(self, database: Any, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 -- sqlite3's own
            super().__init__(database, *arguments, **options)
            opened[self] = str(database)

        def close(self) -> None:
            super().close()
            opened.pop(self, None)

    with patch.object(sqlite3, "connect", partial(sqlite3.connect, factory=Watched)):
        yield
    left = ", ".join(opened.values())
    for connection in list(opened):
        with suppress(sqlite3.ProgrammingError):  # of a thread that is still there
            connection.close()
    assert not left, f"opened and not closed: {left}"


def open_files(folder: Path) -> list[str]:
    """The names of the files in a folder, there or deleted, that this process holds open."""
    found = []
    for number in Path("/proc/self/fd").iterdir():
        with suppress(FileNotFoundError):  # the listing's own
            found.append(number.readlink())
    return sorted(file.name for file in found if file.is_relative_to(folder))
