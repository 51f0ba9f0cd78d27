"""What is done beside the page's own questions: its results wait until the page asks."""

from __future__ import annotations

import asyncio
import logging
from contextlib import aclosing
from typing import TYPE_CHECKING

from bot.conversation.many.kept import JobEnded
from bot.conversation.talk.effects import Propose, RunJob
from bot.desk.fair import acting_for
from bot.desk.mistakes import mistake
from bot.storage.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterable
    from concurrent.futures import Executor

    from bot.conversation.talk.effects import Effect
    from bot.desk import Desk, Document

log = logging.getLogger(__name__)

USERS = 10
"""Of so many users, the latest, the files given last are kept in memory: a page may be reloaded."""


class Errands:
    """Letters to many States and proposals of a translation service, for the page's users."""

    def __init__(self, desk: Desk, workshop: Executor) -> None:
        self._desk = desk
        self._workshop = workshop
        self._tasks: dict[asyncio.Task[None], str] = {}
        self._ready: dict[str, list[tuple[JobEnded, tuple[Document, ...]]]] = {}
        self._given: dict[str, tuple[str, tuple[Document, ...]]] = {}

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

    def collected(self, user_id: str) -> tuple[tuple[Document, ...], tuple[Effect, ...]]:
        """The files that are ready for a user, and what the page shows beside them."""
        documents: list[Document] = []
        effects: tuple[Effect, ...] = ()
        for ended, found in self._ready.pop(user_id, []):
            if not self._desk.is_running(ended.job_id):
                continue
            self._desk.end_job(ended.job_id, done=bool(found))
            effects = self._desk.receive(user_id, ended).effects
            documents += found
            if found:
                self._keep(user_id, f"job:{ended.job_id}", found)
        return tuple(documents), effects

    def _keep(self, user_id: str, word: str, found: tuple[Document, ...]) -> None:
        self._given.pop(user_id, None)
        self._given[user_id] = (word, found)
        while len(self._given) > USERS:
            del self._given[next(iter(self._given))]

    def given(self, user_id: str) -> tuple[str, tuple[Document, ...]]:
        """The files that a user was given last, and the word for them that the tab keeps."""
        return self._given.get(user_id, ("", ()))

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
        if self._desk.is_running(job_id):
            self._ready.setdefault(user_id, []).append((JobEnded(job_id, found), documents))
