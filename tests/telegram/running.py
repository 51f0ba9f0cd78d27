"""A real `Application` running against the Bot API double."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from bot.telegram.running import ALLOWED, NEWS_SECONDS, build

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from bot.desk import Desk
    from tests.botapi import BotApi


async def no_pause(_seconds: float) -> None:
    """Waits between attempts take no time in tests."""


async def never(_seconds: float) -> None:
    """No second look for news, unless a test asks for it."""
    await asyncio.Event().wait()


class Looks:
    """The bot looks for what is to be told whenever a test says so."""

    def __init__(self) -> None:
        self._asked: asyncio.Queue[None] = asyncio.Queue()

    def now(self) -> None:
        """As its clock has it do every minute."""
        self._asked.put_nowait(None)

    def all_done(self) -> bool:
        """Whether it has begun all looks that were asked for."""
        return self._asked.empty()

    async def between(self, seconds: float) -> None:
        """What is done for other processes' sake waits for ever."""
        await (self._asked.get() if seconds == NEWS_SECONDS else never(seconds))


@asynccontextmanager
async def running(
    desk: Desk,
    api: BotApi,
    between: Callable[[float], Awaitable[None]] = never,
    pause: Callable[[float], Awaitable[None]] = no_pause,
) -> AsyncIterator[None]:
    """The application polls until the block ends."""
    url = api.base_url.removesuffix("/bot")
    application = build(desk, api.token, url, pause=pause, between=between)
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
            if application.post_stop:
                await application.post_stop(application)
    if application.post_shutdown:
        await application.post_shutdown(application)
