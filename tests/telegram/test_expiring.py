"""Letters that are deleted soon are told of unasked, and again where that did not arrive."""

from __future__ import annotations

import asyncio
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from tests.botapi import BotApi
from tests.telegram.running import Looks, running
from tests.telegram.test_letter import a_letter
from tests.world import TODAY, make_desk

if TYPE_CHECKING:
    from pathlib import Path

SAID = "I delete them on the day given"


def test_one_is_told_unasked_of_a_letter_that_is_deleted_soon(tmp_path: Path) -> None:
    desk = make_desk(tmp_path / "db")

    async def run() -> None:
        looks = Looks()
        async with (
            BotApi.start() as api,
            running(desk, api, between=looks.between),
        ):
            user = api.user(7)
            await a_letter(api, user, "en")
            for day in (1, 90):
                desk.today = partial(date.fromordinal, TODAY.toordinal() + day)
                looks.now()
                await api.wait_for(lambda: desk._looked_on == desk.today())  # noqa: SLF001 -- the day of the look
            assert not any(SAID in one for one in user.texts)
            failing = api.fail("sendMessage", "502", 4)  # as often as it is tried
            looks.now()
            await api.wait_for(lambda: failing.hits == failing.times)
            assert not any(SAID in one for one in user.texts)
            looks.now()
            await api.wait_for(lambda: any(SAID in one for one in user.texts))
            looks.now()
            looks.now()
            await api.wait_for(looks.all_done)
            assert sum(SAID in one for one in user.texts) == 1
            assert not api.refusals

    asyncio.run(run())
