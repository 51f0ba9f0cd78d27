"""What stands around every answer: the headers that close it to other sites, pages and caches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

from bot.machine.logs import take_up

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.responses import Response
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
"""Of every answer that does not say otherwise itself."""


class Closed:
    """Sets the headers on all answers: refusals and what is not found as well."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, which has a task of its own."""
        take_up()

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, sent)


def closed(response: Response) -> Response:
    """The same for the answer to a mistake of ours, which is made outside of all that is around."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response


def around(hosts: Iterable[str]) -> list[Middleware]:
    """The headers, and within them the check by which name this server was asked for."""
    return [
        Middleware(Closed),
        Middleware(TrustedHostMiddleware, allowed_hosts=[*hosts], www_redirect=False),
    ]
