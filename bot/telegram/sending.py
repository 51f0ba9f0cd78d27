"""What of a receipt was sent, message by message: so that it goes on where it stopped.

Whether a message arrived is known only from Telegram's answer. Where that is missing, because the
process was killed or the answer took too long, it is sent again, and its reader is told that it may
stand there twice: better two than none.
"""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from telegram import Message
from telegram.error import TimedOut

from bot.desk.owing import is_owed
from bot.desk.update import DEATHS
from bot.storage.errors import AwayError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from bot.conversation.talk.draft import Json
    from bot.conversation.talk.effects import Effect
    from bot.desk import Desk, Receipt
    from bot.telegram.retries import Retries

SAVING_SECONDS = (0.3, 0.7, 1.5)
"""So long is waited, again and again, for a server that is away when a message has been sent."""

UNSURE = "unsure"
"""Among the places of effects: something was sent of which it is not known whether it arrived."""


class EndedError(Exception):
    """The process has died of making this more than once."""


class Sending:
    """The calls of one receipt, in their order. What is owed for no update is not remembered.

    `unwritten` is what could not be saved of that, by update: the disk was full for a moment.
    """

    def __init__(
        self,
        desk: Desk,
        receipt: Receipt,
        retried: Retries,
        unwritten: dict[tuple[str, int], Json],
    ) -> None:
        self._begun = desk.store.begun
        self._updates = desk.store.updates
        self._retried = retried
        self._update = receipt.update or ("", 0)
        self._making = ExitStack()
        self._place = -1
        self._calls = 0
        self._now = ""
        owes = receipt.update and any(map(is_owed, receipt.effects))
        found = self._updates.sent(*self._update, receipt.user_id) if owes else {}
        self.settled = found is None
        """Whether all that was owed was sent before, by another copy of the update."""
        self._unwritten = unwritten
        self._sent = unwritten.get(self._update) or found or {}

    @property
    def unsure(self) -> bool:
        """Whether something was sent that may stand there twice."""
        return bool(self._sent.get(UNSURE))

    def begin(self, effect: Effect) -> None:
        """The next effect. Raises `EndedError` where the process died of making it before."""
        self.end()
        self._now, self._calls = "", 0
        if not is_owed(effect) or not self._update[0]:
            return
        self._place += 1
        self._now = str(self._place)
        key = f"owed:{':'.join(map(str, self._update))}:{self._now}"
        deaths = self._making.enter_context(self._begun.mark(key))
        if deaths >= DEATHS:
            raise EndedError

    def end(self) -> None:
        """Everything was made."""
        self._making.close()

    async def __call__(
        self, call: Callable[[], Awaitable[Message | Sequence[Message]]]
    ) -> list[int]:
        """Send, unless it was sent before; the ids of the messages."""
        self.end()  # what is made can no longer end the process
        if not self._now:
            return _ids(await self._retried(call))
        done: list[list[int]] = self._sent.setdefault(self._now, [])
        self._calls += 1
        if self._calls <= len(done):
            return done[self._calls - 1]
        number = ":".join(map(str, (*self._update, self._now, self._calls)))
        with self._begun.mark(f"sending:{number}") as deaths:
            if deaths:
                self._sent[UNSURE] = 1
            try:
                ids = _ids(await self._retried(call))
            except TimedOut:
                self._sent[UNSURE] = 1
                await self._written()
                raise
            done.append(ids)
            await self._written()
        return ids

    async def _written(self) -> None:
        """Write down what was sent. While it is not, another process would send it once more."""
        self._unwritten[self._update] = self._sent
        for seconds in SAVING_SECONDS:
            try:
                self._write()
            except AwayError:
                await self._retried.pause(seconds)
            else:
                return
        self._write()

    def _write(self) -> None:
        self._updates.put_sent(*self._update, self._sent)
        del self._unwritten[self._update]


def _ids(sent: Message | Sequence[Message]) -> list[int]:
    messages = (sent,) if isinstance(sent, Message) else sent
    return [message.message_id for message in messages]
