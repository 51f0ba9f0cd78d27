"""The pages of those who are asked, as they run beside the bot."""

from __future__ import annotations

import asyncio
import socket
from contextlib import suppress
from typing import TYPE_CHECKING

from httpx import AsyncClient, ConnectError

from bot.commands import serve
from bot.settings import Settings
from tests.signings.playing import invited, opened

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path


def test_the_pages_are_served_beside_the_bot_and_stop_with_it(tmp_path: Path) -> None:
    talk = opened(tmp_path / "db")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    settings = Settings(tmp_path / "db", public_url=address, listen=("127.0.0.1", port))
    pages = serve.signing_pages(talk.desk, settings)
    token = invited(talk, "Example")
    assert talk.desk.page_link("x") == f"{address}/s/x"

    async def played() -> list[int]:
        serving = asyncio.ensure_future(pages())
        async with AsyncClient(base_url=address) as client:
            found: list[int] = []
            while not found:
                with suppress(ConnectError):  # it is not listening yet
                    found.append((await client.get("/healthz")).status_code)
            found += [
                (await client.get(path)).status_code for path in (f"/s/{token}", "/", "/event")
            ]
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)
        return found

    assert asyncio.run(played()) == [200, 200, 404, 404]


def test_a_port_that_is_taken_stops_nothing_and_no_link_is_given_out(tmp_path: Path) -> None:
    talk = opened(tmp_path / "db")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        settings = Settings(
            tmp_path / "db", public_url="https://letters.example.org", listen=("127.0.0.1", port)
        )
        pages = serve.signing_pages(talk.desk, settings)
        assert talk.desk.page_link("x")
        asyncio.run(_awaited(pages))
    assert talk.desk.page_link("x") == ""


async def _awaited(pages: Callable[[], Awaitable[None]]) -> None:
    await pages()
