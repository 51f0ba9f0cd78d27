"""The double fails as it is told to, and polls as Telegram does."""

from __future__ import annotations

import asyncio
import contextlib
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from telegram import Bot
from telegram.error import BadRequest, Conflict, Forbidden, NetworkError, RetryAfter, TimedOut
from telegram.request import HTTPXRequest

from tests.botapi import BotApi
from tests.botapi.raw import call, refusal

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Coroutine

    from tests.botapi.faults import Kind


@contextlib.asynccontextmanager
async def bot_of(api: BotApi, read_timeout: float = 5) -> AsyncIterator[Bot]:
    bot = Bot(
        api.token,
        base_url=api.base_url,
        base_file_url=api.base_file_url,
        request=HTTPXRequest(read_timeout=read_timeout),
    )
    await bot.initialize()
    try:
        yield bot
    finally:
        await bot.shutdown()


def failing(api: BotApi, kind: Kind, *, after: bool = False, html: bool = False) -> Exception:
    """Return what the bot's library makes of a failure, and show the next call works."""

    async def run() -> Exception:
        async with bot_of(api, 0.2) as bot:
            api.fail("sendMessage", kind, retry_after=3, after=after, html=html)
            with pytest.raises(Exception) as caught:  # noqa: PT011 - the caller looks at the type
                await bot.send_message(7, "first")
            await bot.send_message(7, "second")
            return caught.value

    api.user(7).send("/start")
    return asyncio.run(run())


def test_a_flood_says_how_long_to_wait(api: BotApi, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    error = failing(api, "429")
    assert isinstance(error, RetryAfter)
    assert error.retry_after == timedelta(seconds=3)
    assert api.user(7).texts == ["second"]
    assert [item.status for item in api.called("sendMessage")] == [429, 200]


@pytest.mark.parametrize("html", [False, True])
@pytest.mark.parametrize("kind", ["500", "502"])
def test_a_server_error(api: BotApi, kind: Kind, *, html: bool) -> None:
    assert isinstance(failing(api, kind, html=html), NetworkError)
    assert api.user(7).texts == ["second"]


@pytest.mark.parametrize(("after", "texts"), [(False, ["second"]), (True, ["first", "second"])])
@pytest.mark.parametrize(("kind", "error"), [("drop", NetworkError), ("timeout", TimedOut)])
def test_no_answer_before_or_after_the_effect(
    api: BotApi, kind: Kind, error: type[Exception], *, after: bool, texts: list[str]
) -> None:
    assert isinstance(failing(api, kind, after=after), error)
    assert api.user(7).texts == texts
    assert [item.status for item in api.called("sendMessage")] == [0, 200]
    assert [item.fault for item in api.called("sendMessage")] == [kind, ""]


def test_a_block(api: BotApi) -> None:
    assert isinstance(failing(api, "blocked"), Forbidden)
    assert not api.refusals


def test_a_time_out_can_be_released(api: BotApi) -> None:
    async def run() -> None:
        async with bot_of(api) as bot:
            fault = api.fail("sendMessage", "timeout")
            sending = asyncio.create_task(bot.send_message(7, "late"))
            await api.wait_for(lambda: fault.hits)
            assert not api.user(7).texts
            fault.release()
            assert (await sending).text == "late"

    api.user(7).send("/start")
    asyncio.run(run())


def test_closing_lets_go_of_calls_that_hang() -> None:
    async def run() -> None:
        async with BotApi.start() as api, bot_of(api) as bot:
            fault = api.fail("*", "timeout", times=None)
            hanging = asyncio.create_task(bot.get_my_commands())
            await api.wait_for(lambda: fault.hits)
            stopping = api.called("getMyCommands")
            assert stopping[0].status is None
            closing = asyncio.create_task(asyncio.to_thread(api.close))
            with pytest.raises(NetworkError):
                await hanging
            await closing

    asyncio.run(run())


def test_a_failure_meets_only_its_chat(api: BotApi) -> None:
    for number in (7, 8):
        api.user(number).send("/start")
    api.fail("sendMessage", "500", times=None, chat_id=8)
    assert call(api, "sendMessage", chat_id=7, text="a")["ok"]
    assert call(api, "sendMessage", chat_id=8, text="a")["error_code"] == 500


def test_only_the_offset_confirms(api: BotApi) -> None:
    user = api.user(7)
    first, second = user.send("one"), user.send("two")

    def fetch(**values: Any) -> list[int]:  # noqa: ANN401 - any JSON value
        return [update["update_id"] for update in call(api, "getUpdates", **values)["result"]]

    assert fetch() == fetch() == [first.update_id, second.update_id]
    assert second.update_id == first.update_id + 1
    assert fetch(limit=1) == [first.update_id]
    assert fetch(offset=second.update_id) == [second.update_id]
    assert fetch(offset=first.update_id) == [second.update_id]
    user.send("three")
    assert fetch(offset=-1) == [second.update_id + 1]
    api.redeliver(first.update_id)
    assert fetch(offset=second.update_id + 2) == [first.update_id]
    assert fetch() == []


def test_allowed_updates_are_kept_and_sift(api: BotApi) -> None:
    call(api, "getUpdates", allowed_updates=["callback_query"])
    api.user(7).send("unheard")
    assert call(api, "getUpdates")["result"] == []
    call(api, "getUpdates", allowed_updates=[])
    heard = api.user(7).send("heard")
    assert [item["update_id"] for item in api.pending] == [heard.update_id]


def test_a_long_poll_wakes_at_once(api: BotApi) -> None:
    with ThreadPoolExecutor(1) as pool:
        polled = pool.submit(call, api, "getUpdates", timeout=30)
        api.wait(lambda: api.polling)
        sent = api.user(7).send("hello")
        assert polled.result(5)["result"][0]["update_id"] == sent.update_id


def test_two_polls_are_one_too_many(api: BotApi) -> None:
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(call, api, "getUpdates", timeout=30)
        api.wait(lambda: api.polling)
        assert call(api, "getUpdates")["ok"]
        assert "terminated by other getUpdates request" in first.result(5)["description"]
    assert [item.code for item in api.refusals] == [409]


def test_a_poll_that_is_cut_off_is_no_conflict(api: BotApi) -> None:
    url = f"{api.base_url}{api.token}/getUpdates"
    with pytest.raises(httpx.ReadTimeout):
        httpx.post(url, json={"timeout": 30}, timeout=0.2)
    assert call(api, "getUpdates")["ok"]
    assert not api.refusals


def test_a_webhook_ends_polling(api: BotApi) -> None:
    call(api, "setWebhook", url="https://example.org/")
    assert call(api, "getWebhookInfo")["result"]["url"] == "https://example.org/"
    assert "409 Conflict: can't use getUpdates" in refusal(api, "getUpdates")
    call(api, "deleteWebhook", drop_pending_updates=True)
    assert call(api, "getUpdates")["ok"]


def test_the_library_sees_conflict_and_bad_request(api: BotApi) -> None:
    async def caught(work: Coroutine[Any, Any, object]) -> str:
        with pytest.raises((Conflict, BadRequest)) as error:
            await work
        return type(error.value).__name__

    async def run() -> None:
        async with bot_of(api) as bot:
            await bot.set_webhook("https://example.org/")
            assert await caught(bot.get_updates()) == "Conflict"
            assert await caught(bot.send_message(9, "a")) == "BadRequest"

    asyncio.run(run())
