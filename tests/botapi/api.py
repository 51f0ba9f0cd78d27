"""The double as a test holds it."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
from typing import TYPE_CHECKING, TypeVar

from tests.botapi.driver import User
from tests.botapi.endpoint import Desk
from tests.botapi.faults import KINDS, Fault, Faults, Kind
from tests.botapi.groups import Group, Together
from tests.botapi.server import Server
from tests.botapi.state import Chat, World
from tests.botapi.wake import Wake

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from random import Random

    from tests.botapi.calls import Call
    from tests.botapi.courier import Brought
    from tests.botapi.errors import Refusal
    from tests.botapi.state import Json

T = TypeVar("T")
F = TypeVar("F", bound=Faults)

TOKEN = "4242:loopback"  # noqa: S105 - opens nothing but this double
_BOT: dict[str, object] = {
    "id": 4242,
    "is_bot": True,
    "first_name": "Example",
    "username": "example_bot",
    "can_join_groups": False,
    "can_read_all_group_messages": False,
    "supports_inline_queries": False,
}


class BotApi:
    """A strict double of the Telegram Bot API on a loopback port."""

    def __init__(self, token: str = TOKEN) -> None:
        self.token = token
        self._wake = Wake()
        self.world = World(bot=dict(_BOT))
        self._desk = Desk(token, self.world, self._wake)
        self._server = Server(self._desk)
        self._users: dict[int, User] = {}

    @classmethod
    @contextlib.contextmanager
    def serve(cls, token: str = TOKEN) -> Iterator[BotApi]:
        """Serve for the length of a block."""
        api = cls(token)
        api._server.start()
        try:
            yield api
        finally:
            api.close()

    @classmethod
    @contextlib.asynccontextmanager
    async def start(cls, token: str = TOKEN) -> AsyncIterator[BotApi]:
        """Serve for the length of an asynchronous block."""
        api = cls(token)
        await asyncio.to_thread(api._server.start)
        try:
            yield api
        finally:
            await asyncio.to_thread(api.close)

    def close(self) -> None:
        """Stop serving, letting go of every call that hangs; leaving the block does the same."""
        self._server.stop()

    @property
    def base_url(self) -> str:
        """The address to which a token and a method are added."""
        return f"http://127.0.0.1:{self._server.port}/bot"

    @property
    def base_file_url(self) -> str:
        """The address to which a token and a file's path are added."""
        return f"http://127.0.0.1:{self._server.port}/file/bot"

    def user(self, user_id: int, first_name: str = "A.", language_code: str | None = "en") -> User:
        """Return a user, the same one for the same id."""
        with self._wake.change():
            if user_id not in self._users:
                known: Json = {"id": user_id, "is_bot": False, "first_name": first_name}
                if language_code:
                    known["language_code"] = language_code
                chat = self.world.chats[user_id] = Chat(known)
                self._users[user_id] = User(self.world, self._wake, chat)
            return self._users[user_id]

    def group(self, chat_id: int, kind: str = "supergroup") -> Group:
        """Return a group or a channel, which the bot is not in yet."""
        with self._wake.change():
            chat = Together({"id": chat_id, "title": "Example"}, kind=kind)
            self.world.chats[chat_id] = chat
            return Group(self.world, self._wake, chat)

    @property
    def calls(self) -> list[Call]:
        """Every call so far, oldest first."""
        with self._wake.held():
            return list(self._desk.calls)

    def called(self, method: str) -> list[Call]:
        """Return the calls of one method, oldest first."""
        return [call for call in self.calls if call.method == method]

    def commands(self, language: str = "", scope: Json | None = None) -> dict[str, str]:
        """Return the commands set for a language and scope, each with its description."""
        key = (json.dumps(scope or {"type": "default"}, sort_keys=True), language)
        with self._wake.held():
            found = self.world.commands.get(key, [])
            return {item["command"]: item["description"] for item in found}

    @property
    def refusals(self) -> list[Refusal]:
        """The refusals no test asked for."""
        return self._desk.refusals

    @contextlib.contextmanager
    def expecting(self, method: str = "*", part: str = "") -> Iterator[None]:
        """Within the block, leave refusals of this kind out of `refusals`."""
        entry = (method, part)
        with self._wake.change():
            self._desk.expected.append(entry)
        try:
            yield
        finally:
            with self._wake.change():
                self._desk.expected.remove(entry)

    def fail(  # noqa: PLR0913 - each failure has its own few sides
        self,
        method: str,
        kind: Kind,
        times: int | None = 1,
        *,
        retry_after: int = 1,
        after: bool = False,
        html: bool = False,
        chat_id: int | None = None,
    ) -> Fault:
        """Make coming calls of a method ("*" for any) fail, before or after their effect."""
        if kind not in KINDS:
            msg = f"{kind!r} is none of {KINDS}"
            raise ValueError(msg)
        fault = Fault(method, kind, times, retry_after, after, html, chat_id, self._wake)
        with self._wake.change():
            self._desk.faults.add(fault)
        return fault

    def meet(self, made: Callable[[Wake], F]) -> F:
        """Let these failures meet the calls from now on, instead of those asked for one by one."""
        faults = made(self._wake)
        with self._wake.change():
            self._desk.faults = faults
        return faults

    def shuffle(self, rng: Random) -> None:
        """Hand in what waits in another order."""
        with self._wake.change():
            rng.shuffle(self.world.updates.pending)

    def push(self, update: Json) -> int:
        """Queue an update as it is; return its id."""
        with self._wake.change():
            return self.world.updates.add(update)

    def redeliver(self, update_id: int) -> None:
        """Deliver an update once more under its own id."""
        with self._wake.change():
            self.world.updates.repeat(update_id)
            query = self.world.updates.every[update_id].get("callback_query", {})
            if query.get("id") in self.world.queries:
                self.world.queries[query["id"]].excused = True

    def expire_queries(self) -> None:
        """Let the time to answer the taps so far run out."""
        with self._wake.change():
            for query in self.world.queries.values():
                query.expired = True

    @property
    def connections(self) -> int:
        """How many connections are open: none when a bot has died and all it said was heard."""
        return self._server.connections

    @property
    def ports(self) -> frozenset[int]:
        """The other ends of the connections that are open."""
        return self._server.ports

    @property
    def pending(self) -> list[Json]:
        """The updates the bot has not confirmed."""
        with self._wake.held():
            return list(self.world.updates.pending)

    @property
    def last_update_id(self) -> int:
        """The id of the newest update."""
        with self._wake.held():
            return max(self.world.updates.every)

    @property
    def polling(self) -> bool:
        """Whether the bot waits for updates just now."""
        with self._wake.held():
            return self.world.updates.polling

    @property
    def drained(self) -> bool:
        """Whether the bot has confirmed every update and waits for more."""
        with self._wake.held():
            updates = self.world.updates
            return bool(updates.polling or updates.webhook) and not updates.ready()

    @property
    def webhook(self) -> str:
        """Where updates are brought; empty where the bot has to ask."""
        with self._wake.held():
            return self.world.updates.webhook

    def lead(self, outside: str, *inside: str) -> None:
        """Lead an address of the world outside to some on this computer in turns, as a proxy."""
        with self._wake.change():
            self._server.courier.doors[outside] = itertools.cycle(inside)

    @property
    def brought(self) -> list[Brought]:
        """Every attempt to bring an update to a webhook, oldest first."""
        with self._wake.held():
            return list(self._server.courier.brought)

    async def wait_for(self, predicate: Callable[[], T], timeout: float = 5) -> T:  # noqa: ASYNC109 - one clock with wait
        """Wait until the predicate is true and return its value."""
        found = await self._wake.wait_for(predicate, timeout)
        return self._found(found, timeout)

    def wait(self, predicate: Callable[[], T], timeout: float = 5) -> T:
        """Block until the predicate is true and return its value."""
        return self._found(self._wake.wait(predicate, timeout), timeout)

    def _found(self, found: T, timeout: float) -> T:
        if not found:
            last = [(call.method, call.status, call.fault) for call in self.calls[-8:]]
            msg = f"nothing came in {timeout} s; last calls {last}; refusals {self.refusals}"
            raise TimeoutError(msg)
        return found
