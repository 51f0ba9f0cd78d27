"""The page of figures beside the bot, at an address of its own: see `DEMARCHE_METRICS`."""

from __future__ import annotations

import asyncio
import logging
import socket
from contextlib import nullcontext
from typing import TYPE_CHECKING

from bot.machine import figures

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.desk import Desk

log = logging.getLogger(__name__)


def figures_page(desk: Desk, address: tuple[str, int]) -> Callable[[], Awaitable[None]]:
    """What serves the figures, in the bot's own loop; from now on they are kept."""
    import uvicorn  # noqa: PLC0415 -- only where figures are asked for

    from bot.commands.listening import configured  # noqa: PLC0415 -- as above
    from bot.web.figures import build  # noqa: PLC0415 -- as above

    figures.keep()
    figures.ask(figures.FACTS, desk.facts_age)
    figures.ask(figures.READY, lambda: {"": float(desk.is_ready())})
    server = uvicorn.Server(configured(build()))
    # The bot takes the signals: it stops this one, too.
    server.capture_signals = nullcontext  # type: ignore[method-assign,assignment]

    async def served() -> None:
        try:
            listener = socket.create_server(address, reuse_port=False)
        except OSError as error:
            log.error("no figures: %s:%s cannot be used (%s)", *address, error.errno)  # noqa: TRY400 -- one line, no trace
            return
        with listener:
            try:
                await server.serve(sockets=[listener])
            except asyncio.CancelledError:
                server.should_exit = True
                await server.shutdown(sockets=[listener])
                raise

    return served
