"""What SQLite would leave of somebody's rows, and what a kill or another program would."""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from bot.conversation.person.kept import Forgotten
from bot.conversation.signing.kept import SetKept, SetRemoved
from bot.conversation.talk.draft import Draft
from bot.conversation.talk.values import Session, SignatorySet, User
from bot.letters.model import Signatory
from bot.storage import forgetting
from bot.storage.store import Store
from tests.everything import known, left, rows
from tests.storage.test_store import seen

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.file

PEOPLE = 12
WORKING = 600
SIZES = (1, 5, 20, 90, 150, 500)


def named(person: int, size: int) -> tuple[Signatory, ...]:
    """A co-signer with the person's own mark, so many times over."""
    return (Signatory(f"Zqown{chr(97 + person)}" * size, ""),)


def worked_on(store: Store, seed: int) -> None:
    """Twelve people whose letters grow and shrink: rows move from page to page."""
    chance = random.Random(seed)  # noqa: S311 -- not for secrets
    letters: list[list[str]] = [[] for _ in range(PEOPLE)]
    for number in range(1, WORKING):
        person = chance.randrange(PEOPLE)
        mine, size = letters[person], chance.randrange(1, chance.choice(SIZES) + 1)
        if not mine or chance.random() < 0.3:
            mine.append(f"letter{number:04d}")
        draft = Draft(chance.choice(mine), "OPSC", signatories=named(person, size))
        user = User(f"test:{person:09d}", draft_id=draft.id)
        sets = (SignatorySet(f"set{person}", "-", draft.signatories),)
        store.save(Session(user, draft), tuple(map(SetKept, sets)), ("test", 10**9 + number), {})


def forget(store: Store, person: int) -> None:
    store.save(Session(User(f"test:{person:09d}")), (Forgotten(),), None, {})


def marks(person: int) -> set[bytes]:
    return {f"Zqown{chr(97 + person)}Zqown".encode(), f"test:{person:09d}".encode()}


# With SQLite 3.40 these leave copies of rows that moved, unless the file is made anew.
@pytest.mark.parametrize("seed", [19, 23, 34])
@pytest.mark.clear
def test_of_one_among_many_nothing_is_left_and_of_the_others_all(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "db"
    with closing(Store(path)) as store:
        worked_on(store, seed)
        others = {number: rows(path, f"test:{number:09d}") for number in range(1, PEOPLE)}
        things = known(path, "test:000000000") | marks(0)
        assert marks(0) <= left(path, tmp_path / "none", things)
        forget(store, 0)
        assert left(path, tmp_path / "none", things) & things == set()
        assert others == {number: rows(path, f"test:{number:09d}") for number in others}
        assert store.check() == "ok"


def killed(path: Path, folder: Path) -> Path:
    """The files as they are now: what a process that is killed at this moment leaves."""
    folder.mkdir()
    for end in ("", "-wal", "-shm"):
        shutil.copy(path.with_name(path.name + end), folder / f"db{end}")
    return folder / "db"


@pytest.mark.clear
def test_killed_before_it_was_overwritten_it_is_at_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "db"
    with monkeypatch.context() as patched, closing(Store(path)) as store:
        worked_on(store, 1)
        things = known(path, "test:000000000") | marks(0)
        patched.setattr(forgetting, "erased", lambda *_arguments: False)
        forget(store, 0)
        image = killed(path, tmp_path / "killed")
    assert marks(0) <= left(image, tmp_path / "none", things)
    with closing(Store(image)):
        assert left(image, tmp_path / "none", things) & things == set()


def test_while_another_program_reads_it_is_not_done_and_then_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.storage.store.ERASING_MILLISECONDS", 1)
    path = tmp_path / "db"
    with closing(Store(path)) as store, closing(sqlite3.connect(path)) as other:
        worked_on(store, 2)
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM drafts").fetchall()
        forget(store, 0)
        assert not store.tidy()
        assert rows(path, "test:000000000") == 0
        other.rollback()
        assert store.tidy()
        assert left(path, tmp_path / "none", marks(0)) & marks(0) == set()


def test_while_another_program_writes_it_is_not_done_and_then_it_is(tmp_path: Path) -> None:
    path = tmp_path / "db"
    with closing(Store(path)) as store, closing(sqlite3.connect(path)) as other:
        worked_on(store, 2)
        other.execute("BEGIN IMMEDIATE")
        assert not store.tidy()
        other.rollback()
        assert store.tidy()
        assert path.with_name("db-wal").stat().st_size == 0
        assert path.stat().st_size > 50_000, "all is in the file that is backed up"


def test_an_update_of_somebody_forgotten_is_known_without_its_number(tmp_path: Path) -> None:
    path = tmp_path / "db"
    with closing(Store(path)) as store:
        for number in range(300):
            store.save(Session(User("test:1")), (), ("test", 10**9 + number), {})
        store.save(Session(User("test:1")), (Forgotten(),), ("test", 10**9 + 300), {})
        last = forgetting.SPENT_OF_ONE
        known = [
            seen(store, "test", 10**9 + number, "test:1") == (True, {}) for number in range(301)
        ]
        assert known == [*[False] * (300 - last), *[True] * last, False]
        numbers = {(10**9 + number).to_bytes(4, "big") for number in range(301)}
        assert left(path, tmp_path / "none", numbers) == set()


def test_every_table_that_holds_what_is_somebodys_is_thought_of(tmp_path: Path) -> None:
    with closing(Store(tmp_path / "db")), closing(sqlite3.connect(tmp_path / "db")) as other:
        found = other.execute(
            "SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c"
            " WHERE m.type = 'table' AND c.name = 'user_id'"
        )
        assert {name for (name,) in found} == {*forgetting.TABLES, *forgetting.OTHERS}


def test_who_is_not_known_is_forgotten_without_work(tmp_path: Path) -> None:
    with closing(Store(tmp_path / "db")) as store:
        store.save(Session(User("test:1")), (), ("test", 1), {})
        store.tidy()
        before = (tmp_path / "db").stat().st_mtime_ns
        forget(store, 2)
        assert (tmp_path / "db").stat().st_mtime_ns == before


@pytest.mark.clear
def test_what_is_deleted_by_itself_is_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "db"
    session = Session(User("test:1"))
    with closing(Store(path)) as store:
        store.save(session, (SetKept(SignatorySet("set1", "Zqset", named(0, 400))),), None, {})
        assert left(path, tmp_path / "none", set()) == {b"Zqset", b"Zqowna" * 400}
        store.save(session, (SetRemoved("set1"),), None, {})
        assert store.tidy()
        assert left(path, tmp_path / "none", set()) == set()
