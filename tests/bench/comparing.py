"""The same updates with two databases, in turn."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from time import perf_counter_ns, process_time_ns
from typing import TYPE_CHECKING

from bot.telegram.app import TelegramChannel
from tests.bench.figures import ratio, spread
from tests.bench.updates import open_draft, real_bot, receipts, taps

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from telegram import Update

    from bot.desk import Desk
    from tests.bench.figures import Plan
    from tests.bench.updates import AnyApplication, Stub

WARMING = 50


@dataclass
class Run:
    """What is measured with one database."""

    update: Callable[[], Awaitable[None]]
    receive: Iterator[float]
    taken: list[float] = field(default_factory=list)
    busy: list[float] = field(default_factory=list)
    alone: list[float] = field(default_factory=list)


def compared(plan: Plan, base: Desk, other: Desk, names: tuple[str, str], bound: float) -> None:
    """What an update takes with each desk, and the ratio of the other to the base.

    Through bot.telegram.running.build: taps Geneva and Back in turn, one of each.
    """
    asyncio.run(_compared(plan, base, other, names, bound))


async def _compared(
    plan: Plan, base: Desk, other: Desk, names: tuple[str, str], bound: float
) -> None:
    async with AsyncExitStack() as running:
        runs = []
        for desk in (base, other):
            draft_id = open_draft(desk)
            stubs: list[Stub] = []
            bot = await running.enter_async_context(real_bot(desk, stubs))
            runs.append(Run(_updates(bot, taps(draft_id, bot.bot)), receipts(desk, draft_id)))
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
    one, two = runs
    for what, figures, compared_with in (
        ("an update", one.taken, two.taken),
        ("its processor time", one.busy, two.busy),
        ("of it: desk.receive", one.alone, two.alone),
    ):
        spread(f"{what}, {names[0]}", figures, "µs")
        spread(f"{what}, {names[1]}", compared_with, "µs")
        ratio(f"  ratio of {names[1]} to {names[0]}", compared_with, figures, bound)


def _updates(bot: AnyApplication, tapping: Iterator[Update]) -> Callable[[], Awaitable[None]]:
    """Takes the next update, until its lane is left: with a server that goes on beside it."""
    (handler,) = bot.handlers[0]
    channel = handler.callback.__self__  # type: ignore[attr-defined]
    if not isinstance(channel, TelegramChannel):
        raise TypeError(channel)
    lanes = channel.sharing._working if channel.sharing else {}  # noqa: SLF001 -- nothing tells

    async def update() -> None:
        await bot.process_update(next(tapping))
        while lanes:
            await asyncio.wait(lanes.values())

    return update
