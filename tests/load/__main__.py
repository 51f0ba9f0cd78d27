"""Drive people through the running bot, and print what it comes to, for each set-up."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from tests.bench.figures import machine, say
from tests.load.capacity import capacity
from tests.load.figures import MISSED, lines
from tests.load.plan import CROWD, STEADY, THINKING, Load, Setup
from tests.load.program import EndedError
from tests.load.running import ran
from tests.load.table import table

if TYPE_CHECKING:
    from tests.load.figures import Line

SETUPS = "sqlite,postgres-1,postgres-2,postgres-4"


def main() -> int:
    """Measure what was asked for; 1 where a bound is missed."""
    chosen = _options()
    say(f"Démarche under load, on {machine()}")
    say(f"The double alone takes {capacity():,.0f} calls a second.")
    found: dict[str, dict[str, list[Line] | str]] = {}
    for kind in chosen.loads.split(","):
        load = _load(kind, chosen)
        columns = found.setdefault(load.title, {})
        for name in chosen.setups.split(","):
            setup = Setup.read(name)
            say(f"\n{setup.title}: {load.title}, {load.seconds / 60:g} minutes")
            try:
                columns[name] = lines(ran(setup, load))
            except (EndedError, RuntimeError) as error:
                columns[name] = f"{MISSED}: it did not run: {error}"
                say(f"  {columns[name]}")
                continue
            for line in columns[name]:
                say(str(line))
    say()
    for title, columns in found.items():
        say(table(title, columns))
    missed = [one for columns in found.values() for one in columns.values()]
    return int(any(isinstance(one, str) or any(x.good is False for x in one) for one in missed))


def _load(kind: str, chosen: argparse.Namespace) -> Load:
    return Load(
        kind,
        chosen.minutes * 60,
        people=chosen.people,
        rate=chosen.rate,
        thinking=chosen.thinking or THINKING[kind],
        many=chosen.many,
        limits=chosen.limits,
        seed=chosen.seed,
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.load", description=__doc__)
    add = parser.add_argument
    add("--minutes", type=float, default=3, help="how long each run takes")
    add("--setups", default=SETUPS, help=f"{SETUPS}; also sqlite-webhook, postgres-polling")
    add("--loads", default=f"{CROWD},{STEADY}", help="crowd, steady or both")
    add("--people", type=int, default=2000, help="how many are at once in the crowd")
    add("--rate", type=float, default=3, help="new letters a second of the steady load")
    add("--thinking", type=float, help="mean seconds between an answer and the next tap")
    add("--many", type=float, default=0.05, help="the share that has 144 States written to")
    add("--limits", action="store_true", help="refuse with 429 what is beyond Telegram's limits")
    add("--seed", type=int, default=1)
    chosen = parser.parse_args()
    try:
        _known = [Setup.read(name) for name in chosen.setups.split(",")]
    except ValueError as error:
        parser.error(str(error))
    if not {*chosen.loads.split(",")} <= {CROWD, STEADY}:
        parser.error("--loads are crowd and steady")
    return chosen


if __name__ == "__main__":
    sys.exit(main())
