"""Brings updates to a webhook, as Telegram does: of each queue one at a time, until it is taken.

What one person writes is one queue, what they tap another. What is answered otherwise than with
200 is brought again, at once and then later and later.
"""

from __future__ import annotations

import asyncio
import json
import time
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

import httpx

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.botapi.endpoint import Desk
    from tests.botapi.state import Json

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - its name
PATIENCE = 60.0
FIRST, LATEST = 0.02, 0.3
"""Seconds until an update is brought again; Telegram waits from two to a hundred and twenty."""
_FOREVER = 3600.0


class Brought(NamedTuple):
    """One attempt: which update, and the status it was answered with; 0 where it was not."""

    number: int
    status: int


class Courier:
    """Runs in the double's own loop.

    `doors` says where an address of the world outside is on this computer, as a proxy would: one
    place after the other.
    """

    def __init__(self, desk: Desk) -> None:
        self.doors: dict[str, Iterator[str]] = {}
        self.brought: list[Brought] = []
        self._desk = desk
        self._busy: set[tuple[str, int]] = set()
        self._failures: dict[int, int] = {}

    async def run(self) -> None:
        """Bring what is to be brought until cancelled."""
        await self._desk.wake.wait_for(lambda: self._desk.world.updates.webhook, _FOREVER)
        limits = httpx.Limits(max_connections=100)
        async with (
            httpx.AsyncClient(timeout=PATIENCE, limits=limits, trust_env=False) as client,
            asyncio.TaskGroup() as group,
        ):
            while True:
                update = await self._desk.wake.wait_for(self._next, _FOREVER)
                if update:
                    with self._desk.wake.change():
                        self._busy.add(_queue(update))
                        self._desk.hand(update)
                    group.create_task(self._bring(client, update))

    def _next(self) -> Json | None:
        updates = self._desk.world.updates
        if not updates.webhook or len(self._busy) >= updates.most:
            return None
        return next((one for one in updates.waiting() if _queue(one) not in self._busy), None)

    async def _bring(self, client: httpx.AsyncClient, update: Json) -> None:
        updates, number = self._desk.world.updates, update["update_id"]
        outside = urlsplit(updates.webhook)
        door = next(self.doors.get(f"{outside.scheme}://{outside.netloc}", iter(())), "")
        try:
            # In ASCII, as Telegram writes it.
            answer = await client.post(
                f"{door}{outside.path}",
                content=json.dumps(update).encode("ascii"),
                headers={
                    "Host": outside.netloc,
                    "Content-Type": "application/json",
                    **({SECRET_HEADER: updates.secret} if updates.secret else {}),
                },
            )
            status, reason = answer.status_code, answer.reason_phrase
        except (httpx.HTTPError, httpx.InvalidURL, httpx.UnsupportedProtocol):
            status, reason = 0, ""
        with self._desk.wake.change():
            self.brought.append(Brought(number, status))
            if 200 <= status < 300:
                updates.settle(update)
                self._failures.pop(number, None)
                self._busy.discard(_queue(update))
                return
            what = f"Wrong response from the webhook: {status} {reason}"
            updates.failed = (int(time.time()), what if status else "Connection refused")
            failures = self._failures[number] = self._failures.get(number, 0) + 1
        await asyncio.sleep(min(FIRST * 2**failures, LATEST) if failures > 1 else 0)
        with self._desk.wake.change():
            self._busy.discard(_queue(update))


def _queue(update: Json) -> tuple[str, int]:
    (kind,) = set(update) - {"update_id"}
    content = update[kind]
    is_tap = kind == "callback_query"
    return ("taps", content["from"]["id"]) if is_tap else ("chat", content["chat"]["id"])
