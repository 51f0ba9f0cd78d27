"""`make faults`: kills and faults in numbers. Exit status 1 where a promised zero is missed."""

from __future__ import annotations

import multiprocessing
import sys
import time
from argparse import ArgumentParser
from concurrent.futures import ProcessPoolExecutor
from typing import TYPE_CHECKING

from tests.faults.killing import killed
from tests.faults.storm import stormed
from tests.faults.tally import Tally, played, say

if TYPE_CHECKING:
    from tests.faults.tally import Play

BESIDE = 2
"""So many bots are killed beside each other."""


def main() -> None:
    """Play, and print."""
    parser = ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--faults", type=int, default=5000)
    given = parser.parse_args()
    plays: list[tuple[Play, int, int]] = []
    if given.faults:
        plays.append((stormed, given.seed, given.faults))
    shares = min(BESIDE, given.kills)
    for number in range(shares):
        share = (given.kills + number) // shares
        plays.append((killed, 1000 * given.seed + number, share))
    tally, began = Tally(), time.monotonic()
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(len(plays), mp_context=context) as pool:
        for found in [pool.submit(played, *play) for play in plays]:
            tally.take_in(found.result())
    say(f"seed {given.seed}, {time.monotonic() - began:.0f} s")
    tally.report()
    sys.exit(0 if tally.good else 1)


if __name__ == "__main__":
    main()
