"""What becomes of each update, and how long it takes, for the figures; and of each call."""

from __future__ import annotations

from contextlib import contextmanager
from time import perf_counter
from typing import TYPE_CHECKING, Any

from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut
from telegram.ext import ExtBot

from bot.desk.owing import is_owed
from bot.machine.figures import ANSWERED, CALLED, CALLS, ERRORS, SAVED, UPDATES, count, took

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from telegram import Update

    from bot.desk import Receipt

FAILURES = {
    RetryAfter: "retry_after",
    TimedOut: "timed_out",
    Forbidden: "forbidden",
    BadRequest: "bad_request",
    NetworkError: "network",
    TelegramError: "other",
}
"""What a failed call is counted as: the first that it is."""


class Watched:
    """One update on its way; what is not said of it has failed."""

    def __init__(self, kind: str, since: float, clock: Callable[[], float]) -> None:
        self._since = since
        self._clock = clock
        self.kind = kind
        self.outcome = "failed"

    def saved(self, receipt: Receipt) -> None:
        """What it changed is on disk."""
        self.outcome = "again" if receipt.again else "taken"
        took(SAVED, self._clock() - self._since, self.kind)

    def answered(self, receipt: Receipt) -> None:
        """Its answer was delivered."""
        answer = "papers" if any(map(is_owed, receipt.effects)) else "screen"
        took(ANSWERED, self._clock() - self._since, self.kind, answer)


class Watching:
    """Watches the updates of one bot. `clock` counts seconds."""

    def __init__(self, clock: Callable[[], float] = perf_counter) -> None:
        self._clock = clock
        self._arrived: dict[int, float] = {}

    @property
    def number(self) -> int:
        """How many have arrived that were not answered, nor put aside."""
        return len(self._arrived)

    def arrived(self, updates: Iterable[Update]) -> None:
        """Updates are here, and wait for their turn."""
        now = self._clock()
        for update in updates:
            self._arrived.setdefault(update.update_id, now)

    def aside(self, update: Update, outcome: str = "") -> None:
        """It waits on disk, or is not taken at all: then `outcome` says what becomes of it."""
        self._arrived.pop(update.update_id, None)
        if outcome:
            count(UPDATES, kind_of(update), outcome)

    @contextmanager
    def one(self, update: Update) -> Iterator[Watched]:
        """An update, until all is done for it. What the bot's stop cuts off is not counted."""
        since = self._arrived.setdefault(update.update_id, self._clock())
        watched = Watched(kind_of(update), since, self._clock)
        try:
            yield watched
        except Exception:
            self.aside(update, "failed")
            raise
        else:
            self.aside(update, watched.outcome)
        finally:
            self._arrived.pop(update.update_id, None)


def kind_of(update: Update) -> str:
    """What an update is, among `figures.KINDS`."""
    if update.callback_query is not None:
        return "tap"
    message = update.message or update.edited_message
    if message is None:
        return "other"
    return "file" if message.document else "message" if message.text else "other"


class WatchedBot(ExtBot[None]):
    """Counts what it asks of Telegram, by the method's name, and what fails."""

    __slots__ = ("watching",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- ExtBot's own
        super().__init__(*args, **kwargs)
        with self._unfrozen():
            self.watching = Watching()

    async def _do_post(self, endpoint: str, data: Any, **patience: Any) -> Any:  # noqa: ANN401 -- ExtBot's own
        count(CALLS, endpoint)
        begun = perf_counter()
        try:
            return await super()._do_post(endpoint, data, **patience)
        except TelegramError as error:
            count(ERRORS, kind_of_error(error))
            raise
        finally:
            if endpoint != "getUpdates":
                took(CALLED, perf_counter() - begun)


def kind_of_error(error: TelegramError) -> str:
    """What a failed call is counted as."""
    return next(word for kind, word in FAILURES.items() if isinstance(error, kind))
