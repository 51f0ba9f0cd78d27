"""Serves the double on a loopback port, from a thread of its own."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from typing import TYPE_CHECKING

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Route
from uvicorn.protocols.http.h11_impl import H11Protocol

from tests.botapi.courier import Courier
from tests.botapi.endpoint import Desk, Download, Endpoint

if TYPE_CHECKING:
    from asyncio import BaseTransport

_PATIENCE = 10
LATE_TURNS = 4


class _Uvicorn(uvicorn.Server):
    """A server that tells when it is ready and stops at once when told to."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = threading.Event()
        self.stop = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()

    async def main_loop(self) -> None:
        await self.stop.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for server in self.servers:
            server.close()
        for listener in sockets or []:
            listener.close()
        tasks = set(self.server_state.tasks)
        for _turn in range(LATE_TURNS):
            # A connection may have been accepted just now: its protocol comes a turn later.
            for connection in list(self.server_state.connections):
                connection.transport.abort()
            await asyncio.sleep(0)
        if tasks:
            await asyncio.wait(tasks, timeout=1)


class Server:
    """The double's HTTP side."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._transports: dict[int, BaseTransport] = {}
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port: int = self._socket.getsockname()[1]
        self._loop: asyncio.AbstractEventLoop | None = None
        self._uvicorn: _Uvicorn | None = None
        self._thread = threading.Thread(target=self._run, name="botapi", daemon=True)
        self._started = threading.Event()
        desk.drop = self._drop
        self.courier = Courier(desk)

    @property
    def connections(self) -> int:
        """How many connections are open."""
        return len(self._transports)

    @property
    def ports(self) -> frozenset[int]:
        """The other ends of those that are open."""
        return frozenset(self._transports.copy())

    def start(self) -> None:
        """Serve, and return once calls are answered."""
        self._thread.start()
        if not self._started.wait(_PATIENCE) or not self._uvicorn:
            msg = "the double did not start"
            raise RuntimeError(msg)
        self._uvicorn.ready.wait(_PATIENCE)

    def stop(self) -> None:
        """Let go of every call and stop."""
        with self._desk.wake.change():
            self._desk.closing = True
        if self._loop and self._uvicorn:
            with contextlib.suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._uvicorn.stop.set)
        self._thread.join(_PATIENCE)

    def _run(self) -> None:
        asyncio.run(self._main())

    async def _main(self) -> None:
        transports = self._transports

        class Protocol(H11Protocol):
            """Remembers its transport, so that a connection can be dropped."""

            def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
                super().connection_made(transport)
                if self.client:
                    transports[self.client[1]] = transport

            def connection_lost(self, exc: Exception | None) -> None:
                super().connection_lost(exc)
                if self.client:
                    transports.pop(self.client[1], None)

        application = Starlette(
            routes=[
                Route("/bot{token}/{method}", Endpoint(self._desk)),
                Route("/file/bot{token}/{path:path}", Download(self._desk)),
            ]
        )
        config = uvicorn.Config(
            application,
            http=Protocol,
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            timeout_keep_alive=60,
        )
        self._loop = asyncio.get_running_loop()
        self._uvicorn = _Uvicorn(config)
        self._started.set()
        bringing = asyncio.create_task(self.courier.run())
        await self._uvicorn.serve([self._socket])
        bringing.cancel()
        await asyncio.gather(bringing, return_exceptions=True)

    def _drop(self, port: int) -> None:
        transport = self._transports.get(port)
        if isinstance(transport, asyncio.Transport):
            transport.abort()
