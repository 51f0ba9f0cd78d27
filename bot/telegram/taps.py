"""Answering taps: at once where the answer says something, else once for several of them.

Telegram shows on a button that was tapped, and in some programs at the head of the chat, that
something is under way, until the tap is answered, the message changes or the next tap is made. The
change is what the person sees, so the answer has time; of several taps in a row only the last one's
is sent. That is a third of the calls that a letter takes.
"""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from telegram.error import TelegramError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from telegram import Bot

log = logging.getLogger(__name__)

ANSWER_SECONDS = 10.0
"""So long an answer waits for the next tap. Telegram gives up on a tap some seconds later."""

TOAST_LENGTH = 200


class Taps:
    """Everybody's last tap. `pause` waits; tests hand in their own."""

    def __init__(self, bot: Bot, pause: Callable[[float], Awaitable[None]]) -> None:
        self._bot = bot
        self._pause = pause
        self._is_last: Callable[[str, str], bool] | None = None
        self._latest: dict[str, str] = {}
        self._waiting: dict[str, tuple[str, asyncio.Task[None]]] = {}

    def share(self, is_last: Callable[[str, str], bool]) -> None:
        """Others take taps, too: of a person's tap it is asked whether none came to them since."""
        self._is_last = is_last

    async def answer(self, query_id: str, text: str = "") -> None:
        """Answer now. That it fails, or is late, costs nothing."""
        try:
            await self._bot.answer_callback_query(query_id, text[:TOAST_LENGTH] or None)
        except TelegramError as error:
            log.info("a tap could not be answered: %s", type(error).__name__)

    async def heard(self, user_id: str, query_id: str, toast: str) -> None:
        """Answer at once where there is something to say.

        Else when no other tap of theirs has come meanwhile: what it shows is the answer.
        """
        if self._is_last:
            self._latest[user_id] = query_id
        if toast:
            await self.answer(query_id, toast)
            return
        self._dropped(user_id)
        task = asyncio.create_task(self._in_time(user_id, query_id))
        self._waiting[user_id] = query_id, task

    async def now(self, user_id: str) -> None:
        """Answer what waits: the message that was tapped has not changed."""
        query_id = self._dropped(user_id)
        if query_id:
            await self.answer(query_id)

    async def stop(self) -> None:
        """Leave the last ones to Telegram."""
        tasks = [task for _, task in self._waiting.values()]
        self._waiting.clear()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def left(self, user_id: str) -> str:
        """Their last tap, empty for none; the next may come to another process."""
        return self._latest.pop(user_id, "")

    def _dropped(self, user_id: str) -> str:
        query_id, task = self._waiting.pop(user_id, ("", None))
        if task:
            task.cancel()
        return query_id

    async def _in_time(self, user_id: str, query_id: str) -> None:
        await self._pause(ANSWER_SECONDS)
        self._waiting.pop(user_id, None)
        if self._is_last is None or self._is_last(user_id, query_id):
            await self.answer(query_id)
