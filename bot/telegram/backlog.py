"""One person's updates, however many: few wait in memory, the others on disk, in their order.

The library gives so many updates a place at once, whoever sent them. One person's flood would take
all of these places, and everybody else's taps would wait for them. So only a few of one person's
updates wait in a place of their own; the next are put on disk, and taken from there one by one.
"""

from __future__ import annotations

import asyncio
import json
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from telegram import Update

from bot.machine.logs import take_up
from bot.storage.errors import StoreError
from bot.telegram.inbound import CHANNEL, sender

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.desk import Desk
    from bot.telegram.inbound import Inbound
    from bot.telegram.polling import PatientBot

IN_MEMORY = 8
"""So many updates of one person wait in memory, with the one that is being taken."""

ON_DISK = 500
"""So many more wait on disk; those beyond are not taken, and their sender is asked to wait."""


@dataclass(slots=True)
class Lane:
    """One user's two queues: taking updates in, and delivering what they came to.

    `waiting` are in memory, `left` the numbers of those on disk; `told` that it is too much.
    `is_ours`, and `claiming`: see `lanes`.
    """

    intake: asyncio.Lock = field(default_factory=asyncio.Lock)
    delivery: asyncio.Lock = field(default_factory=asyncio.Lock)
    claiming: asyncio.Lock = field(default_factory=asyncio.Lock)
    is_ours: bool = False
    waiting: int = 0
    left: deque[int] = field(default_factory=deque)
    is_draining: bool = False
    told: bool = False


class Backlog:
    """What waits on disk while its sender's lane is full.

    `handled` takes an update, `failed` is told of one that could not be, `busy` says so.
    """

    def __init__(
        self,
        desk: Desk,
        bot: PatientBot,
        handled: Callable[[Update, Inbound, Lane], Awaitable[object]],
        failed: Callable[[Update, Exception], Awaitable[None]],
        busy: Callable[[Inbound], Awaitable[None]],
    ) -> None:
        self._desk = desk
        self._bot = bot
        self._handled = handled
        self._failed = failed
        self._busy = busy

    async def take(self, update: Update, who: Inbound, lane: Lane) -> None:
        """Take the update now, or leave it on disk until those before it were taken."""
        if lane.waiting > IN_MEMORY or lane.left:
            await self._put_aside(update, who, lane)
            return
        try:
            await self._handled(update, who, lane)
        except Exception:
            await self._drain(lane)
            raise
        await self._drain(lane)

    async def _put_aside(self, update: Update, who: Inbound, lane: Lane) -> None:
        """On disk; where there is much already, or nothing may be kept, it is not taken at all."""
        number, is_told = update.update_id, True
        try:
            if self._desk.is_listened_to(who.user_id) and len(lane.left) < ON_DISK:
                self._desk.store.inbox.keep(CHANNEL, number, who.user_id, update.to_json())
                lane.left.append(number)
                self._bot.watching.aside(update)
            else:
                is_told = lane.told
        except (StoreError, TypeError, ValueError):
            # Not saved; or an old message, which the library cannot write down.
            is_told = lane.told
        finally:
            self._bot.saved(number)
        if number not in lane.left:
            self._bot.watching.aside(update, "refused")
        if not is_told:
            lane.told = True
            await self._busy(who)

    async def _drain(self, lane: Lane) -> None:
        """Take what was left on disk, one by one, behind those that wait in memory."""
        if lane.is_draining:
            return
        lane.is_draining = True
        try:
            while lane.left:
                await self._taken(lane.left.popleft(), lane)
        finally:
            lane.is_draining = False

    async def _taken(self, number: int, lane: Lane) -> None:
        try:
            data = self._desk.store.inbox.one(CHANNEL, number)
        except StoreError:
            return  # it stays where it is, for the next start
        update = Update(number)
        take_up()
        try:
            update = Update.de_json(json.loads(data), self._bot) if data else update
            who = sender(update)
            if who:
                await self._handled(update, who, lane)
        except Exception as error:  # noqa: BLE001 -- one update's mistake holds up none of the others
            await self._failed(update, error)
