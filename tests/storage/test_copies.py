"""Backups: whole, checked, for the owner alone; and the way back, which brings back nobody."""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.conversation.person.kept import Forgotten
from bot.conversation.talk.draft import Draft
from bot.conversation.talk.values import Session, User
from bot.letters.model import Signatory
from bot.storage import copies, forgotten
from bot.storage.copies import ASIDE, BEFORE, copy, dated
from bot.storage.errors import DAMAGED, StoreError
from bot.storage.examining import examine
from bot.storage.forgotten import Gone
from bot.storage.migrations import STEPS
from bot.storage.passing import Passing
from bot.storage.restoring import restore
from bot.storage.store import Store
from tests.everything import left
from tests.sealed import SEALED
from tests.test_cli import run

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.file

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
PEOPLE = ("telegram:7316502981", "telegram:7316502982", "telegram:7316502983")


def write(path: Path, word: str, people: tuple[str, ...] = PEOPLE) -> None:
    with closing(Store(path)) as store:
        for person in people:
            draft = Draft(f"d{person[-4:]}", "OPSC", signatories=(Signatory(word, ""),))
            store.save(Session(User(person, draft_id=draft.id), draft), (), None, {})


def forget(path: Path, person: str) -> None:
    with closing(Store(path)) as store:
        store.save(Session(User(person)), (Forgotten(),), None, {})


def words(path: Path) -> dict[str, str]:
    """What everybody's letter says."""
    with closing(Store(path)) as store:
        assert store.check() == "ok"
        return {
            person: draft.signatories[0].name
            for person in store.people.ids()
            for draft in store.shelves.drafts.of(person)
        }


def names(folder: Path) -> list[str]:
    return [one.name for one in folder.iterdir()]


