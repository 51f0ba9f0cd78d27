"""Updates for a bot with a webhook: posted to its processes in turn, as a proxy would do it.

Of one chat the next is posted when the last was taken, so that they come in order.
"""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.load.chats import Step

CONNECTIONS = 40
"""So many at once, where setWebhook names no other number: the Bot API's own."""

PAUSES = (0.5, 1.0, 2.0, 4.0, 8.0)
"""Seconds after which an update is posted again that was not taken; then the last of these."""

HEADER = "X-Telegram-Bot-Api-Secret-Token"


class Posts:
    """What was not posted yet, by chat. `webhook` are the parameters of setWebhook."""

    def __init__(
        self,
        ports: list[int],
        webhook: dict[str, str],
        clock: Callable[[], float],
        errors: Counter[str],
    ) -> None:
        self._ports = ports
        self._clock = clock
        self._errors = errors
        self._chats: dict[int, deque[tuple[str, Step]]] = {}
        self._ready: asyncio.Queue[int] = asyncio.Queue()
        self._turn = 0
        url = urlsplit(webhook["url"])
        self._head = (
            f"POST {url.path or '/'} HTTP/1.1\r\nHost: {url.netloc}\r\n"
            "X-Forwarded-For: 127.0.0.1\r\nX-Forwarded-Proto: https\r\n"
            "Content-Type: application/json\r\n"
            f"{HEADER}: {webhook.get('secret_token', '')}\r\nContent-Length: "
        )
        number = int(webhook.get("max_connections", CONNECTIONS))
        self._workers = [asyncio.create_task(self._work()) for _ in range(number)]

    async def close(self) -> None:
        """Post no more."""
        for worker in self._workers:
            worker.cancel()
        await asyncio.gather(*self._workers, return_exceptions=True)

    @property
    def waiting(self) -> int:
        """How many updates were not taken."""
        return sum(map(len, self._chats.values()))

    def push(self, chat: int, update: str, step: Step) -> None:
        """Hand it in."""
        waiting = self._chats.setdefault(chat, deque())
        waiting.append((update, step))
        if len(waiting) == 1:
            self._ready.put_nowait(chat)

    async def _work(self) -> None:
        """Post one after the other."""
        connections: dict[int, tuple[asyncio.StreamReader, asyncio.StreamWriter]] = {}
        try:
            while True:
                chat = await self._ready.get()
                waiting = self._chats[chat]
                await self._posted(*waiting[0], connections)
                waiting.popleft()
                if waiting:
                    self._ready.put_nowait(chat)
                else:
                    del self._chats[chat]
        finally:
            for _reader, writer in connections.values():
                writer.close()

    async def _posted(
        self,
        update: str,
        step: Step,
        connections: dict[int, tuple[asyncio.StreamReader, asyncio.StreamWriter]],
    ) -> None:
        """Post until it is taken."""
        body = update.encode()
        data = f"{self._head}{len(body)}\r\n\r\n".encode() + body
        tries = 0
        while True:
            port = self._ports[self._turn % len(self._ports)]
            self._turn += 1
            step.handed = step.handed or self._clock()
            is_new = port not in connections
            try:
                status = await _post(port, data, connections)
            except (OSError, EOFError, ValueError):
                _reader, writer = connections.pop(port, (None, None))
                if writer:
                    writer.close()
                status = 0
            if 200 <= status < 300:
                return
            if status == 0 and not is_new:
                continue  # the connection had been closed for want of use: a proxy opens another
            self._errors[f"an update was answered {status or 'not at all'}"] += 1
            await asyncio.sleep(PAUSES[min(tries, len(PAUSES) - 1)])
            tries += 1


async def _post(
    port: int,
    data: bytes,
    connections: dict[int, tuple[asyncio.StreamReader, asyncio.StreamWriter]],
) -> int:
    """The status of the answer."""
    if port not in connections:
        connections[port] = await asyncio.open_connection("127.0.0.1", port)
    reader, writer = connections[port]
    writer.write(data)
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    status = int(head[9:12])
    _, found, rest = head.partition(b"content-length:")
    length = int(rest.partition(b"\r\n")[0]) if found else 0
    if length:
        await reader.readexactly(length)
    if b"connection: close" in head:
        connections.pop(port)
        writer.close()
    return status
