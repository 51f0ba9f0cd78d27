"""Measure 11: an update with an encrypted database against the same with a clear one."""

from __future__ import annotations

import asyncio
import tempfile
from contextlib import AsyncExitStack, ExitStack, nullcontext
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from time import perf_counter_ns, process_time_ns
from typing import TYPE_CHECKING

from tests.bench.figures import ratio, say, spread
from tests.bench.updates import open_draft, real_bot, receipts, taps
from tests.sealed import all_stores
from tests.world import desk_on

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from telegram import Update

    from bot.desk import Desk
    from tests.bench.figures import Plan
    from tests.bench.updates import Stub

BOUND = 1.3
WARMING = 50


def sealing(plan: Plan) -> None:
    """Measure 11."""
    say("11 An update with what people typed encrypted (AES-256-GCM), against one without")
    say("   Both through bot.telegram.running.build: taps Geneva and Back in turn, one of each;")
    say("   a draft with eleven co-signers, the network stubbed, a commit to the disk each")
    with tempfile.TemporaryDirectory(prefix="demarche-bench-") as name, ExitStack() as opened:
        desks = []
        for kind in ("clear", "sealed"):
            with all_stores() if kind == "sealed" else nullcontext():
                desks.append(opened.enter_context(desk_on(Path(name) / kind)))
        asyncio.run(_measured(plan, *desks))


@dataclass
class Run:
    """What is measured with one database."""

    update: Callable[[], Awaitable[None]]
    receive: Iterator[float]
    taken: list[float] = field(default_factory=list)
    busy: list[float] = field(default_factory=list)
    alone: list[float] = field(default_factory=list)


async def _measured(plan: Plan, *desks: Desk) -> None:
    async with AsyncExitStack() as running:
        runs = []
        for desk in desks:
            draft_id = open_draft(desk)
            stubs: list[Stub] = []
            bot = await running.enter_async_context(real_bot(desk, stubs))
            tapping = taps(draft_id, bot.bot)
            update = partial(_next, bot.process_update, tapping)
            runs.append(Run(update, receipts(desk, draft_id)))
        for number in range(plan.rounds(2000, 300) + WARMING):
            for run in runs:
                start, busy = perf_counter_ns(), process_time_ns()
                await run.update()
                taken, spent = perf_counter_ns() - start, process_time_ns() - busy
                alone = next(run.receive)
                if number >= WARMING:
                    run.taken.append(taken / 1e3)
                    run.busy.append(spent / 1e3)
                    run.alone.append(alone)
    clear, sealed = runs
    for what, without, with_it in (
        ("an update", clear.taken, sealed.taken),
        ("its processor time", clear.busy, sealed.busy),
        ("of it: desk.receive", clear.alone, sealed.alone),
    ):
        spread(f"{what}, clear", without, "µs")
        spread(f"{what}, encrypted", with_it, "µs")
        ratio("  ratio of encrypted to clear", with_it, without, BOUND)


async def _next(process: Callable[[object], Awaitable[None]], updates: Iterator[Update]) -> None:
    await process(next(updates))