def marks(person: str) -> set[bytes]:
    return {person.encode(), person.partition(":")[2].encode()}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A database in a folder whose name would break a careless program."""
    return tmp_path / "a place with 'quotes' & ?#%" / "db"


def test_a_copy_is_whole_while_others_write(path: Path, tmp_path: Path) -> None:
    with closing(Store(path)) as store:
        store.save(Session(User(PEOPLE[0])), (), None, {})
        with closing(sqlite3.connect(path)) as other:
            other.execute("BEGIN IMMEDIATE")
            other.execute("DELETE FROM users")
            rows = copy(path, tmp_path / "new" / "copy")
            other.rollback()
    assert rows > 1
    target = tmp_path / "new" / "copy"
    # The read and write versions in the header: 1 is a file by itself, 2 asks for a log.
    assert target.read_bytes()[18:20] == b"\x01\x01"
    assert target.stat().st_mode & 0o777 == 0o600
    assert names(target.parent) == ["copy"]
    with closing(Store(target)) as copied:
        assert copied.people.ids() == (PEOPLE[0],)


def test_the_newest_are_kept_and_files_of_others_are_left_alone(path: Path, tmp_path: Path) -> None:
    write(path, "One")
    folder = tmp_path / "copies"
    folder.mkdir()
    others = {"notes.txt", "demarche-before-the-move.sqlite3", "demarche.sqlite3"}
    for name in others:
        (folder / name).touch()
    for day in range(5):
        dated(path, folder, NOW + timedelta(days=day), 3)
    kept = {f"demarche-202603{day:02}T120000Z.sqlite3" for day in (4, 5, 6)}
    assert set(names(folder)) == kept | others
    early, _rows = dated(path, folder, datetime(1970, 1, 1, tzinfo=UTC), 1)
    newest = {early.name, "demarche-20260306T120000Z.sqlite3"}
    assert set(names(folder)) == newest | others, "a clock set back costs no new copy"
    with pytest.raises(StoreError, match="of this second"):
        dated(path, folder, datetime(1970, 1, 1, tzinfo=UTC), 1)


def at_odds(data: bytes) -> bytes:
    """A row that its index does not know."""
    return data.replace(b"telegram:7316502981", b"telegram:7316502989", 1)


def overwritten(data: bytes) -> bytes:
    return data[: 3 * 4096] + b"\xff" * 4096 + data[4 * 4096 :]


def cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


HARMS = [at_odds, overwritten, cut, lambda _data: b"", lambda _data: b"Minutes. " * 999]


@pytest.mark.parametrize("harm", HARMS)
def test_of_a_damaged_database_no_copy_is_made_and_none_is_brought_back(
    path: Path, tmp_path: Path, harm: type[bytes]
) -> None:
    write(path, "One")
    good = path.read_bytes()
    folder = tmp_path / "copies"
    folder.mkdir()
    (folder / "demarche-20250101T030000Z.sqlite3").write_text("earlier")
    spoilt = tmp_path / "spoilt"
    spoilt.write_bytes(harm(good))
    with pytest.raises(StoreError, match=r"that copy is damaged|nothing in that copy"):
        restore(path, spoilt, NOW)
    assert path.read_bytes() == good
    path.write_bytes(harm(good))
    done = run(*("backup", "--keep", "1", str(folder)), home=tmp_path, DEMARCHE_DATABASE=str(path))
    assert done.returncode == 2
    assert done.stderr.count(b"\n") == 1
    assert names(folder) == ["demarche-20250101T030000Z.sqlite3"]


def test_what_a_power_cut_left_of_a_copy_is_swept_away(path: Path, tmp_path: Path) -> None:
    write(path, "One")
    for name in (".demarche-1.partial", ".demarche-2.partial-journal", ".demarche-3.partial"):
        (tmp_path / name).touch()
        if "3" not in name:
            os.utime(tmp_path / name, (0, 0))
    copy(path, tmp_path / "copy")
    assert [name for name in names(tmp_path) if "partial" in name] == [".demarche-3.partial"]


def test_a_restored_copy_takes_the_place_and_what_was_there_is_kept(
    path: Path, tmp_path: Path
) -> None:
    write(path, "Early")
    copy(path, tmp_path / "copy")
    write(path, "Late")
    log = path.with_name("db-wal")
    log.write_bytes(b"what a killed process left")
    done = restore(path, tmp_path / "copy", NOW)
    assert words(path) == dict.fromkeys(PEOPLE, "Early")
    assert path.stat().st_mode & 0o777 == 0o600
    assert done.forgotten == 0
    assert done.aside == path.with_name(f"db{ASIDE}20260302T120000Z")
    assert words(done.aside) == dict.fromkeys(PEOPLE, "Late")
    assert not [name for name in names(path.parent) if "restoring" in name]
    write(path, "Later")
    assert words(path) == dict.fromkeys(PEOPLE, "Later"), "no alarm"


def test_who_was_deleted_since_is_not_brought_back_and_no_byte_is_left(
    path: Path, tmp_path: Path
) -> None:
    write(path, "Zqearly")
    copy(path, tmp_path / "copy")
    forget(path, PEOPLE[1])
    done = restore(path, tmp_path / "copy", NOW)
    assert done.forgotten == 1
    assert set(words(path)) == {PEOPLE[0], PEOPLE[2]}
    assert marks(PEOPLE[0]) & left(path, tmp_path / "none", marks(PEOPLE[0]))
    assert not marks(PEOPLE[1]) & left(path, tmp_path / "none", marks(PEOPLE[1]))
    again = restore(path, tmp_path / "copy", NOW)
    assert again.forgotten == 1, "the list goes over with each"


def test_neither_where_the_database_cannot_be_read_any_more(path: Path, tmp_path: Path) -> None:
    write(path, "Early")
    copy(path, tmp_path / "copy")
    forget(path, PEOPLE[1])
    path.write_bytes(cut(path.read_bytes()))
    done = restore(path, tmp_path / "copy", NOW)
    assert set(words(path)) == {PEOPLE[0], PEOPLE[2]}
    assert done.aside
    assert done.aside.exists()
    path.unlink()
    assert restore(path, tmp_path / "copy", NOW).aside is None
    assert set(words(path)) == {PEOPLE[0], PEOPLE[2]}


def test_the_list_of_the_deleted_names_nobody_and_ends(path: Path) -> None:
    write(path, "One")
    forget(path, PEOPLE[1])
    assert forgotten.written(path), "beside the database"
    assert not marks(PEOPLE[1]) & left(path, path.parent / "none", marks(PEOPLE[1]))
    assert path.with_name("db-forgotten").stat().st_mode & 0o777 == 0o600
    with closing(Store(path)) as store:
        old = Gone(b"old", b"salt", "2020-01-01")
        store.take_over((old,), 0)
        store.save(Session(User(PEOPLE[2])), (Forgotten(),), None, {})
    gone = forgotten.written(path)
    assert old not in gone
    assert forgotten.among(gone, PEOPLE) == list(PEOPLE[1:])
    path.with_name("db-forgotten").write_text("half a li\n" + "é\n")
    assert forgotten.written(path) == ()


def old_database(path: Path) -> None:
    """One that has still to take the schema's last step."""
    write(path, "Zqold")
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("DELETE FROM _sqlite_migrations WHERE name = 'm016_safe'")
        other.execute("DROP TABLE commits")
        other.execute("DROP TABLE forgotten")
    path.with_name("db-count").unlink()


