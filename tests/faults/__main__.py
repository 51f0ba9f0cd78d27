"""`make faults`: kills and faults in numbers. Exit status 1 where a promised zero is missed."""

from __future__ import annotations

import logging
import math
import multiprocessing
import sys
import time
from argparse import ArgumentParser
from concurrent.futures import ProcessPoolExecutor
from typing import TYPE_CHECKING

from tests.faults.killing import killed
from tests.faults.replicas import PEOPLE, replicated
from tests.faults.storm import stormed
from tests.faults.tally import Tally, played, say

if TYPE_CHECKING:
    from tests.faults.tally import Play

KILLED, STORMED = 4, 3
"""So many bots are killed beside each other, and so many meet faults."""

LEAST = 20
"""For fewer kills or faults than that no other bot is worth its start."""


def main() -> None:
    """Play, and print."""
    parser = ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--faults", type=int, default=5000)
    parser.add_argument("--minutes", type=float, default=math.inf, help="then no more is begun")
    parser.add_argument("--replicas", type=int, default=0, help="the kills are of so many of these")
    parser.add_argument("--people", type=int, default=PEOPLE, help="that use the replicas")
    given = parser.parse_args()
    if given.replicas:
        tally, began = Tally(until=time.monotonic() + 60 * given.minutes), time.monotonic()
        logging.disable(logging.CRITICAL)
        replicated(given.seed, given.kills, tally, given.replicas, given.people)
        say(f"seed {given.seed}, {time.monotonic() - began:.0f} s")
        tally.report()
        sys.exit(0 if tally.good else 1)
    plays: list[tuple[Play, int, int]] = []
    for play, whole, bots in ((stormed, given.faults, STORMED), (killed, given.kills, KILLED)):
        shares = min(bots, 1 + whole // LEAST) if whole else 0
        plays += [
            (play, 1000 * given.seed + len(plays) + number, (whole + number) // shares)
            for number in range(shares)
        ]
    tally, began = Tally(), time.monotonic()
    until = began + 60 * given.minutes
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(
        len(plays),
        mp_context=context,
        initializer=logging.disable,  # each fault would say so; what counts is printed at the end
        initargs=(logging.CRITICAL,),
    ) as pool:
        for found in [pool.submit(played, *play, until) for play in plays]:
            tally.take_in(found.result())
    say(f"seed {given.seed}, {time.monotonic() - began:.0f} s")
    tally.report()
    sys.exit(0 if tally.good else 1)


if __name__ == "__main__":
    main()
