"""Read every hostile file, each in a process of its own, and print what it cost."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from tests.bench.figures import say
from tests.hostile.corpus import CORPUS
from tests.hostile.readers import READERS
from tests.hostile.reading import Reading, read_apart

if TYPE_CHECKING:
    from tests.hostile.corpus import File

SECONDS, MIB = 0.5, 64
"""No file of a stranger costs more to read."""

TRIES = 3
"""A computer that is busy makes a reading longer: the shortest counts."""


def main() -> int:
    """Print the table; 1 where a file costs more than it may."""
    parser = argparse.ArgumentParser(prog="python -m tests.hostile", description=__doc__)
    parser.add_argument("--only", choices=READERS, metavar="KIND", help="one kind of file")
    chosen = parser.parse_args()
    say(f"{'kind':<9}{'file':<46}{'bytes':>11}{'s':>8}{'MiB':>8}  outcome")
    found = [(file, _read(file)) for file in CORPUS if chosen.only in {None, file.kind}]
    say()
    for kind in READERS:
        readings = [reading for file, reading in found if file.kind == kind]
        if readings:
            seconds, mib = (
                max(getattr(one, key) for one in readings) for key in ("seconds", "mib")
            )
            say(f"worst {kind:<9}{len(readings):>4} files {seconds:8.3f} s {mib:8.1f} MiB")
    beyond = [(file, reading) for file, reading in found if not _is_within(reading)]
    say(f"{len(found)} files, {len(beyond)} beyond {SECONDS} s and {MIB} MiB")
    for file, reading in beyond:
        say(f"  {file.kind}: {file.name}: {reading.outcome}")
    return 1 if beyond else 0


def _is_within(reading: Reading) -> bool:
    """Written so that what is no number is not within."""
    return reading.seconds <= SECONDS and reading.mib <= MIB and "RAISED" not in reading.outcome


def _read(file: File) -> Reading:
    data = file.make()
    reading = read_apart(file.kind, data)
    for _ in range(TRIES - 1):
        if not SECONDS < reading.seconds < 10 * SECONDS:
            break
        reading = min(reading, read_apart(file.kind, data), key=lambda one: one.seconds)
    say(
        f"{file.kind:<9}{file.name:<46}{len(data):>11,}{reading.seconds:>8.3f}{reading.mib:>8.1f}"
        f"  {'' if _is_within(reading) else '! '}{reading.outcome}"
    )
    return reading


if __name__ == "__main__":
    sys.exit(main())
