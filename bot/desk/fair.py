"""Documents are made in turns: one of each person's, whoever has asked for how many.

A pool of threads takes what came first, so that whoever has two hundred letters written, or asks
for forty files, is before all others. Here everybody has a queue of their own, and the queues take
turns. Of one person one piece of work is done at a time, in its order, so that what is done after
everything else of theirs is; with several threads, too, no one has more than one.

What is bulk (letters to many States) has half of the threads at most, whosever it is: whoever asks
for one letter finds a thread free, and the one that answers taps a core that is not all taken.

Whose a piece of work is stands in the context of who submits it (`acting_for`), which tasks that
are begun there take over: nobody need hand it on.
"""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from contextvars import ContextVar, copy_context
from dataclasses import dataclass
from typing import TYPE_CHECKING, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

P = ParamSpec("P")
T = TypeVar("T")

_WHOSE: ContextVar[str] = ContextVar("whose", default="")
_IS_BULK: ContextVar[bool] = ContextVar("is_bulk", default=False)


@contextmanager
def acting_for(whose: str, *, in_bulk: bool = False) -> Iterator[None]:
    """What is submitted within the block is this person's, and bulk or not."""
    person, bulk = _WHOSE.set(whose), _IS_BULK.set(in_bulk)
    try:
        yield
    finally:
        _IS_BULK.reset(bulk)
        _WHOSE.reset(person)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A piece of work that waits."""

    do: Callable[[], None]
    is_bulk: bool


class FairExecutor(Executor):
    """Does one piece of work of each person's in turn, in so many threads."""

    def __init__(self, workers: int = 1, name: str = "documents") -> None:
        self._name = name
        self._workers = workers
        self._threads: list[threading.Thread] = []
        self._queues: OrderedDict[str, deque[_Piece]] = OrderedDict()
        self._busy: set[str] = set()
        self._bulk = 0
        self._ended = False
        self._changed = threading.Condition()

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Do it when it is this person's turn."""
        future: Future[T] = Future()
        context = copy_context()  # what is logged there is of the same update

        def work() -> None:
            if not future.set_running_or_notify_cancel():
                return
            try:
                result = context.run(fn, *args, **kwargs)
            except BaseException as error:  # noqa: BLE001 -- whoever waits for it has it
                future.set_exception(error)
            else:
                future.set_result(result)

        with self._changed:
            if self._ended:
                message = "the workshop is closed"
                raise RuntimeError(message)
            piece = _Piece(work, _IS_BULK.get())
            self._queues.setdefault(_WHOSE.get(), deque()).append(piece)
            if len(self._threads) < self._workers:
                thread = threading.Thread(target=self._run, name=self._name, daemon=True)
                self._threads.append(thread)
                thread.start()
            self._changed.notify()
        return future

    @property
    def number(self) -> int:
        """How many pieces of work wait, whosever they are."""
        with self._changed:
            return sum(map(len, self._queues.values()))

    def waiting(self, whose: str) -> int:
        """How many pieces of somebody's work wait."""
        with self._changed:
            return len(self._queues.get(whose, ()))

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 -- as `Executor` has it
        """No more work is taken; what waits is still done, unless it is to be left."""
        with self._changed:
            self._ended = True
            if cancel_futures:
                self._queues.clear()
            self._changed.notify_all()
        if wait:
            for thread in self._threads:
                thread.join()

    def _run(self) -> None:
        while True:
            with self._changed:
                taken = self._next()
                while taken is None:
                    if self._ended and not self._queues:
                        return
                    self._changed.wait()
                    taken = self._next()
            whose, piece = taken
            piece.do()
            is_bulk = piece.is_bulk
            del piece, taken
            with self._changed:
                self._busy.discard(whose)
                self._bulk -= is_bulk
                self._changed.notify_all()

    def _next(self) -> tuple[str, _Piece] | None:
        """The next in turn, who goes to the end of the line; None where nobody's turn it is."""
        whose = next((one for one, queue in self._queues.items() if self._may(one, queue[0])), None)
        if whose is None:
            return None
        queue = self._queues.pop(whose)
        piece = queue.popleft()
        if queue:
            self._queues[whose] = queue
        self._busy.add(whose)
        self._bulk += piece.is_bulk
        return whose, piece

    def _may(self, whose: str, piece: _Piece) -> bool:
        """Whether this person's next piece may begin now."""
        if whose in self._busy:
            return False
        return not piece.is_bulk or self._bulk < max(1, self._workers // 2)
