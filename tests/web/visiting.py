"""A visitor of the page in the test's own process: a mistake of the program is raised there."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from typing import TYPE_CHECKING

from httpx import ASGITransport, AsyncClient, Request

from bot.web.app import build
from bot.web.door import KEY_HEADER
from tests.world import desk_on

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from httpx import Response

    from bot.desk import Desk

HOST = "http://127.0.0.1"
KEY = "key-of-the-visitor"


class Visitor:
    """Asks the page's application without a network between."""

    def __init__(self, client: AsyncClient, runner: asyncio.Runner, desk: Desk) -> None:
        self._client = client
        self._runner = runner
        self.desk = desk

    def become(self, person: str) -> None:
        """Be another of several people from now on."""
        self._client.params = self._client.params.set("user", person)

    def without(self, header: str) -> None:
        """Say less from now on."""
        del self._client.headers[header]

    def get(self, path: str, headers: dict[str, bytes] | None = None) -> Response:
        """Ask for something."""
        return self.ask("GET", path, headers=headers)

    def post(
        self, content: str | bytes, headers: dict[str, bytes] | None = None, path: str = "/event"
    ) -> Response:
        """Send an event, or what is none."""
        return self.ask("POST", path, content, headers)

    def ask(
        self,
        method: str,
        path: str,
        content: str | bytes | None = None,
        headers: dict[str, bytes] | None = None,
    ) -> Response:
        """Any request."""
        sent = [(name.encode(), value) for name, value in (headers or {}).items()]
        return self._runner.run(self._client.request(method, path, content=content, headers=sent))

    def raw(self, method: str, path: str, headers: list[tuple[str, str]], content: str) -> Response:
        """A request with these headers and no others, whatever stands twice."""
        request = Request(method, HOST + path, headers=headers, content=content)
        return self._runner.run(self._client.send(request))


@contextmanager
def visiting(path: Path, *, raises: bool = True) -> Iterator[Visitor]:
    """A visitor who has opened the page, on a fresh or an existing database.

    Without `raises` a mistake of the program is answered as it would be in earnest.
    """
    with desk_on(path) as desk, asyncio.Runner() as runner:
        earlier = path.with_name(path.name + "-people")
        application = build(desk, KEY, earlier=earlier)
        client = AsyncClient(
            transport=ASGITransport(application, raise_app_exceptions=raises),
            base_url=HOST,
            headers={"Origin": HOST, KEY_HEADER: KEY},
        )
        running = application.router.lifespan_context(application)
        runner.run(running.__aenter__())
        try:
            visitor = Visitor(client, runner, desk)
            visitor.get("/")
            yield visitor
        finally:
            runner.run(client.aclose())
            runner.run(running.__aexit__(None, None, None))
