"""A signing from chat to chat: the invitation, what is said, and the drafter's card."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING

from bot.web.signing.visits import Done, Visits
from tests.botapi import BotApi
from tests.signings.playing import form_of
from tests.telegram.running import running
from tests.telegram.test_letter import a_letter, step
from tests.world import make_desk

if TYPE_CHECKING:
    from pathlib import Path

    from tests.botapi.driver import User


async def invited(api: BotApi, drafter: User) -> str:
    """A letter that is open for signing; the token of the first co-signer's invitation."""
    await a_letter(api, drafter, "en")
    for label in ("Share", "Ask the co-signers", "Open for signing", "Invite"):
        await step(api, drafter.tap, label)
    await step(api, drafter.tap, next(one for one in drafter.labels() if one.startswith("…")))
    (text,) = [one for one in drafter.texts if "In Telegram: " in one]
    (token,) = re.findall(r"https://t\.me/example_bot\?start=(s\S+)", text)
    assert f"https://letters.example.org/s/{token}" in text
    return str(token)


def shown(user: User) -> str:
    """What the user's card says."""
    card = user.card()
    return card.text or "" if card else ""


def test_the_card_counts_along_while_others_answer(tmp_path: Path) -> None:
    async def run() -> None:
        desk = make_desk(tmp_path / "db")
        desk.public_url = "https://letters.example.org"
        async with BotApi.start() as api, running(desk, api):
            drafter, other = api.user(7), api.user(8)
            token = await invited(api, drafter)
            keyboard = next(one for one in drafter.messages if "In Telegram: " in (one.text or ""))
            assert keyboard.labels == ["Share in Telegram", "Copy the link"]
            await step(api, drafter.tap, "‹ Back")
            await step(api, drafter.tap, "‹ Back")
            card = drafter.card()
            assert card
            await step(api, other.send, f"/start {token}")
            await api.wait_for(lambda: len(other.photos()) == 1)
            await api.wait_for(lambda: any(one.startswith("Confirm as") for one in other.labels()))
            assert any(one.startswith("*** DRAFT") for one in other.texts)
            await step(
                api, other.tap, next(x for x in other.labels() if x.startswith("Confirm as"))
            )
            await api.wait_for(lambda: "Your name stands below this text" in shown(other))
            await api.wait_for(lambda: "1 of " in shown(drafter))
            now = drafter.card()
            assert now
            assert now.message_id == card.message_id, "changed in place"
            assert not api.refusals

    asyncio.run(run())


def test_the_card_counts_along_while_somebody_answers_on_the_page(tmp_path: Path) -> None:
    async def run() -> None:
        desk = make_desk(tmp_path / "db")
        desk.public_url = "https://letters.example.org"
        async with BotApi.start() as api, running(desk, api):
            drafter = api.user(7)
            token = await invited(api, drafter)
            await step(api, drafter.tap, "‹ Back")
            await step(api, drafter.tap, "‹ Back")
            visits = Visits(desk)
            found = visits.look(token, desk.store.people.load("telegram:7").user.language)
            assert found
            assert isinstance(visits.speak(token, form_of(found)), Done)
            await api.wait_for(lambda: "1 of " in shown(drafter))
            assert not api.refusals

    asyncio.run(run())
