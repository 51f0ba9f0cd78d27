"""One update after the other through the bot as it runs, and what is looked for after each."""

from __future__ import annotations

import asyncio
import itertools
import json
import re
import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

from hypothesis import HealthCheck, Phase, given, seed, settings

from bot.conversation.talk.effects import Show
from tests.fuzz.application import running, world
from tests.fuzz.updates import FILE, KINDS, OFFERED, PEOPLE, updates
from tests.fuzz.wire import Wire
from tests.logged import logged
from tests.world import PATIENCE, desk_on

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from bot.desk import Desk
    from bot.telegram.app import TelegramChannel

    Json = dict[str, Any]

ROUND = 2_500
"""So many updates one database is for; then all begins anew."""

HELP = 100
"""After so many updates, and after every fault, somebody asks for /help."""

TRACE = re.compile(r"Traceback|File \"|Error\(|Exception|\.py\b|object at 0x")
SECRET = frozenset(
    (
        "text",
        "caption",
        "first_name",
        "last_name",
        "username",
        "title",
        "data",
        "file_name",
        "vcard",
    )
)
LONG = 6
"""A shorter text may stand in any line by chance."""


@dataclass
class Flood:
    """What came, what became of it, and what broke, by its kind."""

    updates: Counter[str] = field(default_factory=Counter)
    unread: int = 0
    calls: int = 0
    helped: int = 0
    greeted: int = 0
    lines: int = 0
    slowest: float = 0.0
    faults: dict[str, str] = field(default_factory=dict)

    def note(self, kind: str, example: str) -> None:
        """A fault, with the first example of its kind."""
        self.faults.setdefault(kind[:200], example[:2_000])


def flood(first: int, count: int, folder: Path, prepare: Callable[[Desk], None]) -> Flood:
    """So many updates, as the seed has them, in rounds; each begins with what `prepare` does."""
    found = Flood()
    for number, start in enumerate(range(0, count, ROUND)):
        with _Round(folder / f"db{number}", found, prepare) as one:
            one.run(first * 1_000 + number, min(ROUND, count - start))
    return found


def one_by_one(bodies: Iterable[Json], path: Path, prepare: Callable[[Desk], None]) -> Flood:
    """These updates."""
    found = Flood()
    with _Round(path, found, prepare) as one:
        for body in bodies:
            one.take(body)
        one.help("the end")
    return found


