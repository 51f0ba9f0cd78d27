"""Telegram brings updates to the bot: each is taken once, and what is not comes again."""

from __future__ import annotations

import asyncio
import io
import json
import logging
from typing import TYPE_CHECKING

import pytest
from httpx import AsyncClient

from bot.telegram import running as bot_running
from bot.telegram.hook import Intake
from bot.telegram.polling import PatientBot
from bot.telegram.running import ALLOWED, CannotRunError
from bot.web.hook import SECRET_HEADER
from tests.botapi import BotApi
from tests.botapi.images import png
from tests.telegram.hooked import OUTSIDE, hooked_up
from tests.telegram.running import running
from tests.telegram.test_letter import a_letter, step
from tests.telegram.test_polling import WORDS, message
from tests.world import PATIENCE, make_desk

if TYPE_CHECKING:
    from pathlib import Path

    from tests.telegram.hooked import Hooked


def test_a_whole_letter_by_webhook(tmp_path: Path) -> None:
    async def run() -> None:
        desk = make_desk(tmp_path / "db")
        async with BotApi.start() as api, hooked_up(desk, api) as bot:
            user = api.user(7)
            await a_letter(api, user, "en")
            assert len(user.photos()) == 1
            await step(api, user.tap, "Share")
            await step(api, user.tap, "All")
            assert len(user.documents()) == 4
            await api.wait_for(lambda: api.drained)
            assert {one.status for one in api.brought} == {200}
            assert not api.refusals
            (set_up,) = api.called("setWebhook")
            assert set_up.parameters == {
                "url": f"{OUTSIDE}/telegram",
                "secret_token": bot.secret,
                "max_connections": 100,
                "allowed_updates": list(ALLOWED),
            }
            assert api.token not in bot.secret

    asyncio.run(run())


async def brought(bot: Hooked, body: bytes, secret: str | None = None) -> int:
    """The status of what somebody brings."""
    said = [(SECRET_HEADER.encode(), (bot.secret if secret is None else secret).encode())]
    async with AsyncClient(base_url=bot.inside) as client:
        return (await client.post("/telegram", content=body, headers=said)).status_code


def test_nobody_else_brings_anything(tmp_path: Path) -> None:
    async def run() -> None:
        async with BotApi.start() as api, hooked_up(make_desk(tmp_path / "db"), api) as bot:
            user = api.user(7)
            await step(api, user.send, "/start")
            before = len(user.texts)
            forged = message(700_000_900)
            forged["message"]["chat"]["id"] = forged["message"]["from"]["id"] = user.id
            forged["message"]["text"] = "/new"
            body = json.dumps(forged).encode()
            wrong = [bot.secret[:-1], bot.secret + "a", bot.secret.upper(), "é", "", api.token]
            assert [await brought(bot, body, one) for one in wrong] == [401] * len(wrong)
            async with AsyncClient(base_url=bot.inside) as client:
                assert (await client.post("/telegram", content=body)).status_code == 401
                assert (await client.get("/telegram")).status_code == 405
            assert len(user.texts) == before
            assert await brought(bot, body) == 200
            await api.wait_for(lambda: "OPSC" in "".join(user.labels()))

    asyncio.run(run())


UNREADABLE = [
    b"",
    b"{",
    b"[1]",
    b"null",
    b"\xff",
    b'{"update_id": "5"}',
    b'{"update_id": true}',
    b'{"message": {}}',
    b"[" * 100_000,
    json.dumps(message(5, date=False)).encode(),
    json.dumps({"update_id": 5, "message": {"chat": WORDS}}).encode(),
    json.dumps({"update_id": 5, "message": {**message(5)["message"], "from": {}}}).encode(),
    json.dumps(message(5) | {"message": {"chat": {"id": "x"}}}).encode(),
    json.dumps(message(10**30)).encode(),
]


def test_what_cannot_be_read_is_passed_over_and_not_logged(tmp_path: Path) -> None:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)

    async def run() -> None:
        async with BotApi.start() as api, hooked_up(make_desk(tmp_path / "db"), api) as bot:
            assert [await brought(bot, body) for body in UNREADABLE] == [200] * len(UNREADABLE)
            await step(api, api.user(7).send, "/new")

    logging.getLogger().addHandler(handler)
    try:
        asyncio.run(run())
    finally:
        logging.getLogger().removeHandler(handler)
    assert WORDS not in stream.getvalue()
    assert "77123456" not in stream.getvalue()


def test_the_same_update_twice_does_nothing_twice(tmp_path: Path) -> None:
    async def run() -> None:
        desk = make_desk(tmp_path / "db")
        async with BotApi.start() as api, hooked_up(desk, api):
            user = api.user(7)
            sent = user.send("/new")
            await api.wait_for(lambda: user.replies and api.drained)
            await step(api, user.tap, "OPSC")
            await step(api, user.send, "kenia")
            await api.wait_for(lambda: desk.store.cards.screen("telegram:7") == 0)  # it is known
            asked, shown = len(api.brought), len(user.messages)
            api.redeliver(sent.update_id)
            api.redeliver(sent.update_id)
            await api.wait_for(lambda: len(api.brought) == asked + 2)
            assert [one.status for one in api.brought[asked:]] == [200, 200]
            assert len(desk.shelves.drafts.of("telegram:7")) == 1
            await step(api, user.tap, "English")
            assert len(user.messages) == shown, "the card goes on where it was"
            assert all("not modified" in one.description for one in api.refusals)

    asyncio.run(run())


