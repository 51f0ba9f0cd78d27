"""Several processes on one PostgreSQL, and what befalls them: each update and each job once.

They are killed, at any moment and at chosen calls; they stand still for longer than their leases
hold; and the server is stopped as if its computer had fallen, and started again.
"""

from __future__ import annotations

import random
import tempfile
import time
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bot.commands.now import today
from bot.storage.store import Store
from tests.botapi import BotApi
from tests.faults.crowd import ADMINISTRATOR, crowd
from tests.faults.killing import SETTLES, quick
from tests.faults.replica import Replica
from tests.faults.shadow import Shadow, desk_of
from tests.faults.stored import OnServer
from tests.faults.table import PATIENCE, Table, kind_of
from tests.faults.tally import say
from tests.faults.weather import Chosen
from tests.load.program import free_ports
from tests.postgres import served

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.botapi.calls import Call
    from tests.faults.tally import Tally
    from tests.postgres import Cluster

OUTSIDE = "https://letters.example.org"
REPLICAS, PEOPLE = 3, 24
LEASE = 4.0
"""So many seconds a lease holds here."""

CHOSEN, AFTER = 0.6, 0.6
"""Shares: of kills at a call, of those after it acted."""

STILL, AWAY = 0.06, 0.06
"""Shares of rounds in which a process stands still, or the server is away, beside the kills."""

UNSAVED = 0.3
"""Seconds before the server falls; what was sent within them may not have been saved by then."""

AT_ONCE = 6
"""So many processes die in a round, at most: one after the other, while the same people wait."""

LEFT = {
    "updates left in the inbox": "SELECT id FROM inbox",
    "lanes left": "SELECT name FROM leases WHERE name LIKE 'lane:%'",
    "jobs left running": "SELECT id FROM jobs WHERE status = 'running'",
    "documents left owed": "SELECT id FROM updates WHERE owed != ''",
}
"""What must not be there when everybody has what they must."""


