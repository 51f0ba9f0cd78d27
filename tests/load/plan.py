"""What is measured: how the program is set up, and who writes to it."""

from __future__ import annotations

import re
from dataclasses import dataclass

CROWD, STEADY = "crowd", "steady"
THINKING = {CROWD: 10.0, STEADY: 5.0}
"""Mean seconds between an answer and what a person does next."""


@dataclass(frozen=True, slots=True)
class Load:
    """Who writes.

    A crowd is so many people at once, each with letter after letter; a steady load is so many new
    people a second, each with one letter. Of both, `many` is the share that has letters written to
    144 States; they begin when a third of the time is over, so that taps before may be compared.
    It is over after `seconds`, or after so many letters as are `enough`.
    """

    kind: str
    seconds: float
    people: int = 2000
    rate: float = 3.0
    thinking: float = 5.0
    many: float = 0.05
    limits: bool = False
    seed: int = 1
    enough: int = 0

    @property
    def many_from(self) -> float:
        """Seconds after which letters to many States are asked for."""
        return self.seconds / 3

    @property
    def arriving(self) -> float:
        """Within so many seconds a crowd arrives."""
        return min(self.thinking, self.seconds / 10)

    @property
    def settled(self) -> float:
        """After so many seconds all is under way: taps are compared from here."""
        return max(2 * self.arriving, self.seconds / 9)

    @property
    def title(self) -> str:
        """In a few words."""
        if self.kind == CROWD:
            return f"{self.people:,} people at once, {self.thinking:g} s between their taps"
        return f"{self.rate:g} new letters a second"


@dataclass(frozen=True, slots=True)
class Setup:
    """An engine, how many processes, and whether Telegram calls them or they ask it."""

    engine: str
    processes: int
    webhook: bool

    @classmethod
    def read(cls, name: str) -> Setup:
        """From its name: sqlite, sqlite-webhook, postgres-1, postgres-2, postgres-polling."""
        found = re.fullmatch(r"(sqlite|postgres)(?:-([1-9]))?(?:-(webhook|polling))?", name)
        if not found:
            message = f"{name} is no set-up such as sqlite, sqlite-webhook, postgres-1, postgres-4"
            raise ValueError(message)
        engine, processes, way = found[1], int(found[2] or 1), found[3]
        webhook = way == "webhook" if way else engine == "postgres"
        if processes > 1 and not (webhook and engine == "postgres"):
            message = f"{name}: several processes need PostgreSQL and a webhook"
            raise ValueError(message)
        return cls(engine, processes, webhook)

    @property
    def title(self) -> str:
        """In a few words."""
        engine = {"sqlite": "SQLite", "postgres": "PostgreSQL"}[self.engine]
        number = f"{self.processes} process{'es' * (self.processes > 1)}"
        return f"{engine}, {number}, {'webhook' if self.webhook else 'polling'}"
