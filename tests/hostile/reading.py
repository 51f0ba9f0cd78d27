"""One file, read in a process of its own and measured there: what, how long, how much memory."""

from __future__ import annotations

import ctypes
import multiprocessing
import re
import resource
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.hostile.readers import READERS, outcome

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

PATIENCE = 20
"""Seconds after which a reading is ended, whatever it would come to."""

ADDRESSES = 4 * 1024**3
"""Bytes that a reading may ask for before it is ended: far more than any may have."""

_FORK = multiprocessing.get_context("fork")
"""A child begins with all modules loaded; nothing has been read yet, so no thread is lost."""


@dataclass(frozen=True)
class Reading:
    """What came of a file, its seconds, and the MiB beyond a child that has read a good one.

    The seconds are the processor's: a reading waits for nothing, and what else the computer does
    is not the file's doing.
    """

    outcome: str
    seconds: float
    mib: float


def read_apart(kind: str, data: bytes) -> Reading:
    """Read the file in a child."""
    ours, theirs = _FORK.Pipe(duplex=False)
    child = _FORK.Process(target=_read, args=(theirs, kind, data))
    child.start()
    theirs.close()
    try:
        found = ours.recv() if ours.poll(PATIENCE) else None
    except EOFError:
        child.join()
        return Reading(f"ENDED by {child.exitcode}", float("nan"), float("nan"))
    finally:
        child.kill()
        child.join()
        ours.close()
    return found if isinstance(found, Reading) else Reading("NOT ENDED", PATIENCE, float("nan"))


def _read(answer: Connection, kind: str, data: bytes) -> None:
    answer.send(_measured(kind, data))


def _measured(kind: str, data: bytes) -> Reading:
    reader = READERS[kind]
    reader.read(reader.good())
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESSES, ADDRESSES))
    ctypes.CDLL(None).malloc_trim(0)  # what was freed is not taken up again unseen
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the peak counts anew
    idle, start = _memory("VmRSS"), time.process_time()
    try:
        found = outcome(reader.read(data))
    except Exception as error:  # noqa: BLE001 -- what a reader lets through is what is looked for
        found = f"RAISED {type(error).__name__}"
    return Reading(found, time.process_time() - start, max(0.0, _memory("VmHWM") - idle))


def _memory(field: str) -> float:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    found = re.search(rf"^{field}:\s+(\d+) kB", status, re.MULTILINE)
    return int(found[1]) / 1024 if found else float("nan")
