"""One program alone runs on a database; the doctor sees it, and whether it is still heard."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from bot.commands import checks
from bot.settings import Settings
from bot.storage import lock as locks
from bot.storage.lock import InUseError, Lock, running
from tests.test_cli import run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HOLDS = """
import sys
from pathlib import Path
from bot.storage.lock import Lock
held = Lock(Path(sys.argv[1]), sys.argv[2])
print("held", flush=True)
sys.stdin.read()
"""


@contextmanager
def held(database: Path, what: str) -> Iterator[subprocess.Popen[bytes]]:
    """The lock in the hands of another process, for the system's locks are each process's."""
    with subprocess.Popen(  # noqa: S603 -- our own words
        [sys.executable, "-c", HOLDS, str(database), what],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as other:
        assert other.stdout
        assert other.stdout.readline() == b"held\n"
        yield other
        other.kill()


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locks, "PAUSE", 0)


@pytest.mark.file
def test_a_second_program_is_refused_and_others_work_beside_it(tmp_path: Path) -> None:
    database = tmp_path / "db"
    settings = {"DEMARCHE_DATABASE": str(database), "DEMARCHE_TOKEN": "1:x"}
    with held(database, "run"):
        for words in (("run",), ("try", "--no-browser"), ("restore", "copy")):
            done = run(*words, home=tmp_path, **settings)
            assert done.returncode == 2
            assert done.stderr.decode() == (
                "demarche: the program runs on this database already (run): stop it first, or set"
                " DEMARCHE_DATABASE to another file\n"
            )
        assert run("treaties", "history", home=tmp_path, **settings).returncode == 0
        assert run("backup", str(tmp_path / "copy"), home=tmp_path, **settings).returncode == 0


def test_a_lock_is_nobodys_when_its_holder_was_killed(tmp_path: Path) -> None:
    database = tmp_path / "db"
    with held(database, "run") as other:
        assert running(database)
        with pytest.raises(InUseError):
            Lock(database, "try")
        os.kill(other.pid, signal.SIGKILL)
        other.wait()
        assert running(database) is None
        with closing(Lock(database, "try")):
            pass
    assert (database.with_name("db-lock").stat().st_mode & 0o777) == 0o600


def said(database: Path, now: float) -> checks.Finding:
    """What the doctor says of the program, by itself."""
    (found,) = checks.program(Settings(database), datetime.fromtimestamp(now, UTC))
    return found


def test_the_doctor_says_since_when_the_bot_was_not_heard_of(tmp_path: Path) -> None:
    database, now = tmp_path / "db", time.time()
    assert said(database, now) == checks.Finding("program", ok=True, says="does not run")
    with held(database, "run"):
        beside = database.with_name("db-lock")
        os.utime(beside, (now - 20, now - 20))
        assert said(database, now).ok
        assert said(database, now).says == "runs, and heard from Telegram 20 s ago"
        os.utime(beside, (now - 1200, now - 1200))
        silent = said(database, now)
        assert not silent.ok
        assert "has not heard from Telegram for 20 minutes" in silent.says
    assert said(database, now) == checks.Finding("program", ok=True, says="does not run")


def test_of_a_page_nothing_is_expected(tmp_path: Path) -> None:
    with held(tmp_path / "db", "try"):
        assert said(tmp_path / "db", time.time() + 9999) == checks.Finding(
            "program", ok=True, says="runs (try)"
        )
