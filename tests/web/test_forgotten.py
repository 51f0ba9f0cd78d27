"""Everything about a visitor is deleted, in the running program: on disk and on the page."""

from __future__ import annotations

import asyncio
import base64
import itertools
import os
import re
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from httpx import Client

from bot.conversation.talk.events import Command
from bot.web.app import build
from bot.web.door import FRAGMENT, KEY_HEADER
from tests.everything import (
    FILES,
    FORGETTING,
    Step,
    known,
    left,
    much,
    rows,
    temporary_folder,
    typed,
)
from tests.storage.test_privacy import modes
from tests.world import OPENED, make_desk

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

pytestmark = pytest.mark.file

SAID = "Everything about you was deleted."
AWAY = (Step("typed", "/delete"), Step("tap", "Delete, with 24 hours to undo"))
NUMBERS = itertools.count(0x1A2B3C4D5E6F7)


class Visitor:
    """A page that is open: what it sends, and the screen it shows."""

    def __init__(self, address: str, person: str = "1") -> None:
        base, _sign, key = address.partition(f"#{FRAGMENT}")
        said = {"Origin": base.rstrip("/"), KEY_HEADER: key}
        asked = {"user": person}
        self._client = OPENED.enter_context(
            Client(base_url=base, params=asked, headers=said, timeout=20)
        )
        self.user_id = f"web:{person}"
        self.body: dict[str, object] = {}
        self.answer: dict[str, Any] = {}

    def send(self, kind: str, text: str, data: bytes = b"") -> None:
        """One event."""
        file = {"data": base64.b64encode(data).decode()} if kind == "file" else {}
        self.post({"kind": kind, "text": text, "id": next(NUMBERS), **file})

    def post(self, body: dict[str, object]) -> None:
        """An event as it is, perhaps once more."""
        response = self._client.post("/event", json=body)
        assert response.status_code == 200, response.text
        self.body, self.answer = body, response.json()

    @property
    def screen(self) -> dict[str, Any]:
        """The screen of the last answer."""
        found: dict[str, Any] = next(e for e in self.answer["effects"] if e["kind"] == "screen")
        return found

    def do(self, steps: Iterable[Step]) -> None:
        """One step after the other."""
        for kind, said, data in steps:
            if kind == "tap":
                buttons = [button for row in self.screen["rows"] for button in row]
                self.send(
                    "tap", next(found for label, found, _main in buttons if label.startswith(said))
                )
            else:
                self.send(kind, said, data)


def start(database: Path, temporary: Path) -> tuple[subprocess.Popen[str], str]:
    """The program in a process of its own, and its address."""
    command = [sys.executable, "-m", "bot.commands.cli", "try", "--no-browser", "--port", "18765"]
    process = OPENED.enter_context(
        subprocess.Popen(  # noqa: S603 -- our own program
            command,
            env={
                **os.environ,
                "DEMARCHE_DATABASE": str(database),
                "DEMARCHE_LOG_LEVEL": "warning",
                "TMPDIR": str(temporary),
                "PYTHONUNBUFFERED": "1",
            },
            stdout=subprocess.PIPE,
            text=True,
        )
    )
    OPENED.callback(process.kill)
    assert process.stdout
    found = re.search(r"http://\S+", process.stdout.readline())
    assert found
    return process, found[0]


@pytest.mark.clear
def test_nothing_is_left_while_it_runs_nor_after_a_kill(tmp_path: Path) -> None:
    path, temporary = tmp_path / "data" / "db", temporary_folder()
    process, address = start(path, temporary)
    visitor, other = Visitor(address), Visitor(address, "2")
    other.do(list(much())[:3])
    visitor.do(much())
    me = visitor.user_id
    things = known(path, me)
    assert modes(path.parent) == dict.fromkeys(FILES, 0o600)
    visitor.do([Step("tap", "Write the letters")])
    assert typed(much()) <= left(path, temporary, things), "the search finds what is there"
    visitor.do(FORGETTING)
    assert SAID in visitor.screen["text"]
    assert "This page was cleared" in visitor.screen["text"]
    assert visitor.answer["effects"][0] == {"kind": "cleared"}
    assert list(temporary.glob("demarche-*")) == []
    assert left(path, temporary, things) == set()
    process.kill()
    process.wait()
    assert left(path, temporary, things) == set()
    assert rows(path, me) == 0
    assert rows(path, other.user_id)
    process, address = start(path, temporary)
    again = Visitor(address)
    again.post(visitor.body)
    assert SAID in again.screen["text"], "the same event once more is answered alike"
    assert rows(path, me) == 0
    assert left(path, temporary, things) == set()
    process.send_signal(signal.SIGTERM)
    assert process.wait(20) == 0
    assert not [one for one in path.parent.iterdir() if one.name in {"db-wal", "db-shm"}]


def test_put_away_killed_and_gone_when_the_day_is_over(tmp_path: Path) -> None:
    path, temporary = tmp_path / "data" / "db", temporary_folder()
    process, address = start(path, temporary)
    visitor = Visitor(address)
    written = list(much())[:12]
    visitor.do(written)
    me, things = visitor.user_id, known(path, visitor.user_id)
    visitor.do(AWAY)
    assert visitor.answer["effects"][0] == {"kind": "cleared"}
    assert "is deleted for good on" in visitor.screen["text"]
    process.kill()
    process.wait()
    assert typed(written) <= left(path, temporary, things), "it may still be undone"
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("UPDATE deletions SET ends = '2026-01-01T00:00:00+00:00'")
    process, address = start(path, temporary)
    late = Visitor(address)
    late.post({"kind": "tap", "text": visitor.screen["rows"][0][0][1], "id": next(NUMBERS)})
    assert rows(path, me) == 0
    assert left(path, temporary, things) == set()
    assert SAID in late.screen["text"]
    assert rows(path, me) == 0
    process.kill()
    process.wait()
    assert left(path, temporary, things) == set()


def test_now_and_then_all_is_written_to_the_database_itself(tmp_path: Path) -> None:
    desk = make_desk(tmp_path / "db")

    async def run() -> None:
        begin, over = asyncio.Event(), asyncio.Event()
        waits = iter((begin, over))

        async def between(_seconds: float) -> None:
            event = next(waits)
            if event is over:
                over.set()
                await asyncio.Event().wait()
            await event.wait()

        app = build(desk, "key", between)
        async with app.router.lifespan_context(app):
            desk.receive("web:1", Command("new"))
            assert (tmp_path / "db-wal").stat().st_size
            begin.set()
            await over.wait()
            assert not (tmp_path / "db-wal").stat().st_size

    asyncio.run(run())
