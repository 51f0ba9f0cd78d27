"""After “Everything about you was deleted” no byte of it is left, and nothing brings it back."""

from __future__ import annotations

import functools
import gc
import os
import socket
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.conversation.many.kept import JobEnded
from bot.conversation.talk.effects import SendLetter, Show
from bot.conversation.talk.events import Tap, Typed
from bot.conversation.wording.kept import Proposed
from bot.desk import folders
from bot.letters.model import Language
from tests.conversation.talk import Talk
from tests.everything import FORGETTING, MARK, everything, known, left, rows, typed
from tests.world import OPENED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.everything import Step

pytestmark = pytest.mark.file

SAID = "Everything about you was deleted."
CARD = 0x5EAFC0DE
"""A number of a message that is not in the file by chance."""


def do(talk: Talk, steps: Iterable[Step]) -> Talk:
    for kind, said, data in steps:
        if kind == "tap":
            talk.tap(said)
        elif kind == "file":
            talk.file(data, said)
        elif said.startswith("/"):
            talk.command(said[1:])
        else:
            talk.type(said)
        for effect in talk.effects:
            if isinstance(effect, SendLetter):  # as a channel does
                head = talk.desk.shelves.letterheads.of(talk.user)
                assert talk.desk.preview(effect, Language.EN, head)
    return talk


def talk_of(folder: Path, user: str = "telegram:7316502984") -> Talk:
    talk = Talk(folder / "db", user=user)
    talk.count = 700_000_000
    return talk


@pytest.mark.clear
def test_no_byte_is_left_of_everything(tmp_path: Path) -> None:
    talk = do(talk_of(tmp_path), everything())
    talk.desk.store.cards.put(talk.user, CARD)
    things = known(talk.path, talk.user) | {CARD.to_bytes(4, "big")}
    there = left(talk.path, tmp_path / "tmp", things)
    numbers = {number.to_bytes(4, "big") for number in (700_000_001, talk.count, CARD)}
    assert typed(everything()) | numbers | {talk.user.encode()} <= there, (
        "the search finds what is there"
    )
    do(talk, FORGETTING)
    assert SAID in talk.screen.text
    assert "clear this chat" in talk.screen.text
    assert left(talk.path, tmp_path / "tmp", things) == set()
    assert rows(talk.path, talk.user) == 0


def test_others_keep_what_is_theirs(tmp_path: Path) -> None:
    other = do(Talk(tmp_path / "db", user="telegram:8"), everything())
    talk = talk_of(tmp_path).command("new").tap("OPSC")
    before = (
        other.session,
        other.desk.shelves.drafts.of(other.user),
        other.desk.shelves.letterheads.of(other.user),
    )
    do(talk, FORGETTING)
    after = (
        other.session,
        other.desk.shelves.drafts.of(other.user),
        other.desk.shelves.letterheads.of(other.user),
    )
    assert after == before


def held() -> set[bytes]:
    """The marked words in what the program's own functions have kept to be quick."""
    caches = [
        one
        for one in gc.get_objects()
        if isinstance(one, functools._lru_cache_wrapper)  # noqa: SLF001 -- the only name it has
        and one.__module__.startswith("bot.")
    ]
    return {
        mark for cache in caches for mark in MARK.findall(repr(gc.get_referents(cache)).encode())
    }


def test_nothing_is_kept_in_mind_to_be_quick_with(tmp_path: Path) -> None:
    talk = do(talk_of(tmp_path), everything())
    assert b"Zqname" in held(), "the search finds what is there"
    do(talk, FORGETTING)
    talk.desk.forget_papers()  # as a channel does, when nothing of the user's is being written
    assert held() == set()


@pytest.mark.parametrize(
    "event",
    [
        Tap("draft001:new:"),
        Tap("draft001:file:docx"),
        JobEnded("job"),
        Proposed("draft001", "hope", Language.FR, "Zqproposed."),
    ],
    ids=["new", "file", "job", "proposal"],
)
def test_what_comes_after_it_by_itself_brings_nobody_back(
    tmp_path: Path, event: Tap | JobEnded | Proposed
) -> None:
    talk = do(do(talk_of(tmp_path), everything()), FORGETTING)
    things = {talk.user.encode(), (talk.count + 1).to_bytes(4, "big")}
    talk.do(event)
    assert rows(talk.path, talk.user) == 0
    assert left(talk.path, tmp_path / "tmp", things) == set()


