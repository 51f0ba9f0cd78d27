"""Measure 13: whether documents are made side by side in threads, or in processes only."""

from __future__ import annotations

import itertools
import statistics
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from bot.desk import papers
from bot.desk.opening import READERS
from bot.documents.page import set_page, to_pdf, to_png
from bot.documents.word import to_docx
from bot.machine.apart import Apart
from bot.machine.hands import Own, Workers
from tests.bench.documents import composed, requests_of_2010
from tests.bench.figures import say, single

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.letters.model import Letter
    from bot.machine.hands import Hands
    from tests.bench.figures import Plan

KINDS = ("png", "pdf", "docx", "txt")
AT_ONCE = 2
NEVER = 1000.0
"""Seconds: so a thread has the interpreter until it lets go of it by itself."""


def hands(plan: Plan) -> None:
    """Measure 13."""
    say("13 Who holds the interpreter; documents one by one, by two threads, by two processes")
    letters = map(composed, requests_of_2010())
    rounds = plan.rounds(40, 10)
    parts: dict[str, Callable[[Letter], object]] = {"PDF": to_pdf, "PNG": to_png, "DOCX": to_docx}
    for name, make in parts.items():
        _let_go(name, make, list(itertools.islice(letters, rounds)))
    Apart(READERS)
    workers = Workers(AT_ONCE)
    ways: dict[str, tuple[int, Hands]] = {
        "one thread": (1, Own()),
        "two threads": (AT_ONCE, Own()),
        "two processes": (AT_ONCE, workers),
    }
    for way in ways.values():
        _all(*way, list(itertools.islice(letters, 4)))
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
    for _round in range(plan.rounds(10, 3)):
        for name, way in ways.items():
            found[name].append(_all(*way, list(itertools.islice(letters, 12))))
    for name, samples in found.items():
        single(f"letters a second, {name}", statistics.median(x for x, _ in samples), "/s")
        single("  another thread waits at most", statistics.median(x for _, x in samples), "ms")
    for worker in workers._idle:  # noqa: SLF001 -- what is measured
        single("  a worker's own memory (Pss)", _pss(worker._process.pid or 0), "MiB")  # noqa: SLF001 -- as above
    workers.close()


def _let_go(name: str, make: Callable[[Letter], object], letters: list[Letter]) -> None:
    """How often another thread has the interpreter meanwhile; none where it is never let go of."""
    if make is to_png:
        for letter in letters:
            set_page(letter)
    turns, over = [0], threading.Event()

    def turning() -> None:
        while not over.is_set():
            turns[0] += 1
            time.sleep(0)  # lets go of the interpreter, and asks for it again

    usual = sys.getswitchinterval()
    other = threading.Thread(target=turning)
    other.start()
    sys.setswitchinterval(NEVER)
    found = []
    for letter in letters:
        before, start = turns[0], time.thread_time()
        make(letter)
        found.append((turns[0] - before) / (time.thread_time() - start) / 1000)
    over.set()
    sys.setswitchinterval(usual)
    other.join()
    label = f"{name}: turns of another thread in a ms of work"
    single(label, statistics.median(found), "")


def _all(threads: int, who: Hands, letters: list[Letter]) -> tuple[float, float]:
    """Letters a second; the longest that another thread waited for the interpreter, in ms."""
    over, longest = threading.Event(), [0.0]

    def waiting() -> None:
        while not over.is_set():
            start = time.perf_counter()
            time.sleep(0.001)
            longest[0] = max(longest[0], time.perf_counter() - start - 0.001)

    other = threading.Thread(target=waiting)
    other.start()
    start = time.perf_counter()
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(lambda one: who.do(papers.all_files, one, KINDS, None), letters))
    took = time.perf_counter() - start
    over.set()
    other.join()
    return len(letters) / took, longest[0] * 1000


def _pss(pid: int) -> float:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    return float("nan")
