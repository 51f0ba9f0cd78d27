"""A contact that is shared in Telegram signs with its name, role and organisation."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tests.botapi import BotApi
from tests.telegram.running import running
from tests.telegram.test_letter import step
from tests.world import make_desk

if TYPE_CHECKING:
    from pathlib import Path

CARD = (
    "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Example;A.;;;\r\nFN:A. Example\r\nORG:Example\\, Inc.\r\n"
    "TITLE:Chair\r\nTEL:+41000000000\r\nEND:VCARD\r\n"
)
NAMELESS = "BEGIN:VCARD\r\nVERSION:3.0\r\nTEL:+41000000000\r\nEND:VCARD\r\n"


def test_a_shared_contact_signs(tmp_path: Path) -> None:
    async def run() -> None:
        desk = make_desk(tmp_path / "db")
        async with BotApi.start() as api, running(desk, api):
            user = api.user(7)
            await step(api, user.send, "/new")
            await step(api, user.send_contact, "A.", "Example")
            assert "I can read only text here" in user.texts[-1]
            for tapped in ("OPSC", "Kenya", "English"):
                await step(api, user.tap, tapped)
            await step(api, user.send_contact, "Wrong", "", CARD)
            await step(api, user.send_contact, "B.", "Example; Second")
            await step(api, user.send_contact, "C. Example", "", NAMELESS)
            draft = desk.store.people.load("telegram:7").draft
            assert draft
            assert [(one.name, one.role, one.organisation) for one in draft.signatories] == [
                ("A. Example", "Chair", "Example, Inc."),
                ("B. Example; Second", "", ""),
                ("C. Example", "", ""),
            ]
            assert not desk.store.inbox.kept("telegram")
            assert not api.refusals

    asyncio.run(run())
