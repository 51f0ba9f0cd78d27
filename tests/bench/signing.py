"""Measure 10: a tap on a signing with few and with many endorsers; a signing page."""

from __future__ import annotations

import asyncio
import itertools
import tempfile
from pathlib import Path
from time import perf_counter_ns
from typing import TYPE_CHECKING

from httpx import ASGITransport, AsyncClient

from bot.conversation.talk.events import Tap
from bot.web.signing.app import build
from tests.bench.figures import ratio, say, spread
from tests.signings.playing import at_card, invited, opened
from tests.world import OPENED

if TYPE_CHECKING:
    from tests.bench.figures import Plan
    from tests.conversation.talk import Talk

FEW, MANY, MOST = 5, 100, 500
BOUND = 1.5
PAGE_BOUND = 10


def signing(plan: Plan) -> None:
    """Measure 10."""
    say(f"10 A tap on the card of a signing with {FEW}, {MANY} and {MOST} endorsers; its page")
    with tempfile.TemporaryDirectory(prefix="demarche-bench-") as name, OPENED:
        talks = {count: _opened(Path(name) / f"{count}", count) for count in (FEW, MANY, MOST)}
        samples: dict[int, list[float]] = {count: [] for count in talks}
        numbers = itertools.count(10_000)
        for _ in range(plan.rounds(300, 30)):
            for count, talk in talks.items():
                # There and back: the list with its filters, then the card again.
                for label in ("All", "‹ Back"):
                    buttons = [one for row in talk.screen.rows for one in row]
                    data = next(one.data for one in buttons if one.label.startswith(label))
                    update = ("bench", next(numbers))
                    start = perf_counter_ns()
                    talk.effects = talk.desk.receive(talk.user, Tap(data), update=update).effects
                    samples[count].append((perf_counter_ns() - start) / 1e3)
        for count, found in samples.items():
            spread(f"a tap, {count} endorsers", found, "µs")
        ratio(f"  ratio of {MANY} to {FEW}", samples[MANY], samples[FEW], BOUND)
        ratio(f"  ratio of {MOST} to {FEW}", samples[MOST], samples[FEW])
        pages = asyncio.run(_pages(talks[MANY], plan.rounds(200, 20)))
        spread("a signing page", pages, "ms", PAGE_BOUND)


def _opened(path: Path, count: int) -> Talk:
    names = "\n".join(f"A. Example {n}, Organisation {n}" for n in range(count))
    return at_card(opened(path, names))


async def _pages(talk: Talk, rounds: int) -> list[float]:
    token = invited(talk, "Organisation 1")
    samples = []
    transport = ASGITransport(build(talk.desk, "http://127.0.0.1"))
    async with AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        for _ in range(rounds):
            start = perf_counter_ns()
            found = await client.get(f"/s/{token}")
            samples.append((perf_counter_ns() - start) / 1e6)
            if found.status_code != 200:
                raise RuntimeError(found.status_code)
    return samples
