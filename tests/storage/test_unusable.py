"""A database that cannot be used is one line that says what to do, whatever is wrong with it."""

from __future__ import annotations

import errno
import os
import random
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from bot.commands import checks
from bot.conversation.signing.kept import SetKept
from bot.conversation.talk.draft import Draft
from bot.conversation.talk.values import Session, SignatorySet, User
from bot.letters.model import Signatory
from bot.settings import Settings, SettingsError
from bot.storage.errors import StoreError
from bot.storage.store import Store
from tests.test_cli import run

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.file

NOW = datetime(2026, 3, 2, tzinfo=UTC)
PAGE = 4096
FLIPPED = 200
PLACES = (100, PAGE, 5 * PAGE)
"""From where on bytes are flipped: in SQLite's own page, in the tables, in what is in them."""


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A database with letters and sets of many people."""
    path = tmp_path_factory.mktemp("good") / "db"
    with closing(Store(path)) as store:
        for number in range(60):
            named = (Signatory("É. Example" * 9, "Example Organisation"),)
            user = User(f"test:{number}", draft_id=f"draft{number:03d}")
            draft = Draft(user.draft_id, "OPSC", signatories=named)
            sets = (SignatorySet(f"set{number}", "É", named),)
            store.save(Session(user, draft), tuple(map(SetKept, sets)), ("test", number), {})
    return path.read_bytes()


def damaged(good: bytes, seed: int) -> bytes:
    chance = random.Random(seed)  # noqa: S311 -- not for secrets
    data = bytearray(good)
    for _ in range(FLIPPED):
        data[chance.randrange(PLACES[seed % len(PLACES)], len(data))] ^= chance.randrange(1, 256)
    return bytes(data)


@pytest.mark.parametrize("seed", range(60))
def test_damage_is_told_as_damage(tmp_path: Path, good: bytes, seed: int) -> None:
    path = tmp_path / "db"
    path.write_bytes(damaged(good, seed))
    try:
        with closing(Store(path)) as store:
            found = store.check()
    except StoreError as error:
        found = str(error)
    assert found.endswith(": restore a backup")
    assert "Example" not in found, "no words of anybody's"


def test_the_doctor_and_a_command_say_it_in_a_line(tmp_path: Path, good: bytes) -> None:
    path = tmp_path / "db"
    for seed in range(3):
        path.write_bytes(damaged(good, seed))
        doctor = run("doctor", home=tmp_path, DEMARCHE_DATABASE=str(path))
        assert doctor.returncode == 1
        lines = doctor.stdout.decode().splitlines()
        assert all(line[:5] in {"ok   ", "MEND "} for line in lines)
        (line,) = (one for one in lines if one.startswith("MEND"))
        assert line.startswith("MEND database: the database ")
    path.write_bytes(damaged(good, 0))
    result = run("treaties", "history", home=tmp_path, DEMARCHE_DATABASE=str(path))
    assert result.returncode == 2
    assert result.stderr.decode().endswith("restore a backup\n")
    assert result.stderr.count(b"\n") == 1


def test_a_database_of_another_users_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_arguments: object) -> int:
        """What the system says to one who may not; the tests may run as root, who may."""
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), "db")

    monkeypatch.setattr("bot.storage.opening.os.open", refused)
    with pytest.raises(StoreError, match="another user"):
        Store(tmp_path / "db")


@pytest.mark.parametrize("home", [None, "", "relative"])
def test_without_a_home_nothing_is_kept_where_one_happens_to_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, home: str | None
) -> None:
    monkeypatch.chdir(tmp_path)
    environment = {} if home is None else {"HOME": home, "XDG_DATA_HOME": home}
    with pytest.raises(SettingsError, match="set DEMARCHE_DATABASE"):
        Settings.read(environment).database.exists()
    last = checks.run(environment, NOW.date(), NOW)[-1]
    assert (last.what, last.ok) == ("database", False)
    assert list(tmp_path.iterdir()) == []


def test_a_relative_folder_for_data_is_passed_over(tmp_path: Path) -> None:
    read = Settings.read({"HOME": str(tmp_path), "XDG_DATA_HOME": "relative"})
    assert read.database == tmp_path / ".local/share/demarche/demarche.sqlite3"
