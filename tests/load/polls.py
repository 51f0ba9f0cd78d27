"""Updates for a bot that asks for them: kept until it has confirmed them."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.load.chats import Step
    from tests.load.wire import Wire

PAGE = 100


class Polls:
    """What nobody has asked for, and who waits for it."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._pending: deque[tuple[int, str, Step]] = deque()
        self._wire: Wire | None = None
        self._page = PAGE
        self._over: asyncio.TimerHandle | None = None
        self.asked = asyncio.Event()

    @property
    def waiting(self) -> int:
        """How many updates are not confirmed."""
        return len(self._pending)

    def push(self, number: int, update: str, step: Step) -> None:
        """Hand it in, at once where the bot waits."""
        self._pending.append((number, update, step))
        if self._wire:
            # A moment later: what others do in the same moment goes with it.
            asyncio.get_running_loop().call_soon(self._answer)

    def poll(self, fields: dict[str, str], wire: Wire) -> str | None:
        """The next updates, or None: the answer comes when there is one, or the time is over."""
        self.asked.set()
        offset = int(fields.get("offset", "0"))
        while self._pending and self._pending[0][0] < offset:
            self._pending.popleft()
        self._page = min(PAGE, int(fields.get("limit", PAGE)))
        if self._pending:
            return self._taken()
        self._wire = wire
        seconds = float(fields.get("timeout", "0"))
        self._over = asyncio.get_running_loop().call_later(seconds, self._answer)
        return None

    def _answer(self) -> None:
        wire, self._wire = self._wire, None
        if self._over:
            self._over.cancel()
        if wire:
            wire.say(self._taken())

    def _taken(self) -> str:
        now = self._clock()
        page = [self._pending[place] for place in range(min(self._page, len(self._pending)))]
        for _number, _update, step in page:
            step.handed = step.handed or now
        return f'{{"ok":true,"result":[{",".join(update for _, update, _ in page)}]}}'
