"""Files of strangers: nobody waits for another's, none is lost, none ends the bot for ever."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from bot.desk.opening import READERS
from bot.machine.apart import Apart
from tests.botapi import BotApi
from tests.botapi.images import png
from tests.telegram.running import running
from tests.telegram.test_kill import answered, kill, start, tap
from tests.telegram.test_letter import step
from tests.world import Held, make_desk

if TYPE_CHECKING:
    from pathlib import Path

    from bot.machine.apart import Room


def test_a_tap_is_answered_while_another_ones_file_is_read(tmp_path: Path) -> None:
    room = Held()

    async def run() -> None:
        desk = make_desk(tmp_path / "db", room=room)
        async with BotApi.start() as api, running(desk, api):
            sender, other = api.user(7), api.user(8)
            await step(api, sender.send, "/letterhead")
            sender.send_document("logo.png", png())
            await asyncio.to_thread(room.begun.wait)
            sender.send_document("another.png", png())
            sender.send("/help")
            await step(api, other.send, "/new")
            await step(api, other.tap, "OPSC")
            assert not any("✓ A logo." in text for text in sender.texts)
            room.let.set()
            await api.wait_for(lambda: "/letters" in sender.texts[-1])
            assert not desk.store.inbox.kept("telegram"), "all is taken"
            assert not api.refusals

    asyncio.run(run())


def test_a_file_is_read_apart(tmp_path: Path) -> None:
    async def run() -> None:
        desk = make_desk(tmp_path / "db", room=Apart(READERS))
        async with BotApi.start() as api, running(desk, api):
            user = api.user(7)
            await step(api, user.send, "/letterhead")
            await step(api, user.send_document, "logo.png", png())
            assert "✓ A logo." in user.texts[-1]
            await step(api, user.send_document, "letter.docx", b"PK no package")
            assert "That file is damaged" in user.texts[-1]

    asyncio.run(run())


def test_a_file_that_cannot_be_read_in_time_is_refused(tmp_path: Path) -> None:
    class Ended:
        def read(self, *_values: object) -> None:
            """As where the reader had to be ended."""

    async def run(room: Room) -> None:
        async with BotApi.start() as api, running(make_desk(tmp_path / "db", room=room), api):
            user = api.user(7)
            await step(api, user.send, "/letterhead")
            await step(api, user.send_document, "logo.png", png())
            assert "too long to read" in user.texts[-1]

    asyncio.run(run(Ended()))


def test_a_file_is_kept_when_the_bot_dies_while_fetching_it(tmp_path: Path) -> None:
    with BotApi.serve() as api:
        user = api.user(7)
        process = start(api, tmp_path / "db")
        user.send("/letterhead")
        api.wait(lambda: any("Your letterhead" in text for text in user.texts), timeout=20)
        hanging = api.fail("getFile", "timeout")
        user.send_document("logo.png", png())
        api.wait(lambda: hanging.hits and api.drained, timeout=20)
        kill(process)
        start(api, tmp_path / "db")
        api.wait(lambda: "✓ A logo." in user.texts[-1], timeout=20)
        assert sum("✓ A logo." in text for text in user.texts) == 1
        assert not api.refusals


@pytest.mark.file
def test_what_the_bot_died_of_twice_is_left_out(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def run() -> None:
        desk = make_desk(tmp_path / "db")
        async with BotApi.start() as api, running(desk, api):
            user = api.user(7)
            await step(api, user.send, "/letterhead")
            # Just as a process leaves it that died twice in the midst of the next update.
            number = user.send_sticker().update_id + 1
            await api.wait_for(lambda: api.drained)
            desk.store.begun.close()
            (tmp_path / "db-begun").write_text(f"telegram:{number} 2\n")
            await step(api, user.send_document, "logo.png", png())
            assert "has stopped me more than once" in user.texts[-1]
            assert f"telegram:{number}" in caplog.text
            assert "logo" not in caplog.text
            await step(api, user.send_document, "logo.png", png())
            assert "✓ A logo." in user.texts[-1], "the next one is taken"

    asyncio.run(run())


DIES_OF_A_WORD = """
import os
from bot.desk.update import Desk
receive = Desk.receive
def fatal(self, user_id, event, **more):
    if getattr(event, "text", "") == "fatal":
        os._exit(9)
    return receive(self, user_id, event, **more)
Desk.receive = fatal
"""

DIES_OF_A_LETTER = """
import os
from bot.desk.update import Desk
Desk.preview = lambda *_values: os._exit(9)
"""


def test_an_update_that_the_bot_dies_of_is_not_taken_a_third_time(tmp_path: Path) -> None:
    with BotApi.serve() as api:
        user, other = api.user(7), api.user(8)
        user.send("fatal")
        for _ in range(2):
            assert start(api, tmp_path / "db", DIES_OF_A_WORD).wait(20) == 9
        start(api, tmp_path / "db", DIES_OF_A_WORD)
        api.wait(lambda: any("stopped me more than once" in one for one in user.texts), timeout=20)
        other.send("/help")
        api.wait(lambda: any("/letters" in text for text in other.texts), timeout=20)


def test_a_letter_that_the_bot_dies_of_is_left_out(tmp_path: Path) -> None:
    with BotApi.serve() as api:
        user = api.user(7)
        process = start(api, tmp_path / "db", DIES_OF_A_LETTER)
        for do in (
            lambda: user.send("/new"),
            lambda: user.send("opsc"),
            lambda: user.send("kenia"),
            lambda: user.send("english"),
            lambda: tap(user, "No co-signers yet"),
            lambda: tap(user, "Geneva"),
        ):
            before = len(api.calls)
            do()
            api.wait(lambda before=before: answered(api, user, before), timeout=20)  # type: ignore[misc]
        tap(user, "Geneva")
        assert process.wait(20) == 9
        assert start(api, tmp_path / "db", DIES_OF_A_LETTER).wait(20) == 9
        start(api, tmp_path / "db", DIES_OF_A_LETTER)
        api.wait(lambda: any("due here has stopped me" in one for one in user.texts), timeout=20)
        user.send("/help")
        api.wait(lambda: any("/letters" in text for text in user.texts), timeout=20)
