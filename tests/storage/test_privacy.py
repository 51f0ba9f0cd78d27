"""Nobody else on the computer reads the database, from its first byte on."""

from __future__ import annotations

import os
import stat
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from bot.conversation.talk.values import Session, User
from bot.storage.store import Store

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.file


def modes(folder: Path) -> dict[str, int]:
    return {one.name: stat.S_IMODE(one.stat().st_mode) for one in folder.iterdir()}


def test_the_journals_of_a_first_run_are_the_users_own(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        with closing(Store(tmp_path / "new" / "db")) as store:
            store.save(Session(User("test:1")), (), None, {})
            found = modes(tmp_path / "new")
            assert set(found) == {"db", "db-wal", "db-shm", "db-count"}
            assert set(found.values()) == {0o600}
            assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700
    finally:
        os.umask(before)


def test_journals_that_an_earlier_run_left_open_are_closed_to_others(tmp_path: Path) -> None:
    with closing(Store(tmp_path / "db")) as store:
        store.save(Session(User("test:1")), (), None, {})
        for name in ("db", "db-wal", "db-shm"):
            (tmp_path / name).chmod(0o644)
        with closing(Store(tmp_path / "db")):
            assert set(modes(tmp_path).values()) == {0o600}