class Replicas:
    """A server, processes, people, and what befalls them."""

    def __init__(  # noqa: PLR0913, PLR0917 -- all of a run
        self, seed: int, tally: Tally, folder: Path, cluster: Cluster, count: int, people: int
    ) -> None:
        self.rng = random.Random(seed)  # noqa: S311 -- to be repeated, not to be secret
        self.tally = tally
        self.cluster = cluster
        self.open = ExitStack()
        self.api = self.open.enter_context(BotApi.serve())
        self.chosen = self.api.meet(Chosen)
        shadow = self.open.enter_context(closing(Store(folder / "shadow")))
        now = lambda: datetime.now(tz=UTC)  # noqa: E731 -- the machine's own
        self.shadow = Shadow(desk_of(shadow, today, now, ADMINISTRATOR))
        self.people = crowd(self.api, self.shadow, seed, tally, people)
        ports = free_ports(count)
        self.replicas = [
            Replica(number, port, folder, self._environment()) for number, port in enumerate(ports)
        ]
        for one in self.replicas:
            self.open.callback(one.close)
        self.api.lead(OUTSIDE, *(one.inside for one in self.replicas))
        self.replicas[0].start()  # the tables are made by one
        self._wait(lambda: self.api.webhook, PATIENCE)
        for one in self.replicas[1:]:
            one.start()
        self.stored = self.open.enter_context(closing(OnServer(cluster.url())))
        self.table = Table(self.shadow, tally, self.stored, folder)
        for method, part in (
            ("*", "not modified"),
            ("deleteMessage", "to delete not found"),
            ("answerCallbackQuery", "query is too old"),
        ):
            self.open.enter_context(self.api.expecting(method, part))

    def _environment(self) -> dict[str, str]:
        return {
            "DEMARCHE_TOKEN": self.api.token,
            "DEMARCHE_DATABASE": self.cluster.url(),
            "DEMARCHE_API_URL": self.api.base_url.removesuffix("/bot"),
            "DEMARCHE_LOG_LEVEL": "warning",
            "DEMARCHE_ADMINISTRATORS": str(ADMINISTRATOR),
            "DEMARCHE_PUBLIC_URL": OUTSIDE,
            "NO_PROXY": "127.0.0.1",
            "LEASE": str(LEASE),
        }

    def play(self, kills: int) -> None:
        """So many kills; after each few all is compared."""
        done = number = 0
        while done < kills and not self.tally.is_over:
            number += 1
            self._aim()
            for person in self.people:
                person.act()
            how = []
            if number > 1 and self.rng.random() < STILL:
                how.append(self._stand_still())
            if number > 1 and self.rng.random() < AWAY:
                how.append(self._fall())
            for one in range(min(self.rng.randint(1, AT_ONCE), kills - done)):
                if one:
                    self._aim()
                how.append(self._die())
                done += 1
            self._settle(f"in round {number} ({', '.join(how)})")
            if number % 3 == 0:
                self.tally.progress(f"{done} kills")
        self._finish()

    # What befalls them

    def _aim(self) -> None:
        """At a call of those to come, or at none."""
        chosen = self.rng.randint(0, 2 * len(self.people)) if self.rng.random() < CHOSEN else -1
        self.chosen.choose(chosen, after=self.rng.random() < AFTER)

    def _die(self) -> str:
        """One is killed and begun again: whose the call is, or anyone at a random moment."""
        how, victim = "at a random moment", self.rng.choice(self.replicas)
        self.table.wait(self.api, lambda: self.chosen.hit, self.rng.uniform(0, 2.0))
        self.chosen.spare()
        if self.chosen.hit:
            how, victim = self.chosen.hit, self._who_called()
        ports = victim.ports()
        victim.kill()
        self._wait(lambda: not ports & self.api.ports, SETTLES)  # all that it said is heard
        self._excuse(ports)
        self._happened(self.tally.kills, f"SIGKILL {how}", victim)
        victim.start()
        return f"{victim.number} killed {how}"

    def _who_called(self) -> Replica:
        """Whose call it is that hangs."""
        call = next(one for one in reversed(self.api.calls) if one.fault == "timeout")
        whose = (one for one in self.replicas if call.port in one.ports())
        return next(whose, self.rng.choice(self.replicas))  # it has waited long enough, and gone

    def _stand_still(self) -> str:
        """One stands still until others have taken what was its own."""
        time.sleep(self.rng.uniform(0, 1.0))
        one = self.rng.choice(self.replicas)
        ports = one.ports()
        one.stop()
        time.sleep(LEASE + 2)
        self._excuse(ports)
        one.go_on()
        self._happened(self.tally.faults, f"a process stood still for {LEASE + 2:.0f} s", one)
        return f"{one.number} stood still"

    def _fall(self) -> str:
        """The server falls, and is there again."""
        time.sleep(self.rng.uniform(0, 1.0))
        since = time.monotonic() - UNSAVED
        self.cluster.stop("immediate")
        for one in self.replicas:
            self._excuse(one.ports(), since)
        time.sleep(self.rng.choice((0.0, 1.0, LEASE + 2)))
        self.cluster.start()
        self._happened(self.tally.faults, "the server fell and was started again", None)
        return "server fell"

    def _happened(self, where: dict[str, int], what: str, one: Replica | None) -> None:
        where[what] += 1
        for person in self.people:
            person.notes.add(f"{what}{f': process {one.number}' if one else ''}")

    def _excuse(self, ports: frozenset[int], since: float = 0.0) -> None:
        """Whose newest call by this process acted: it may have died before it remembered that.

        Or the server has, if the call was made so lately.
        """
        newest: dict[int, Call] = {}
        for call in self.api.calls[-2000:]:
            mine = call.method != "sendChatAction" and call.port in ports
            if mine and call.began >= since:
                newest[call.parameters.get("chat_id", 0)] = call
        for person in self.people:
            last = newest.get(person.number)
            if last and last.status in {200, 0, None}:
                kind = kind_of(last)
                person.excused = [old + (n == kind) for n, old in enumerate(person.excused)]

    # What must be there

    def _settle(self, when: str) -> None:
        """All that was begun came to its end, and everybody sees and has what they must."""
        for _one in range(2):  # what was refused in words may have been brought anew
            if not self._wait(lambda: self.api.drained, PATIENCE):
                self.tally.wrong("people without a working screen", f"{when}: none is taken")
            self._wait(partial(self._is_empty, LEFT["updates left in the inbox"]), PATIENCE)
        self.table.take(self.api, self.people)
        for query in LEFT.values():  # what is sent once more comes late, and counts in this round
            self._wait(partial(self._is_empty, query), PATIENCE / 3)
        for person in self.people:
            self.table.look(self.api, person, when)
        self.table.compare(self.people, when)
        for person in self.people:
            person.excused = [0, 0, 0]

    def _finish(self) -> None:
        """Nothing is left of anything."""
        for what, query in LEFT.items():
            self._wait(partial(self._is_empty, query), 4 * LEASE)
            found = self.stored.rows(query)
            if found:
                self.tally.wrong("rows left in the database", f"{what}: {found[:9]}", len(found))
        for one in self.replicas:
            one.kill()
        time.sleep(1)  # who reads strangers' files ends a moment after the process that began it
        for one in self.replicas:
            one.start()
        time.sleep(3)
        for one in self.replicas:
            # Each has a process of its own that makes documents: its socket is in one of those.
            left = [path.name for path in one.temporary.iterdir() if not _is_alive(path)]
            if left:
                self.tally.wrong("folders left on the disk", ", ".join(left), len(left))
        for refusal in self.api.refusals:
            self.tally.wrong("calls that Telegram would refuse", str(refusal)[:300])

    def _is_empty(self, query: str) -> bool:
        return not self.stored.rows(query)

    @staticmethod
    def _wait(until: Callable[[], object], seconds: float) -> bool:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if until():
                return True
            time.sleep(0.02)
        return bool(until())


def _is_alive(folder: Path) -> bool:
    had = Path("/proc/net/unix").read_text("utf-8", "replace")
    return any(str(one) in had for one in folder.iterdir())


def replicated(
    seed: int, kills: int, tally: Tally, count: int = REPLICAS, people: int = PEOPLE
) -> None:
    """So many kills of so many processes on one server."""
    say(f"killing one of {count} `demarche run --webhook` {kills} times, {people} people")
    with (
        tempfile.TemporaryDirectory(prefix="faults-", dir=quick()) as name,
        served() as cluster,
    ):
        replicas = Replicas(seed, tally, Path(name), cluster, count, people)
        with replicas.open:
            replicas.play(kills)
