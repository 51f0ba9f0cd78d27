"""Measure 11: an update with an encrypted database against the same with a clear one."""

from __future__ import annotations

import asyncio
import tempfile
from contextlib import AsyncExitStack, ExitStack, nullcontext
from pathlib import Path
from time import perf_counter_ns
from typing import TYPE_CHECKING

from tests.bench.figures import ratio, say, spread
from tests.bench.updates import open_draft, real_bot, receipts, taps
from tests.sealed import all_stores
from tests.world import desk_on

if TYPE_CHECKING:
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


async def _measured(plan: Plan, *desks: Desk) -> None:
    taken: list[list[float]] = [[], []]
    alone: list[list[float]] = [[], []]
    async with AsyncExitStack() as running:
        runs = []
        for desk, updates, receipts_of in zip(desks, taken, alone, strict=True):
            draft_id = open_draft(desk)
            stubs: list[Stub] = []
            bot = await running.enter_async_context(real_bot(desk, stubs))
            runs.append(
                (bot, taps(draft_id, bot.bot), updates, receipts(desk, draft_id), receipts_of)
            )
        for number in range(plan.rounds(2000, 300) + WARMING):
            for bot, tapping, updates, receiving, receipts_of in runs:
                update = next(tapping)
                start = perf_counter_ns()
                await bot.process_update(update)
                spent = (perf_counter_ns() - start) / 1e3
                own = next(receiving)
                if number >= WARMING:
                    updates.append(spent)
                    receipts_of.append(own)
    for what, (clear, sealed) in (("an update", taken), ("  of it: desk.receive", alone)):
        spread(f"{what}, clear", clear, "µs")
        spread(f"{what}, encrypted", sealed, "µs")
        ratio("  ratio of encrypted to clear", sealed, clear, BOUND)
