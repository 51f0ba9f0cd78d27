"""Walk the conversation at random, or send updates to the bot, and print what breaks."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from tests.fuzz import walks
from tests.fuzz.prepared import prepare

if TYPE_CHECKING:
    from collections.abc import Iterable


def main() -> None:
    """Walk or send as asked; the status says whether anything broke."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="another walk for each")
    parser.add_argument("--steps", type=int, default=10_000, help="how far")
    parser.add_argument("--updates", type=int, default=0, help="send so many updates instead")
    chosen = parser.parse_args()
    if chosen.updates:
        from tests.fuzz import flood  # noqa: PLC0415 -- hypothesis and aiogram are slow to import

        with tempfile.TemporaryDirectory() as folder:
            came = flood.flood(chosen.seed, chosen.updates, Path(folder), prepare)
        _print(flood.lines(came), broke=bool(came.faults))
    found = walks.walk(chosen.seed, chosen.steps)
    _print(walks.lines(found), broke=bool(found.kinds))


def _print(lines: Iterable[str], *, broke: bool) -> NoReturn:
    for line in lines:
        print(line)  # noqa: T201 -- that is what it is for
    sys.exit(broke)


if __name__ == "__main__":
    main()
