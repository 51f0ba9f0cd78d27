"""`demarche run --webhook` as a process: how it starts, is looked at and stops."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import httpx
import pytest

from bot.commands.checks import program
from bot.commands.webhook import listening
from bot.settings import Settings, SettingsError
from bot.telegram.running import CannotRunError
from tests.botapi import BotApi
from tests.telegram.hooked import OUTSIDE
from tests.world import OPENED, PATIENCE

if TYPE_CHECKING:
    from pathlib import Path


def start(api: BotApi, database: Path, *more: str, **settings: str) -> subprocess.Popen[str]:
    environment = {
        **os.environ,
        "DEMARCHE_TOKEN": api.token,
        "DEMARCHE_DATABASE": str(database),
        "DEMARCHE_API_URL": api.base_url.removesuffix("/bot"),
        **settings,
    }
    command = [sys.executable, "-c", "from bot.commands.cli import main; main()", "run", *more]
    process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)  # noqa: S603 -- our own words
    OPENED.callback(process.wait)
    OPENED.callback(process.kill)
    return process


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def test_it_serves_and_stops_when_told(tmp_path: Path) -> None:
    inside = f"127.0.0.1:{free_port()}"
    with BotApi.serve() as api:
        api.lead(OUTSIDE, f"http://{inside}")
        process = start(
            api,
            tmp_path / "db",
            DEMARCHE_WEBHOOK="1",
            DEMARCHE_PUBLIC_URL=OUTSIDE,
            DEMARCHE_LISTEN=inside,
        )
        api.wait(lambda: api.webhook, timeout=PATIENCE)
        user = api.user(7)
        user.send("/new")
        api.wait(lambda: user.card() and api.drained, timeout=PATIENCE)
        ready = httpx.get(f"http://{inside}/readyz")
        assert ready.json() == dict.fromkeys(("program", "database", "telegram", "disk"), "ok")
        (found,) = program(Settings(tmp_path / "db"), _now())
        assert "heard from Telegram" in found.says
        process.send_signal(signal.SIGTERM)
        _out, said = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0
        assert "Traceback" not in said
        secret = api.called("setWebhook")[0].parameters["secret_token"]
        assert secret not in said
        assert api.token not in said
        assert api.webhook, "what comes now waits at Telegram"
        assert not api.refusals


def test_what_keeps_it_from_running_is_said_in_one_line(tmp_path: Path) -> None:
    for url in ("", "http://127.0.0.1"):
        with pytest.raises(SettingsError, match="set DEMARCHE_PUBLIC_URL"):
            Settings(tmp_path / "db", public_url=url, webhook=True).check_webhook()
    Settings(tmp_path / "db", public_url=OUTSIDE, webhook=True).check_webhook()
    Settings(tmp_path / "db").check_webhook()
    with pytest.raises(SettingsError, match="DEMARCHE_WEBHOOK is neither 1"):
        Settings.read({"DEMARCHE_WEBHOOK": "yes"})
    with socket.create_server(("127.0.0.1", 0)) as taken:
        settings = Settings(tmp_path / "db", listen=("127.0.0.1", taken.getsockname()[1]))
        with pytest.raises(CannotRunError, match=r"cannot be used .*: see DEMARCHE_LISTEN"):
            listening(settings)
    with BotApi.serve() as api:
        _out, said = start(api, tmp_path / "db", "--webhook").communicate(timeout=PATIENCE)
        assert len(said.splitlines()) == 1
        assert "DEMARCHE_PUBLIC_URL" in said


def _now() -> datetime:
    return datetime.now(UTC)
