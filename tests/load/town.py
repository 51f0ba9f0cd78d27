"""The process that the double and the people are in, so that the program has its own.

It is told what to do and says what came of it line by line, as JSON.
"""

from __future__ import annotations

import asyncio
import gc
import json
import random
import resource
import sys
from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from tests.load.chats import FailedError, Step
from tests.load.double import BEFORE, Double
from tests.load.people import LostError, Person
from tests.load.plan import CROWD, Load
from tests.load.posts import Posts
from tests.load.wire import Wire

if TYPE_CHECKING:
    from tests.load.chats import Chat

FIRST = 100_000
"""The number of the first person."""

LOOKS_EVERY = 0.05
GRACE = 0.3
"""Seconds without a call, after which what the program does at its start is over."""


class Town:
    """Everybody, and what is written down of them. Times are seconds since the beginning."""

    def __init__(self, load: Load) -> None:
        self._load = load
        self._loop = asyncio.get_running_loop()
        self._rng = random.Random(load.seed)  # noqa: S311 -- to be repeated, not to be secret
        self.double = Double(self._loop.time, limits=load.limits)
        self._posts: Posts | None = None
        self._updates = 0
        self._steps: list[Step] = []
        self._letters: list[tuple[float, str, dict[str, int]]] = []
        self._zips: list[Step] = []
        self._begun = 0
        self._late: list[float] = []
        self._began = 0.0
        self._enough = asyncio.Event()

    async def ready(self, ports: list[int]) -> None:
        """Wait until the program takes updates, and has done what it does first."""
        await (self.double.hooked if ports else self.double.polls.asked).wait()
        for port in ports:
            await _listened(port)
        before = -1
        while before != self.double.calls.total():
            before = self.double.calls.total()
            await asyncio.sleep(GRACE)
        if ports:
            self._posts = Posts(ports, self.double.webhook, self._loop.time, self.double.errors)

    async def live(self) -> dict[str, Any]:
        """Everybody writes until the time is over; what came of it."""
        self._began = self._loop.time()
        calls = Counter(self.double.calls)
        busy = _processor()
        tasks = {asyncio.create_task(self._watched())}
        # Whoever has gone is let go of: a minute's people are not kept for the next.
        arrive = self._crowd if self._load.kind == CROWD else self._newcomers
        arriving = asyncio.create_task(arrive(tasks))
        with suppress(TimeoutError):
            await asyncio.wait_for(self._enough.wait(), self._load.seconds)
        ended = self._loop.time() - self._began
        busy = _processor() - busy
        made = self.double.calls - calls
        for task in (arriving, *tasks):
            task.cancel()
        await asyncio.gather(arriving, *tasks, return_exceptions=True)
        if self._posts:
            await self._posts.close()
        return {
            "seconds": ended,
            "begun": self._begun,
            "steps": [self._times(step) for step in self._steps],
            "zips": [self._times(step) for step in self._zips],
            "letters": self._letters,
            "calls": {method: n for method, n in made.items() if method not in BEFORE},
            "refused": self.double.refused,
            "errors": self.double.errors,
            "busy": busy / ended,
            "late": sorted(self._late),
        }

    def _times(self, step: Step) -> tuple[str, float, float, float]:
        """When it was done, handed over and answered; 0 for what never came."""
        times = (step.pressed, step.handed, step.answered)
        pressed, handed, answered = (one and one - self._began for one in times)
        return step.kind, pressed, handed, answered

    # Who comes

    async def _crowd(self, tasks: set[asyncio.Task[None]]) -> None:
        for number in range(self._load.people):
            tasks.add(task := asyncio.create_task(self._lives(number)))
            task.add_done_callback(self._ended)

    async def _newcomers(self, tasks: set[asyncio.Task[None]]) -> None:
        for number in range(sys.maxsize):
            await asyncio.sleep(self._rng.expovariate(self._load.rate))
            tasks.add(task := asyncio.create_task(self._visits(number)))
            task.add_done_callback(tasks.discard)
            task.add_done_callback(self._ended)

    async def _lives(self, number: int) -> None:
        """Letter after letter."""
        await asyncio.sleep(self._rng.uniform(0, self._load.arriving))
        person = self._person(number)
        while True:
            await self._writes(person, number)

    async def _visits(self, number: int) -> None:
        """One letter."""
        await self._writes(self._person(number), number)

    def _ended(self, task: asyncio.Task[None]) -> None:
        """A mistake of the people's own counts as an error, too."""
        if not task.cancelled() and (error := task.exception()):
            self.double.errors[f"a person ended: {error!r}"[:100]] += 1

    def _person(self, number: int) -> Person:
        chat = self.double.chat(FIRST + number)
        return Person(chat, self._load.thinking, self._send, self._loop.time)

    async def _writes(self, person: Person, number: int) -> None:
        """A letter, to 144 States where it is this person's turn; what went wrong is noted."""
        try:
            await person.type("/start")
            self._begun += 1
            if self._is_for_many(number):
                await self._writes_to_many(person)
                return
            before = Counter(person.chat.calls)
            way = await person.letter()
            took = dict(person.chat.calls - before)
            self._letters.append((self._now(), way, took))
            if len(self._letters) == self._load.enough:
                self._enough.set()
            await person.look()
        except FailedError:
            await asyncio.sleep(self._load.thinking)  # the double has noted what the bot said
        except LostError as error:
            self.double.errors[str(error)] += 1
            await asyncio.sleep(self._load.thinking)

    def _is_for_many(self, number: int) -> bool:
        """Of a crowd they make ready from the beginning; newcomers come for it when it is time."""
        share = round(1 / self._load.many) if self._load.many else 0
        is_time = self._load.kind == CROWD or self._now() >= self._load.many_from
        return bool(share) and number % share == 0 and is_time

    async def _writes_to_many(self, person: Person) -> None:
        await person.one_of_many()
        await asyncio.sleep(self._load.many_from - self._now())
        waited = await person.many()
        self._zips.append(waited)
        await waited.over
        await person.look_at_many()

    def _now(self) -> float:
        return self._loop.time() - self._began

    def _send(self, chat: Chat, name: str, content: dict[str, Any], step: Step) -> None:
        self._updates += 1
        self._steps.append(step)
        update = json.dumps({"update_id": self._updates, name: content}, ensure_ascii=False)
        if self._posts:
            self._posts.push(chat.number, update, step)
        else:
            self.double.polls.push(self._updates, update, step)

    async def _watched(self) -> None:
        """How late this loop is: what the double adds to every figure."""
        while True:
            due = self._loop.time() + LOOKS_EVERY
            await asyncio.sleep(LOOKS_EVERY)
            self._late.append(self._loop.time() - due)


async def _listened(port: int) -> None:
    """Wait until somebody listens there."""
    while True:
        try:
            _reader, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(LOOKS_EVERY)
        else:
            writer.close()
            return


def _processor() -> float:
    """Seconds of the processor that this process has had."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


async def _main() -> None:
    loop = asyncio.get_running_loop()
    load = Load(**await _heard())
    town = Town(load)
    server = await loop.create_server(lambda: Wire(town.double.answer), "127.0.0.1", 0, backlog=512)
    _say({"port": server.sockets[0].getsockname()[1]})
    await town.ready(await _heard())
    _say({"ready": True})
    await _heard()
    _say(await town.live())
    await _heard()  # the program is stopped first: it may still have something to say
    server.close()


async def _heard() -> Any:  # noqa: ANN401 -- any JSON value
    """What is said next; the end where whoever began this has gone."""
    line = await asyncio.to_thread(sys.stdin.readline)
    if not line:
        raise SystemExit
    return json.loads(line)


def _say(what: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    gc.set_threshold(50_000, 50, 100)
    with suppress(KeyboardInterrupt):
        asyncio.run(_main())