def test_before_a_step_of_the_schema_a_copy_is_made_and_the_last_is_kept(path: Path) -> None:
    old_database(path)
    path.with_name(f"db{BEFORE}m001").touch()
    write(path, "New")
    before = path.with_name(f"db{BEFORE}m016")
    assert [one for one in names(path.parent) if BEFORE in one] == [before.name]
    with closing(sqlite3.connect(before)) as other:
        taken = {name for (name,) in other.execute("SELECT name FROM _sqlite_migrations")}
    assert taken == {*STEPS} - {"m016_safe"}
    assert before.stat().st_mode & 0o777 == 0o600


def test_a_copy_of_before_goes_when_somebody_is_deleted_and_when_it_is_old(path: Path) -> None:
    old_database(path)
    write(path, "New", PEOPLE[:2])
    before, aside = path.with_name(f"db{BEFORE}m016"), path.with_name(f"db{ASIDE}20260101T000000Z")
    assert before.exists()
    forget(path, PEOPLE[1])
    assert not marks(PEOPLE[1]) & left(path, path.parent / "none", marks(PEOPLE[1]))
    assert not before.exists()
    for one, days in ((before, 13), (aside, 15)):
        one.touch()
        age = time.time() - days * copies.DAY
        os.utime(one, (age, age))
    with closing(Store(path)):
        assert before.exists()
        assert not aside.exists()


def test_a_clock_that_is_put_forward_takes_no_copy_and_none_from_the_list(path: Path) -> None:
    write(path, "New")
    aside = path.with_name(f"db{ASIDE}20260101T000000Z")
    aside.touch()
    gained, later = 0.0, 0.0
    passing = Passing(lambda: time.time() + gained + later, lambda: time.time() + later)
    gained = 400 * copies.DAY
    copies.age_out(path, passing)
    assert aside.exists()
    with closing(sqlite3.connect(path)) as other, other:
        day = datetime.now(UTC) - timedelta(days=1)
        forgotten.add(other.execute, [Gone(b"one", b"salt", day.isoformat())])
        for user_id in PEOPLE:
            forgotten.note(other.execute, user_id, passing)
        assert len(forgotten.noted(other.execute)) == len(PEOPLE) + 1
        later = 367 * copies.DAY
        forgotten.note(other.execute, "telegram:1", passing)
        assert b"one" not in {one.digest for one in forgotten.noted(other.execute)}
    copies.age_out(path, passing)
    assert not aside.exists()


def test_an_older_versions_copy_is_brought_up_to_date(path: Path, tmp_path: Path) -> None:
    old = tmp_path / "older" / "db"
    old_database(old)
    write(path, "Late")
    forget(path, PEOPLE[1])
    assert restore(path, old, NOW).forgotten == 1
    assert words(path) == {PEOPLE[0]: "Zqold", PEOPLE[2]: "Zqold"}
    assert examine(path).steps == STEPS
    assert len(examine(old).steps) == len(STEPS) - 1, "the copy itself is left as it is"
    assert not [one for one in names(path.parent) if BEFORE in one]


