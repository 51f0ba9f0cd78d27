"""Work on all of a database is killed in the midst of it and taken up again; keys are let go of."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from bot.storage.errors import StoreError
from bot.storage.keys import make_keys, new_key, read_keys, replace_keys
from bot.storage.resealing import alone, checked
from bot.storage.sealing import CLEAR, Sealed
from bot.storage.store import Store
from tests.conversation.talk import Talk
from tests.everything import left, much, sent
from tests.test_cli import run
from tests.test_forgotten import do

if TYPE_CHECKING:
    from pathlib import Path

DYING = """
import os, signal
from bot.storage import resealing
from bot.commands.cli import main
left, rewrite = [{rows}], resealing.Work._rewrite
def dying(*arguments, **options):
    left[0] -= 1
    if not left[0]:
        os.kill(os.getpid(), signal.SIGKILL)
    return rewrite(*arguments, **options)
resealing.Work._rewrite, resealing.BATCH = dying, 3
main()
"""

pytestmark = [pytest.mark.clear, pytest.mark.file]


class Office:
    """A database with much in it, and a key file."""

    def __init__(self, folder: Path) -> None:
        self.path, self.file, self.folder = folder / "db", folder / "key", folder
        talk = do(Talk(self.path), much())
        self.user, self.letters = talk.user, talk.desk.shelves.drafts.of(talk.user)
        talk.desk.store.close()
        make_keys(self.file, (new_key(),))

    @property
    def settings(self) -> dict[str, str]:
        """Its own environment."""
        return {"DEMARCHE_DATABASE": str(self.path), "DEMARCHE_KEY_FILE": str(self.file)}

    @property
    def sealed(self) -> Sealed:
        """What its key file closes and opens."""
        return Sealed(read_keys(self.file))

    def does(self, *command: str) -> str:
        """Run a command that succeeds; what it says."""
        result = run("keys", *command, home=self.folder, **self.settings)
        assert result.returncode == 0, result.stderr
        return result.stdout.decode()

    def dies(self, command: str, rows: int) -> None:
        """Run a command that is killed at that row."""
        process = subprocess.run(  # noqa: S603 -- our own words
            [sys.executable, "-c", DYING.format(rows=rows), "keys", command],
            env={**os.environ, **self.settings, "HOME": str(self.folder)},
            capture_output=True,
            check=False,
        )
        assert process.returncode == -signal.SIGKILL, process.stderr

    def reads(self) -> bool:
        """Whether a start with the key file finds the letters."""
        with closing(Store(self.path, self.sealed)) as store:
            return store.shelves.drafts.of(self.user) == self.letters


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def test_killed_while_it_encrypts_it_is_taken_up(office: Office) -> None:
    office.dies("apply", 8)
    report = checked(office.path, office.sealed)
    assert report.clear
    assert sum(report.under.values())
    with pytest.raises(StoreError, match="run “demarche keys apply” again"):
        Store(office.path, office.sealed)
    with pytest.raises(StoreError, match="set DEMARCHE_KEY_FILE"):
        Store(office.path, CLEAR)
    assert "Encrypted" in office.does("apply")
    assert left(office.path, office.folder / "tmp", set()) & sent(much()) == set()
    assert office.reads()
    assert "All of it was encrypted already" in office.does("apply")


def test_killed_while_it_rotates_all_opens_and_it_is_taken_up(office: Office) -> None:
    office.does("apply")
    (old,) = read_keys(office.file)
    office.dies("rotate", 8)
    keys = read_keys(office.file)
    assert keys[1:] == (old,)
    assert set(checked(office.path, office.sealed).under) == {key.name for key in keys}
    assert office.reads(), "between the two, the program works"
    office.does("rotate")
    assert read_keys(office.file) == keys[:1]
    assert office.reads()
    assert old.id not in office.path.read_bytes()
    assert office.file.stat().st_mode & 0o777 == 0o600
    said = office.does("check")
    assert f"key {keys[0].name}: " in said
    assert old.name not in said


def test_killed_before_the_old_key_is_let_go_of_that_is_all_that_is_left_to_do(
    office: Office,
) -> None:
    office.does("apply")
    keys = (new_key(), *read_keys(office.file))
    replace_keys(office.file, keys)
    with alone(office.path) as work:
        work.rotate(Sealed(keys))
    assert "0 rows" in office.does("rotate")
    assert read_keys(office.file) == keys[:1]
    assert office.reads()


def test_another_key_file_takes_the_place_of_the_one_before(office: Office) -> None:
    office.does("apply")
    other = office.folder / "other"
    office.does("new", str(other))
    before = office.file.read_bytes()
    assert f"Set DEMARCHE_KEY_FILE to {other}" in office.does("rotate", str(other))
    assert office.file.read_bytes() == before
    with pytest.raises(StoreError, match="another key"):
        office.reads()
    office.file = other
    assert office.reads()
    assert "Take DEMARCHE_KEY_FILE out" in office.does("remove", "--yes")
    with closing(Store(office.path)) as store:
        assert store.shelves.drafts.of(office.user) == office.letters


def test_with_another_key_nothing_is_rotated_and_the_key_file_stays(office: Office) -> None:
    office.does("apply")
    office.file = office.folder / "other"
    make_keys(office.file, (new_key(),))
    before = office.file.read_bytes()
    for command in (["rotate"], ["apply"], ["remove", "--yes"], ["check"]):
        result = run("keys", *command, home=office.folder, **office.settings)
        assert result.returncode == 2
        assert b"another key" in result.stderr
    assert office.file.read_bytes() == before
