"""Hands for heavy work: processes that make one thing at a time, beside the one that answers.

What Python itself computes holds up all threads of a process, so a letter that is being written
holds up everybody's taps. A worker is a process that is handed a function and its values, and hands
back what it made. It is forked from the same server as whoever reads strangers' files
(`machine.apart`), which has the libraries loaded: a worker costs milliseconds and few pages of its
own. It ends when its pipe closes, however the program ends; it has no database, no network and no
secrets, and what it has kept in mind goes with it.
"""

from __future__ import annotations

import atexit
import logging
import multiprocessing
import os
import pickle
import signal
import tempfile
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol, TypeVar

from bot.machine.apart import DEEPEST

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

T = TypeVar("T")

log = logging.getLogger(__name__)

SECONDS = 120.0
"""A piece of work that takes longer has gone astray, on any machine; its process is ended."""

PIECES = 500
"""So many a process makes before it gives way to a new one: what libraries hold on to goes too."""

NICE = 2
"""Whoever taps a button comes first; a stranger's file comes last."""

DEATHS = 2
"""So many processes may die of a piece of work before it is left undone."""


class DiedError(Exception):
    """The processes that were handed this have died of it."""


class Hands(Protocol):
    """Who makes what is heavy. `number` can be at work at once; 0 is the caller itself."""

    number: int

    def do(self, work: Callable[..., T], *values: object) -> T:
        """What the work makes of the values. Blocks; raises what it raises, or `DiedError`."""
        ...

    def forget(self) -> None:
        """Whatever they have kept in mind goes."""
        ...


class Own:
    """The caller's own hands."""

    number = 0

    def do(self, work: Callable[..., T], *values: object) -> T:
        """See `Hands`."""
        return work(*values)

    def forget(self) -> None:
        """The caller sees to it."""

    def close(self) -> None:
        """There is nobody to go."""


class Workers:
    """Processes, begun when they are first needed. May be asked from many threads.

    A piece of work is a function of a module; what it takes and gives can be pickled. `first` is
    called in each process before it works.
    """

    def __init__(self, number: int, first: Callable[[], object] | None = None) -> None:
        self.number = number
        self._first = first
        methods = multiprocessing.get_all_start_methods()
        forks = "forkserver" in methods and len(tempfile.gettempdir()) <= DEEPEST
        self._context = multiprocessing.get_context("forkserver" if forks else "spawn")
        self._turns = threading.BoundedSemaphore(number)
        self._idle: list[_Worker] = []
        self._all: set[_Worker] = set()
        self._lock = threading.Lock()
        self._age = 0
        self._closed = False
        # Python waits for its processes when it ends, and these take no notice of its signal.
        atexit.register(self.close)

    def do(self, work: Callable[..., T], *values: object) -> T:
        """See `Hands`. What a process dies of is tried once more, in another."""
        for _death in range(DEATHS):
            with self._turns:
                worker = self._taken()
                try:
                    found, error = worker.made(work, values)
                except (EOFError, OSError):
                    log.warning("a worker has died: another one takes its place")
                    self._ended(worker)
                    continue
                except BaseException:
                    self._ended(worker)  # what it makes would be taken for the next one's
                    raise
                self._left(worker)
            if error is not None:
                raise error
            return found  # type: ignore[return-value]
        raise DiedError

    def forget(self) -> None:
        """See `Hands`. Who is at work goes when that is done."""
        with self._lock:
            self._age += 1
            idle, self._idle = self._idle, []
        for worker in idle:
            self._ended(worker)

    def close(self) -> None:
        """All go; what is being made is lost."""
        self._closed = True
        atexit.unregister(self.close)
        self.forget()
        for worker in tuple(self._all):
            worker.abandon()  # whoever waits for it is told, and takes no other

    def _taken(self) -> _Worker:
        with self._lock:
            if self._idle:
                return self._idle.pop()
            age = self._age
        if self._closed:
            raise DiedError
        worker = _Worker(self._context, self._first, age)
        self._all.add(worker)
        return worker

    def _left(self, worker: _Worker) -> None:
        with self._lock:
            if worker.age == self._age and worker.pieces < PIECES and not self._closed:
                self._idle.append(worker)
                return
        self._ended(worker)

    def _ended(self, worker: _Worker) -> None:
        self._all.discard(worker)
        worker.end()


class _Worker:
    """One process, from this side of its pipe."""

    def __init__(
        self,
        context: multiprocessing.context.BaseContext,
        first: Callable[[], object] | None,
        age: int,
    ) -> None:
        self.age = age
        self.pieces = 0
        self._pipe, theirs = context.Pipe()
        with theirs:
            self._process: BaseProcess = context.Process(  # type: ignore[attr-defined]
                target=_working, args=(theirs, first), daemon=True
            )
            self._process.start()

    def made(
        self, work: Callable[..., T], values: tuple[object, ...]
    ) -> tuple[T | None, Exception | None]:
        self.pieces += 1
        self._pipe.send((work, values))
        if not self._pipe.poll(SECONDS):
            raise EOFError
        found: tuple[T | None, Exception | None] = self._pipe.recv()
        return found

    def abandon(self) -> None:
        self._process.kill()

    def end(self) -> None:
        self._pipe.close()
        self._process.kill()
        self._process.join()
        self._process.close()


def _working(pipe: Connection, first: Callable[[], object] | None) -> None:
    """Make what is asked for, until nobody asks any more.

    A signal to stop is for the program: what is being made is still wanted then.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    for name in [one for one in os.environ if one.startswith("DEMARCHE_")]:
        del os.environ[name]  # settings are for the program, and some are secret
    _quiet()
    if first:
        first()
    with pipe, suppress(EOFError, OSError):
        while True:
            work, values = pipe.recv()
            found: tuple[object, Exception | None]
            try:
                found = (work(*values), None)
            except Exception as error:  # noqa: BLE001 -- whoever asked for it has it
                found = (None, error)
            _handed(pipe, found)
            del work, values, found


def _handed(pipe: Connection, found: tuple[object, Exception | None]) -> None:
    """Some errors of libraries cannot be handed on: then their name is."""
    try:
        pipe.send(found)
    except (TypeError, AttributeError, pickle.PicklingError):
        pipe.send((None, RuntimeError(type(found[1] or found[0]).__name__)))


def _quiet() -> None:
    """Nothing is said of what is being made; should the process fall, its memory is not kept."""
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 2)
    try:
        import resource  # noqa: PLC0415 -- Windows has none
    except ImportError:
        return
    with suppress(OSError, ValueError):  # a hardened service may not
        os.nice(NICE)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
