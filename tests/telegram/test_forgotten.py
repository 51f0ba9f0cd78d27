"""Everything about somebody is deleted, in the running program: on disk and in the chat."""

from __future__ import annotations

import asyncio
import signal
from typing import TYPE_CHECKING

import pytest

from tests.botapi import BotApi
from tests.documents.test_letterhead import picture
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
from tests.telegram.running import Looks, running
from tests.telegram.test_kill import answered, kill, start, tap
from tests.telegram.test_letter import a_letter, step
from tests.world import Held, make_desk

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tests.botapi import User


SAID = "Everything about you was deleted."
ME = 7_316_502_984


def do(api: BotApi, user: User, steps: Iterable[Step]) -> None:
    for kind, said, data in steps:
        before = len(api.calls)
        if kind == "tap":
            tap(user, said)
        elif kind == "file":
            user.send_document(said, data)
        else:
            user.send(said)
        api.wait(lambda before=before: answered(api, user, before), timeout=20)  # type: ignore[misc]


def many(api: BotApi, user: User) -> None:
    """Letters to many States, on the way to the chat, which does not take them."""
    hanging = api.fail("sendDocument", "timeout")
    do(api, user, much())
    tap(user, "Write the letters")
    api.wait(lambda: hanging.hits, timeout=20)


