"""What takes long is seen to be under way; what does not is simply there."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, TypeVar

from telegram.error import Forbidden, TelegramError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from telegram import Bot
    from telegram.constants import ChatAction

T = TypeVar("T")

log = logging.getLogger(__name__)

SLOW_SECONDS = 1.0
"""What is made sooner needs no sign: that is nearly everything."""


class Acting:
    """Waits for what is being made. `pause` waits for the moment from which it is slow."""

    def __init__(self, bot: Bot, pause: Callable[[float], Awaitable[None]]) -> None:
        self._bot = bot
        self._pause = pause

    async def __call__(self, work: Awaitable[T], chat_id: int, action: ChatAction) -> T:
        """What the work gives; the chat says that it is on its way where it is slow."""
        making = asyncio.ensure_future(work)
        patience = asyncio.ensure_future(self._pause(SLOW_SECONDS))
        try:
            await asyncio.wait({making, patience}, return_when=asyncio.FIRST_COMPLETED)
            if not making.done():
                await self._shown(chat_id, action)
            return await making
        finally:
            patience.cancel()
            making.cancel()

    async def _shown(self, chat_id: int, action: ChatAction) -> None:
        try:
            await self._bot.send_chat_action(chat_id, action)
        except Forbidden:
            raise
        except TelegramError:
            log.debug("a chat action was not shown")