class _Round:
    """The bot on one database. All in one thread, whose the database is."""

    def __init__(self, path: Path, found: Flood, prepare: Callable[[Desk], None]) -> None:
        self._path, self._found, self._prepare = path, found, prepare
        self._opened = ExitStack()
        self._number = 0
        self._greeted: set[int] = set()

    def __enter__(self) -> Self:
        """Begin to run."""
        with ExitStack() as opened:
            self._log = opened.enter_context(logged())
            self._desk = opened.enter_context(desk_on(self._path))
            self._prepare(self._desk)
            self._referred = itertools.count(1)
            self._desk.new_reference = lambda: f"REFERENCE-{next(self._referred)}"
            self._wire = Wire(world())
            self._runner = opened.enter_context(asyncio.Runner())
            self._runner.get_loop().set_exception_handler(self._escaped)
            self._application = opened.enter_context(running(self._runner, self._desk, self._wire))
            self._opened = opened.pop_all()
        return self

    def __exit__(self, *_error: object) -> None:
        self._opened.close()

    @property
    def _channel(self) -> TelegramChannel:
        (handler,) = self._application.handlers[0]
        channel: TelegramChannel = handler.callback.__self__  # type: ignore[attr-defined]
        return channel

    def _escaped(self, _loop: object, context: dict[str, Any]) -> None:
        error = context.get("exception")
        self._found.note(f"escaped: {type(error).__name__}", str(context.get("message")))

    def run(self, number: int, count: int) -> None:
        """As many updates as are asked for."""

        @seed(number)
        @settings(
            max_examples=count,
            phases=[Phase.generate],
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(updates())
        def one(body: Json) -> None:
            self.take(body)

        one()
        self.help("the end")

    def take(self, body: Json) -> None:
        """One update, and what it must not come to."""
        (kind,) = body
        known = len(self._found.faults)
        self._found.updates[kind] += 1
        self._runner.run(self._one(kind, body))
        if len(self._found.faults) > known or not sum(self._found.updates.values()) % HELP:
            self.help(kind)

    async def _one(self, kind: str, body: Json) -> None:
        self._number += 1
        update = {"update_id": self._number, **_filled(body, self._fill)}
        example = json.dumps(update)
        self._wire.calls.clear()
        self._log.seek(0)
        self._log.truncate()
        start = time.thread_time()
        try:
            async with asyncio.timeout(PATIENCE):
                await self._through(kind, update)
                await self._settled()
        except TimeoutError:
            self._found.note(f"nothing comes of it: {kind}", example)
        except Exception as error:  # noqa: BLE001 -- whatever it is, it is what we look for
            self._found.note(f"escaped: {type(error).__name__}: {error!a}", example)
        self._found.slowest = max(self._found.slowest, time.thread_time() - start)
        if self._application.bot._unsaved:  # noqa: SLF001 -- nobody would be heard
            self._found.note(f"not confirmed: {kind}", example)
            self._application.bot._unsaved.clear()  # noqa: SLF001 -- to go on
        self._look(kind, update, example)

    async def _through(self, kind: str, update: Json) -> None:
        """As the bot gets it, and takes it."""
        self._wire.waiting = [update]
        for one in await self._application.bot.get_updates(offset=self._number, timeout=0):
            self._found.unread += kind not in one.to_dict()
            await self._application.process_update(one)

    async def _settled(self) -> None:
        """What goes on beside it has come to its end."""
        channel = self._channel
        lanes = channel.sharing._working if channel.sharing else {}  # noqa: SLF001 -- nothing tells
        while tasks := [
            *channel.errands._tasks,  # noqa: SLF001 -- as above
            *channel._renewing.values(),  # noqa: SLF001 -- as above
            *lanes.values(),
        ]:
            await asyncio.wait(tasks)
            await asyncio.sleep(0)

    def _look(self, kind: str, update: Json, example: str) -> None:
        found, log = self._found, self._log.getvalue()
        found.calls += len(self._wire.calls)
        found.lines += log.count("\n")
        for line in log.splitlines():
            if "a mistake of ours" in line:
                found.note(re.sub(r"REFERENCE-\d+", "", line), example)
        found.faults.update((one[:200], example) for one in self._wire.refused)
        self._wire.refused.clear()
        for word in _secrets(update) if log else ():
            if word in log:
                found.note(f"in the log ({kind})", f"{word!r} in {log[:300]!r}")
        allowed = self._allowed(update)
        for method, parameters in self._wire.calls:
            if TRACE.search(str(parameters.get("text", ""))):
                found.note(f"a trace reaches a person ({method})", example)
            chat = int(parameters.get("chat_id", 0))
            if chat and chat not in allowed:
                found.note(f"to a wrong chat: {method} for {kind}", example)

    def _allowed(self, update: Json) -> set[int]:
        """Who may be written to: whoever wrote in private, and once a group that was joined."""
        moved = update.get("my_chat_member")
        if isinstance(moved, dict):
            chat = moved.get("chat") or {}
            number = chat.get("id") if isinstance(chat, dict) else 0
            private = not isinstance(chat, dict) or chat.get("type") == "private"
            wrote = any(method == "sendMessage" for method, _parameters in self._wire.calls)
            if private or not wrote or not isinstance(number, int) or number in self._greeted:
                return set()
            self._greeted.add(number)
            self._found.greeted += 1
            return {number}
        query = update.get("callback_query")
        message = query.get("message") if isinstance(query, dict) else None
        for name in ("message", "edited_message"):
            message = message or update.get(name)
        sent = (query if isinstance(query, dict) else message) or {}
        chat = message.get("chat") if isinstance(message, dict) else None
        user = sent.get("from") if isinstance(sent, dict) else None
        if not isinstance(chat, dict) or not isinstance(user, dict) or user.get("is_bot"):
            return set()
        own = chat.get("type") == "private" and chat.get("id") == user.get("id")
        number = chat.get("id")
        return {number} if own and isinstance(number, int) else set()

    def help(self, after: str) -> None:
        """Whether somebody who asks for help is answered."""
        person = PEOPLE[self._number % len(PEOPLE)]
        body = {
            "message": {
                "message_id": 5,
                "date": 1_700_000_000,
                "chat": {"id": person, "type": "private", "first_name": "Zq"},
                "from": {"id": person, "is_bot": False, "first_name": "Zq"},
                "text": "/help",
            }
        }
        self._runner.run(self._one("message", body))
        if any("/letters" in str(one.get("text")) for _method, one in self._wire.calls):
            self._found.helped += 1
        else:
            self._found.note(f"no help after {after}", str(self._wire.calls)[:500])

    def _fill(self, text: str) -> str:
        """A button that is offered, a file that can be fetched, in place of its number."""
        name, _colon, number = text.partition(":")
        if f"{name}:" == FILE and number.isdecimal():
            files = list(self._wire.world.files)
            return files[int(number) % len(files)]
        if f"{name}:" != OFFERED or not number.isdecimal():
            return text
        person = f"telegram:{PEOPLE[int(number) % len(PEOPLE)]}"
        shown = [one for one in self._desk.current(person).effects if isinstance(one, Show)]
        offered = [button.data for row in shown[-1].screen.rows for button in row]
        return offered[int(number) // len(PEOPLE) % len(offered)] if offered else text


def _filled(value: Any, fill: Callable[[str], str]) -> Any:  # noqa: ANN401 -- any JSON value
    if isinstance(value, str):
        return fill(value)
    if isinstance(value, dict):
        return {name: _filled(one, fill) for name, one in value.items()}
    if isinstance(value, list):
        return [_filled(one, fill) for one in value]
    return value


def _secrets(value: Any, name: str = "") -> Iterator[str]:  # noqa: ANN401 -- any JSON value
    """What must stand in no line: names, texts, and the numbers of people and chats."""
    if isinstance(value, str) and name in SECRET and len(value.strip()) >= LONG:
        yield value
    elif isinstance(value, int) and name.endswith("id") and name != "update_id":
        if abs(value) > 10**LONG:
            yield str(value)
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from _secrets(one, key)
    elif isinstance(value, list):
        for one in value:
            yield from _secrets(one, name)


def lines(found: Flood) -> Iterator[str]:
    """What was found, to be read."""
    count = sum(found.updates.values())
    yield f"{count} updates of {len(found.updates)} of {len(KINDS)} kinds"
    yield f"{found.unread} that the library cannot read, passed over by their number"
    yield f"{found.calls} calls made"
    yield f"{found.greeted} groups told once, {found.helped} times /help was answered"
    yield f"{found.lines} lines in the log, slowest update {found.slowest:.2f} s"
    yield f"{len(found.faults)} kinds of faults"
    for kind, example in found.faults.items():
        yield f"  {kind}\n      {example}"
