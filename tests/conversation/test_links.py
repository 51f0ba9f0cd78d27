"""Links: what follows /start reaches the room whose letter it begins with, or nobody."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import pytest
from telegram import Update

from bot.conversation.subjects import LINKS
from bot.conversation.talk.events import Command, Typed
from bot.conversation.talk.page import looking
from bot.conversation.talk.values import View
from bot.telegram import inbound as telegram
from bot.telegram.retries import Retries
from bot.web import inbound as web
from tests.conversation.talk import Talk

if TYPE_CHECKING:
    from pathlib import Path

    from bot.conversation.talk.context import Context
    from bot.conversation.talk.page import Step

OPENS_NOTHING = "This link does not work"


def opened(context: Context, token: str) -> Step | None:
    return looking(context, View("help")) if token.endswith("right") else None


def test_a_link_goes_to_its_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LINKS, "~", opened)
    talk = Talk(tmp_path / "db")
    assert talk.command("start ~right").screen.title == "Help"
    wrong = talk.command("start ~wrong").screen
    nobodys = talk.command("start !").screen
    assert OPENS_NOTHING in wrong.text
    assert wrong == nobodys
    assert OPENS_NOTHING not in talk.command("start").screen.text


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("/start", Command("start")),
        ("/start  cAb_-9 ", Command("start", "cAb_-9")),
        ("/Start\ncAb", Command("start", "cAb")),
        ("/ start", Typed("/ start")),
    ],
)
def test_both_channels_hand_over_what_follows_a_command(text: str, event: object) -> None:
    chat = {"id": 1, "type": "private"}
    message = {"message_id": 1, "date": 0, "chat": chat, "text": text}
    update = Update.de_json({"update_id": 1, "message": message}, None)
    assert asyncio.run(telegram.event_of(update, Retries(asyncio.sleep))) == event
    body = json.dumps({"id": 1, "kind": "typed", "text": text})
    assert web.event_of(body.encode()) == (event, 1)


def test_the_address_of_a_link(tmp_path: Path) -> None:
    talk = Talk(tmp_path / "db")
    assert talk.desk.chat_link("cx") == ""
    talk.desk.bot_name = "examplebot"
    assert talk.desk.chat_link("cx") == "https://t.me/examplebot?start=cx"
