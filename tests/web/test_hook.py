"""Where Telegram brings updates: who is listened to, how much is read, and what is answered."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

import pytest
from httpx import ASGITransport, AsyncClient

from bot.commands.readiness import SILENT_SECONDS, Readiness
from bot.storage.errors import StoreError
from bot.web.hook import MAX_BODY, SECRET_HEADER, Hook
from bot.web.signing.app import build
from tests.signings.playing import invited, opened

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from httpx import Response

    from bot.desk import Desk

SECRET = "the-secret"  # noqa: S105 -- made up
SAID = {SECRET_HEADER: SECRET}
WORDS = "A. Example of Example Organisation"


class Taking:
    """Takes what is brought, or does not."""

    def __init__(self, comes_to: bool | Exception = True) -> None:  # noqa: FBT001, FBT002 -- what it answers
        self.taken: list[bytes] = []
        self.parts = {"database": "ok", "telegram": "ok", "disk": "ok"}
        self._comes_to = comes_to

    async def take(self, body: bytes) -> bool:
        """As an intake does."""
        self.taken.append(body)
        if isinstance(self._comes_to, Exception):
            raise self._comes_to
        return self._comes_to

    def asked(self, desk: Desk, method: str, path: str, **more: object) -> Response:
        """The answer to one request."""

        async def run() -> Response:
            hook = Hook(SECRET, self.take, lambda: self.parts)
            app = build(desk, "https://letters.example.org", hook.routes)
            transport = ASGITransport(app, raise_app_exceptions=False)
            address = "https://letters.example.org"
            async with AsyncClient(transport=transport, base_url=address) as client:
                return await client.request(method, path, **more)  # type: ignore[arg-type]

        return asyncio.run(run())


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return opened(tmp_path / "db").desk


async def pieces(size: int) -> AsyncIterator[bytes]:
    """A body whose length nobody has said."""
    for _piece in range(size // 1024):
        yield b" " * 1024


def test_what_is_taken_is_answered_with_nothing(desk: Desk) -> None:
    taking = Taking()
    answer = taking.asked(desk, "POST", "/telegram", content=WORDS.encode(), headers=SAID)
    assert (answer.status_code, answer.content) == (200, b""), "Telegram would do what is in it"
    assert taking.taken == [WORDS.encode()]


def test_without_the_secret_nothing_is_read(desk: Desk) -> None:
    async def unread() -> AsyncIterator[bytes]:
        raise AssertionError
        yield b""

    taking = Taking()
    for said in ({}, {SECRET_HEADER: ""}, {SECRET_HEADER: SECRET[:-1]}, {SECRET_HEADER: "x" * 999}):
        answer = taking.asked(desk, "POST", "/telegram", content=unread(), headers=said)
        assert answer.status_code == 401
    assert not taking.taken


@pytest.mark.parametrize("known", [True, False], ids=["said to be too long", "of no length"])
def test_what_is_too_long_is_not_taken(
    desk: Desk,
    known: bool,  # noqa: FBT001 -- a case
) -> None:
    taking = Taking()
    body = b" " * (MAX_BODY + 1) if known else pieces(MAX_BODY * 2)
    answer = taking.asked(desk, "POST", "/telegram", content=body, headers=SAID)
    assert answer.status_code == 413
    just = b" " * MAX_BODY if known else pieces(MAX_BODY)
    answer = taking.asked(desk, "POST", "/telegram", content=just, headers=SAID)
    assert answer.status_code == 200
    assert [len(one) for one in taking.taken] == [MAX_BODY]


@pytest.mark.parametrize("comes_to", [False, StoreError("the disk is full")])
def test_what_is_not_taken_is_to_come_again_soon(
    desk: Desk,
    caplog: pytest.LogCaptureFixture,
    comes_to: bool | Exception,  # noqa: FBT001 -- a case
) -> None:
    answer = Taking(comes_to).asked(desk, "POST", "/telegram", content=WORDS, headers=SAID)
    assert answer.status_code == 503
    assert 0 < int(answer.headers["Retry-After"]) < 10
    assert WORDS not in caplog.text


def test_a_mistake_of_ours_says_nothing_of_what_was_written(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    taking = Taking(ValueError(WORDS))
    answer = taking.asked(desk, "POST", "/telegram", content=WORDS, headers=SAID)
    assert answer.status_code == 500
    assert WORDS not in answer.text + caplog.text


def test_the_pages_are_served_beside(tmp_path: Path) -> None:
    talk = opened(tmp_path / "db")
    token = invited(talk, "Example")
    taking = Taking()
    statuses = {
        path: taking.asked(talk.desk, "GET", path).status_code
        for path in (f"/s/{token}", "/s/nothing", "/healthz", "/readyz", "/", "/telegram")
    }
    assert list(statuses.values()) == [200, 404, 200, 200, 404, 405]


@pytest.mark.parametrize("part", ["database", "telegram", "disk"])
def test_who_asks_is_told_which_part_is_not_ready(desk: Desk, part: str) -> None:
    taking = Taking()
    taking.parts[part] = "does not answer"
    answer = taking.asked(desk, "GET", "/readyz")
    assert answer.status_code == 503
    assert [name for name, word in answer.json().items() if word != "ok"] == [part]
    assert taking.asked(desk, "GET", "/healthz").text == "ok", "it turns all the same"


def test_each_part_has_its_word(desk: Desk, tmp_path: Path) -> None:
    now = [1000.0]
    ready = Readiness(desk.shelves.access.bot_name, tmp_path, lambda: now[0], room=1)
    assert ready.parts() == {"database": "ok", "telegram": "not heard yet", "disk": "ok"}
    ready.heard()
    now[0] += SILENT_SECONDS
    assert ready.parts()["telegram"] == "ok"
    now[0] += 1
    assert ready.parts()["telegram"] == "not heard for 181 s"
    full = Readiness(desk.shelves.access.bot_name, tmp_path, room=10**18)
    assert full.parts()["disk"].endswith(" MB left")
    gone = Readiness(desk.shelves.access.bot_name, tmp_path / "gone")
    assert gone.parts()["disk"] == "is not there"
    desk.store.close()
    assert ready.parts()["database"] == "does not answer"
