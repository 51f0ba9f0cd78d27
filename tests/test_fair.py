"""Documents are made in turns: nobody waits for all that another has asked for."""

from __future__ import annotations

import threading
from concurrent.futures import CancelledError
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from bot.desk.fair import FairExecutor, acting_for
from tests.world import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Future


class Shop:
    """A workshop whose first piece of work is held until the test lets it."""

    def __init__(self, workers: int = 1) -> None:
        self.fair = FairExecutor(workers)
        self.done: list[str] = []
        self.let = threading.Event()
        self.held: list[Future[None]] = []

    def hold(self, whose: str, *, in_bulk: bool = False) -> None:
        """A piece of work that does not end until the test lets it."""
        begun = threading.Event()

        def work() -> None:
            begun.set()
            assert self.let.wait(PATIENCE)

        with acting_for(whose, in_bulk=in_bulk):
            self.held.append(self.fair.submit(work))
        assert begun.wait(PATIENCE)

    def ask(self, whose: str, times: int = 1, *, in_bulk: bool = False) -> list[Future[None]]:
        """So many pieces of work, each noted when it is done."""
        with acting_for(whose, in_bulk=in_bulk):
            return [self.fair.submit(self.done.append, whose) for _ in range(times)]


@contextmanager
def shop(workers: int = 1) -> Iterator[Shop]:
    """Closed at the end of the block, after all that was asked for."""
    opened = Shop(workers)
    try:
        yield opened
    finally:
        opened.let.set()
        opened.fair.shutdown()


def test_each_has_a_turn() -> None:
    with shop() as opened:
        opened.hold("A")
        opened.ask("A", 400)
        opened.ask("B", 2)
        opened.ask("C")
    assert opened.done[:6] == ["A", "B", "C", "A", "B", "A"]
    assert len(opened.done) == 403


def test_of_one_person_all_is_done_in_its_order_and_nothing_at_once() -> None:
    with shop(workers=2) as opened:
        opened.hold("A")
        later = opened.ask("A", 5)
        assert [one.result(PATIENCE) for one in opened.ask("B", 5)] == [None] * 5
        assert opened.done == ["B"] * 5, "the second thread is free for others"
        assert not any(one.done() for one in later)
        assert opened.fair.waiting("A") == 5


@pytest.mark.parametrize(("workers", "may"), [(2, 1), (4, 2)])
def test_bulk_has_half_of_the_threads_whosever_it_is(workers: int, may: int) -> None:
    with shop(workers) as opened:
        for number in range(may):
            opened.hold(f"many {number}", in_bulk=True)
        waiting = [one for n in range(5) for one in opened.ask(f"more {n}", 2, in_bulk=True)]
        assert [one.result(PATIENCE) for one in opened.ask("one", 20)] == [None] * 20
        assert opened.done == ["one"] * 20, "whoever asks for one letter has the other threads"
        assert not any(one.done() for one in waiting)
        opened.let.set()
        assert [one.result(PATIENCE) for one in waiting] == [None] * 10


def test_one_thread_does_bulk_too_in_its_turn() -> None:
    with shop() as opened:
        opened.hold("A")
        opened.ask("many", 3, in_bulk=True)
        opened.ask("B", 2)
    assert opened.done == ["many", "B", "many", "B", "many"]


def test_what_is_in_bulk_ends_with_its_block() -> None:
    with shop(workers=2) as opened, acting_for("many", in_bulk=True):
        opened.hold("A", in_bulk=True)
        assert [one.result(PATIENCE) for one in opened.ask("B", 3)] == [None] * 3


def test_what_was_cancelled_is_not_done_and_what_fails_stops_nothing() -> None:
    with shop() as opened:
        opened.hold("A")
        (gone,) = opened.ask("B")
        gone.cancel()
        with acting_for("B"):
            failing = opened.fair.submit(int, "no number")
        last = opened.ask("B")
        opened.let.set()
        with pytest.raises(CancelledError):
            gone.result(PATIENCE)
        with pytest.raises(ValueError, match="no number"):
            failing.result(PATIENCE)
        assert last[0].result(PATIENCE) is None
    with pytest.raises(RuntimeError):
        opened.fair.submit(int)