def test_no_step_is_taken_where_no_copy_can_be_made(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old_database(path)
    data = path.read_bytes()

    def full(*_arguments: object) -> None:
        message = "database or disk is full"
        raise sqlite3.OperationalError(message)

    monkeypatch.setattr(copies, "_copied", full)
    with pytest.raises(StoreError, match="the disk is full: make room"):
        Store(path)
    assert path.read_bytes() == data


def test_a_copy_that_this_program_cannot_open_is_not_brought_back(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(path, "Early")
    copy(path, tmp_path / "copy")
    write(path, "Late")
    monkeypatch.setattr(Store, "check", lambda _store: DAMAGED)
    with pytest.raises(StoreError, match=DAMAGED):
        restore(path, tmp_path / "copy", NOW)
    monkeypatch.undo()
    assert words(path) == dict.fromkeys(PEOPLE, "Late")
    assert not [one for one in names(path.parent) if ASIDE in one or "restoring" in one]


def test_by_hand(path: Path, tmp_path: Path) -> None:
    def asked(*words: str) -> tuple[int, str]:
        done = run(*words, home=tmp_path, DEMARCHE_DATABASE=str(path))
        return done.returncode, (done.stdout + done.stderr).decode()

    target = tmp_path / "copy"
    assert asked("backup", str(target)) == (2, f"demarche: there is nothing to copy: {path}\n")
    write(path, "Early")
    code, said = asked("backup", str(target))
    assert (code, said.startswith(f"{target} is a whole copy, checked: ")) == (0, True)
    assert "is there already" in asked("backup", str(target))[1]
    assert asked("backup", "--force", str(target))[0] == 0
    assert "that is the database itself" in asked("backup", "--force", str(path))[1]
    assert asked("backup", str(tmp_path / "folder") + "/")[0] == 0
    assert len(names(tmp_path / "folder")) == 1
    forget(path, PEOPLE[0])
    code, said = asked("restore", str(target))
    first, second, third = said.splitlines()
    assert first.startswith(f"{path} is now what {target} was: ")
    assert second == "Deleted again, as they were since that copy was made: 1"
    assert third.endswith("it is removed after 14 days")
    assert asked("restore", str(path)) == (
        2,
        "demarche: that is the database itself: name a copy of it\n",
    )
    assert asked("restore", "gone") == (2, "demarche: there is no such copy: gone\n")
    assert examine(path).steps == STEPS


def test_who_came_back_after_a_deletion_is_not_deleted_again_by_a_later_copy(
    path: Path, tmp_path: Path
) -> None:
    write(path, "Early")
    forget(path, PEOPLE[1])
    write(path, "Back", PEOPLE[1:2])
    copy(path, tmp_path / "copy")
    assert restore(path, tmp_path / "copy", NOW).forgotten == 0
    assert words(path)[PEOPLE[1]] == "Back"
    forget(path, PEOPLE[1])
    assert restore(path, tmp_path / "copy", NOW).forgotten == 1, "the second time was after it"
    assert PEOPLE[1] not in words(path)


@pytest.mark.clear
def test_of_a_copy_that_is_not_encrypted_as_the_settings_have_it_is_said_what_to_do(
    path: Path, tmp_path: Path
) -> None:
    write(path, "Early")
    copy(path, tmp_path / "clear")
    with closing(Store(tmp_path / "sealed", SEALED)):
        pass
    before = path.read_bytes()
    with pytest.raises(StoreError, match="that copy is not encrypted: restore it without"):
        restore(path, tmp_path / "clear", NOW, SEALED)
    with pytest.raises(StoreError, match="that copy is encrypted: set DEMARCHE_KEY_FILE"):
        restore(path, tmp_path / "sealed", NOW)
    assert path.read_bytes() == before
    assert not [one for one in names(path.parent) if ASIDE in one or "restoring" in one]
