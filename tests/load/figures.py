"""From what was seen to lines of a table, each with its bound and whether it is within."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, replace
from statistics import median
from typing import TYPE_CHECKING

from tests.load.chats import DOCUMENT, TAP, TYPED
from tests.load.people import WAYS
from tests.load.plan import CROWD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from tests.load.plan import Load

CALLS, TIMES_MORE, FLAT = 16.0, 2.0, 0.10
TAP_SECONDS = {CROWD: 1.0}
STEADY_TAP_SECONDS = 0.15
WATCHED = 120.0
"""The last seconds, over which memory is to be flat."""

FEW = 100
"""Of fewer taps there is no hundredth that would be worth comparing."""

BUSY = 0.7
"""A double that uses more of a core than this may be what the program waits for."""

NAMES = {TAP: "a tap", TYPED: "a typed line", DOCUMENT: "a letter or document"}
WITHIN, MISSED = "within", "MISSED"


@dataclass(frozen=True, slots=True)
class Seen:
    """What a step was, and when: it was done, handed over, and answered, or not yet."""

    kind: str
    pressed: float
    handed: float
    answered: float


@dataclass(frozen=True, slots=True)
class Run:
    """One run, as it was seen. `memory` are seconds and MiB, of all processes together."""

    load: Load
    seconds: float
    begun: int
    steps: Sequence[Seen]
    zips: Sequence[Seen]
    letters: Sequence[tuple[float, str, dict[str, int]]]
    calls: dict[str, int]
    refused: int
    errors: Counter[str]
    memory: Sequence[tuple[float, float]]
    grown: int
    busy: float
    town_busy: float
    town_late: Sequence[float]


@dataclass(frozen=True, slots=True)
class Line:
    """One figure."""

    label: str
    value: str
    bound: str = ""
    good: bool | None = None

    def __str__(self) -> str:
        verdict = "" if self.good is None else f"bound {self.bound}: {self.verdict}"
        return f"  {self.label:<52} {self.value:>22}  {verdict}".rstrip()

    @property
    def verdict(self) -> str:
        """In one word."""
        return {None: "", True: WITHIN, False: MISSED}[self.good]


def hundredth(values: Iterable[float], which: int) -> float:
    """The nearest rank; not a number of nothing."""
    ordered = sorted(values)
    if not ordered:
        return math.nan
    return ordered[max(0, math.ceil(len(ordered) * which / 100) - 1)]


def waits(run: Run, steps: Iterable[Seen], *, felt: bool = True) -> list[float]:
    """How long each answer took: from the tap as it is `felt`, or from when it was handed over.

    What was not answered counts with the time that it has waited: else the longest were left out.
    """
    return [
        (one.answered or run.seconds) - ((one.pressed if felt else one.handed) or run.seconds)
        for one in steps
    ]


def lines(run: Run) -> list[Line]:
    """The whole table."""
    return [
        *_rates(run),
        *_times(run),
        *_beside_zips(run),
        *_errors(run),
        *_memory(run),
        *_double(run),
    ]


def _rates(run: Run) -> Iterable[Line]:
    answered = sum(bool(one.answered) for one in run.steps)
    yield Line("updates a second", f"{answered / run.seconds:.1f}")
    # A letter takes its writer a minute or two: none are finished at the beginning.
    last = [at for at, _way, _took in run.letters if at >= run.seconds * 2 / 3]
    yield Line("letters a second, in the last third", f"{len(last) * 3 / run.seconds:.2f}")
    yield Line("letters begun, finished", f"{run.begun:,}, {len(run.letters):,}")
    done = sum(bool(one.answered) for one in run.zips)
    yield Line("ZIPs of 144 letters asked for, sent", f"{len(run.zips)}, {done}")
    for way in WAYS:
        calls = [sum(took.values()) for _at, one, took in run.letters if one == way]
        mean = _each(sum(calls), len(calls))
        line = Line(f"Bot API calls a letter begun {way}", f"{mean:.1f}" if calls else "none")
        yield _judged(line, mean, CALLS, "{:g}".format)
    yield Line(
        "Bot API calls a second, of everything", f"{sum(run.calls.values()) / run.seconds:.0f}"
    )


def _times(run: Run) -> Iterable[Line]:
    bound = TAP_SECONDS.get(run.load.kind, STEADY_TAP_SECONDS)
    for kind, name in NAMES.items():
        steps = [one for one in run.steps if one.kind == kind]
        felt = waits(run, steps)
        taken = waits(run, [one for one in steps if one.handed], felt=False)
        yield Line(f"{name}: how many", f"{len(steps):,}")
        yield Line(f"{name}: p50 from update to answer", _seconds(hundredth(felt, 50)))
        high = Line(f"{name}: p99 from update to answer", _seconds(hundredth(felt, 99)))
        yield _judged(high, hundredth(felt, 99), bound, _seconds) if kind == TAP else high
        both = ", ".join(_seconds(hundredth(taken, which)) for which in (50, 99))
        yield Line(f"{name}: p50, p99 once the program has it", both)


def _beside_zips(run: Run) -> Iterable[Line]:
    """Taps after the arrival is over, before and while ZIPs are written."""
    times = [(one.pressed, one.answered or run.seconds) for one in run.zips]
    beside: list[Seen] = []
    alone: list[Seen] = []
    for tap in run.steps:
        if tap.kind == TAP and tap.pressed >= run.load.settled:
            is_beside = any(begun <= tap.pressed < ended for begun, ended in times)
            (beside if is_beside else alone).append(tap)
    with_, without = (hundredth(waits(run, one), 99) for one in (beside, alone))
    yield Line("a tap: p99 while no ZIP is written", f"{_seconds(without)} of {len(alone):,}")
    yield Line("a tap: p99 while ZIPs are written", f"{_seconds(with_)} of {len(beside):,}")
    label = "a tap: how much longer while they are"
    if min(len(alone), len(beside)) < FEW:
        yield Line(label, "too few taps to say", f"{TIMES_MORE:g} x", good=False)
    else:
        ratio = with_ / without
        yield _judged(Line(label, f"{ratio:.2f} x"), ratio, TIMES_MORE, "{:g} x".format)


def _errors(run: Run) -> Iterable[Line]:
    number = run.errors.total()
    yield _judged(Line("errors", f"{number:,}"), number, 0, "{:g}".format)
    for words, times in run.errors.most_common(8):
        yield Line(f"  {times} x {words}", "")
    if run.refused:
        yield Line("  calls refused by Telegram's limits (429)", f"{run.refused:,}")
    open_ = [run.seconds - one.pressed for one in run.steps if not one.answered]
    if open_:
        yield Line(
            "  without an answer at the end, the oldest", f"{len(open_)}, {max(open_):.1f} s"
        )


def _memory(run: Run) -> Iterable[Line]:
    first, last = run.memory[0][1], run.memory[-1][1]
    yield Line("memory of all processes at start, at end", f"{first:.0f}, {last:.0f} MiB")
    watched = min(WATCHED, run.seconds * 2 / 3)
    since = run.seconds - watched
    edge = watched / 8
    early = [mib for at, mib in run.memory if since <= at < since + edge]
    late = [mib for at, mib in run.memory if at >= run.seconds - edge]
    label = f"  drift over the last {watched:.0f} s"
    if early and late:
        drift = median(late) / median(early) - 1
        yield Line(label, f"{drift:+.1%}", f"{FLAT:.0%}", good=abs(drift) <= FLAT)
    else:
        yield Line(label, "not seen", f"{FLAT:.0%}", good=False)
    yield Line("processor of the program", f"{run.busy / run.seconds:.2f} cores")
    answered = sum(bool(one.answered) for one in run.steps)
    yield Line("processor of the program an update", _seconds(_each(run.busy, answered)))
    yield Line("database bytes a letter begun", f"{_each(run.grown, run.begun):,.0f}")


def _double(run: Run) -> Iterable[Line]:
    busy = Line("the double's process, of a core", f"{run.town_busy:.2f}")
    yield _judged(busy, run.town_busy, BUSY, "{:g}".format)
    yield Line(
        "  it was late by, p50 and p99",
        ", ".join(_seconds(hundredth(run.town_late, n)) for n in (50, 99)),
    )
    total: Counter[str] = Counter()
    for _at, _way, took in run.letters:
        total.update(took)
    for method, number in total.most_common():
        yield Line(f"  calls a letter: {method}", f"{number / len(run.letters):.2f}")


def _judged(line: Line, value: float, bound: float, shown: Callable[[float], str]) -> Line:
    """The line with its bound. What is no number is not within it."""
    return replace(line, bound=shown(bound), good=value <= bound)


def _each(sum_: float, number: int) -> float:
    """The mean; not a number of nothing."""
    return sum_ / number if number else math.nan


def _seconds(value: float) -> str:
    if math.isnan(value):
        return "none"
    return f"{value * 1000:.0f} ms" if value < 1 else f"{value:.1f} s"
