"""The time that passes: no clock that is put forward while the program runs makes anything older.

What was put right before the start is not known: then the clock alone says how old something is.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def since_boot() -> float:
    """Seconds that nobody can set; those during which the computer slept are among them."""
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()  # elsewhere it may stand still meanwhile: what is due comes later then


class Passing:
    """A clock beside one that cannot be set, both looked at when the program started."""

    def __init__(
        self, clock: Callable[[], float] = time.time, passed: Callable[[], float] = since_boot
    ) -> None:
        self.clock, self._passed = clock, passed
        self._ahead = clock() - passed()

    def now(self) -> float:
        """Seconds since the epoch, without those by which the clock was put forward."""
        return min(self.clock(), self._passed() + self._ahead)


PASSING = Passing()
