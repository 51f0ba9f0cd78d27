"""The process is killed between any two updates: nothing is lost, nothing is done twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from bot.storage.store import Store
from tests.botapi import BotApi
from tests.world import CO_SIGNERS, OPENED

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.botapi import User
    from tests.botapi.driver import Shown

pytestmark = pytest.mark.file


def start(
    api: BotApi, database: Path, before: str = "", workers: str = "0"
) -> subprocess.Popen[bytes]:
    """The program in a process of its own; it is killed at the test's end, if not before.

    `before` are statements that it runs first.
    """
    environment = {
        **os.environ,
        "DEMARCHE_TOKEN": api.token,
        "DEMARCHE_DATABASE": str(database),
        "DEMARCHE_API_URL": api.base_url.removesuffix("/bot"),
        "DEMARCHE_LOG_LEVEL": "warning",
        "DEMARCHE_WORKERS": workers,
    }
    program = f"{before}\nfrom bot.commands.cli import main\nmain()"
    command = [sys.executable, "-c", program, "run"]
    process = subprocess.Popen(command, env=environment)  # noqa: S603 -- our own words
    OPENED.callback(kill, process)
    return process


def kill(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGKILL)
    process.wait()


def tap(user: User, label: str) -> None:
    """Tap a button of the newest card: a card that a killed process forgot may stand above it."""
    card = user.card()
    assert card
    user.tap_message(card.message_id, label)


def answered(api: BotApi, user: User, before: int) -> bool:
    """Whether a card was shown since, and nothing is under way."""
    calls = api.calls[before:]
    shown = [c for c in calls if c.ok and "reply_markup" in c.parameters]
    return bool(shown) and bool(user.card()) and api.drained


def looks(card: Shown | None) -> object:
    """What a card says and offers."""
    return card and (card.text, card.labels)


def test_killed_between_any_two_updates(tmp_path: Path) -> None:
    # That a card was shown, or is gone, is written down with the next thing that is saved: after a
    # kill it is shown, or taken away, once more.
    with (
        BotApi.serve() as api,
        api.expecting("editMessageText", "not modified"),
        api.expecting("deleteMessage", "to delete not found"),
    ):
        user = api.user(7)
        steps: list[Callable[[], object]] = [
            lambda: user.send("/new"),
            lambda: tap(user, "OPSC"),
            lambda: user.send("kenia"),
            lambda: tap(user, "English"),
            lambda: user.send(CO_SIGNERS),
            lambda: tap(user, "Done"),
            lambda: tap(user, "Geneva"),
            lambda: tap(user, "Geneva"),
        ]
        for step in steps:
            process = start(api, tmp_path / "db")
            before, card = len(api.calls), user.card()
            step()
            api.wait(
                lambda before=before, card=card: (  # type: ignore[misc]
                    answered(api, user, before) and looks(user.card()) != looks(card)
                ),
                timeout=20,
            )
            kill(process)
        assert len(user.photos()) == 1
        letters = [text for text in user.texts if "Your Excellency," in text]
        assert len(letters) == 1
        assert "A. Example, Example Organisation\nB. Example, Chair, Second" in letters[0]
        assert not api.refusals
    with closing(Store(tmp_path / "db")) as store:
        assert len(store.shelves.drafts.of("telegram:7")) == 1


def test_killed_while_the_letter_is_on_its_way(tmp_path: Path) -> None:
    with BotApi.serve() as api:
        user = api.user(7)
        process = start(api, tmp_path / "db")
        for step in (
            lambda: user.send("/new"),
            lambda: tap(user, "OPSC"),
            lambda: user.send("kenia"),
            lambda: tap(user, "English"),
            lambda: tap(user, "No co-signers yet"),
            lambda: tap(user, "Geneva"),
        ):
            before = len(api.calls)
            step()
            api.wait(lambda before=before: answered(api, user, before), timeout=20)  # type: ignore[misc]
        hanging = api.fail("sendPhoto", "timeout")
        tap(user, "Geneva")
        api.wait(lambda: hanging.hits, timeout=20)
        kill(process)
        assert not user.photos()
        process = start(api, tmp_path / "db")
        before = len(api.calls)
        api.wait(lambda: user.photos() and answered(api, user, before), timeout=20)
        kill(process)
        assert len(user.photos()) == 1
        process = start(api, tmp_path / "db")
        api.wait(lambda: api.polling, timeout=20)
        user.send("/help")
        api.wait(lambda: any("/letters" in text for text in user.texts), timeout=20)
        kill(process)
        assert len(user.photos()) == 1, "what was sent is not sent again"
