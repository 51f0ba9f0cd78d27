"""What a letter costs in calls of the Bot API: Telegram allows about thirty a second in all."""

from __future__ import annotations

import asyncio
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

import pytest

from bot.telegram.taps import ANSWER_SECONDS
from tests.botapi import BotApi
from tests.postgres import programs
from tests.telegram.hooked import OUTSIDE, hooked_up
from tests.telegram.running import running
from tests.telegram.test_letter import step
from tests.world import make_desk

if TYPE_CHECKING:
    from pathlib import Path

    from tests.botapi import User

MOST = 16

TWO = "A. Example, Example Organisation\nB. Example, Chair, Second Organisation"
END = ("·Done", "·Geneva", "·Geneva")
WAYS = {
    "all by tapping": (
        *("/start", "·New letter", "·OPSC", "·Kenya", "·English", "·No co-signers yet"),
        *("·Geneva", "·Geneva", "·PDF", "·Word"),
    ),
    "all by tapping, the files as an album": (
        *("/start", "·New letter", "·OPSC", "·Kenya", "·English", "·No co-signers yet"),
        *("·Geneva", "·Geneva", "·Share", "·All files"),
    ),
    "co-signers typed": (
        *("/start", "·New letter", "·OPSC", "·Kenya", "·English", TWO, *END, "·PDF", "·Word"),
    ),
    "co-signers typed one by one": (
        *("/start", "·New letter", "·OPSC", "kenia", "·English", *TWO.split("\n")),
        *(*END, "·Share", "·All files"),
    ),
    "typed in one line": ("/start", "Kenya OPSC English", TWO, *END, "·PDF", "·Word"),
    "all typed": (
        *("/new", "OPSC", "kenia", "English", TWO, "·Done", "Geneva", "Geneva", "pdf", "word"),
    ),
}
"""What begins with a dot is tapped."""


async def at_a_persons_pace(_seconds: float) -> None:
    """The next tap comes before anything has waited: a person's thumb, and a quick computer."""
    await asyncio.Event().wait()


def has_all(user: User) -> bool:
    """Whether text, picture, PDF and Word file stand in the chat."""
    kinds = {one.name.rpartition(".")[2] for one in user.documents()}
    text = any("Excellency" in one for one in user.texts)
    return {"pdf", "docx"} <= kinds and bool(user.photos()) and text


async def a_letter_costs_few(api: BotApi, way: str) -> None:
    """Write it, and count the calls."""
    await api.wait_for(lambda: len(api.called("setMyShortDescription")) == 3)
    user = api.user(7)
    before = len(api.calls)
    for act in WAYS[way]:
        do = user.tap if act.startswith("·") else user.send
        await step(api, do, act.removeprefix("·"))
    await api.wait_for(lambda: has_all(user) and api.drained)
    made = Counter(call.method for call in api.calls[before:])
    del made["getUpdates"]
    assert sum(made.values()) <= MOST, dict(made)
    assert len([one for one in user.messages if one.buttons]) <= 3, "few cards are left over"
    assert not api.refusals


@pytest.mark.parametrize("way", WAYS)
def test_a_letter_costs_few_calls(tmp_path: Path, way: str) -> None:
    async def run() -> None:
        desk = make_desk(tmp_path / "db")
        async with BotApi.start() as api, running(desk, api, pause=at_a_persons_pace):
            await a_letter_costs_few(api, way)

    asyncio.run(run())


class Patience:
    """Waits in which a person taps on, until they have tapped for the last time."""

    def __init__(self) -> None:
        self._over = asyncio.Event()

    async def pause(self, seconds: float) -> None:
        """An answer waits for the last tap, all else for ever."""
        await (self._over.wait() if seconds == ANSWER_SECONDS else at_a_persons_pace(seconds))

    def is_over(self) -> None:
        """They have tapped for the last time."""
        self._over.set()


@pytest.mark.skipif(programs() is None, reason="PostgreSQL is not installed")
@pytest.mark.parametrize("way", WAYS)
def test_a_letter_over_two_processes_costs_no_more(url: str, way: str) -> None:
    async def run() -> None:
        patience = Patience()
        hooked = partial(hooked_up, pause=patience.pause)
        async with (
            BotApi.start() as api,
            hooked(make_desk(url), api) as one,
            hooked(make_desk(url), api) as other,
        ):
            api.lead(OUTSIDE, one.inside, other.inside)
            await a_letter_costs_few(api, way)
            before = len(api.called("answerCallbackQuery"))
            patience.is_over()
            await step(api, api.user(7).send, "/help")
            assert len(api.called("answerCallbackQuery")) - before <= 1, "not of each process"

    asyncio.run(run())
