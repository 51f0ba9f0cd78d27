"""What was begun and not ended when the process died, so that it is not tried for ever.

A small file beside the database, written before a piece of work and after it. It outlives the
process, which is all that it is for: a power cut may lose it, and then one more try is made.
"""

from __future__ import annotations

import logging
import os
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bot.storage.opening import owned

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

log = logging.getLogger(__name__)

KEPT = 100
"""So many pieces of work that ended the process are remembered, the latest."""


class Begun:
    """Pieces of work by a key without blanks, such as "telegram:17". Many threads may ask."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = -1
        self._size = 0
        self._deaths: dict[str, int] = {}
        self._now: dict[str, int] = {}
        self._lock = threading.Lock()

    @contextmanager
    def mark(self, key: str) -> Iterator[int]:
        """Do a piece of work; how often the process died of it before, or in the midst of it."""
        with self._lock:
            self._open()
            deaths = self._deaths.pop(key, 0)
            self._now[key] = deaths + 1
            self._write()
        try:
            yield deaths
        finally:
            with self._lock:
                self._now.pop(key, None)
                self._write()

    def forget(self) -> None:
        """Nothing is remembered but what is under way."""
        with self._lock:
            self._open()
            self._deaths.clear()
            self._write()

    def close(self) -> None:
        """A stop that was meant is no death."""
        with self._lock:
            if self._file >= 0:
                self._now.clear()
                self._write()
                os.close(self._file)
                self._file = -1

    def _open(self) -> None:
        """Only by whoever does work: another command on the database leaves the file alone."""
        if self._file >= 0:
            return
        try:
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
            owned(self._path)
            found = os.pread(self._file, 100_000, 0)
            self._size = len(found)
            self._deaths = _read(found)
        except OSError as error:
            log.warning("what is begun cannot be remembered: %s", error.strerror)

    def _write(self) -> None:
        if self._file < 0:
            return
        known = dict(list(self._deaths.items())[-KEPT:]) | self._now
        data = "".join(f"{key} {deaths}\n" for key, deaths in known.items()).encode()
        try:
            if data:
                os.pwrite(self._file, data, 0)
            if len(data) < self._size:
                os.ftruncate(self._file, len(data))
            self._size = len(data)
        except OSError as error:
            log.warning("what is begun cannot be remembered: %s", error.strerror)


def _read(data: bytes) -> dict[str, int]:
    """What the file says; a line that was cut off says nothing."""
    lines = (line.split(" ") for line in data.decode(errors="replace").splitlines())
    return {line[0]: int(line[1]) for line in lines if len(line) == 2 and line[1].isdecimal()}  # noqa: PLR2004 -- key and count
