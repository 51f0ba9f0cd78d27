"""The double brings updates to a webhook as Telegram does."""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import httpx

from tests.botapi import BotApi
from tests.botapi.courier import SECRET_HEADER

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

OUTSIDE = "https://letters.example.org"


class Door:
    """Answers what is brought, each with the next status; without one, not before it is let."""

    def __init__(self, *statuses: int) -> None:
        self.seen: list[dict[str, Any]] = []
        self.heads: list[str] = []
        self.let = asyncio.Event()
        self._statuses = list(statuses)
        self._writers: list[asyncio.StreamWriter] = []

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection."""
        self._writers.append(writer)
        while True:
            try:
                head = (await reader.readuntil(b"\r\n\r\n")).decode()
            except asyncio.IncompleteReadError:
                writer.close()
                return
            length = int(head.lower().partition("content-length: ")[2].split()[0])
            self.seen.append(json.loads(await reader.readexactly(length)))
            self.heads.append(head)
            if not self._statuses:
                await self.let.wait()
            status = self._statuses.pop(0) if self._statuses else 200
            writer.write(f"HTTP/1.1 {status} A\r\nContent-Length: 0\r\n\r\n".encode())

    def close(self) -> None:
        """End what is kept open for the next update: since Python 3.12 a server waits for it."""
        self.let.set()
        for writer in self._writers:
            writer.close()

    @property
    def numbers(self) -> list[int]:
        """The updates that were brought, in their order."""
        return [one["update_id"] for one in self.seen]


@asynccontextmanager
async def opened(api: BotApi, door: Door) -> AsyncIterator[None]:
    server = await asyncio.start_server(door.answer, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server:
        api.lead(OUTSIDE, f"http://127.0.0.1:{port}")
        try:
            yield
        finally:
            door.close()


async def called(api: BotApi, method: str, **arguments: object) -> Any:  # noqa: ANN401 -- JSON
    async with httpx.AsyncClient() as client:
        answer = await client.post(f"{api.base_url}{api.token}/{method}", json=arguments)
        return answer.json().get("result", answer.json())


def test_what_is_not_taken_comes_again_before_what_came_later() -> None:
    async def run() -> None:
        door = Door(503, 500, 200, 200)
        async with BotApi.start() as api, opened(api, door):
            user = api.user(7)
            first, second = user.send("first").update_id, user.send("second").update_id
            await called(api, "setWebhook", url=f"{OUTSIDE}/telegram", secret_token="a-1_Z")  # noqa: S106 -- made up
            await api.wait_for(lambda: api.drained)
            assert door.numbers == [first, first, first, second]
            assert door.heads[0].startswith("POST /telegram HTTP/1.1\r\n")
            lines = {line.lower() for line in door.heads[0].split("\r\n")}
            assert {"host: letters.example.org", f"{SECRET_HEADER}: a-1_z".lower()} <= lines
            assert [one.status for one in api.brought] == [503, 500, 200, 200]
            found = await called(api, "getWebhookInfo")
            assert found["last_error_message"] == "Wrong response from the webhook: 500 A"

    asyncio.run(run())


def test_of_each_person_one_at_a_time_and_of_all_so_many() -> None:
    async def run() -> None:
        door = Door()
        async with BotApi.start() as api, opened(api, door):
            await called(api, "setWebhook", url=OUTSIDE, max_connections=2)
            one, other, third = (api.user(number) for number in (7, 8, 9))
            numbers = [user.send("a").update_id for user in (one, one, other, third)]
            await api.wait_for(lambda: len(api.world.updates.delivered) == 2)
            door.let.set()
            await api.wait_for(lambda: api.drained)
            assert sorted(door.numbers[:2]) == [numbers[0], numbers[2]]
            assert sorted(door.numbers) == numbers

    asyncio.run(run())


def test_what_nobody_takes_waits_until_it_is_asked_for() -> None:
    async def run() -> None:
        async with BotApi.start() as api:
            await called(api, "setWebhook", url=OUTSIDE)
            number = api.user(7).send("a").update_id
            await api.wait_for(lambda: api.brought)
            assert api.brought[0] == (number, 0)
            with api.expecting("getUpdates"):
                assert (await called(api, "getUpdates"))["error_code"] == 409
            await called(api, "deleteWebhook")
            assert [one["update_id"] for one in await called(api, "getUpdates")] == [number]

    asyncio.run(run())


def test_a_secret_of_other_signs_is_refused() -> None:
    async def run() -> None:
        async with BotApi.start() as api:
            with api.expecting("setWebhook", "unallowed"):
                answer = await called(api, "setWebhook", url=OUTSIDE, secret_token="a b")  # noqa: S106 -- as above
            assert answer["error_code"] == 400

    asyncio.run(run())