@pytest.mark.clear
@pytest.mark.file
def test_nothing_is_left_while_it_runs_nor_after_a_kill(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary, path, me = temporary_folder(), tmp_path / "data" / "db", f"telegram:{ME}"
    monkeypatch.setenv("TMPDIR", str(temporary))
    with BotApi.serve() as api:
        user, other = api.user(ME), api.user(8)
        process = start(api, path)
        do(api, other, list(much())[:3])
        many(api, user)
        things = known(path, me)
        assert modes(path.parent) == dict.fromkeys(FILES, 0o600)
        assert list(temporary.glob("demarche-*/*.zip"))
        assert typed(much()) <= left(path, temporary, things), "the search finds what is there"
        do(api, user, FORGETTING)
        assert SAID in user.texts[-1]
        assert list(temporary.glob("demarche-*")) == []
        assert left(path, temporary, things) == set()
        kill(process)
        assert left(path, temporary, things) == set()
        with api.expecting(part="not modified"):  # what comes again is answered as it was
            shown = len(api.called("editMessageText"))
            process = start(api, path)
            api.redeliver(api.last_update_id)
            api.wait(lambda: len(api.called("editMessageText")) > shown, timeout=20)
            assert rows(path, me) == 0
            assert rows(path, "telegram:8")
            process.send_signal(signal.SIGTERM)
            assert process.wait(20) == 0
        assert not [one for one in path.parent.iterdir() if one.name in {"db-wal", "db-shm"}]
        assert left(path, temporary, things) == set()
        assert not api.refusals


def test_the_chat_is_cleared_of_what_the_bot_knows_and_goes_on(tmp_path: Path) -> None:
    async def run() -> None:
        async with BotApi.start() as api, running(make_desk(tmp_path / "db"), api):
            user = api.user(ME)
            await a_letter(api, user, "en")
            await step(api, user.send, "/privacy")
            await step(api, user.tap, "Delete everything")
            card = user.messages[-1].message_id
            assert "the last two days" in user.texts[-1]
            assert user.photos()
            user.tap("Delete at once, for good")
            await api.wait_for(lambda: SAID in user.texts[-1] and not user.photos())
            await api.wait_for(lambda: not any("Excellency" in text for text in user.texts))
            assert user.messages[-1].message_id == card, "said where it was asked for"
            assert "Please clear this chat, too" in user.texts[-1]
            await step(api, user.tap, "New letter")
            assert user.messages[-1].message_id == card, "who begins anew goes on there"
            assert not api.refusals

    asyncio.run(run())


@pytest.mark.clear
@pytest.mark.file
def test_now_and_then_all_is_written_to_the_database_itself(tmp_path: Path) -> None:
    async def run() -> None:
        looks = Looks()
        async with (
            BotApi.start() as api,
            running(make_desk(tmp_path / "db"), api, between=looks.between),
        ):
            await a_letter(api, api.user(ME), "en")
            assert b"Second Organisation" not in (tmp_path / "db").read_bytes()
            for _ in range(2):  # when the second is taken, the first is over
                looks.now()
            await api.wait_for(looks.all_done)
            assert b"Second Organisation" in (tmp_path / "db").read_bytes()

    asyncio.run(run())


@pytest.mark.clear
@pytest.mark.file
def test_what_waited_for_a_file_to_be_read_is_forgotten_with_it(tmp_path: Path) -> None:
    async def run() -> None:
        path, room = tmp_path / "db", Held()
        desk = make_desk(path, room=room)
        async with BotApi.start() as api, running(desk, api):
            user = api.user(ME)
            await step(api, user.send, "/letterhead")
            card = user.messages[-1].message_id
            sent = user.send_document("Zqlogo.png", picture("PNG"))
            await asyncio.to_thread(room.begun.wait)
            user.send("/privacy")
            for action in ("forget", "forget-yes", "forget-yes", "undo"):
                user.tap_data(card, f"-:{action}:")
            await api.wait_for(lambda: api.drained)
            numbers = {(sent.update_id + more).to_bytes(4, "big") for more in range(6)}
            things = {str(ME).encode(), *numbers}
            assert {b"Zqlogo", str(ME).encode()} <= left(path, tmp_path / "none", things)
            room.let.set()
            await api.wait_for(lambda: len(api.called("answerCallbackQuery")) == 4)
            await api.wait_for(
                lambda: any(SAID in str(call.parameters) for call in api.called("editMessageText"))
            )
            assert rows(path, f"telegram:{ME}") == 0
            assert left(path, tmp_path / "none", things) == set()
            before = len(api.called("sendMessage"))
            api.redeliver(sent.update_id)
            await api.wait_for(lambda: len(api.called("sendMessage")) > before)
            assert rows(path, f"telegram:{ME}") == 0

    asyncio.run(run())


AWAY = (Step("typed", "/delete"), Step("tap", "Delete, with 24 hours to undo"))
TOMORROW = """
import datetime, bot.commands.now as clock
before = clock.now
clock.now = lambda: before() + datetime.timedelta(hours=25)
"""


def test_put_away_killed_and_gone_at_the_next_start_a_day_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary, path, me = temporary_folder(), tmp_path / "data" / "db", f"telegram:{ME}"
    monkeypatch.setenv("TMPDIR", str(temporary))
    with BotApi.serve() as api:
        user = api.user(ME)
        process = start(api, path)
        many(api, user)
        things = known(path, me)
        do(api, user, AWAY)
        assert "is deleted for good on" in user.texts[-1]
        assert list(temporary.glob("demarche-*")) == [], "what was being written is let go of"
        kill(process)
        assert typed(much()) <= left(path, temporary, things), "it may still be undone"
        sent, shown = len(api.called("sendDocument")), len(user.photos())
        process = start(api, path, TOMORROW)
        api.wait(lambda: SAID in user.texts[-1] and len(user.photos()) < shown, timeout=20)
        assert len(api.called("sendDocument")) == sent, "no file comes any more"
        assert rows(path, me) == 0
        assert left(path, temporary, things) == set()
        kill(process)
        assert left(path, temporary, things) == set()


def test_in_the_chat_one_screen_until_it_is_undone_and_the_file_of_all(tmp_path: Path) -> None:
    async def run() -> None:
        desk = make_desk(tmp_path / "db")
        async with BotApi.start() as api, running(desk, api):
            user = api.user(ME)
            await a_letter(api, user, "en")
            await step(api, user.send, "/export")
            await api.wait_for(lambda: bool(user.documents()))
            (name,) = [one.name for one in user.documents()]
            assert name == "demarche-export-2026-03-02.zip"
            assert desk.store.updates.owed("telegram") == (), "it is settled"
            await step(api, user.send, "/delete")
            await step(api, user.tap, "Delete, with 24 hours to undo")
            await step(api, user.send, "/start")
            assert "Until then you can undo it" in user.texts[-1]
            assert user.photos(), "what is in the chat stays until the end"
            await step(api, user.tap, "Undo: keep everything")
            assert "Everything is there again" in user.texts[-1]
            await step(api, user.tap, "‹ The letter")
            assert not api.refusals

    asyncio.run(run())
