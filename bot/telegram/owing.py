"""What did not reach its chat: said at once, tried again later and after a stop."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.talk.effects import Show
from bot.desk import debts
from bot.desk.fair import acting_for
from bot.desk.mistakes import mistake, sorry
from bot.storage.errors import StoreError
from bot.telegram.inbound import CHANNEL

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from contextlib import AbstractAsyncContextManager

    from bot.desk import Desk, Receipt
    from bot.telegram.outbound import Outbound

log = logging.getLogger(__name__)

AGAIN_SECONDS = (5.0, 20.0, 60.0, 300.0, 1200.0, 3600.0)
"""So long is waited before what did not arrive is tried again; then no more until a start."""


class Owing:
    """Delivers, and sees to what could not be delivered.

    `delivery` is a person's turn at deliveries; `pause` waits between attempts.
    """

    def __init__(
        self,
        desk: Desk,
        outbound: Outbound,
        delivery: Callable[[str], AbstractAsyncContextManager[object]],
        pause: Callable[[float], Awaitable[None]],
    ) -> None:
        self._desk = desk
        self._outbound = outbound
        self._delivery = delivery
        self._pause = pause
        self._again: dict[str, asyncio.Task[None]] = {}
        self._lines: set[asyncio.Task[None]] = set()

    async def deliver(
        self, receipt: Receipt, chat_id: int, query_id: str = "", tapped: int = 0
    ) -> None:
        """Send and show it, within the person's turn; what does not arrive is told of, and owed."""
        user_id = receipt.user_id
        if user_id in self._again or self._desk.store.lanes:  # another process may be at it
            debts.overtake(self._desk, receipt)
        outcome = await self._outbound.deliver(receipt, chat_id, query_id, tapped)
        if outcome.arrived:
            return
        if outcome.sending:
            await self._tell(user_id, chat_id)
        if user_id not in self._again:
            self._again[user_id] = asyncio.create_task(self._try_again(user_id, chat_id))

    @property
    def number(self) -> int:
        """How many people wait for what could not be delivered."""
        return len(self._again)

    async def catch_up(self, user_id: str, chat_id: int) -> bool:
        """Send and show what is owed to a person; whether nothing is owed any more."""
        with acting_for(user_id):
            return await self._caught_up(user_id, chat_id)

    async def _caught_up(self, user_id: str, chat_id: int) -> bool:
        async with self._delivery(user_id):
            unsure = False
            owed = debts.receipts(self._desk, user_id)
            for receipt in owed:
                outcome = await self._outbound.deliver(receipt, chat_id)
                unsure = unsure or outcome.unsure
                if not outcome.arrived:
                    return False
            if not owed and not self._desk.store.cards.screen(user_id):
                return True
            current = self._desk.current(user_id, notice=self._twice(user_id) if unsure else "")
            below = bool(owed) or current.screen < 0
            shown = (replace(one, below=below) for one in current.effects if isinstance(one, Show))
            current = replace(current, effects=tuple(shown))
            return (await self._outbound.deliver(current, chat_id)).arrived

    async def say(self, chat_id: int, text: str, query_id: str = "") -> None:
        """A line that must be read, that an answer could not be taken: tried until it arrives."""
        if not await self._outbound.say(chat_id, text, query_id):
            task = asyncio.create_task(self._insist(chat_id, text))
            self._lines.add(task)
            task.add_done_callback(self._lines.discard)

    async def _insist(self, chat_id: int, text: str) -> None:
        for seconds in AGAIN_SECONDS:
            await self._pause(seconds)
            if await self._outbound.say(chat_id, text):
                return

    async def stop(self) -> None:
        """What is not sent now is sent after the next start."""
        await self._outbound.taps.stop()
        tasks = (*self._again.values(), *self._lines)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def after_start(self) -> None:
        """Everybody to whom something was owed when the bot last stopped."""
        for user_id in debts.people(self._desk, CHANNEL):
            await self.go_on(user_id, int(user_id.removeprefix(f"{CHANNEL}:")))

    async def go_on(self, user_id: str, chat_id: int) -> None:
        """Send what is owed to somebody; what does not arrive is tried again."""
        if not await self._tried(user_id, chat_id) and user_id not in self._again:
            task = asyncio.create_task(self._try_again(user_id, chat_id))
            self._again[user_id] = task

    async def _try_again(self, user_id: str, chat_id: int) -> None:
        try:
            for seconds in AGAIN_SECONDS:
                await self._pause(seconds)
                if await self._tried(user_id, chat_id):
                    return
            log.warning("something could not be delivered: it is left until the next start")
        finally:
            self._again.pop(user_id, None)

    async def _tried(self, user_id: str, chat_id: int) -> bool:
        """Whether it needs no further try."""
        try:
            return await self.catch_up(user_id, chat_id)
        except StoreError as error:
            log.warning("what is owed could not be looked up: %s", error)
            return False
        except Exception as error:  # noqa: BLE001 -- one user's letter stops no other's
            found = mistake(self._desk, error)
            with suppress(StoreError):
                self._desk.store.updates.settle_all(user_id)
            await self._outbound.say(chat_id, sorry(self._desk, found, user_id, None))
            return True

    async def _tell(self, user_id: str, chat_id: int) -> None:
        """At once, and below whatever has arrived of it."""
        _ = self._desk.translator(self._desk.store.people.load(user_id).user.language)
        notice = _(
            "What you asked for has not reached you: the connection failed. I will try again by "
            "myself; or tap the button again."
        )
        current = self._desk.current(user_id, notice=notice)
        shown = (replace(one, below=True) for one in current.effects if isinstance(one, Show))
        await self._outbound.deliver(replace(current, effects=tuple(shown)), chat_id)

    def _twice(self, user_id: str) -> str:
        _ = self._desk.translator(self._desk.store.people.load(user_id).user.language)
        return _(
            "I was interrupted while I was sending you this. If something stands here twice, the "
            "two are the same."
        )
