"""What strangers send is read apart: in a process of its own that may be ended.

A file that takes too long or too much memory, or that makes a library fall, ends that process and
nothing else: nobody waits for another's file, and the program goes on. The processes are forked
from a server of Python's own that has the readers loaded, so that one costs milliseconds.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

T = TypeVar("T")

PROCESSOR_SECONDS = 2
"""A reader's share of the processor: four times what a file that is taken may cost."""

SECONDS = 15.0
"""By the clock, on a machine that has much else to do."""

MEMORY = 96 * 1024 * 1024
"""Bytes beside those of the empty process: half as many again as a file that is taken may cost."""

DEEPEST = 50
"""Characters of a folder's path: a socket's whole path has at most 107 (unix(7))."""

AT_ONCE = 1
"""With two at once the slowest of 600 taps beside them took 0.25 s, with one 0.15 s."""

NICE = 10
"""Whoever taps a button comes first."""


class Room(Protocol):
    """Where files are read."""

    def read(self, reader: Callable[..., T], *values: object) -> T | None:
        """What the reader makes of the values; None where it could not come to an end. Blocks."""
        ...


class Apart:
    """Reads in processes of their own. `readers` are the modules that these have loaded.

    A reader is a function of a module, what it takes and gives can be pickled, and it keeps
    nothing. `first` is called in each process before it reads, and can be pickled. May be asked
    from many threads.
    """

    def __init__(self, readers: tuple[str, ...], first: Callable[[], object] | None = None) -> None:
        self._first = first
        # Windows has no fork: there each process loads the readers by itself.
        # Where the folder for temporary files lies deep, the server's socket would have no room for
        # its name.
        methods = multiprocessing.get_all_start_methods()
        if "forkserver" in methods and len(tempfile.gettempdir()) <= DEEPEST:
            server = multiprocessing.get_context("forkserver")
            server.set_forkserver_preload(["__main__", *readers])
            self._context: multiprocessing.context.BaseContext = server
        else:
            self._context = multiprocessing.get_context("spawn")
        self._turns = threading.BoundedSemaphore(AT_ONCE)

    def read(self, reader: Callable[..., T], *values: object) -> T | None:
        """See `Room`."""
        with self._turns:
            return self._read(reader, values)

    def _read(self, reader: Callable[..., T], values: tuple[object, ...]) -> T | None:
        ours, theirs = self._context.Pipe(duplex=False)
        work = (theirs, self._first, reader, values)
        child = self._context.Process(target=_work, args=work, daemon=True)  # type: ignore[attr-defined]
        with ours:
            try:
                child.start()
                theirs.close()
                if not ours.poll(SECONDS):
                    return None
                found: T = ours.recv()
            except (EOFError, OSError):
                return None  # it was ended, or fell
            finally:
                theirs.close()
                if child.pid:
                    child.kill()
                    child.join()
                child.close()
        return found


def _work(
    pipe: Connection,
    first: Callable[[], object] | None,
    reader: Callable[..., object],
    values: tuple[object, ...],
) -> None:
    """Read within the limits and hand over what was found; of a mistake nothing."""
    with pipe, contextlib.suppress(Exception):
        if first:
            first()
        _limit()
        pipe.send(reader(*values))


def _limit() -> None:
    """The limits of this process, from here on; the memory's only where the system counts it."""
    silence = os.open(os.devnull, os.O_WRONLY)
    os.environ["RUST_BACKTRACE"] = "0"  # a library's backtrace would cost more than the file
    os.dup2(silence, 2)  # what a library says when it falls may hold words of the file
    try:
        import resource  # noqa: PLC0415 -- Windows has none
    except ImportError:
        return
    with contextlib.suppress(OSError):  # a hardened service may not
        os.nice(NICE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS + 1))
    used = _data_of_this_process()
    if used:
        resource.setrlimit(resource.RLIMIT_DATA, (used + MEMORY, used + MEMORY))


def _data_of_this_process() -> int:
    """Bytes of memory that this process has for itself, 0 where the system does not tell."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0
    for line in status.read_text(encoding="ascii", errors="replace").splitlines():
        if line.startswith("VmData:"):
            return int(line.split()[1]) * 1024
    return 0
