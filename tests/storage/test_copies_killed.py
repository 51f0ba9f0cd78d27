"""Copying and restoring are killed at every point where the disk is asked for something.

In one process of its own, which forks: each child is killed at a point of its own.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.file

EVERY = 5
"""Of the points, so many are passed over here; all of them took three seconds."""

PROGRAM = '''
import os, shutil, signal, sqlite3, sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from bot.conversation.talk.draft import Draft
from bot.conversation.talk.values import Session, User
from bot.letters.model import Signatory
from bot.conversation.person.kept import Forgotten
from bot.storage import copies, forgotten, restoring
from bot.storage.errors import StoreError
from bot.storage.store import Store

NOW = datetime(2026, 3, 2, tzinfo=UTC)
forgotten.COST = 16
top, step = Path(sys.argv[1]), int(sys.argv[2])


def write(path, word, *numbers):
    with closing(Store(path)) as store:
        for number in numbers:
            draft = Draft(f"draft{number}", "OPSC", signatories=(Signatory(word, ""),))
            store.save(Session(User(f"t:{number}", draft_id=draft.id), draft), (), None, {})


def words(path):
    with closing(Store(path)) as store:
        assert store.check() == "ok"
        return [
            (user, store.shelves.drafts.of(user)[0].signatories[0].name)
            for user in store.people.ids()
        ]


def killed(work, point):
    """Whether the work was killed before it was done, at the disk's so many-th call."""
    child = os.fork()
    if not child:
        left = point
        def watched(call):
            def asked(*given, **more):
                nonlocal left
                if left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)
                left -= 1
                return call(*given, **more)
            return asked
        for name in ("fsync", "open", "unlink", "rename", "replace"):
            setattr(os, name, watched(getattr(os, name)))
        sqlite3.connect = watched(sqlite3.connect)
        work()
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


whole = top / "whole"
write(whole / "db", "early", 1, 2)
copies.copy(whole / "db", top / "copy")
write(whole / "db", "late", 1, 2, 3)
with closing(Store(whole / "db")) as store:
    store.save(Session(User("t:2")), (Forgotten(),), None, {})
late, early = [("t:1", "late"), ("t:3", "late")], [("t:1", "early")]

point, refused, done = 0, 0, {"late": 0, "early": 0}
while True:
    path = top / f"restore{point}" / "db"
    shutil.copytree(whole, path.parent)
    if not killed(lambda: restoring.restore(path, top / "copy", NOW), point):
        break
    try:
        found = words(path)
        assert found in (late, early), found
        done[found[0][1]] += 1
    except StoreError as error:
        assert "restore FILE" in str(error), error
        refused += 1
    restoring.restore(path, top / "copy", NOW)
    assert words(path) == early, "begun anew, it comes to its end"
    names = [one.name for one in path.parent.iterdir()]
    assert not [name for name in names if "restoring" in name], names
    point += step
assert words(path) == early
print("restore", point, "old", done["late"], "new", done["early"], "refused", refused)

point, there = 0, 0
while True:
    folder = top / f"backup{point}"
    if not killed(lambda: copies.dated(whole / "db", folder, NOW, 1), point):
        break
    copy = folder / "demarche-20260302T000000Z.sqlite3"
    if copy.exists():
        there += 1
        assert words(copy) == late
    point += step
assert words(whole / "db") == late
print("backup", point, "whole", there)
'''


def test_killed_anywhere_there_is_the_old_or_the_new_and_it_can_be_begun_anew(
    tmp_path: Path,
) -> None:
    done = subprocess.run(  # noqa: S603 -- our own words
        [sys.executable, "-c", PROGRAM, str(tmp_path), str(EVERY)],
        capture_output=True,
        check=False,
        cwd=Path(__file__).parents[2],
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    restored, backed_up = (line.split() for line in done.stdout.splitlines())
    assert int(restored[1]) > 20
    assert int(restored[3]) > 5
    assert int(backed_up[1]) > 5
