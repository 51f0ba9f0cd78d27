"""Whether this process can serve: its database, Telegram, and room on its disk."""

from __future__ import annotations

import shutil
import time
from typing import TYPE_CHECKING

from bot.storage.errors import StoreError
from bot.web.hook import OK

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SILENT_SECONDS = 180
"""Telegram is asked each minute: two times may fail."""

ROOM_BYTES = 100_000_000
"""Less is too little for the journals and the files that are made; somebody has to look."""


class Readiness:
    """What is asked of each part, and when Telegram was last heard.

    `look` reads something in the database; `folder` is where the database is.
    """

    def __init__(
        self,
        look: Callable[[], object],
        folder: Path,
        clock: Callable[[], float] = time.monotonic,
        room: int = ROOM_BYTES,
    ) -> None:
        self._look = look
        self._folder = folder
        self._clock = clock
        self._room = room
        self._heard: float | None = None

    def heard(self) -> None:
        """Telegram was heard just now."""
        self._heard = self._clock()

    def parts(self) -> dict[str, str]:
        """Each part with its word: "ok", or what is wrong with it."""
        return {"database": self._database(), "telegram": self._telegram(), "disk": self._disk()}

    def _database(self) -> str:
        try:
            self._look()
        except StoreError:
            return "does not answer"
        return OK

    def _telegram(self) -> str:
        if self._heard is None:
            return "not heard yet"
        silent = self._clock() - self._heard
        return OK if silent <= SILENT_SECONDS else f"not heard for {silent:.0f} s"

    def _disk(self) -> str:
        try:
            free = shutil.disk_usage(self._folder).free
        except OSError:
            return "is not there"
        return OK if free >= self._room else f"{free // 1_000_000} MB left"
