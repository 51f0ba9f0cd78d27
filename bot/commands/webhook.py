"""The bot where Telegram brings updates: one server for them and the pages of co-signers."""

from __future__ import annotations

import socket
import tempfile
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bot.commands.listening import configured, serving
from bot.commands.readiness import Readiness
from bot.telegram.hook import Address, run_hook, secret_of
from bot.telegram.running import CannotRunError
from bot.web.hook import OK, PATH, Hook
from bot.web.signing.app import build

if TYPE_CHECKING:
    import asyncio
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
    from contextlib import AbstractAsyncContextManager

    from bot.desk import Desk
    from bot.settings import Settings
    from bot.telegram.hook import Intake


def run_webhook(
    desk: Desk,
    token: str,
    settings: Settings,
    beside: Iterable[Callable[[], Awaitable[None]]],
    heard: Callable[[], None],
) -> None:
    """Run until told to stop. Raises `CannotRunError`."""
    address = Address(settings.public_url + PATH, secret_of(token))
    ready = Readiness(desk.shelves.access.bot_name, _folder(settings))

    def now_heard() -> None:
        heard()
        ready.heard()

    with listening(settings) as listener:
        served = served_by(desk, settings, address, ready, listener)
        run_hook(
            *(desk, token, address, served),
            api_url=settings.api_url,
            beside=beside,
            heard=now_heard,
            rate=settings.messages,
        )


def _folder(settings: Settings) -> Path:
    """The disk that must have room: that of the database, or of the files that are made."""
    if settings.database_url:
        return Path(tempfile.gettempdir())
    return settings.database.parent


def listening(settings: Settings) -> socket.socket:
    """Where a reverse proxy hands on what comes. Raises `CannotRunError`."""
    host, port = settings.listen
    try:
        return socket.create_server((host, port), reuse_port=False)
    except OSError as error:
        message = f"{host}:{port} cannot be used ({error.strerror}): see DEMARCHE_LISTEN"
        raise CannotRunError(message) from None


def served_by(
    desk: Desk,
    settings: Settings,
    address: Address,
    ready: Readiness,
    listener: socket.socket,
) -> Callable[[Intake], AbstractAsyncContextManager[asyncio.Task[None]]]:
    """What serves the pages of those who are asked to sign, and hands on what Telegram brings."""
    desk.public_url = settings.public_url

    @asynccontextmanager
    async def served(intake: Intake) -> AsyncIterator[asyncio.Task[None]]:
        def parts() -> dict[str, str]:
            return {"program": "stopping" if intake.is_stopping else OK, **ready.parts()}

        hook = Hook(address.secret, intake.take, parts)
        application = build(desk, settings.public_url, hook.routes)
        async with serving(configured(application, proxied=True), listener) as ended:
            yield ended

    return served
