"""Several processes behind one webhook: updates are put where all of them see them, and taken once.

An update is in the database before Telegram is told that it has arrived. Its sender's lane is one
process's at a time, which takes what waits in it, the oldest first. Every few seconds each process
says that it is there, and looks for what nobody is at: updates without a lane, lanes and jobs of a
process that died. What that one had sent last is not known; what it owed is sent (`owing`).
"""

from __future__ import annotations

import asyncio
import json
import logging
from typing import TYPE_CHECKING

from telegram import Update

from bot.desk.fair import acting_for
from bot.machine.logs import take_up
from bot.storage.errors import StoreError
from bot.storage.postgres.lanes import HERE
from bot.telegram.inbound import CHANNEL, sender
from bot.telegram.lanes import LostError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.desk import Desk
    from bot.storage.postgres.lanes import Lanes
    from bot.telegram.backlog import Lane
    from bot.telegram.inbound import Inbound
    from bot.telegram.lanes import Ways
    from bot.telegram.polling import PatientBot

log = logging.getLogger(__name__)

CHORES = "chores"
"""The lease of who does what is done once for all: news, deletions, menus."""


class Sharing:
    """This process's part. `handled` takes an update, `failed` is told of one that could not be.

    `owed` sends what is owed to a person, `job` goes on with a job; `busy` says that too much
    waits. Everything that the database makes impossible now is tried again at the next look.
    """

    def __init__(  # noqa: PLR0913, PLR0917 -- the channel's own parts
        self,
        shared: Lanes,
        desk: Desk,
        bot: PatientBot,
        ways: Ways,
        handled: Callable[[Update, Inbound, Lane], Awaitable[bool]],
        failed: Callable[[Update, Exception], Awaitable[None]],
        busy: Callable[[Inbound], Awaitable[None]],
        owed: Callable[[str], Awaitable[object]],
        job: Callable[[str, str], None],
    ) -> None:
        self._shared = shared
        self._desk = desk
        self._bot = bot
        self._ways = ways
        self._handled = handled
        self._failed = failed
        self._busy = busy
        self._owed = owed
        self._job = job
        self._working: dict[str, asyncio.Task[None]] = {}
        self._again: set[str] = set()
        self._unsettled: set[str] = set()
        self._was_away = False

    async def take(self, update: Update, who: Inbound) -> bool:
        """Whether the update is where all see it; if not, whoever got it takes it by itself.

        Raises `StoreError`.
        """
        if not self._desk.is_listened_to(who.user_id):
            return False  # nothing is kept of who is not let in
        try:
            data = update.to_json()
        except (TypeError, ValueError):
            return False  # an old message, which the library cannot write down
        put = self._shared.put(CHANNEL, update.update_id, who.user_id, data)
        self._bot.saved(update.update_id)
        if put.full or not put.claimed:  # here it is watched no longer
            self._bot.watching.aside(update, "refused" if put.full else "")
        if put.full:
            await self._busy(who)
        if put.claimed:
            if who.user_id not in self._ways:
                self._ways.given(who.user_id)
            self.work(who.user_id)
        return True

    def more(self, user_id: str) -> None:
        """Something came to another process while the lane was ours."""
        if user_id in self._working:
            self._again.add(user_id)
        else:
            self.work(user_id)

    def work(self, user_id: str) -> None:
        """Take what waits in a lane, and before that see to what is unsettled in it."""
        if user_id not in self._working:
            task = asyncio.get_running_loop().create_task(self._worked(user_id))
            self._working[user_id] = task

    async def _worked(self, user_id: str) -> None:
        try:
            with acting_for(user_id):
                async with self._ways.of(user_id) as lane:
                    await self._settled(user_id)
                    before = 0
                    while lane.is_ours and (number := await self._taken(user_id, lane, before)):
                        before = number
        except StoreError as error:
            self._unsettled.add(user_id)  # it may have been saved, and only the answer was lost
            log.warning("what waits is taken at the next look: %s", error)
        except Exception as error:  # noqa: BLE001 -- one lane's mistake stops no other's
            log.error("a lane was left: %s", type(error).__name__)  # noqa: TRY400 -- no trace
        finally:
            self._working.pop(user_id, None)
            if user_id in self._again:
                self._again.discard(user_id)
                self.work(user_id)

    async def _settled(self, user_id: str) -> None:
        """Send what is owed by a holder that died, or was when the database went away.

        What was being sent as a card may have arrived: then the next stands below it.
        """
        if self._desk.store.cards.screen(user_id) < 0:
            self._desk.store.cards.doubt(user_id)
        if user_id in self._unsettled:
            self._unsettled.discard(user_id)
            await self._owed(user_id)

    async def _taken(self, user_id: str, lane: Lane, before: int) -> int:
        """The number of the update that was taken; 0 for none, or where it needs another try.

        One that stands there still, after it was taken, needs none.
        """
        found = self._shared.next(CHANNEL, user_id)
        if found is None:
            return 0
        number, data = found
        take_up()
        update = Update(number)
        try:
            update = Update.de_json(json.loads(data), self._bot)
            who = sender(update)
            if who is None or number == before:
                self._desk.store.inbox.drop(CHANNEL, number)
                return number
            if not await self._handled(update, who, lane):
                self._unsettled.add(user_id)
                number = 0
        except StoreError:
            raise
        except LostError:
            return 0  # whoever has the lane takes it
        except Exception as error:  # noqa: BLE001 -- one update's mistake holds up none of the others
            await self._failed(update, error)
        return number

    def look(self) -> None:
        """Say that this process is there; take up what nobody is at. Raises `StoreError`.

        When the database was away, all leases may have run out, and those who live have them still:
        it is looked only once they could say so.
        """
        was_away, self._was_away = self._was_away, True
        self._shared.take(HERE + self._shared.holder)
        self._ways.look()
        self._was_away = False
        if was_away:
            return
        self._shared.bury()
        for user_id in self._shared.abandoned(CHANNEL):
            if self._shared.take_over(user_id):
                self._unsettled.add(user_id)
        for user_id in tuple(self._unsettled):
            if self._ways.is_free(user_id):
                self.work(user_id)
        for user_id in self._shared.waiting(CHANNEL):
            if self._ways.is_free(user_id):
                self.work(user_id)
        for user_id, job_id in self._shared.jobs(CHANNEL):
            self._job(user_id, job_id)

    async def stop(self) -> None:
        """Finish what is being taken; what waits is others' to take."""
        for user_id, task in self._working.items():
            if not self._ways.is_ours(user_id):
                task.cancel()
        await asyncio.gather(*self._working.values(), return_exceptions=True)
