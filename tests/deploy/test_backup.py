"""The backup script, under the name that it had before `demarche backup`: really run."""

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from bot.conversation.talk.values import Session, User
from bot.storage.store import Store

pytestmark = pytest.mark.file

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
SCRIPT = DEPLOY / "backup.sh"


@pytest.fixture
def workplace(tmp_path: Path) -> Path:
    """A folder whose name would break a careless script."""
    folder = tmp_path / "a place with 'quotes' & $signs"
    folder.mkdir()
    return folder


def backup(*arguments: Path | str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - the project's own script
        ["/bin/sh", str(SCRIPT), *map(str, arguments)],
        capture_output=True,
        check=False,
        env={**os.environ, "DEMARCHE": str(Path(sys.executable).with_name("demarche"))},
        text=True,
        timeout=60,
    )


def test_the_script_may_be_executed() -> None:
    assert os.access(SCRIPT, os.X_OK)
    assert SCRIPT.read_text(encoding="utf-8").startswith("#!/bin/sh\n")


def test_it_makes_a_copy_while_the_bot_runs_and_keeps_so_many(workplace: Path) -> None:
    folder = workplace / "copies"
    folder.mkdir()
    for day in range(1, 5):
        (folder / f"demarche-2025010{day}T030000Z.sqlite3").touch()
    with closing(Store(workplace / "the bot")) as store:
        store.save(Session(User("test:1")), (), None, {})
        done = backup(workplace / "the bot", folder, "2")
        assert (done.returncode, done.stderr) == (0, "")
    old, new = sorted(folder.iterdir())
    assert old.name == "demarche-20250104T030000Z.sqlite3"
    assert str(new) in done.stdout
    with closing(Store(new)) as copied:
        assert copied.people.ids() == ("test:1",)


def test_a_copy_that_fails_is_said_in_a_line_and_costs_none(workplace: Path) -> None:
    folder = workplace / "copies"
    folder.mkdir()
    (folder / "demarche-20250101T030000Z.sqlite3").write_text("earlier")
    done = backup(workplace / "gone", folder, "1")
    assert done.returncode != 0
    assert done.stderr.startswith("demarche: there is nothing to copy")
    assert done.stderr.count("\n") == 1
    assert [one.read_text() for one in folder.iterdir()] == ["earlier"]


def test_a_wrong_call_is_refused(workplace: Path) -> None:
    assert "usage" in backup(workplace / "db").stderr
    assert backup(workplace / "db", workplace / "copies", "many").returncode == 2
    assert not (workplace / "copies").exists()


def test_the_readme_restores_by_the_command() -> None:
    readme = (DEPLOY / "README.md").read_text(encoding="utf-8")
    restores = readme.count("\n### Restore\n") + readme.count("\n# Restore\n")
    assert restores == 4
    assert readme.count(" restore /") == restores
    assert "sqlite3-wal" not in readme, "nobody has to know of the database's log"
