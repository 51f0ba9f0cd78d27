"""The page served on 127.0.0.1 from a thread, on a desk of the test world."""

from __future__ import annotations

import itertools
import socket
import threading
from typing import TYPE_CHECKING

import uvicorn

from bot.commands.listening import Patience, configured
from bot.web.app import build
from bot.web.door import FRAGMENT, KEY_HEADER
from tests.world import desk_on

if TYPE_CHECKING:
    from pathlib import Path

    from bot.machine.apart import Room

HOST = "127.0.0.1"
PATIENCE = 10


KEYS = itertools.count(1)


class Served:
    """The program as `demarche try` runs it; it can go away and come back on the same port.

    Each start has a key of its own.
    """

    def __init__(
        self,
        database: Path,
        room: Room | None = None,
        patience: Patience | None = None,
        administrators: frozenset[str] = frozenset(),
    ) -> None:
        self._database = database
        self._room = room
        self._patience = patience
        self._administrators = administrators
        self.key = ""
        self._port = 0
        self._thread: threading.Thread | None = None
        self._server: uvicorn.Server | None = None
        self.start()

    @property
    def address(self) -> str:
        """Where the page is."""
        return f"http://{HOST}:{self._port}/"

    @property
    def port(self) -> int:
        """Where it listens."""
        return self._port

    @property
    def whole(self) -> str:
        """With the key, as it is opened."""
        return self.whole_of("")

    def whole_of(self, person: str) -> str:
        """The same for one of several people."""
        asked = f"?user={person}" if person else ""
        return f"{self.address}{asked}#{FRAGMENT}{self.key}"

    @property
    def headers(self) -> dict[str, str]:
        """What the page says when it asks."""
        return {"Origin": self.address.rstrip("/"), KEY_HEADER: self.key}

    def start(self) -> None:
        """Answer from now on."""
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((HOST, self._port))
        listener.listen()
        self._port = listener.getsockname()[1]
        self.key = f"key-of-start-{next(KEYS):04d}"
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
        opened = desk_on(self._database, room=self._room, administrators=self._administrators)
        with listener, opened as desk:
            desk.public_url = self.address.rstrip("/")
            earlier = self._database.with_name(self._database.name + "-people")
            application = build(desk, self.key, earlier=earlier)
            self._server = uvicorn.Server(configured(application, self._patience))
            self._server.run(sockets=[listener])
