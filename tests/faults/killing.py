"""The process is killed, at any moment and at chosen calls: what was answered must be there."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.commands.now import today
from bot.storage.store import Store
from tests.botapi import BotApi
from tests.faults.crowd import ADMINISTRATOR, crowd
from tests.faults.shadow import Shadow, desk_of, is_sound
from tests.faults.stored import InFile
from tests.faults.table import PATIENCE, Table, kind_of
from tests.faults.tally import say
from tests.faults.weather import Chosen

if TYPE_CHECKING:
    from tests.botapi.calls import Call
    from tests.faults.tally import Tally

PEOPLE = 5
CHOSEN, AFTER, AT_ONCE = 0.6, 0.6, 0.15
"""Shares: of kills at a call, of those after it acted; of starts that are killed, too."""
SETTLES = 5.0
AFRESH = 10
"""Each so many-th start is a new process of its own, which imports everything anew."""


class Killing:
    """One bot, some people, and a process that dies again and again."""

    def __init__(self, seed: int, tally: Tally, folder: Path, people: int = PEOPLE) -> None:
        self.rng = random.Random(seed)  # noqa: S311 -- to be repeated, not to be secret
        self.tally = tally
        self.seed = seed
        self.folder = folder
        self.path = folder / "db"
        self.temporary = folder / "tmp"
        self.temporary.mkdir()
        self.open = ExitStack()
        self.api = self.open.enter_context(BotApi.serve())
        self.chosen = self.api.meet(Chosen)
        store = self.open.enter_context(closing(Store(folder / "shadow")))
        now = lambda: datetime.now(tz=UTC)  # noqa: E731 -- the machine's own
        self.shadow = Shadow(desk_of(store, today, now, ADMINISTRATOR))
        self.table = Table(self.shadow, tally, InFile(self.path, folder), folder)
        self.people = crowd(self.api, self.shadow, seed, tally, people)
        self.nursery: subprocess.Popen[str] | None = None
        self.process: subprocess.Popen[bytes] | None = None
        self.starts = 0
        for method, part in (
            ("*", "not modified"),
            ("deleteMessage", "to delete not found"),
            ("answerCallbackQuery", "query is too old"),
        ):
            self.open.enter_context(self.api.expecting(method, part))

    def close(self) -> None:
        """Kill what runs, and let go of all."""
        self._kill()
        if self.nursery:
            self.nursery.communicate()
        self.open.close()

    def play(self, kills: int) -> None:
        """So many kills; after each all is compared."""
        self._start()
        self._settle("at the first start")
        for number in range(1, kills + 1):
            if self.tally.is_over:
                break
            for person in self.people:
                person.act()
            how = self._die()
            if not self._settle(f"after kill {number} ({how})"):
                self._kill()
                self._start()
            if number % 25 == 0:
                self.tally.progress(f"seed {self.seed}: {sum(self.tally.kills.values())} kills")
        self._finish()

    # The process

    def _environment(self) -> dict[str, str]:
        return {
            "DEMARCHE_TOKEN": self.api.token,
            "DEMARCHE_DATABASE": str(self.path),
            "DEMARCHE_WORKERS": "0",
            "DEMARCHE_API_URL": self.api.base_url.removesuffix("/bot"),
            "DEMARCHE_LOG_LEVEL": "warning",
            "DEMARCHE_ADMINISTRATORS": str(ADMINISTRATOR),
            "NO_PROXY": "127.0.0.1",
            "TMPDIR": str(self.temporary),
            "LOG": str(self.folder / "log"),
        }

    def _start(self) -> None:
        self.starts += 1
        if self.starts % AFRESH == 0:
            with (self.folder / "log").open("ab") as log:
                self.process = subprocess.Popen(
                    [sys.executable, "-c", "from bot.commands.cli import main; main()", "run"],
                    env={**os.environ, **self._environment()},
                    stdout=log,
                    stderr=log,
                )
            return
        if self.nursery is None:
            self.nursery = subprocess.Popen(
                [sys.executable, "-m", "tests.faults.nursery"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                env={**os.environ, **self._environment()},
            )
        self._tell_nursery(json.dumps(self._environment()))
        self.process = None

    def _tell_nursery(self, line: str) -> None:
        if self.nursery and self.nursery.stdin and self.nursery.stdout:
            self.nursery.stdin.write(line + "\n")
            self.nursery.stdin.flush()
            self.nursery.stdout.readline()

    def _kill(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None
        else:
            self._tell_nursery("kill")

    # The moment

    def _die(self) -> str:
        """At any moment, or at a call before or after it acted."""
        how = "at a random moment"
        if self.rng.random() < CHOSEN:
            self.chosen.choose(self.rng.randint(0, 9), after=self.rng.random() < AFTER)
            if self.table.wait(self.api, lambda: bool(self.chosen.hit), self.rng.uniform(0.5, 1.5)):
                how = self.chosen.hit
        else:
            time.sleep(self.rng.uniform(0, 1.2))
        self._killed(how)
        if self.rng.random() < AT_ONCE:
            time.sleep(self.rng.uniform(0, 1.0))
            self._killed("while it was starting")
        return how

    def _killed(self, how: str) -> None:
        self._kill()
        for person in self.people:
            person.notes.add(f"SIGKILL {how}")
        self.chosen.choose(-1, after=False)
        self.tally.kills[f"SIGKILL {how}"] += 1
        self._excuse_all()
        self._start()

    def _excuse_all(self) -> None:
        """Whose newest call acted: the process may have died before it remembered that."""
        patience = time.monotonic() + SETTLES
        while self.api.connections and time.monotonic() < patience:
            time.sleep(0.02)  # what lies at the server's door is heard to its end
        newest: dict[int, Call] = {}
        for call in self.api.calls[-400:]:
            if call.method != "sendChatAction":
                newest[call.parameters.get("chat_id", 0)] = call
        for person in self.people:
            last = newest.get(person.number)
            if last and last.status in {200, 0, None}:
                kind = kind_of(last)
                person.excused = [old + (n == kind) for n, old in enumerate(person.excused)]

    # What must be there

    def _settle(self, when: str) -> bool:
        """Whether all that was begun came to its end, and everybody sees and has what they must."""
        if not self.table.wait(self.api, lambda: self.api.drained, PATIENCE):
            self.tally.wrong("people without a working screen", f"{when}: no updates are taken")
            return False
        self.table.take(self.api, self.people)
        seen = [self.table.look(self.api, person, when) for person in self.people]
        self.table.compare(self.people, when)
        return all(seen)

    def _finish(self) -> None:
        """Stopped for good: the files are whole, and nothing is left beside them."""
        self._kill()
        self._start()
        self.table.wait(self.api, lambda: self.api.drained, PATIENCE)
        time.sleep(1)
        left = [one.name for one in self.temporary.iterdir()]
        if left:
            self.tally.wrong("folders left on the disk", ", ".join(left), len(left))
        if not is_sound(self.path):
            self.tally.wrong("databases damaged", "integrity_check")
        for refusal in self.api.refusals:
            self.tally.wrong("calls that Telegram would refuse", str(refusal)[:300])
        self._kill()


def killed(seed: int, kills: int, tally: Tally, people: int = PEOPLE) -> None:
    """So many kills of the real program."""
    say(f"killing `demarche run` {kills} times, {people} people, seed {seed}")
    with tempfile.TemporaryDirectory(prefix="faults-", dir=quick()) as name:
        killing = Killing(seed, tally, Path(name), people)
        try:
            killing.play(kills)
        finally:
            killing.close()


def quick() -> str | None:
    """Memory where there is some: a SIGKILL takes nothing from it that was written."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 -- a private folder in it
