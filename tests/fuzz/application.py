"""The application that the bot runs, its requests led to the double; and who is known there."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from bot.telegram import running as bots
from tests.botapi.state import Chat, World
from tests.fuzz import odd
from tests.fuzz.updates import GROUPS, PEOPLE
from tests.fuzz.wire import Calls, Polls, Wire
from tests.telegram.running import never, no_pause

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Iterator

    from telegram.ext import Application

    from bot.desk import Desk

TOKEN = "4242:loopback"  # noqa: S105 -- opens nothing


def world() -> World:
    """People and groups that may be written to, and the files that can be fetched."""
    user = {"is_bot": True, "id": 4242, "first_name": "Example", "username": "example_bot"}
    extra = ("can_join_groups", "can_read_all_group_messages", "supports_inline_queries")
    known_world = World(bot={**user, **dict.fromkeys(extra, False)})
    for number in (*PEOPLE, *GROUPS):
        known = {"id": number, "is_bot": False, "first_name": "Zq"}
        known_world.chats[number] = Chat(known, wrote=True)
    for name, data in odd.FILES:
        known_world.keep("document", name, "text/plain", data)
    return known_world


@contextmanager
def running(
    runner: asyncio.Runner, desk: Desk, wire: Wire
) -> Iterator[Application[Any, Any, Any, Any, Any, Any]]:
    """The application that the bot runs, its requests led to the double."""

    async def started() -> Application[Any, Any, Any, Any, Any, Any]:
        with (
            patch.object(bots, "FewCalls", lambda **_how: Calls(wire)),
            patch.object(bots, "CarefulRequest", lambda **_how: Polls(wire)),
        ):
            application = bots.build(
                desk, TOKEN, "http://127.0.0.1:9", pause=no_pause, between=never
            )
        await application.initialize()
        if application.post_init:
            await application.post_init(application)
        return application

    async def stopped() -> None:
        for after in (application.post_stop, application.post_shutdown):
            if after:
                await after(application)
        await application.shutdown()

    application = runner.run(started())
    try:
        yield application
    finally:
        runner.run(stopped())
