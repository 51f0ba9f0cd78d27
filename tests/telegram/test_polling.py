"""Answers of Telegram that cannot be read: nobody is deaf for them, nothing of them is logged."""

from __future__ import annotations

import asyncio
import contextlib
import io
import json
import logging
from typing import TYPE_CHECKING, Any

import pytest

from bot.machine.logs import OneLine
from bot.telegram.polling import TRIES, CarefulRequest, PatientBot, UnreadableError
from tests.world import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from telegram import Update

WORDS = "A. Example of Example Organisation"


def message(number: int, **without: bool) -> dict[str, Any]:
    chat = {"id": 77123456, "type": "private"}
    sent = {
        "message_id": number,
        "date": 1_700_000_000,
        "chat": chat,
        "from": {"id": 77123456, "is_bot": False, "first_name": WORDS},
        "text": WORDS,
    }
    return {"update_id": number, "message": {k: v for k, v in sent.items() if k not in without}}


def answer(*updates: dict[str, Any]) -> bytes:
    return json.dumps({"ok": True, "result": updates}).encode()


class Canned(CarefulRequest):
    """Gives its answers one after the other, the last for ever."""

    def __init__(self, *answers: bytes) -> None:
        super().__init__()
        self.answers = list(answers)
        self.asked: list[dict[str, Any]] = []

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:  # noqa: ANN401 -- the library's own
        """See `BaseRequest`."""
        data = kwargs.get("request_data") or args[2]
        self.asked.append(data.parameters if data else {})
        return 200, self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What the log would hold."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(OneLine("%(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    yield stream
    root.removeHandler(handler)


def polled(canned: Canned, times: int = 1) -> list[tuple[Update, ...] | UnreadableError]:
    async def run() -> list[tuple[Update, ...] | UnreadableError]:
        bot = PatientBot("1:test", request=CarefulRequest(), get_updates_request=canned)
        found: list[tuple[Update, ...] | UnreadableError] = []
        for _time in range(times):
            try:
                updates = await bot.get_updates(offset=5, timeout=0)
            except UnreadableError as error:
                found.append(error)
            else:
                for update in updates:
                    bot.saved(update.update_id)
                found.append(updates)
        return found

    return asyncio.run(run())


def test_an_update_that_cannot_be_read_is_passed_over_by_its_number(written: io.StringIO) -> None:
    canned = Canned(answer(message(5), message(6, date=False), message(7)))
    (updates,) = polled(canned)
    assert not isinstance(updates, UnreadableError)
    assert [update.update_id for update in updates] == [5, 6, 7]
    assert [update.message is not None for update in updates] == [True, False, True]
    assert "update 6 is passed over" in written.getvalue()
    assert WORDS not in written.getvalue()
    assert "77123456" not in written.getvalue()


def test_an_answer_cut_off_once_loses_nothing(written: io.StringIO) -> None:
    whole = answer(message(5), message(6))
    canned = Canned(whole[:-3], whole)
    first, second = polled(canned, 2)
    assert isinstance(first, UnreadableError)
    assert not isinstance(second, UnreadableError)
    assert [update.update_id for update in second] == [5, 6]
    assert canned.asked[1]["limit"] == 1
    assert WORDS not in written.getvalue()
    assert "77123456" not in written.getvalue()


def test_an_answer_that_is_never_whole_makes_nobody_deaf(written: io.StringIO) -> None:
    cut = answer(message(5))[:-3]
    found = polled(Canned(*[cut] * (TRIES + 1), answer(message(6))), TRIES + 2)
    assert all(isinstance(one, UnreadableError) for one in found[:TRIES])
    passed, after = found[TRIES:]
    assert not isinstance(passed, UnreadableError)
    assert not isinstance(after, UnreadableError)
    assert [update.update_id for update in passed] == [5]
    assert passed[0].message is None
    assert after[0].update_id == 6
    assert WORDS not in written.getvalue()


def test_what_was_fetched_at_the_moment_of_a_stop_is_not_waited_for() -> None:
    async def run() -> None:
        bot = PatientBot(
            "1:test", request=CarefulRequest(), get_updates_request=Canned(answer(message(5)))
        )
        await bot.get_updates(offset=5, timeout=0)
        again = await asyncio.wait_for(bot.get_updates(offset=5, timeout=0), PATIENCE)
        assert [update.update_id for update in again] == [5], "it was not confirmed"
        asked = asyncio.ensure_future(bot.get_updates(offset=6, timeout=0))
        for _turn in range(100):
            await asyncio.sleep(0)
        assert not asked.done(), "confirmed only when it is on disk"
        bot.saved(5)
        await asyncio.wait_for(asked, PATIENCE)

    asyncio.run(run())


def test_of_other_peoples_code_no_message_is_logged(written: io.StringIO) -> None:
    logging.getLogger("asyncio").error("Task exception was never retrieved: %r", WORDS)
    try:
        int(WORDS)
    except ValueError:
        logging.getLogger("telegram.ext.ExtBot").exception("Received data was %s", WORDS)
    assert WORDS not in written.getvalue()
    assert "(ValueError)" in written.getvalue()


def test_each_answer_is_a_sign_of_life_and_none_is_no_sign() -> None:
    heard: list[int] = []

    async def run() -> None:
        canned = Canned(answer(), b"no answer at all", answer())
        bot = PatientBot(
            "1:test",
            request=CarefulRequest(),
            get_updates_request=canned,
            heard=lambda: heard.append(len(canned.asked)),
        )
        for _time in range(3):
            with contextlib.suppress(UnreadableError):
                await bot.get_updates(timeout=0)

    asyncio.run(run())
    assert heard == [1, 3]
