"""Walk at random, and print what breaks."""

from __future__ import annotations

import argparse
import sys

from tests.fuzz.walks import lines, walk


def main() -> None:
    """Walk as asked; the status says whether anything broke."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="another walk for each")
    parser.add_argument("--steps", type=int, default=10_000, help="how far")
    chosen = parser.parse_args()
    found = walk(chosen.seed, chosen.steps)
    for line in lines(found):
        print(line)  # noqa: T201 -- that is what it is for
    sys.exit(bool(found.kinds))


if __name__ == "__main__":
    main()
