"""What Telegram allows: so many messages a second in all, and about one a second in a chat.

Telegram's own figures (https://core.telegram.org/bots/faq): about 30 messages a second over all
chats, one a second in one chat, "short bursts" of which are let pass. What goes over is answered
429, and has to wait longer than here. Where several processes run, the first is theirs together.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from typing import TYPE_CHECKING, Any

from telegram.ext import BaseRateLimiter

from bot.storage.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine

    from telegram._utils.types import JSONDict

    from bot.storage.postgres.allowance import Allowance

BURST = 8
"""So many messages at once in a chat: a letter with its files and the card below."""

SLICE = 8
"""So many messages are asked for at a time, where several processes share."""

WAIT_SECONDS = 0.05
CHATS = 10_000
"""So many chats are remembered, the latest."""


class Limits(BaseRateLimiter[None]):
    """Holds messages back until they are allowed: `rate` a second in all.

    Only what stands in a chat as a message of its own counts; a tap is answered, and a card is
    changed, at once.
    """

    def __init__(
        self,
        rate: int,
        shared: Allowance | None,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._rate = rate
        self._shared = shared
        self._pause = pause
        self._clock = clock
        self._tokens = 0.0 if shared else float(rate)
        self._at = clock()
        self._turn = asyncio.Lock()
        self._chats: OrderedDict[object, tuple[float, float]] = OrderedDict()

    async def initialize(self) -> None:
        """Nothing to do."""

    async def shutdown(self) -> None:
        """Nothing to do."""

    async def process_request(  # noqa: PLR0913, PLR0917 -- the library's own
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,  # noqa: ANN401 -- the library's own
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: None,
    ) -> bool | JSONDict | list[JSONDict]:
        """The call, when it is allowed."""
        del rate_limit_args
        if endpoint.startswith("send") and endpoint != "sendChatAction":
            await self._in_chat(data.get("chat_id"))
            async with self._turn:  # first come, first served
                while not self._allowed():
                    await self._pause(WAIT_SECONDS)
        found: bool | JSONDict | list[JSONDict] = await callback(*args, **kwargs)
        return found

    def _allowed(self) -> bool:
        if self._tokens < 1:
            self._refill()
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True

    def _refill(self) -> None:
        if self._shared is not None:
            try:
                self._tokens += self._shared.granted(self._rate, SLICE)
            except StoreError:  # away: what is said then is that something could not be saved
                self._tokens += 1
            return
        now = self._clock()
        self._tokens = min(float(self._rate), self._tokens + (now - self._at) * self._rate)
        self._at = now

    async def _in_chat(self, chat: object) -> None:
        """Wait until the chat takes one more."""
        while True:
            now = self._clock()
            tokens, at = self._chats.pop(chat, (float(BURST), now))
            tokens = min(float(BURST), tokens + now - at)
            free = tokens >= 1
            self._chats[chat] = (tokens - free, now)
            while len(self._chats) > CHATS:
                self._chats.popitem(last=False)
            if free:
                return
            await self._pause(1 - tokens)
