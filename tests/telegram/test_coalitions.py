"""A link that invites, from one chat to another; and a coalition's letterhead in both."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING

from tests.botapi import BotApi
from tests.telegram.running import running
from tests.telegram.test_letter import a_letter, step
from tests.world import make_desk

if TYPE_CHECKING:
    from pathlib import Path


def test_somebody_is_invited_by_a_link_and_gets_the_coalitions_letter(tmp_path: Path) -> None:
    async def run() -> None:
        desk = make_desk(tmp_path / "db")
        async with BotApi.start() as api, running(desk, api):
            one, other = api.user(7), api.user(8)
            await step(api, one.send, "/settings")
            for label in ("Coalitions", "Found a coalition"):
                await step(api, one.tap, label)
            await step(api, one.send, "Example Coalition")
            await step(api, one.send, "A. Example")
            await step(api, one.tap, "Invite")
            await step(api, one.tap, "Reader")
            await api.wait_for(lambda: any("https://t.me/" in text for text in one.texts))
            (message,) = [text for text in one.texts if "https://t.me/" in text]
            (token,) = re.findall(r"https://t\.me/example_bot\?start=(c\S+)$", message)
            await a_letter(api, one, "en")
            await step(api, other.send, f"/start {token}")
            assert "Example Coalition" in other.texts[-1]
            await step(api, other.tap, "Join")
            await step(api, other.send, "B. Example")
            await step(api, other.send, "/letters")
            await step(api, other.tap, "Kenya")
            await api.wait_for(lambda: len(other.photos()) == 1)
            await step(api, other.send, f"/start {token}")
            assert "does not work" in other.texts[-1]
            assert not api.refusals

    asyncio.run(run())
