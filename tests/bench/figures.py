"""A figure as a line of text: median, spread, bound."""

from __future__ import annotations

import os
import platform
import re
import statistics
import sys
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter_ns
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

T = TypeVar("T")

LABEL = 46


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured, and how much is said."""

    quick: bool = False
    verbose: bool = False

    def rounds(self, full: int, quick: int) -> int:
        """So many rounds."""
        return quick if self.quick else full


def say(text: str = "") -> None:
    """Print a line now."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def machine() -> str:
    """What this is measured on."""
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        text = ""
    model = re.search(r"^model name\s*:\s*(.+)$", text, re.MULTILINE)
    name = model[1] if model else platform.machine()
    load = os.getloadavg()[0]
    return f"{os.cpu_count()} x {name}, Python {platform.python_version()}, load {load:.2f}"


def timed(do: Callable[[], T]) -> tuple[T, float]:
    """What it returns, and the milliseconds it took."""
    start = perf_counter_ns()
    result = do()
    return result, (perf_counter_ns() - start) / 1e6


def spread(label: str, samples: Sequence[float], unit: str, bound: float | None = None) -> None:
    """Say the median of samples, how far they spread, and whether the median is within."""
    middle = statistics.median(samples)
    tenths = (
        statistics.quantiles(samples, n=10, method="inclusive") if len(samples) > 1 else samples
    )
    around = f"p10 {_number(tenths[0])} - p90 {_number(tenths[-1])}, n {len(samples)}"
    _line(label, middle, unit, f"({around})", bound)


def ratio(
    label: str, ours: Sequence[float], bare: Sequence[float], bound: float | None = None
) -> None:
    """Say the ratio of two medians; the spread is of the ratios of samples taken side by side."""
    middle = statistics.median(ours) / statistics.median(bare)
    pairs = [one / other for one, other in zip(ours, bare, strict=True)]
    tenths = statistics.quantiles(pairs, n=10, method="inclusive")
    around = f"(pairs: p10 {_number(tenths[0])} - p90 {_number(tenths[-1])})"
    _line(label, middle, "x", around, bound)


def single(label: str, value: float, unit: str, bound: float | None = None) -> None:
    """Say one value."""
    _line(label, value, unit, "", bound)


def _line(label: str, value: float, unit: str, around: str, bound: float | None) -> None:
    verdict = ""
    if bound is not None:
        verdict = f"  bound {bound:g} {unit}: {'within' if value <= bound else 'over'}"
    say(f"  {label:<{LABEL}} {_number(value):>7} {unit:<3}  {around}{verdict}".rstrip())


def _number(value: float) -> str:
    if value >= 100:
        return f"{value:.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"
