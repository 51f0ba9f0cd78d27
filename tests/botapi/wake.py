"""One lock for the whole double, and waiting for what it guards."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

T = TypeVar("T")


class Wake:
    """A lock whose holders wake everyone who waits for a change."""

    def __init__(self) -> None:
        self._condition = threading.Condition(threading.RLock())
        self._listeners: list[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = []

    @contextlib.contextmanager
    def change(self) -> Iterator[None]:
        """Hold the lock and wake all who wait, also when the change fails."""
        with self._condition:
            try:
                yield
            finally:
                self._condition.notify_all()
                for loop, event in self._listeners:
                    with contextlib.suppress(RuntimeError):
                        loop.call_soon_threadsafe(event.set)

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lock to read."""
        with self._condition:
            yield

    def wait(self, predicate: Callable[[], T], timeout: float) -> T:
        """Block until the predicate is true or time is up; return its last value."""
        with self._condition:
            return self._condition.wait_for(predicate, timeout)

    async def wait_for(self, predicate: Callable[[], T], timeout: float) -> T:  # noqa: ASYNC109 - one clock with wait
        """Wait until the predicate is true or time is up; return its last value."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + timeout
        event = asyncio.Event()
        listener = (loop, event)
        with self._condition:
            self._listeners.append(listener)
        try:
            while True:
                event.clear()
                with self._condition:
                    found = predicate()
                if found or loop.time() >= deadline:
                    return found
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout_at(deadline):
                        await event.wait()
        finally:
            with self._condition:
                self._listeners.remove(listener)
