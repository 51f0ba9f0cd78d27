"""The channel, watched: each update has its mark in the log, and is counted and timed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.machine.figures import WAITING, ask
from bot.machine.logs import take_up
from bot.telegram.app import TelegramChannel

if TYPE_CHECKING:
    from telegram import Update

    from bot.telegram.backlog import Lane
    from bot.telegram.inbound import Inbound


class WatchedChannel(TelegramChannel):
    """See `bot.telegram.watching`; what waits is looked up when the figures are asked for."""

    def __init__(self, *args: Any) -> None:  # noqa: ANN401 -- the channel's own
        super().__init__(*args)
        ask(WAITING, self.waiting)

    def waiting(self) -> dict[str, int]:
        """How much waits or is under way, by what it is: see `figures.WAITING`."""
        return {
            "updates": self._bot.watching.number,
            "disk": self._ways.left,
            "documents": self.workshop.number,
            "errands": self.errands.number,
            "owed": self.owing.number,
        }

    async def handle(self, update: Update, _context: object = None) -> None:
        """One update, with a mark of its own in the log."""
        take_up()
        await super().handle(update)

    async def _elsewhere(self, update: Update) -> None:
        self._bot.watching.aside(update, "passed")
        await super()._elsewhere(update)

    async def _handled(
        self, update: Update, who: Inbound, lane: Lane, *, waits: bool = False
    ) -> bool:
        with self._bot.watching.one(update):
            return await super()._handled(update, who, lane, waits=waits)
