"""Letters to many States in a process of their own: nothing but the program is loaded beside."""

from __future__ import annotations

import asyncio
import gc
import itertools
import re
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from bot.conversation.many.kept import Job, JobKept, Target
from bot.conversation.talk.draft import Draft
from bot.conversation.talk.values import Session, User
from bot.desk.jobs import written
from bot.letters.model import Language, Office
from bot.reference.loader import load
from tests.bench.documents import co_signers
from tests.world import TODAY, desk_on

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.desk import Desk

MANY = 420
NAMES = itertools.count(1)


def resident() -> float:
    """This process's resident memory in MiB."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    if found is None:
        raise LookupError(status)
    return int(found[1]) / 1024


@contextmanager
def desk() -> Iterator[Desk]:
    """A desk in a folder that goes away."""
    with (
        tempfile.TemporaryDirectory(prefix="demarche-bench-") as name,
        desk_on(Path(name) / "db") as ours,
    ):
        yield ours


def _job(ours: Desk, targets: tuple[Target, ...], treaty: str) -> Job:
    """A job with another first co-signer each time: no cache has its letters."""
    first, *others = co_signers()
    number = next(NAMES)
    draft = Draft(
        f"draft{number}",
        treaty,
        targets[0].state,
        Language.EN,
        (replace(first, name=f"{first.name} {number}"), *others),
        signatories_done=True,
        seat=Office.GENEVA,
        place="Geneva",
        date=TODAY,
    )
    job = Job(f"job{number}", draft, targets)
    ours.store.save(Session(User("test:1")), (JobKept(job),), None, {})
    return job


def write(ours: Desk, targets: tuple[Target, ...], treaty: str = "OPSC") -> tuple[float, int]:
    """The seconds that the letters took, and the size of their ZIP in bytes."""
    job = _job(ours, targets, treaty)
    start = perf_counter()
    size = _run(ours, job)
    return perf_counter() - start, size


def _run(ours: Desk, job: Job) -> int:
    async def moved() -> None:
        """Nobody looks."""

    async def run() -> int:
        with ThreadPoolExecutor(1) as workshop:
            documents = written(ours, workshop, job.id, moved)
            return sum([len(document.data) async for document in documents])

    return asyncio.run(run())


def main() -> None:
    """Write 420 letters and print the memory before and after, and the ZIP's size, in MiB."""
    records = load()
    states = [state for state, _ in records.not_party("ICRMW", TODAY)]
    targets = [Target(s.iso3, language) for s in states for language in Language][:MANY]
    with desk() as ours:
        write(ours, tuple(targets[:3]), "ICRMW")
        gc.collect()
        before = resident()
        _seconds, size = write(ours, tuple(targets), "ICRMW")
        gc.collect()
        after = resident()
    sys.stdout.write(f"{before} {after} {size / 2**20}\n")


if __name__ == "__main__":
    main()
