"""What was lost of the database is noticed, and so is a database of a later version."""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING

import pytest

from bot.conversation.person.kept import Forgotten
from bot.conversation.talk.draft import Draft
from bot.conversation.talk.values import Session, User
from bot.storage import counting
from bot.storage.counting import Count
from bot.storage.errors import StoreError
from bot.storage.examining import LostError, examine
from bot.storage.migrations import STEPS
from bot.storage.resealing import alone
from bot.storage.restoring import accept_loss
from bot.storage.store import Store
from tests.test_cli import run

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.file

FILES = ("", "-wal", "-count")
LETTERS = 10


def write(store: Store, numbers: range, user: str = "test:1") -> None:
    for number in numbers:
        draft = Draft(f"{user}-{number:03d}", "OPSC", updated=date(2026, 3, 2))
        store.save(Session(User(user, draft_id=draft.id), draft), (), ("test", number), {})


@pytest.fixture(autouse=True)
def _each_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """As it is where people tap: not many in a moment."""
    monkeypatch.setattr(counting, "EVERY_SECONDS", 0)


@pytest.fixture
def killed(tmp_path: Path) -> Path:
    """What a process that was killed leaves: some of it in the file, the last of it in its log."""
    path = tmp_path / "run" / "db"
    left = tmp_path / "left"
    left.mkdir()
    with closing(Store(path)) as store:
        write(store, range(5))
        store.tidy()
        write(store, range(5, LETTERS))
        for end in FILES:
            shutil.copy(path.with_name(f"db{end}"), left / f"db{end}")
    return left / "db"


def letters(path: Path) -> int:
    with closing(Store(path)) as store:
        return len(store.shelves.drafts.of("test:1"))


def removed(path: Path) -> None:
    path.with_name("db-wal").unlink()


def emptied(path: Path) -> None:
    path.with_name("db-wal").write_bytes(b"")


