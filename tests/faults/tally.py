"""What was met, and what came of it: printed at the end, with a verdict where zero is promised."""

from __future__ import annotations

import math
import sys
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    Play = Callable[[int, int, "Tally"], None]


def say(text: str) -> None:
    """One line, at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


ZEROS = (
    "lost answers",
    "doubled documents",
    "missing documents",
    "people without a working screen",
    "folders left on the disk",
    "databases damaged",
    "rows left in the database",
    "calls that Telegram would refuse",
    "plays that fell",
)
"""What must not happen, not once."""

DONE = (
    "letters begun",
    "letters finished",
    "signings opened",
    "signings confirmed by another",
    "jobs begun",
    "jobs finished",
    "lists of co-signers imported",
    "mission books imported",
    "status pages imported",
    "letterheads",
    "steps taken",
)

TOLD = (
    "sent but not known: documents that may stand twice, of which that is said",
    "told to send it again: the disk was full or the database in use",
    "told to send it again: the file was not read in time, on a busy computer",
    "told to send it again: the file could not be fetched",
    "invitations to be asked for again: a link is not kept",
    "left out and said so: the process died twice of it",
    "cards left: sent, and then killed before that was known",
)
"""What is counted apart: the person is told, or nobody can know."""


@dataclass
class Tally:
    """Counts by name."""

    counts: Counter[str] = field(default_factory=Counter)
    kills: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    words: list[str] = field(default_factory=list)
    until: float = math.inf
    """When no more is begun, by `time.monotonic`."""

    @property
    def is_over(self) -> bool:
        """Whether no more is to be begun."""
        return time.monotonic() >= self.until

    def add(self, name: str, times: int = 1) -> None:
        """It happened."""
        self.counts[name] += times

    def wrong(self, name: str, words: str, times: int = 1) -> None:
        """It happened, and should not have: in a few words, where."""
        self.counts[name] += times
        self.words.append(f"{name}: {words}")
        say(f"  ! {name}: {words}")

    def progress(self, done: str) -> None:
        """A line on the way."""
        missed = ", ".join(f"{self.counts[name]} {name}" for name in ZEROS if self.counts[name])
        letters = f"{self.counts['letters begun']} letters begun"
        finished = f"{self.counts['letters finished']} finished"
        say(f"  {done}, {letters}, {finished}; {missed or 'every promised zero is one'}")

    def take_in(self, other: Tally) -> None:
        """The figures of another run beside this one."""
        self.counts.update(other.counts)
        self.kills.update(other.kills)
        self.faults.update(other.faults)
        self.words += other.words

    @property
    def good(self) -> bool:
        """Whether every promised zero is one."""
        return not any(self.counts[name] for name in ZEROS)

    def report(self) -> None:
        """All figures."""
        self._table("kills", self.kills)
        self._table("faults met", self.faults)
        say("what people did")
        for name in DONE:
            say(f"  {self.counts[name]:7}  {name}")
        say("counted apart")
        for name in TOLD:
            say(f"  {self.counts[name]:7}  {name}")
        say("promised to be zero")
        for name in ZEROS:
            say(f"  {self.counts[name]:7}  {name}{'' if not self.counts[name] else '  MISSED'}")
        say("good" if self.good else "NOT GOOD")

    @staticmethod
    def _table(title: str, found: Counter[str]) -> None:
        say(f"{title}: {sum(found.values())}")
        for name, count in sorted(found.items(), key=lambda one: (-one[1], one[0])):
            say(f"  {count:7}  {name}")


def played(play: Play, seed: int, count: int, until: float = math.inf) -> Tally:
    """One bot's part, in a process of its own."""
    tally = Tally(until=until)
    try:
        play(seed, count, tally)
    except Exception:  # noqa: BLE001 -- what was found until then counts, and that it fell
        tally.wrong("plays that fell", traceback.format_exc()[-1500:])
    return tally
