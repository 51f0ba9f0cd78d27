"""The real `Application` while everything around it fails: the wire, the disk, the clock."""

from __future__ import annotations

import asyncio
import random
import sqlite3
import tempfile
import threading
from contextlib import ExitStack, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bot.storage.store import Store
from tests.botapi import BotApi
from tests.faults.crowd import ADMINISTRATOR, crowd
from tests.faults.killing import quick
from tests.faults.scripts import Do
from tests.faults.shadow import Shadow, desk_of, is_sound
from tests.faults.stored import InFile
from tests.faults.table import PATIENCE, Table, kind_of
from tests.faults.tally import say
from tests.faults.weather import Weather
from tests.telegram.running import running

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from bot.desk import Desk
    from tests.faults.people import Person
    from tests.faults.tally import Tally

PEOPLE = 10
RATE = 0.4
SHORT = 1.5
"""So long a disk is full, or a database in use, at most: what is owed is tried for longer."""
KINDS = ("picture", "file", "text")
UNSAID = {
    "not modified": "message is not modified",
    "to edit not found": "message to edit not found",
    "query is too old": "query is too old",
    "bot was blocked": "403 blocked by the person",
    "to delete not found": "message to delete not found",
}


async def hurried(seconds: float) -> None:
    """Waits between attempts are a hundredth of what they are."""
    await asyncio.sleep(min(seconds, 100) / 100)


class Clock:
    """The machine's clock, with what it was set back by."""

    def __init__(self) -> None:
        self.back = timedelta()

    def now(self) -> datetime:
        """The moment."""
        return datetime.now(tz=UTC) - self.back

    def today(self) -> date:
        """The day."""
        return self.now().date()


