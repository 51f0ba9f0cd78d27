"""Where Telegram brings updates, and where others ask whether this process can serve.

Only who says the secret is listened to: of anybody else not even the body is read.
"""

from __future__ import annotations

import hmac
import logging
from typing import TYPE_CHECKING

from starlette.requests import ClientDisconnect
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.storage.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from starlette.requests import Request

log = logging.getLogger(__name__)

PATH = "/telegram"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 -- its name
MAX_BODY = 1_048_576
"""Many times what the longest message with all that it answers to takes."""

OK = "ok"
AGAIN_SECONDS = "3"
"""Telegram waits so long; without being told it doubles its wait each time, up to two minutes."""


class Hook:
    """Takes what Telegram brings, over whatever does that.

    `take` is given an update as it came, and says whether it is taken: what is not comes again.
    `parts` says of each part that this process needs whether it is "ok", or what is wrong with it.
    """

    def __init__(
        self,
        secret: str,
        take: Callable[[bytes], Awaitable[bool]],
        parts: Callable[[], Mapping[str, str]],
    ) -> None:
        self._secret = secret.encode()
        self._take = take
        self._parts = parts

    @property
    def routes(self) -> list[Route]:
        """Where what is."""
        return [
            Route(PATH, self.take, methods=["POST"]),
            Route("/readyz", self.ready),
        ]

    async def take(self, request: Request) -> Response:
        """An update."""
        said = request.headers.get(SECRET_HEADER, "").encode()
        if not hmac.compare_digest(said, self._secret):
            return Response(status_code=401)
        try:
            body = await _body(request)
        except ClientDisconnect:
            return Response(status_code=400)
        if body is None:
            log.warning("what Telegram brought is longer than any update: it is not read")
            return Response(status_code=413)
        try:
            is_taken = await self._take(body)
        except StoreError as error:
            log.error("an update could not be taken: %s", error)  # noqa: TRY400 -- one line, no trace
            is_taken = False
        if is_taken:
            return Response()  # with a body, Telegram would look for a call in it
        return Response(status_code=503, headers={"Retry-After": AGAIN_SECONDS})

    async def ready(self, _request: Request) -> Response:
        """Each part with its word."""
        parts = self._parts()
        is_ready = all(word == OK for word in parts.values())
        return JSONResponse(dict(parts), 200 if is_ready else 503)


async def _body(request: Request) -> bytes | None:
    """What was sent, if it is not too much."""
    length = request.headers.get("content-length", "")
    if length.isdecimal() and int(length) > MAX_BODY:
        return None
    data = bytearray()
    async for part in request.stream():
        data += part
        if len(data) > MAX_BODY:
            return None
    return bytes(data)
