"""The backup script, really run: on a database that is open for writing."""

import contextlib
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
SCRIPT = DEPLOY / "backup.sh"
STAMP = "20250131T030000Z"


@pytest.fixture
def workplace(tmp_path: Path) -> Path:
    """A folder whose name would break a careless script."""
    folder = tmp_path / "a place with 'quotes' & $signs"
    folder.mkdir()
    return folder


@pytest.fixture
def database(workplace: Path) -> Path:
    return workplace / "the bot.sqlite3"


@pytest.fixture
def writer(database: Path) -> Iterator[sqlite3.Connection]:
    """The bot's own connection, with rows that are in the write-ahead log only."""
    with contextlib.closing(sqlite3.connect(database, isolation_level=None)) as connection:
        assert connection.execute("PRAGMA journal_mode = WAL").fetchone() == ("wal",)
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        connection.execute("CREATE TABLE letter (id INTEGER PRIMARY KEY, body TEXT NOT NULL)")
        connection.executemany(
            "INSERT INTO letter (body) VALUES (?)", [(f"Excellency {n}",) for n in range(500)]
        )
        yield connection


def backup(
    *arguments: Path | str, stamp: str = STAMP, python: Path | str = sys.executable
) -> subprocess.CompletedProcess[str]:
    """Run the script at the moment the stamp names."""
    folder = Path(str(arguments[0])).parent / "bin"
    folder.mkdir(exist_ok=True)
    executable(folder / "date", f"[ \"$*\" = '-u +%Y%m%dT%H%M%SZ' ] && echo {stamp}")
    return subprocess.run(  # noqa: S603 - the project's own script
        ["/bin/sh", str(SCRIPT), *map(str, arguments)],
        capture_output=True,
        check=False,
        env={"PATH": f"{folder}:{os.environ['PATH']}", "PYTHON": str(python)},
        text=True,
        timeout=60,
    )


