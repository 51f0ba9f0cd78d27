"""What becomes of each update, and how long it takes, for the figures; and of each call."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING, Any

from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut
from telegram.ext import ExtBot

from bot.desk.owing import is_owed
from bot.machine.figures import ANSWERED, CALLED, CALLS, ERRORS, SAVED, UPDATES, count, took

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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


@dataclass(slots=True)
class Watched:
    """An update that is here: since when, and what is known of it; until then, it has failed."""

    since: float
    outcome: str = "failed"
    answer: str = ""


class Watching:
    """Watches the updates of one bot. `clock` counts seconds."""

    def __init__(self, clock: Callable[[], float] = perf_counter) -> None:
        self._clock = clock
        self._here: dict[int, Watched] = {}

    @property
    def number(self) -> int:
        """How many are here that were not answered, nor put aside."""
        return len(self._here)

    def arrived(self, number: int) -> Watched:
        """An update is here, and waits for its turn."""
        return self._here.setdefault(number, Watched(self._clock()))

    def aside(self, update: Update, outcome: str = "") -> None:
        """It waits on disk, or is not taken at all: then `outcome` says what becomes of it."""
        self._here.pop(update.update_id, None)
        if outcome:
            count(UPDATES, kind_of(update), outcome)

    def saved(self, update: Update, receipt: Receipt) -> None:
        """What it changed is on disk."""
        watched = self.arrived(update.update_id)
        watched.outcome = "again" if receipt.again else "taken"
        watched.answer = "papers" if any(map(is_owed, receipt.effects)) else "screen"
        took(SAVED, self._clock() - watched.since, kind_of(update))

    @contextmanager
    def one(self, update: Update) -> Iterator[None]:
        """An update, until all is done for it. What the bot's stop cuts off is not counted."""
        watched = self.arrived(update.update_id)
        try:
            yield
        except Exception:
            self.aside(update, "failed")
            raise
        else:
            if watched.answer:
                took(ANSWERED, self._clock() - watched.since, kind_of(update), watched.answer)
            self.aside(update, watched.outcome)
        finally:
            self._here.pop(update.update_id, None)


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