class Storm:
    """One bot in a thread of its own, and people who go on whatever happens."""

    def __init__(self, seed: int, tally: Tally, folder: Path, people: int) -> None:
        self.rng = random.Random(seed)  # noqa: S311 -- to be repeated, not to be secret
        self.tally = tally
        self.seed = seed
        self.folder = folder
        self.path = folder / "db"
        self.open = ExitStack()
        self.clock = Clock()
        self.api = self.open.enter_context(BotApi.serve())
        self.weather = self.api.meet(
            lambda wake: Weather(random.Random(f"{seed} weather"), RATE, wake)  # noqa: S311 -- as above
        )
        store = self.open.enter_context(closing(Store(folder / "shadow")))
        desk = desk_of(store, self.clock.today, self.clock.now, ADMINISTRATOR)
        self.shadow = Shadow(desk)
        self.table = Table(self.shadow, tally, InFile(self.path, folder), folder)
        self.table.learn = self._count_answers
        self.people = crowd(self.api, self.shadow, seed, tally, people)
        self.seen_calls = 0
        self.loop: asyncio.AbstractEventLoop | None = None
        self.desk: Desk | None = None
        self.ready, self.over = threading.Event(), asyncio.Event()
        self.thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)

    async def _serve(self) -> None:
        self.loop = asyncio.get_running_loop()
        with closing(Store(self.path)) as store:
            self.desk = desk_of(store, self.clock.today, self.clock.now, ADMINISTRATOR)
            self._execute("PRAGMA busy_timeout = 50")
            async with running(self.desk, self.api, pause=hurried):
                self.ready.set()
                await self.over.wait()

    def close(self) -> None:
        """Let go of all."""
        self.weather.calm()
        if self.loop:
            self.loop.call_soon_threadsafe(self.over.set)
        self.thread.join(PATIENCE)
        self.open.close()

    def play(self, faults: int) -> None:
        """Until so many faults were met."""
        self.thread.start()
        self.ready.wait(PATIENCE)
        rounds = 0
        while self._met() < faults and not self.tally.is_over:
            rounds += 1
            self._round(rounds)
            if rounds % 20 == 0:
                self.tally.progress(f"seed {self.seed}: {self._met()} faults")
        self.weather.calm()
        self._end()

    def _round(self, number: int) -> None:
        undo = self._episode()
        for person in self.people:
            person.act()
            if not undo:
                self._mischief(person)
        if self.rng.random() < 0.2:
            self.api.shuffle(self.rng)
            self.tally.faults["updates out of their order"] += 1
        if undo:
            self.table.wait(self.api, lambda: self.api.drained, SHORT)
            undo()
        self._settle(f"round {number}")

    # What befalls

    def _episode(self) -> Callable[[], None] | None:
        """Now and then, for all: a full disk, a database in use, a clock that is set back."""
        chance = self.rng.random()
        if chance < 0.06:
            self.tally.faults["the disk is full"] += 1
            self._on_loop("PRAGMA max_page_count = 1")
            return lambda: self._on_loop("PRAGMA max_page_count = 1073741823")
        if chance < 0.12:
            self.tally.faults["the database is in use by another program"] += 1
            other = sqlite3.connect(self.path, timeout=20, isolation_level=None)
            other.execute("BEGIN IMMEDIATE")
            return other.close
        if chance < 0.16:
            self.tally.faults["the clock is set back"] += 1
            self.clock.back += timedelta(hours=self.rng.randint(1, 30))
        return None

    def _mischief(self, person: Person) -> None:
        """What Telegram and people do beside: all of it while the answer is on its way."""
        if person.doing is None:
            return
        chance = self.rng.random()
        if chance < 0.12:
            self.api.redeliver(person.update)
            self.tally.faults["updates handed in twice"] += 1
        elif chance < 0.16:
            self.api.redeliver(self.rng.choice(person.updates))
            self.tally.faults["old updates handed in again"] += 1
        elif chance < 0.2:
            self.api.expire_queries()
        elif chance < 0.24:
            card = person.card()
            if card:
                person.user.delete(card.message_id)
        elif chance < 0.27 and not person.doing.job and person.number not in self.shadow.jobs:
            person.user.block(notify=False)
            person.blocked = True

    def _on_loop(self, statement: str) -> None:
        async def executed() -> None:
            self._execute(statement)

        if self.loop:
            asyncio.run_coroutine_threadsafe(executed(), self.loop).result(PATIENCE)

    def _execute(self, statement: str) -> None:
        if self.desk:
            self.desk.store.people._execute(statement)  # noqa: SLF001 -- a disk of its own

    # What must be there

    def _settle(self, when: str) -> None:
        if not self.table.wait(self.api, lambda: self.api.drained, PATIENCE):
            self.tally.wrong("people without a working screen", f"{when}: no updates are taken")
        self.table.take(self.api, self.people)
        for person in self.people:
            if person.blocked:
                self._come_back(person)
        for person in self.people:
            self.table.look(self.api, person, when)
        self.table.compare(self.people, when)

    def _come_back(self, person: Person) -> None:
        """Whoever had blocked the bot lets it write again: all goes on, but what was on its way."""
        person.blocked = False
        person.user.unblock(notify=False)
        person.finish()
        person.again(Do("/start"))
        self.table.wait(self.api, lambda: self.api.drained, PATIENCE)
        self.table.take(self.api, [person])
        self.table.wait(self.api, person.sees, PATIENCE / 3)
        person.forgive()

    def _met(self) -> int:
        return sum(self.weather.met.values()) + sum(self.tally.faults.values())

    def _count_answers(self) -> None:
        calls = self.api.calls
        for call in calls[self.seen_calls :]:
            chat = call.parameters.get("chat_id")
            if call.fault and isinstance(chat, int) and kind_of(call) < len(KINDS):
                # It acted, or its parameters would be as they came; and the bot was not told.
                self.people[chat - 1].excused[kind_of(call)] += 1
            if isinstance(call.response, dict) and not call.response.get("ok", True):
                said = str(call.response.get("description"))
                for part, name in UNSAID.items():
                    self.tally.faults[name] += part in said
        self.seen_calls = len(calls)

    def _end(self) -> None:
        self._settle("at the end")
        self.tally.faults.update(self.weather.met)
        if not is_sound(self.path):
            self.tally.wrong("databases damaged", "integrity_check")
        for refusal in self.api.refusals:
            if not any(part in refusal.description for part in UNSAID):
                self.tally.wrong("calls that Telegram would refuse", str(refusal)[:300])


def stormed(seed: int, faults: int, tally: Tally, people: int = PEOPLE) -> None:
    """So many faults around the real application."""
    say(f"meeting {faults} faults, {people} people, seed {seed}")
    with tempfile.TemporaryDirectory(prefix="faults-", dir=quick()) as name:
        storm = Storm(seed, tally, Path(name), people)
        try:
            storm.play(faults)
        finally:
            storm.close()
