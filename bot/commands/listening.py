"""How the pages are served: nobody who is slow, or comes a hundred times, keeps others waiting.

uvicorn bounds none of this itself: a request without an end, and an answer that nobody reads, would
hold a connection for ever.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

if TYPE_CHECKING:
    import socket
    from collections.abc import AsyncIterator, Callable

    from uvicorn.protocols.http.h11_impl import RequestResponseCycle

STOP_SECONDS = 2
"""So long a visitor who is slow is waited for when the program stops."""

IDLE_SECONDS, PROXY_IDLE_SECONDS = 5, 15
"""So long a connection stays open for another request: longer than a proxy keeps it in stock, or
what it sends next would meet a connection that is just closed."""

LONGEST_HEAD = 16_384
"""So many bytes of a request's lines are kept while the rest of them is still awaited."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a request may take to arrive and an answer to be read, in seconds.

    Of so many connections at once the one whose request is awaited longest is let go.
    """

    request: float = 20
    answer: float = 60
    connections: int = 200


class Patient(H11Protocol):
    """A connection; its patience is the configuration's."""

    waiting: dict[Patient, None]
    """Those whose request is not there yet, the oldest first; each server has its own."""

    patience: Patience
    _request: asyncio.TimerHandle | None = None
    _answer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Somebody is there, and says nothing yet."""
        super().connection_made(transport)
        self._look()
        if len(self.connections) > self.patience.connections:
            longest = next(iter(self.waiting))
            longest._arrived()  # noqa: SLF001 -- one of its own kind
            longest.transport.abort()

    def data_received(self, data: bytes) -> None:
        """A part of a request."""
        super().data_received(data)
        self._look()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is awaited any more."""
        super().connection_lost(exc)
        self._arrived()
        self.resume_writing()

    def pause_writing(self) -> None:
        """The answer is not read as fast as it is written."""
        super().pause_writing()
        self._answer = self.loop.call_later(self.patience.answer, self.transport.abort)

    def resume_writing(self) -> None:
        """It was read."""
        super().resume_writing()
        if self._answer is not None:
            self._answer.cancel()
            self._answer = None

    def _look(self) -> None:
        """Whether a request is still awaited."""
        cycle: RequestResponseCycle | None = self.cycle
        if cycle is not None and not cycle.response_complete and not cycle.more_body:
            self._arrived()
        elif self._request is None:
            self.waiting[self] = None
            self._request = self.loop.call_later(self.patience.request, self.transport.abort)

    def _arrived(self) -> None:
        self.waiting.pop(self, None)
        if self._request is not None:
            self._request.cancel()
            self._request = None


def configured(
    application: Callable[..., Any], patience: Patience | None = None, *, proxied: bool = False
) -> uvicorn.Config:
    """What serves the application. Only behind a proxy is it believed who a request comes from."""
    own: dict[str, Any] = {"patience": patience or Patience(), "waiting": {}}
    return uvicorn.Config(
        application,
        http=type("Patient", (Patient,), own),
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=proxied,
        h11_max_incomplete_event_size=LONGEST_HEAD,
        timeout_keep_alive=PROXY_IDLE_SECONDS if proxied else IDLE_SECONDS,
        timeout_graceful_shutdown=STOP_SECONDS,
    )


@asynccontextmanager
async def serving(
    config: uvicorn.Config, listener: socket.socket
) -> AsyncIterator[asyncio.Task[None]]:
    """Serve beside what else runs in this loop, for the length of the block.

    What it gives ends if the server does: wait for it with `asyncio.wait`, which cancels nothing.
    """
    server = uvicorn.Server(config)
    # Who runs it takes the signals, and stops this one, too.
    server.capture_signals = nullcontext  # type: ignore[method-assign,assignment]
    task = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        yield task
    finally:
        server.should_exit = True
        await asyncio.wait({task})
