"""Folders for what is written on its way to somebody: ours while we run, and gone after us.

A folder is locked by the process that writes in it, and the system takes the lock away when the
process ends, however it ends. So one that is not locked is a killed run's, and is swept away.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

PREFIX = "demarche-"
_OURS = re.compile(re.escape(PREFIX) + r"[a-z0-9_]{8}")
"""As `tempfile` names them."""

_READERS = re.compile(r"pymp-[a-z0-9_]{8}")
"""Where Python has the socket of the server that strangers' files are read by; no file is there."""

_SOCKETS = Path("/proc/net/unix")
"""The sockets that processes of this computer have, each with its path (proc(5))."""


@contextmanager
def temporary() -> Iterator[Path]:
    """A new folder that only this user may open; it goes at the end of the block."""
    path, lock = _locked()
    try:
        yield path
    finally:
        os.close(lock)
        shutil.rmtree(path, ignore_errors=True)


def sweep() -> None:
    """Take away what killed runs have left; not what another run is writing, nor another user."""
    for path in Path(tempfile.gettempdir()).iterdir():
        with suppress(OSError):  # it is in use, not ours, or went meanwhile
            if _OURS.fullmatch(path.name) or (_READERS.fullmatch(path.name) and _is_deaf(path)):
                _swept(path)


def _is_deaf(path: Path) -> bool:
    """Whether a folder holds sockets alone, which no process has any more.

    They are not asked themselves: a server of another program of ours would fall of that.
    """
    sockets = list(path.iterdir())
    if not sockets or not all(one.is_socket() for one in sockets) or not _SOCKETS.exists():
        return False
    had = {line.partition("/")[2] for line in _SOCKETS.read_text("utf-8", "replace").splitlines()}
    return not any(str(one).removeprefix("/") in had for one in sockets)


def _swept(path: Path) -> None:
    lock = _lock(path)
    try:
        if os.fstat(lock).st_uid == os.geteuid():
            shutil.rmtree(path)
    finally:
        os.close(lock)


def _locked() -> tuple[Path, int]:
    """A new folder and its lock; another one where a sweep came in between the two."""
    while True:
        path = Path(tempfile.mkdtemp(prefix=PREFIX))
        with suppress(FileNotFoundError, BlockingIOError):
            lock = _lock(path)
            if path.exists():
                return path, lock
            os.close(lock)


def _lock(path: Path) -> int:
    """The folder, open and locked. Raises `OSError` where that cannot be."""
    opened = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(opened)
        raise
    return opened
