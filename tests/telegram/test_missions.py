"""The mission book by Telegram: the template is a file, and what is sent back is read apart."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.conversation.talk.booked import OFFICE
from bot.desk.opening import READERS
from bot.machine.apart import Apart
from tests.botapi import BotApi
from tests.telegram.running import running
from tests.telegram.test_letter import step
from tests.world import make_desk

if TYPE_CHECKING:
    from pathlib import Path

FILE = b"State,Office,Address,As of\nKenya,Geneva,Example Street 1,2026-02-03\n"


def test_a_book_is_sent_looked_at_and_stored(tmp_path: Path) -> None:
    async def run() -> None:
        administrators = frozenset({"telegram:7"})
        desk = make_desk(tmp_path / "db", room=Apart(READERS), administrators=administrators)
        async with BotApi.start() as api, running(desk, api):
            user = api.user(7)
            await step(api, user.send, "/settings")
            await step(api, user.tap, "Mission book")
            await step(api, user.tap, "The template")
            assert [one.name for one in user.documents()] == ["missions.xlsx"]
            await step(api, user.send_document, "book.csv", FILE + b"Nowhere,Geneva,X,\n" * 20)
            assert "Row 3: no State" in user.texts[-1]
            assert [one.name for one in user.documents()][-1] == "rows.txt"
            await step(api, user.send_document, "book.csv", FILE)
            assert "New (1): Kenya" in user.texts[-1]
            await step(api, user.tap, "Store it")
            book = desk.shelves.missions.of(OFFICE)
            assert book
            assert [one.state for one in book.entries] == ["KEN"]
            assert not api.refusals

    asyncio.run(run())
