"""A whole letter through the real `Application` and the strict Bot API double."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from tests.botapi import BotApi
from tests.telegram.running import running
from tests.world import CO_SIGNERS, make_desk

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.botapi import User

WORDS = {
    "en": ("English", "Done", "Geneva", "Your Excellency,", "Share", "All"),
    "fr": ("Français", "Terminé", "Genève", "Excellence,", "Partager", "Tous"),
    "es": ("Español", "Listo", "Ginebra", "Excelencia:", "Compartir", "Todos"),
}


async def step(api: BotApi, do: Callable[..., object], *arguments: object) -> None:
    """Do one thing and wait until the bot has answered with a card, or with files under it."""
    before = len(api.calls)
    do(*arguments)

    def answered() -> bool:
        calls = [call for call in api.calls[before:] if call.ok]
        shown = {"sendMessage", "editMessageText"}
        return any(call.method in shown and "reply_markup" in call.parameters for call in calls)

    def under() -> bool:
        """A tap that brought files is answered when they are there: the card stays above them."""
        calls = [call for call in api.calls[before:] if call.ok]
        files = any("'document'" in str(call.parameters) for call in calls)
        return files and any(call.method == "answerCallbackQuery" for call in calls)

    await api.wait_for(lambda: answered() or under())


async def a_letter(api: BotApi, user: User, language: str) -> None:
    name, done, city, *_rest = WORDS[language]
    await step(api, user.send, "/new")
    await step(api, user.tap, "OPSC")
    await step(api, user.send, "kenia")
    await step(api, user.tap, name)
    await step(api, user.send, CO_SIGNERS)
    await step(api, user.tap, done)
    await step(api, user.tap, city)
    await step(api, user.tap, city)


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_a_whole_letter_in_the_users_language(tmp_path: Path, language: str) -> None:
    async def run() -> None:
        desk = make_desk(tmp_path / "db")
        async with BotApi.start() as api, running(desk, api):
            user = api.user(7, language_code=language)
            await a_letter(api, user, language)
            assert len(user.photos()) == 1
            assert any(WORDS[language][3] in text for text in user.texts)
            await step(api, user.tap, WORDS[language][4])
            await step(api, user.tap, WORDS[language][5])
            names = [document.name for document in user.documents()]
            stem = f"OPSC-KEN-{language}-2026-03-02"
            assert names == [f"{stem}.{kind}" for kind in ("png", "pdf", "docx", "txt")]
            assert not api.refusals

    asyncio.run(run())
