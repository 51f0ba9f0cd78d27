"""One load on one set-up: the processes begun, watched and ended, and what was seen of them."""

from __future__ import annotations

import json
import select
import subprocess
import sys
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from tests.load.figures import Run, Seen
from tests.load.program import ROOT, EndedError, Program, place, size

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.load.plan import Load, Setup

STARTS = 60.0
SAMPLE = 1.0
BEYOND = 30.0


class Township:
    """The double and the people, as a process that is told what to do."""

    def __init__(self, load: Load) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.load.town"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self.say(asdict(load))
        self.port = int(self.hear(STARTS)["port"])

    @property
    def pid(self) -> int:
        """Which process it is."""
        return self._process.pid

    def say(self, what: object) -> None:
        """Tell it something."""
        if self._process.stdin:
            self._process.stdin.write(json.dumps(what).encode() + b"\n")
            self._process.stdin.flush()

    def hear(self, patience: float, meanwhile: Callable[[], None] = lambda: None) -> dict[str, Any]:
        """What it says next; `meanwhile` is called once a second."""
        out = self._process.stdout
        end = time.monotonic() + patience
        while out:
            ready, _, _ = select.select([out], [], [], SAMPLE)
            if ready:
                line = out.readline()
                if not line:
                    break
                said: dict[str, Any] = json.loads(line)
                return said
            meanwhile()
            if time.monotonic() > end:
                break
        message = f"nothing was heard of the double within {patience:.0f} s"
        raise EndedError(message)

    def close(self) -> None:
        """End it."""
        self._process.kill()
        self._process.communicate()


@contextmanager
def township(load: Load) -> Iterator[Township]:
    """The double and the people, for the length of a block."""
    town = Township(load)
    try:
        yield town
    finally:
        town.close()


def ran(setup: Setup, load: Load) -> Run:
    """One run. Raises `EndedError` where the program does not run."""
    with place(setup) as (folder, database), township(load) as town:
        program = Program(setup, folder, database, town.port)
        try:
            return _watched(program, town, load, database)
        finally:
            program.kill()


def _watched(program: Program, town: Township, load: Load, database: str) -> Run:
    town.say(program.ports)
    town.hear(STARTS, program.check)
    held, busy = size(database), program.busy()
    memory = [(0.0, program.memory())]
    start = time.monotonic()

    def look() -> None:
        program.check()
        memory.append((time.monotonic() - start, program.memory()))

    town.say("go")
    found = town.hear(load.seconds + BEYOND, look)
    look()
    busy, grown = program.busy() - busy, size(database) - held
    errors = Counter(found["errors"]) + program.stop()
    return Run(
        load=load,
        seconds=found["seconds"],
        begun=found["begun"],
        steps=[Seen(*one) for one in found["steps"]],
        zips=[Seen(*one) for one in found["zips"]],
        letters=[(at, way, took) for at, way, took in found["letters"]],
        calls=found["calls"],
        refused=found["refused"],
        errors=errors,
        memory=memory,
        grown=grown,
        busy=busy,
        town_busy=found["busy"],
        town_late=found["late"],
    )
