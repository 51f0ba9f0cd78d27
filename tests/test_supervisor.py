"""What systemd is told, and how often."""

from __future__ import annotations

import asyncio
import os
import resource
import socket
from typing import TYPE_CHECKING

import pytest

from bot.commands import serve
from bot.machine import supervisor
from tests.everything import temporary_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(params=["a file", "no file"])
def told(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[socket.socket]:
    """The socket of whoever started the program."""
    named = f"demarche-test-{os.getpid()}"
    file = request.param == "a file"
    address = str(temporary_folder() / "s") if file else f"@{named}"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(address if file else f"\0{named}")
        listening.settimeout(0)
        monkeypatch.setenv("NOTIFY_SOCKET", address)
        yield listening


def heard(told: socket.socket) -> list[bytes]:
    found = []
    while True:
        try:
            found.append(told.recv(100))
        except BlockingIOError:
            return found


@pytest.mark.parametrize(
    ("limit", "pid", "times"),
    [("180000000", None, 3), ("180000000", "own", 3), ("180000000", "1", 0), ("", None, 0)],
)
def test_it_says_that_it_is_ready_and_then_that_it_turns(
    told: socket.socket,
    monkeypatch: pytest.MonkeyPatch,
    limit: str,
    pid: str | None,
    times: int,
) -> None:
    monkeypatch.setenv("WATCHDOG_USEC", limit)
    monkeypatch.delenv("WATCHDOG_PID", raising=False)
    if pid is not None:
        monkeypatch.setenv("WATCHDOG_PID", str(os.getpid()) if pid == "own" else pid)
    waited: list[float] = []

    async def between(seconds: float) -> None:
        waited.append(seconds)
        if len(waited) > 3:
            raise asyncio.CancelledError

    async def awake() -> None:
        try:
            await supervisor.kept_awake(between)
        except asyncio.CancelledError:
            return

    asyncio.run(awake())
    assert heard(told) == [b"READY=1", *[b"WATCHDOG=1"] * times]
    assert waited == ([90.0] * 4 if times else [])


def test_nobody_is_waited_for_who_does_not_listen(told: socket.socket) -> None:
    said = [supervisor.tell(supervisor.ALIVE) for _ in range(5000)]
    assert said[0]
    assert not said[-1]
    assert heard(told)[-1] == b"WATCHDOG=1"


def test_where_nobody_asks_nobody_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for address in ("", "nowhere", str(tmp_path / "gone")):
        monkeypatch.setenv("NOTIFY_SOCKET", address)
        assert not supervisor.tell(supervisor.READY)


def test_ctrl_c_is_no_mistake_and_memory_goes_to_no_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    limits: list[tuple[int, tuple[int, int]]] = []
    monkeypatch.setattr(resource, "setrlimit", lambda *given: limits.append(given))
    with pytest.raises(SystemExit) as ended, serve.alone(tmp_path / "db", "try"):
        raise KeyboardInterrupt
    assert ended.value.code == 0
    assert capsys.readouterr() == ("", "")
    assert limits == [(resource.RLIMIT_CORE, (0, 0))]
