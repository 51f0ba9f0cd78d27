"""A real `Application` running against the Bot API double."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from bot.telegram.app import ALLOWED, build

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.desk import Desk
    from tests.botapi import BotApi


async def no_pause(_seconds: float) -> None:
    """Waits between attempts take no time in tests."""


@asynccontextmanager
async def running(desk: Desk, api: BotApi) -> AsyncIterator[None]:
    """The application polls until the block ends."""
    application = build(desk, api.token, api.base_url.removesuffix("/bot"), pause=no_pause)
    async with application:
        if application.post_init:
            await application.post_init(application)
        await application.start()
        if application.updater is None:
            raise TypeError
        await application.updater.start_polling(allowed_updates=list(ALLOWED))
        try:
            yield
        finally:
            await application.updater.stop()
            await application.stop()
    if application.post_shutdown:
        await application.post_shutdown(application)