def test_a_file_is_answered_before_it_is_read(tmp_path: Path) -> None:
    async def run() -> None:
        desk = make_desk(tmp_path / "db")
        async with BotApi.start() as api, hooked_up(desk, api):
            user = api.user(7)
            await step(api, user.send, "/letterhead")
            hanging = api.fail("getFile", "timeout")
            user.send_document("logo.png", png())
            await api.wait_for(lambda: hanging.hits and api.drained)
            assert len(desk.store.inbox.kept("telegram")) == 1
            hanging.release()
            await api.wait_for(lambda: not desk.store.inbox.kept("telegram"))

    asyncio.run(run())


def test_what_was_taken_is_finished_and_what_was_not_comes_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot_running, "CONCURRENT", 1)  # what waits for its turn is not saved

    async def run() -> None:
        async with BotApi.start() as api:
            first, second, late = (api.user(number) for number in (7, 8, 9))
            async with hooked_up(make_desk(tmp_path / "db"), api) as bot:
                held = api.fail("sendMessage", "timeout", chat_id=first.id)
                first.send("/new")
                await api.wait_for(lambda: held.hits)
                second.send("/new")
                for _time in range(3):  # at the start, and of each
                    await bot.heard.get()
                assert len(api.brought) == 1, "answered when it is saved, and not before"
                bot.stop.set()
                await bot.stopping.wait()
                late.send("/new")
                await api.wait_for(lambda: 503 in {one.status for one in api.brought})
                async with AsyncClient(base_url=bot.inside) as client:
                    ready = await client.get("/readyz")
                    assert (ready.status_code, ready.json()["program"]) == (503, "stopping")
                    assert (await client.get("/healthz")).status_code == 200
                held.release()
            assert first.replies
            assert second.replies
            assert not late.replies
            assert api.webhook, "what comes waits at Telegram"
            async with hooked_up(make_desk(tmp_path / "db2"), api):
                await api.wait_for(lambda: late.replies and api.drained)
            assert not api.refusals

    asyncio.run(run())


def test_what_takes_too_long_is_to_come_again_and_is_taken_once() -> None:
    async def run() -> None:
        put: list[object] = []
        bot = PatientBot("1:test")
        intake = Intake(bot, put.append, heard=lambda: None, longest=0)
        body = json.dumps(message(5)).encode()
        assert not await intake.take(body)
        assert not await intake.take(body)
        assert len(put) == 1
        waiting = asyncio.create_task(Intake(bot, put.append, heard=lambda: None).take(body))
        await asyncio.sleep(0)
        bot.saved(5)
        assert await asyncio.wait_for(waiting, PATIENCE)
        assert len(put) == 1
        intake.stop()
        assert not await intake.take(body)

    asyncio.run(run())


def test_updates_that_another_program_took_are_had_back(tmp_path: Path) -> None:
    looked = asyncio.Event()
    again: asyncio.Queue[None] = asyncio.Queue()

    async def between(_seconds: float) -> None:
        looked.set()
        await again.get()

    async def run() -> None:
        async with BotApi.start() as api, hooked_up(make_desk(tmp_path / "db"), api, between):
            async with AsyncClient() as other:
                await other.get(f"{api.base_url}{api.token}/deleteWebhook")
            user = api.user(7)
            user.send("/new")
            assert not api.webhook
            again.put_nowait(None)
            await api.wait_for(lambda: user.replies)
            assert len(api.called("setWebhook")) == 2

    asyncio.run(run())


def test_polling_takes_the_webhook_away_and_loses_nothing(tmp_path: Path) -> None:
    async def run() -> None:
        async with BotApi.start() as api:
            user = api.user(7)
            async with hooked_up(make_desk(tmp_path / "db"), api):
                await step(api, user.send, "/new")
            user.send("kenia")
            async with running(make_desk(tmp_path / "db2"), api):
                await api.wait_for(lambda: api.drained)
                assert not api.webhook
            (taken,) = api.called("deleteWebhook")
            assert not taken.parameters.get("drop_pending_updates")
            assert len(api.world.updates.delivered) == 2

    asyncio.run(run())


def test_an_address_that_telegram_refuses_is_told_in_one_line(tmp_path: Path) -> None:
    async def run() -> None:
        async with BotApi.start() as api:
            with pytest.raises(CannotRunError, match=r"DEMARCHE_PUBLIC_URL.*https"):
                async with hooked_up(make_desk(tmp_path / "db"), api, outside="http://127.0.0.1"):
                    raise AssertionError

    asyncio.run(run())
