"""Measure, and print what was found as lines for a note."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tests.bench import (
    deleting,
    documents,
    engines,
    flood,
    hands,
    mailing,
    meanwhile,
    process,
    sealing,
    signing,
    updates,
)
from tests.bench.figures import Plan, machine, say

if TYPE_CHECKING:
    from collections.abc import Callable

MEASURES: dict[int, Callable[[Plan], None]] = {
    1: documents.documents,
    2: documents.page,
    3: updates.updates,
    4: process.memory,
    5: process.start,
    6: mailing.mailing,
    7: mailing.growth,
    8: deleting.deleting,
    9: meanwhile.meanwhile,
    10: signing.signing,
    11: sealing.sealing,
    12: flood.flood,
    13: hands.hands,
    14: engines.engines,
}


def main() -> None:
    """Run the measures that were asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer rounds")
    parser.add_argument("--only", type=int, choices=MEASURES, metavar="N", help="one measure, 1-14")
    parser.add_argument("--verbose", action="store_true", help="profile, mappings and imports too")
    chosen = parser.parse_args()
    plan = Plan(quick=chosen.quick, verbose=chosen.verbose)
    say(f"Démarche, measured {datetime.now(tz=UTC):%Y-%m-%d %H:%M} UTC on {machine()}")
    say("Medians of one run; p10 - p90 is the spread of its samples.")
    for number, measure in MEASURES.items():
        if chosen.only in {None, number}:
            say()
            measure(plan)


if __name__ == "__main__":
    main()