def test_updates_that_are_handed_in_again_do_nothing_twice(tmp_path: Path) -> None:
    talk = talk_of(tmp_path).command("new").tap("OPSC").type("kenia").tap("English")
    talk.type("Zqname, Zqorganisation")
    first, typed = talk.count - 4, talk.count
    do(talk, FORGETTING)
    yes = Tap("draft001:forget-yes:")
    for number, event in ((first, Tap("-:new:")), (typed, Typed("Zqname, Zqorganisation"))):
        again = talk.desk.receive(talk.user, event, update=(talk.user, number))
        (shown,) = again.effects
        assert isinstance(shown, Show)
        assert shown.screen.title.startswith("Démarche")
        assert rows(talk.path, talk.user) == 0
    talk.do(yes)
    assert SAID in talk.screen.text, "who asks again is told again"
    assert rows(talk.path, talk.user) == 0
    assert left(talk.path, tmp_path / "tmp", {talk.user.encode()}) == set()


def test_who_was_forgotten_may_begin_anew(tmp_path: Path) -> None:
    talk = do(do(talk_of(tmp_path), everything()), FORGETTING)
    talk.tap("New letter").tap("OPSC").type("kenia")
    assert len(talk.desk.shelves.drafts.of(talk.user)) == 1


def test_where_another_program_reads_the_answer_says_so_and_it_is_done_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.storage.store.ERASING_MILLISECONDS", 1)
    talk = talk_of(tmp_path).command("new").tap("OPSC").type("kenia").tap("English")
    talk.type("Zqname, Zqorganisation")
    things = known(talk.path, talk.user)
    with closing(sqlite3.connect(talk.path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM drafts").fetchall()
        do(talk, FORGETTING)
        assert SAID not in talk.screen.text
        assert "another program is using the database" in talk.screen.text
        assert left(talk.path, tmp_path / "tmp", things), "it is said because it is so"
        assert rows(talk.path, talk.user) == 0
        talk.desk.tidy()
    talk.desk.tidy()
    assert left(talk.path, tmp_path / "tmp", things) == set()


WRITES = """
import sys
import tempfile
from bot.desk import folders
with folders.temporary() as folder:
    (folder / "1.zip").touch()
    print(folder, flush=True)
    sys.stdin.read()
"""


def writing(folder: Path) -> tuple[subprocess.Popen[str], Path]:
    """Another run that is writing letters to many States, and its folder."""
    process = OPENED.enter_context(
        subprocess.Popen(  # noqa: S603 -- our own program
            [sys.executable, "-c", WRITES],
            env={**os.environ, "TMPDIR": str(folder)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
    )
    OPENED.callback(process.kill)
    assert process.stdout
    return process, Path(process.stdout.readline().strip())


def test_what_killed_runs_have_left_is_swept_and_what_others_write_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    (killed, left_behind), (running, theirs) = writing(tmp_path), writing(tmp_path)
    killed.kill()
    killed.wait()
    others = [tmp_path / name for name in ("demarche-bench-abcdefgh", "demarche.d", "tmpabcdefgh")]
    for other in others:
        other.mkdir()
    (tmp_path / "demarche-abcdefgh").symlink_to(others[0])
    with folders.temporary() as ours:
        folders.sweep()
        assert not left_behind.exists()
        assert (theirs / "1.zip").exists()
        assert all(one.exists() for one in (ours, *others))
    assert not ours.exists()
    running.communicate()
    assert not theirs.exists(), "who ends well takes it away"


def test_a_start_ends_no_other_programs_server_for_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A socket that a process has is left alone, unasked; one that nobody has any more goes."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    kept, gone = tmp_path / "pymp-abcdefgh", tmp_path / "pymp-ijklmnop"
    for folder in (kept, gone):
        folder.mkdir()
    with socket.socket(socket.AF_UNIX) as heard, socket.socket(socket.AF_UNIX) as left_behind:
        heard.bind(str(kept / "listener"))
        heard.listen()
        heard.settimeout(0)
        left_behind.bind(str(gone / "listener"))
        left_behind.close()
        folders.sweep()
        assert kept.exists()
        assert not gone.exists()
        with pytest.raises(BlockingIOError):
            heard.accept()