def cut(path: Path) -> None:
    log = path.with_name("db-wal")
    log.write_bytes(log.read_bytes()[: log.stat().st_size * 2 // 3])


def flipped(path: Path) -> None:
    log = path.with_name("db-wal")
    data = bytearray(log.read_bytes())
    data[len(data) // 2] ^= 1
    log.write_bytes(data)


def garbage(path: Path) -> None:
    log = path.with_name("db-wal")
    log.write_bytes(random.Random(1).randbytes(log.stat().st_size))  # noqa: S311 -- not for secrets


def without_the_file(path: Path) -> None:
    path.unlink()
    removed(path)


@pytest.mark.parametrize("harm", [removed, emptied, cut, flipped, garbage, without_the_file])
def test_a_log_that_was_lost_is_noticed_and_nothing_is_done_before_it_is_accepted(
    killed: Path, harm: Callable[[Path], None]
) -> None:
    harm(killed)
    before = {one.name: one.read_bytes() for one in killed.parent.iterdir()}
    for _ in range(2):
        with pytest.raises(LostError, match="demarche restore FILE") as refused:
            Store(killed)
    assert "\n" not in str(refused.value)
    after = {one.name: one.read_bytes() for one in killed.parent.iterdir()}
    assert before == {name: data for name, data in after.items() if data and name != "db-shm"} | {
        name: data for name, data in before.items() if not data
    }
    accept_loss(killed)
    assert letters(killed) < LETTERS
    assert letters(killed) < LETTERS, "it is said once"


def test_a_kill_alone_raises_no_alarm(killed: Path) -> None:
    assert letters(killed) == LETTERS


def test_neither_does_a_power_cut_that_takes_the_last_numbers_or_the_file(killed: Path) -> None:
    beside = killed.with_name("db-count")
    whole = beside.read_bytes()
    for kept in (b"", whole[:7], bytes(len(whole)), f"{3:020d}\n".encode()):
        beside.write_bytes(kept)
        assert letters(killed) == LETTERS
    beside.unlink()
    assert letters(killed) == LETTERS


def test_neither_does_an_own_program_that_read_and_closed_the_log(killed: Path) -> None:
    with closing(sqlite3.connect(killed)) as other:
        other.execute("SELECT count(*) FROM drafts").fetchall()
    assert not killed.with_name("db-wal").exists()
    assert letters(killed) == LETTERS


def test_an_older_copy_put_in_its_place_by_hand_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "db"
    with closing(Store(path)) as store:
        write(store, range(3))
    copy = path.read_bytes()
    with closing(Store(path)) as store:
        write(store, range(3, 6))
    path.write_bytes(copy)
    with pytest.raises(LostError, match="an older copy was put in its place"):
        Store(path)


def test_who_is_forgotten_lowers_no_count(tmp_path: Path) -> None:
    path = tmp_path / "db"
    with closing(Store(path)) as store:
        for number in range(6):
            write(store, range(number * 10, number * 10 + 4), f"test:{number % 2}")
            before = Count(path).read()
            store.save(Session(User(f"test:{number % 2}")), (Forgotten(),), None, {})
            assert Count(path).read() == before + 1
            assert examine(path).commits == Count(path).read()


def test_rows_that_are_numbered_anew_are_no_loss(tmp_path: Path) -> None:
    path = tmp_path / "db"
    with closing(Store(path)) as store:
        write(store, range(6))
        store._execute("UPDATE updates SET rowid = rowid - 100")  # noqa: SLF001 -- as VACUUM may
        store.tidy()
        assert examine(path).commits == Count(path).read()
    assert letters(path) == 6


def test_many_at_once_are_counted_when_it_is_tidied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "EVERY_SECONDS", 1e9)
    path = tmp_path / "db"
    with closing(Store(path)) as store:
        write(store, range(6))
        assert Count(path).read() < examine(path).commits
        store.tidy()
        assert Count(path).read() == examine(path).commits


def test_every_command_says_in_a_line_that_something_is_missing(killed: Path) -> None:
    removed(killed)

    def asked(*words: str) -> subprocess.CompletedProcess[bytes]:
        return run(*words, home=killed.parent, **settings(killed))

    for words in COMMANDS:
        done = asked(*words)
        assert done.returncode == 2, words
        assert done.stdout == b""
        assert done.stderr.count(b"\n") == 1
        assert b"demarche doctor --accept-loss" in done.stderr
    doctor = asked("doctor")
    assert doctor.returncode == 1
    assert b"MEND database: the database lacks its last changes (" in doctor.stdout
    assert asked("doctor", "--accept-loss").returncode == 0
    assert asked("treaties", "history").returncode == 0


def settings(path: Path) -> dict[str, str]:
    return {"DEMARCHE_DATABASE": str(path), "DEMARCHE_TOKEN": "1:x"}


COMMANDS = (
    ("run",),
    ("try", "--no-browser"),
    ("treaties", "history"),
    ("treaties", "rollback", "OPSC", "--yes"),
    ("missions", "show"),
    ("missions", "forget", "--yes"),
    ("backup", "copy"),
)


def later(path: Path) -> None:
    with closing(Store(path)) as store:
        write(store, range(3))
    with closing(sqlite3.connect(path)) as other, other:
        other.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
            " VALUES ('demarche', 'm899_later', '')"
        )


def test_a_later_versions_database_is_refused_and_not_written_to(tmp_path: Path) -> None:
    path = tmp_path / "db"
    later(path)
    before = path.read_bytes()
    for words in COMMANDS[:3]:
        done = run(*words, home=tmp_path, **settings(path))
        assert done.returncode == 2, words
        assert done.stderr.count(b"\n") == 1
        assert b"later version of the program (m899_later; this one knows up to " in done.stderr
        assert STEPS[-1].encode() in done.stderr
    doctor = run("doctor", home=tmp_path, DEMARCHE_DATABASE=str(path))
    assert doctor.returncode == 1
    assert b"m899_later" in doctor.stdout
    assert path.read_bytes() == before


def test_another_programs_database_is_refused_and_not_written_to(tmp_path: Path) -> None:
    path = tmp_path / "db"
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("CREATE TABLE letter (id INTEGER PRIMARY KEY)")
    before = path.read_bytes()
    with pytest.raises(StoreError, match="another program's database"):
        Store(path)
    assert path.read_bytes() == before


def test_no_key_is_put_to_work_on_what_has_lost_something(killed: Path) -> None:
    removed(killed)
    data = killed.read_bytes()
    with pytest.raises(LostError), alone(killed):
        pass
    assert killed.read_bytes() == data
