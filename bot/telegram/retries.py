"""Calls that are tried again when the network or the server fails, or asks to wait."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TimedOut

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

T = TypeVar("T")

ATTEMPTS = 4


class Retries:
    """`pause` waits between attempts; tests hand in their own.

    `check` raises where a call is not to be made any more.
    """

    def __init__(self, pause: Callable[[float], Awaitable[None]]) -> None:
        self.pause = pause
        self.check: Callable[[], None] = lambda: None

    async def __call__(
        self, call: Callable[[], Awaitable[T]], *, again_after_time_out: bool = False
    ) -> T:
        """What the call gives.

        After a time-out the message may have arrived: only what may stand twice is sent again.
        """
        for attempt in range(1, ATTEMPTS + 1):
            self.check()
            try:
                return await call()
            except (BadRequest, Forbidden):
                raise
            except RetryAfter as error:
                if attempt == ATTEMPTS:
                    raise
                wait = error.retry_after
                seconds = float(wait) if isinstance(wait, int) else wait.total_seconds()
            except NetworkError as error:
                timed_out = isinstance(error, TimedOut) and not again_after_time_out
                if attempt == ATTEMPTS or timed_out:
                    raise
                seconds = 2.0 ** (attempt - 2)
            await self.pause(seconds)
        message = "unreachable"
        raise AssertionError(message)