def executable(path: Path, body: str) -> Path:
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def rows(copy: Path) -> list[str]:
    """What a copy holds, read as from a medium that cannot be written to."""
    # The read and write versions in the header: 1 is a file by itself, 2 asks for a log.
    assert copy.read_bytes()[18:20] == b"\x01\x01"
    uri = f"{copy.as_uri()}?mode=ro&immutable=1"
    with contextlib.closing(sqlite3.connect(uri, uri=True)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return [body for (body,) in connection.execute("SELECT body FROM letter ORDER BY id")]


def contents(folder: Path) -> dict[str, bytes]:
    """Every file, hidden ones too."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_script_may_be_executed() -> None:
    assert os.access(SCRIPT, os.X_OK)
    assert SCRIPT.read_text(encoding="utf-8").startswith("#!/bin/sh\n")


def test_a_copy_is_whole_while_the_bot_writes(
    workplace: Path, database: Path, writer: sqlite3.Connection
) -> None:
    assert database.with_name(f"{database.name}-wal").stat().st_size > 0
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("INSERT INTO letter (body) VALUES ('not yet committed')")

    done = backup(database, workplace / "new folder")

    assert (done.returncode, done.stderr) == (0, "")
    copy = workplace / "new folder" / f"demarche-{STAMP}.sqlite3"
    assert str(copy) in done.stdout
    assert [path.name for path in copy.parent.iterdir()] == [copy.name]
    assert rows(copy) == [f"Excellency {n}" for n in range(500)]
    writer.execute("COMMIT")
    assert writer.execute("SELECT count(*) FROM letter").fetchone() == (501,)


def test_a_copy_is_for_its_owner_only(
    workplace: Path, database: Path, writer: sqlite3.Connection
) -> None:
    assert writer.in_transaction is False
    assert backup(database, workplace / "copies").returncode == 0
    folder = workplace / "copies"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert [path.stat().st_mode & 0o777 for path in folder.iterdir()] == [0o600]


def test_the_newest_copies_are_kept(
    workplace: Path, database: Path, writer: sqlite3.Connection
) -> None:
    folder = workplace / "copies"
    for day in range(1, 6):
        writer.execute("INSERT INTO letter (body) VALUES (?)", [f"day {day}"])
        assert backup(database, folder, "3", stamp=f"202501{day:02}T030000Z").returncode == 0
    assert sorted(contents(folder)) == [
        f"demarche-202501{day:02}T030000Z.sqlite3" for day in (3, 4, 5)
    ]
    assert rows(folder / "demarche-20250104T030000Z.sqlite3")[-1] == "day 4"


def test_fourteen_are_kept_unless_said_otherwise(
    workplace: Path, database: Path, writer: sqlite3.Connection
) -> None:
    assert writer.in_transaction is False
    folder = workplace / "copies"
    folder.mkdir()
    for day in range(1, 20):
        (folder / f"demarche-202501{day:02}T030000Z.sqlite3").touch()
    assert backup(database, folder).returncode == 0
    assert sorted(contents(folder)) == [
        *(f"demarche-202501{day:02}T030000Z.sqlite3" for day in range(7, 20)),
        f"demarche-{STAMP}.sqlite3",
    ]


def test_files_of_others_are_left_alone(
    workplace: Path, database: Path, writer: sqlite3.Connection
) -> None:
    assert writer.in_transaction is False
    folder = workplace / "copies"
    folder.mkdir()
    others = {"demarche-before-the-move.sqlite3", "notes.txt", "demarche.sqlite3"}
    for name in others:
        (folder / name).touch()
    assert backup(database, folder, "1").returncode == 0
    assert set(contents(folder)) == others | {f"demarche-{STAMP}.sqlite3"}


def test_a_clock_set_back_does_not_cost_the_new_copy(
    workplace: Path, database: Path, writer: sqlite3.Connection
) -> None:
    assert writer.in_transaction is False
    folder = workplace / "copies"
    assert backup(database, folder, "1").returncode == 0
    assert backup(database, folder, "1", stamp="19700101T000000Z").returncode == 0
    assert "demarche-19700101T000000Z.sqlite3" in contents(folder)


def test_an_old_leftover_is_swept_away_and_a_fresh_one_is_not(
    workplace: Path, database: Path, writer: sqlite3.Connection
) -> None:
    assert writer.in_transaction is False
    folder = workplace / "copies"
    folder.mkdir()
    (folder / ".demarche-1.partial").touch()
    old = folder / ".demarche-2.partial"
    old.touch()
    os.utime(old, (0, 0))
    assert backup(database, folder).returncode == 0
    assert set(contents(folder)) == {".demarche-1.partial", f"demarche-{STAMP}.sqlite3"}


def spoil(database: Path, how: str) -> None:
    """Make a database that must not be taken for a good one."""
    if how == "missing":
        return
    if how == "of zero bytes":
        database.touch()
        return
    if how == "not a database":
        database.write_bytes(b"These are the minutes of a meeting. " * 500)
        return
    with contextlib.closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("PRAGMA page_size = 4096")
        connection.execute("VACUUM")
        if how == "without tables":
            return
        connection.execute("CREATE TABLE letter (id INTEGER PRIMARY KEY, body TEXT NOT NULL)")
        bodies = [(f"Excellency {n:03}" * 20,) for n in range(500)]
        connection.executemany("INSERT INTO letter (body) VALUES (?)", bodies)
        connection.execute("CREATE INDEX by_body ON letter (body)")
    content = database.read_bytes()
    if how == "with a page overwritten":
        content = content[: 3 * 4096] + b"\xff" * 4096 + content[4 * 4096 :]
    else:
        assert how == "at odds with its index"
        content = content.replace(b"Excellency 007", b"Excellency 700", 1)
    database.write_bytes(content)


@pytest.mark.parametrize(
    "how",
    [
        "missing",
        "of zero bytes",
        "not a database",
        "without tables",
        "with a page overwritten",
        "at odds with its index",
    ],
)
def test_a_failing_copy_leaves_earlier_ones_untouched(
    workplace: Path, database: Path, how: str
) -> None:
    folder = workplace / "copies"
    folder.mkdir()
    for day in (1, 2, 3):
        (folder / f"demarche-202501{day:02}T030000Z.sqlite3").write_text(f"copy {day}")
    before = contents(folder)
    spoil(database, how)

    done = backup(database, folder, "1")

    assert done.returncode == 1
    assert done.stderr.startswith("demarche-backup: ")
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    assert contents(folder) == before
    assert database.exists() == (how != "missing")


@pytest.mark.parametrize(
    "body",
    [
        "exit 3",
        "exit 0",  # says it is done, and has made nothing
        'for last; do :; done; echo half >"$last"; exit 1',
        'for last; do :; done; echo half >"$last"; kill -TERM "$PPID"',
    ],
)
def test_a_copy_cut_short_leaves_no_trace(
    workplace: Path, database: Path, writer: sqlite3.Connection, body: str
) -> None:
    assert writer.in_transaction is False
    folder = workplace / "copies"
    assert backup(database, folder, stamp="20250101T030000Z").returncode == 0
    before = contents(folder)
    broken = executable(workplace / "broken python", body)

    done = backup(database, folder, "1", python=broken)

    assert done.returncode == 1
    assert contents(folder) == before


def test_a_second_copy_of_the_same_moment_is_refused(
    workplace: Path, database: Path, writer: sqlite3.Connection
) -> None:
    folder = workplace / "copies"
    assert backup(database, folder).returncode == 0
    before = contents(folder)
    writer.execute("DELETE FROM letter")
    assert backup(database, folder).returncode == 1
    assert contents(folder) == before


def test_a_folder_that_is_a_file_is_refused(
    workplace: Path, database: Path, writer: sqlite3.Connection
) -> None:
    assert writer.in_transaction is False
    (workplace / "copies").write_text("mine")
    assert backup(database, workplace / "copies").returncode != 0
    assert (workplace / "copies").read_text() == "mine"


@pytest.mark.parametrize("copies", ["", "0", "-1", "007", "many", "3 4", "1.5"])
def test_a_wrong_number_of_copies_is_refused(
    workplace: Path, database: Path, writer: sqlite3.Connection, copies: str
) -> None:
    assert writer.in_transaction is False
    assert backup(database, workplace / "copies", copies).returncode == 2
    assert not (workplace / "copies").exists()


def test_a_call_without_a_folder_is_refused(database: Path) -> None:
    done = backup(database)
    assert done.returncode == 2
    assert "usage" in done.stderr


def test_a_copy_can_be_restored_as_the_readme_says(
    workplace: Path, database: Path, writer: sqlite3.Connection
) -> None:
    folder = workplace / "copies"
    assert backup(database, folder).returncode == 0
    writer.execute("DELETE FROM letter WHERE id > 1")
    logs = [database.with_name(database.name + end) for end in ("-wal", "-shm")]
    remains = [path.read_bytes() for path in logs]
    writer.close()
    # As after a crash: the log of the lost state is still there.
    for path, content in zip(logs, remains, strict=True):
        path.write_bytes(content)

    for path in logs:
        path.unlink()
    database.write_bytes((folder / f"demarche-{STAMP}.sqlite3").read_bytes())

    assert rows(database) == [f"Excellency {n}" for n in range(500)]
    readme = (DEPLOY / "README.md").read_text(encoding="utf-8")
    restores = readme.count("\n### Restore\n") + readme.count("\n# Restore\n")
    assert restores == 3
    for end in ("-wal", "-shm"):
        assert readme.count(f"demarche.sqlite3{end}") == restores
