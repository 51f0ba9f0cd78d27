"""`make faults`: kills and faults in numbers. Exit status 1 where a promised zero is missed."""

from __future__ import annotations

import sys
import time
from argparse import ArgumentParser

from tests.faults.killing import killed
from tests.faults.storm import stormed
from tests.faults.tally import Tally, say


def main() -> None:
    """Play, and print."""
    parser = ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--faults", type=int, default=5000)
    given = parser.parse_args()
    tally, began = Tally(), time.monotonic()
    if given.faults:
        stormed(given.seed, given.faults, tally)
    if given.kills:
        killed(given.seed, given.kills, tally)
    say(f"{time.monotonic() - began:.0f} s")
    tally.report()
    sys.exit(0 if tally.good else 1)


if __name__ == "__main__":
    main()
