"""Whose turn it is: each person's updates in their order, one process at a time.

In one process a lane is two locks. Where several run on one database, a lane is a lease there, too
(`bot.storage.postgres.lanes`): it is taken when the first here enters the lane, and let go of when
the last has left it. What came to another process meanwhile waits in the database, and is taken by
whoever has the lane.

A process may stand still for longer than its leases hold: the computer slept, or was moved to
another. Others have gone on by then. So before something is sent, or kept, in a lane of which
nothing was heard for a while, it is asked whether it is ours still.
"""

from __future__ import annotations

import logging
import time
from collections import defaultdict
from contextlib import asynccontextmanager, suppress
from contextvars import ContextVar
from typing import TYPE_CHECKING

from telegram.error import TelegramError

from bot.storage.errors import StoreError
from bot.storage.postgres.lanes import LANE
from bot.telegram.backlog import Lane
from bot.telegram.inbound import CHANNEL

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from bot.storage.postgres.lanes import Lanes

log = logging.getLogger(__name__)

WAIT_SECONDS = (0.05, 0.1, 0.2, 0.5)
"""So long is waited for a lane that another process has, again and again; then as long as last."""


_INSIDE: ContextVar[Lane | None] = ContextVar("lane", default=None)


class LostError(TelegramError):
    """Another process has gone on in the lane: what is to be sent is its to send."""

    def __init__(self) -> None:
        super().__init__("another process has gone on")


def outside() -> None:
    """What the task does from now on is in no lane, though it was begun in one."""
    _INSIDE.set(None)


class Ways:
    """The lanes of everybody. `shared` is None where one process runs alone.

    `more` is called with a person for whom something came to another process while their lane was
    here, `left` with one whose lane is another process's from now on, and whether it was
    ours until now. `pause` waits; `clock` counts seconds.
    """

    def __init__(
        self,
        shared: Lanes | None,
        pause: Callable[[float], Awaitable[None]],
        more: Callable[[str], None],
        left: Callable[[str, bool], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._shared = shared
        self._pause = pause
        self._more = more
        self._leaving = left
        self._lanes: defaultdict[str, Lane] = defaultdict(Lane)
        self._given: set[str] = set()
        self._clock = clock
        self._heard = clock()

    def given(self, user_id: str) -> None:
        """The lane is ours already, though nobody is in it yet."""
        self._given.add(user_id)

    @property
    def left(self) -> int:
        """How many updates are put aside on disk, of everybody."""
        return sum(len(lane.left) for lane in self._lanes.values())

    def __contains__(self, user_id: str) -> bool:
        """Whether somebody is in the person's lane here."""
        return user_id in self._lanes

    def is_ours(self, user_id: str) -> bool:
        """Whether the lane is this process's, for as long as nothing else is heard."""
        return self._shared is None or (user_id in self._lanes and self._lanes[user_id].is_ours)

    def is_free(self, user_id: str) -> bool:
        """Whether the lane can be entered without waiting for another process."""
        if self._shared is None or user_id in self._lanes:
            return True
        try:
            return self._shared.claim(user_id)
        except StoreError:
            return False

    @asynccontextmanager
    async def of(self, user_id: str) -> AsyncIterator[Lane]:
        """The person's lane, for the length of the block."""
        lane = self._lanes[user_id]
        lane.waiting += 1
        try:
            if self._shared is not None:
                await self._claimed(self._shared, user_id, lane)
            before = _INSIDE.set(lane)
            try:
                yield lane
            finally:
                _INSIDE.reset(before)
        finally:
            lane.waiting -= 1
            if not lane.waiting:
                self._lanes.pop(user_id, None)
                if self._shared is not None:
                    self._left(self._shared, user_id, lane)

    async def _claimed(self, shared: Lanes, user_id: str, lane: Lane) -> None:
        """Wait until the lane is ours: its holder leaves it, or a look has taken it over."""
        async with lane.claiming:
            lane.is_ours |= user_id in self._given
            self._given.discard(user_id)
            attempt = 0
            while not lane.is_ours:
                with suppress(StoreError):  # while the database is away nobody has anything
                    lane.is_ours = shared.claim(user_id)
                if not lane.is_ours:
                    await self._pause(WAIT_SECONDS[min(attempt, len(WAIT_SECONDS) - 1)])
                    attempt += 1

    def _left(self, shared: Lanes, user_id: str, lane: Lane) -> None:
        self._leaving(user_id, lane.is_ours)
        try:
            if lane.is_ours and shared.leave(CHANNEL, user_id):
                self._more(user_id)
        except StoreError as error:
            log.warning("a lane runs out by itself: %s", error)

    def look(self) -> None:
        """Go on with what is ours; what is no more is claimed again when it is entered.

        Raises `StoreError`.
        """
        if self._shared is None:
            return
        now = self._clock()
        held = self._shared.renew()
        self._heard = now
        for user_id, lane in self._lanes.items():
            lane.is_ours = lane.is_ours and f"{LANE}{user_id}" in held

    def check(self) -> None:
        """Raises `LostError` in a lane that is another's by now; not while nobody can say that."""
        lane = _INSIDE.get()
        if self._shared is None or lane is None or not lane.waiting:
            return
        if self._clock() - self._heard > self._shared.seconds / 2:
            with suppress(StoreError):
                self.look()
        if not lane.is_ours:
            raise LostError
