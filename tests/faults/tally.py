"""What was met, and what came of it: printed at the end, with a verdict where zero is promised."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass, field


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
    "calls that Telegram would refuse",
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
    "left out and said so: the process died twice of making it",
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

    def add(self, name: str, times: int = 1) -> None:
        """It happened."""
        self.counts[name] += times

    def wrong(self, name: str, words: str, times: int = 1) -> None:
        """It happened, and should not have: in a few words, where."""
        self.counts[name] += times
        self.words.append(f"{name}: {words}")
        say(f"  ! {name}: {words}")

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
