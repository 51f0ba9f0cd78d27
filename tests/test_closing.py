"""What is opened is closed by what opened it, also where something fails."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

from tests.closing import nothing_left_open, open_files

if TYPE_CHECKING:
    from pathlib import Path


def test_a_database_that_is_left_open_is_noticed(tmp_path: Path) -> None:
    def forgetful() -> None:
        with nothing_left_open():
            sqlite3.connect(tmp_path / "closed").close()
            sqlite3.connect(tmp_path / "forgotten")

    with pytest.raises(AssertionError, match=r"not closed: \S+/forgotten$"):
        forgetful()


def test_files_that_are_open_are_found(tmp_path: Path) -> None:
    with (tmp_path / "open").open("w"):
        assert open_files(tmp_path) == ["open"]
    assert open_files(tmp_path) == []
