"""A real `Application` to which the Bot API double brings updates, as behind a reverse proxy."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from bot.commands.readiness import Readiness
from bot.commands.webhook import listening, served_by
from bot.settings import Settings
from bot.storage.postgres.leases import RENEW_SECONDS
from bot.telegram.hook import Address, Intake, hooked, secret_of
from bot.telegram.running import build
from tests.telegram.running import never, no_pause

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from bot.desk import Desk
    from tests.botapi import BotApi

OUTSIDE = "https://letters.example.org"


@dataclass
class Hooked:
    """A bot that runs by webhook: where it is, how it is stopped, and what it came to.

    `heard` has a line for each time that Telegram was heard; `look` has it look for what no other
    process on the database is at.
    """

    inside: str
    secret: str
    ready: Readiness
    stop: asyncio.Event = field(default_factory=asyncio.Event)
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    heard: asyncio.Queue[None] = field(default_factory=asyncio.Queue)
    looks: asyncio.Queue[None] = field(default_factory=asyncio.Queue)

    def look(self) -> None:
        """As its clock has it do every few seconds."""
        self.looks.put_nowait(None)

    async def between(self, seconds: float) -> None:
        """Until it is told to look; what is done less often is never done."""
        await (self.looks.get() if seconds == RENEW_SECONDS else never(seconds))


@asynccontextmanager
async def hooked_up(
    desk: Desk,
    api: BotApi,
    between: Callable[[float], Awaitable[None]] = never,
    outside: str = OUTSIDE,
    pause: Callable[[float], Awaitable[None]] = no_pause,
) -> AsyncIterator[Hooked]:
    """The application takes what is brought until the block ends, or it is stopped."""
    settings = Settings(Path("db"), public_url=outside, listen=("127.0.0.1", 0), webhook=True)
    address = Address(f"{outside}/telegram", secret_of(api.token))
    ready = Readiness(desk.shelves.access.bot_name, Path.cwd())
    url = api.base_url.removesuffix("/bot")

    with listening(settings) as listener:
        inside = f"http://127.0.0.1:{listener.getsockname()[1]}"
        found = Hooked(inside, address.secret, ready)
        served = served_by(desk, settings, address, ready, listener)

        @asynccontextmanager
        async def serving(intake: Intake) -> AsyncIterator[asyncio.Task[None]]:
            stop = intake.stop

            def stopped() -> None:
                stop()
                found.stopping.set()

            intake.stop = stopped  # type: ignore[method-assign]
            async with served(intake) as ended:
                yield ended

        def heard() -> None:
            ready.heard()
            found.heard.put_nowait(None)

        api.lead(outside, inside)
        application = build(desk, api.token, url, pause=pause, between=found.between)
        runs = asyncio.create_task(
            hooked(application, address, serving, found.stop, heard=heard, between=between)
        )
        called = asyncio.create_task(api.wait_for(lambda: api.webhook))
        await asyncio.wait({runs, called}, return_when=asyncio.FIRST_COMPLETED)
        called.cancel()
        if runs.done():
            await runs  # it raises what kept it from running
        try:
            yield found
        finally:
            found.stop.set()
            await runs
