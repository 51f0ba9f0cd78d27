"""The page served on 127.0.0.1 from a thread, on a desk of the test world."""

from __future__ import annotations

import socket
import threading
from typing import TYPE_CHECKING

import uvicorn

from bot.web.app import build
from tests.world import desk_on

if TYPE_CHECKING:
    from pathlib import Path

    from bot.machine.apart import Room

HOST = "127.0.0.1"
PATIENCE = 10


class Served:
    """The program as `demarche try` runs it; it can go away and come back on the same port."""

    def __init__(self, database: Path, room: Room | None = None) -> None:
        self._database = database
        self._room = room
        self._port = 0
        self._thread: threading.Thread | None = None
        self._server: uvicorn.Server | None = None
        self.start()

    @property
    def address(self) -> str:
        """Where the page is."""
        return f"http://{HOST}:{self._port}/"

    def start(self) -> None:
        """Answer from now on."""
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((HOST, self._port))
        listener.listen()
        self._port = listener.getsockname()[1]
        self._thread = threading.Thread(target=self._run, args=(listener,))
        self._thread.start()

    def stop(self) -> None:
        """Be gone: connections are refused."""
        if self._thread is None or self._server is None:
            return
        self._server.should_exit = True
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive()
        self._thread = None

    def _run(self, listener: socket.socket) -> None:
        """The desk is made here: SQLite's connections belong to one thread."""
        with listener, desk_on(self._database, room=self._room) as desk:
            desk.public_url = self.address.rstrip("/")
            config = uvicorn.Config(
                build(desk), log_config=None, access_log=False, lifespan="on", ws="none"
            )
            self._server = uvicorn.Server(config)
            self._server.run(sockets=[listener])
