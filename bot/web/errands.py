"""What is done beside the page's own questions: its results wait until the page asks."""

from __future__ import annotations

import asyncio
import logging
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.conversation.many.kept import JobEnded
from bot.conversation.talk.effects import Propose, RunJob
from bot.desk.fair import acting_for
from bot.desk.mistakes import mistake
from bot.storage.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Collection, Coroutine, Iterable
    from concurrent.futures import Executor

    from bot.conversation.talk.effects import Effect
    from bot.desk import Desk, Document

log = logging.getLogger(__name__)

USERS = 10
"""Of so many users, the latest, the files given last are kept in memory: a page may be reloaded."""


@dataclass(frozen=True, slots=True)
class Written:
    """What came of a job: `owed` until the page says that it has the files.

    `reference` is that of the mistake by which there are none.
    """

    job_id: str
    documents: tuple[Document, ...]
    owed: bool = True
    reference: str = ""

    @property
    def word(self) -> str:
        """By which the page names the files."""
        return f"job:{self.job_id}"


class Errands:
    """Letters to many States and proposals of a translation service, for the page's users."""

    def __init__(self, desk: Desk, workshop: Executor) -> None:
        self._desk = desk
        self._workshop = workshop
        self._tasks: dict[asyncio.Task[None], str] = {}
        self._ready: dict[str, list[Written]] = {}
        self._given: dict[str, Written] = {}

    def begin(self, user_id: str, effects: Iterable[Effect]) -> None:
        """Start what a turn asks for."""
        for effect in effects:
            if isinstance(effect, RunJob):
                self._start(user_id, self._job(user_id, effect.job_id))
            elif isinstance(effect, Propose):
                self._start(user_id, self._proposal(user_id, effect))

    def resume(self, channel: str) -> None:
        """Go on with what the last stop interrupted."""
        for user_id, job_id in self._desk.unfinished(channel):
            self._start(user_id, self._job(user_id, job_id))

    async def stop(self) -> None:
        """Leave everything where it is."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def confirmed(self, user_id: str, words: Collection[str]) -> tuple[Effect, ...]:
        """The page has these files: their work is done, and this is what it shows beside them."""
        effects: tuple[Effect, ...] = ()
        for one in self._ready.get(user_id, ()):
            if one.word in words:
                self._keep(user_id, replace(one, owed=False))
                effects = self._ended(user_id, one, done=True)
        return effects

    def owed(self, user_id: str) -> tuple[tuple[Written, ...], tuple[Effect, ...]]:
        """The files that are ready for a user, and what the page shows where there are none.

        They are handed out until the page says that it has them: an answer can be lost. If the
        program stops before, they are written anew.
        """
        effects: tuple[Effect, ...] = ()
        for one in self._ready.get(user_id, ()):
            if not self._desk.shelves.jobs.is_running(one.job_id):
                self._ready[user_id] = [other for other in self._ready[user_id] if other != one]
            elif not one.documents:
                effects = self._ended(user_id, one, done=False)
        return tuple(self._ready.get(user_id, ())), effects

    def _ended(self, user_id: str, one: Written, *, done: bool) -> tuple[Effect, ...]:
        effects: tuple[Effect, ...] = ()
        if self._desk.shelves.jobs.is_running(one.job_id):
            self._desk.end_job(one.job_id, done=done)
            effects = self._desk.receive(user_id, JobEnded(one.job_id, one.reference)).effects
        self._ready[user_id] = [other for other in self._ready[user_id] if other != one]
        return effects

    def _keep(self, user_id: str, written: Written) -> None:
        self._given.pop(user_id, None)
        self._given[user_id] = written
        while len(self._given) > USERS:
            del self._given[next(iter(self._given))]

    def given(self, user_id: str) -> Written | None:
        """The files that a user was given last."""
        return self._given.get(user_id)

    async def drop(self, user_id: str) -> None:
        """Let go of a user's errands, of what they have written, and of all that was kept in mind.

        In the workshop, after what is being written there: so no file and no letter comes after.
        """
        tasks = [task for task, owner in self._tasks.items() if owner == user_id]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._ready.pop(user_id, None)
        self._given.pop(user_id, None)
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._workshop, self._desk.forget_papers)

    def _start(self, user_id: str, work: Coroutine[None, None, None]) -> None:
        with acting_for(user_id):
            task = asyncio.create_task(work)
        self._tasks[task] = user_id
        task.add_done_callback(self._tasks.pop)

    async def _proposal(self, user_id: str, effect: Propose) -> None:
        event = await asyncio.to_thread(self._desk.proposed, effect)
        try:
            self._desk.receive(user_id, event)
        except StoreError as error:
            log.warning("a proposal could not be saved: %s", error)

    async def _job(self, user_id: str, job_id: str) -> None:
        from bot.desk.jobs import written  # noqa: PLC0415 -- few need it, and it is slow to import

        async def moved() -> None:
            """The page asks by itself how far the work is."""

        documents: tuple[Document, ...] = ()
        found = ""
        try:
            async with aclosing(written(self._desk, self._workshop, job_id, moved)) as parts:
                documents = tuple([document async for document in parts])
        except Exception as error:  # noqa: BLE001 -- a mistake of ours must not leave it running
            found = mistake(self._desk, error)
        if self._desk.shelves.jobs.is_running(job_id):
            made = Written(job_id, documents, reference=found)
            self._ready.setdefault(user_id, []).append(made)
