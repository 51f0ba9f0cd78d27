"""What is done beside the updates: letters to many States, proposals of a translation service."""

from __future__ import annotations

import asyncio
import io
import logging
from contextlib import aclosing, suppress
from functools import partial
from typing import TYPE_CHECKING

from telegram.error import Forbidden

from bot.conversation.many.kept import JobEnded
from bot.conversation.talk.effects import Propose, RunJob
from bot.desk.fair import acting_for
from bot.desk.mistakes import mistake
from bot.storage.errors import StoreError
from bot.storage.postgres.lanes import JOB
from bot.telegram.lanes import outside
from bot.telegram.outbound import ZIP_TIME_OUT

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from concurrent.futures import Executor

    from telegram import Bot

    from bot.conversation.talk.events import Event
    from bot.desk import Desk, Document
    from bot.telegram.retries import Retries

log = logging.getLogger(__name__)

AGAIN_SECONDS = (1.0, 2.0, 5.0, 10.0, 30.0, 60.0)
"""So long is waited before what must be saved is tried again."""

EVERY_SECONDS = 2.0
"""Telegram allows about one message a second in a chat; the card is changed half as often."""


class Errands:
    """Tasks of their own, so that no user waits for another's; each ends in an event."""

    def __init__(  # noqa: PLR0913, PLR0917 -- the channel's own parts
        self,
        bot: Bot,
        desk: Desk,
        workshop: Executor,
        retried: Retries,
        take: Callable[[str, int, Event], Awaitable[None]],
        refresh: Callable[[str, int], Awaitable[None]],
    ) -> None:
        self._bot = bot
        self._desk = desk
        self._workshop = workshop
        self._retried = retried
        self._take = take
        self._refresh = refresh
        self._shared = desk.store.lanes
        self._tasks: dict[asyncio.Task[None], str] = {}

    def begin(self, user_id: str, chat_id: int, effect: RunJob | Propose) -> None:
        """Start an errand. A job that runs already is not begun twice.

        That is one which was taken, and looked for as unfinished, in the moment after a start.
        """
        name = effect.job_id if isinstance(effect, RunJob) else ""
        if name and any(task.get_name() == name for task in self._tasks):
            return
        if name and not self._is_ours(name):
            return
        work = (
            self._whole_job(user_id, chat_id, effect.job_id)
            if isinstance(effect, RunJob)
            else self._proposal(user_id, chat_id, effect)
        )
        # Each letter is a piece of the user's own work, and of what has half of the hands at most.
        with acting_for(user_id, in_bulk=bool(name)):
            task = asyncio.create_task(work, name=name or None)
        self._tasks[task] = user_id
        task.add_done_callback(self._tasks.pop)

    @property
    def number(self) -> int:
        """How many are under way."""
        return len(self._tasks)

    def _is_ours(self, job_id: str) -> bool:
        """Whether no other process is at the job; one that cannot be asked about waits."""
        try:
            return self._shared is None or self._shared.take(JOB + job_id)
        except StoreError as error:
            log.warning("a job waits: %s", error)
            return False

    async def drop(self, user_id: str) -> None:
        """Let go of a user's errands, of what they have written, and of all that was kept in mind.

        In the workshop, after what is being written there: so no file and no letter comes after.
        """
        tasks = [task for task, owner in self._tasks.items() if owner == user_id]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._workshop, self._desk.forget_papers)

    async def stop(self) -> None:
        """Leave everything where it is: letters to many States go on after the next start."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _proposal(self, user_id: str, chat_id: int, effect: Propose) -> None:
        event = await asyncio.to_thread(self._desk.proposed, effect)
        await self._taken(user_id, chat_id, event)

    async def _whole_job(self, user_id: str, chat_id: int, job_id: str) -> None:
        outside()
        try:
            await self._job(user_id, chat_id, job_id)
        finally:
            self._leave(job_id)

    async def _job(self, user_id: str, chat_id: int, job_id: str) -> None:
        from bot.desk.jobs import written  # noqa: PLC0415 -- few need it, and it is slow to import

        loop = asyncio.get_running_loop()
        shown = loop.time()

        async def moved() -> None:
            nonlocal shown
            if loop.time() - shown >= EVERY_SECONDS:
                shown = loop.time()
                await self._refresh(user_id, chat_id)

        found = ""
        try:
            async with aclosing(written(self._desk, self._workshop, job_id, moved)) as documents:
                number = 0
                async for document in documents:
                    number += 1
                    if not self._is_ours(job_id):
                        return  # this process stood still, and another has gone on
                    if number > self._desk.shelves.jobs.parts(job_id):  # else it was sent before
                        await self._sent(chat_id, document)
                        await self._insist(partial(self._put_parts, job_id, number))
            if not self._desk.shelves.jobs.is_running(job_id):
                return
        except Forbidden:
            log.info("a user has blocked the bot")
            self._desk.end_job(job_id, done=False)
            return
        except Exception as error:  # noqa: BLE001 -- a mistake of ours must not leave it running
            if self._shared is not None and isinstance(error, StoreError):
                log.warning("a job waits: %s", error)  # a look goes on with it
                return
            found = mistake(self._desk, error)
        await self._taken(user_id, chat_id, JobEnded(job_id, found))

    async def _put_parts(self, job_id: str, number: int) -> None:
        self._desk.shelves.jobs.put_parts(job_id, number)

    def _leave(self, job_id: str) -> None:
        if self._shared is not None:
            with suppress(StoreError):  # it runs out by itself
                self._shared.drop(JOB + job_id)

    async def _sent(self, chat_id: int, document: Document) -> None:
        await self._retried(
            lambda: self._bot.send_document(
                chat_id,
                io.BytesIO(document.data),
                filename=document.name,
                write_timeout=ZIP_TIME_OUT,
                read_timeout=ZIP_TIME_OUT,
            )
        )

    async def _taken(self, user_id: str, chat_id: int, event: Event) -> None:
        try:
            await self._insist(partial(self._take, user_id, chat_id, event))
        except StoreError as error:
            log.warning("an errand's end could not be saved: %s", error)

    async def _insist(self, done: Callable[[], Awaitable[None]]) -> None:
        """What must be saved: tried again while the database is away. Raises `StoreError`."""
        for seconds in AGAIN_SECONDS:
            try:
                await done()
            except StoreError:
                await self._retried.pause(seconds)
            else:
                return
        await done()
