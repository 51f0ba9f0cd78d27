"""The program as it is run in earnest: processes of their own, their memory and their logs."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from tests import postgres

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.load.plan import Setup

TOKEN = "4242:loopback"  # noqa: S105 - opens nothing but the double
PUBLIC = "https://letters.example.org"
"""What setWebhook is told; nothing is sent there: the double posts to the ports themselves."""

ROOT = Path(__file__).parents[2]
PATIENCE = 60
MIB = 1024 * 1024
TICKS = os.sysconf("SC_CLK_TCK")


class EndedError(Exception):
    """A process of the program has ended by itself; its last words."""


class Program:
    """So many processes on one database."""

    def __init__(self, setup: Setup, folder: Path, database: str, api: int) -> None:
        self.ports = free_ports(setup.processes) if setup.webhook else []
        self._folder = folder
        self._database = database
        self._processes: list[subprocess.Popen[bytes]] = []
        for number in range(setup.processes):
            self._begin(number, api)

    def _begin(self, number: int, api: int) -> None:
        temporary = self._folder / f"tmp{number}"
        temporary.mkdir()
        environment = {
            **os.environ,
            "DEMARCHE_API_URL": f"http://127.0.0.1:{api}",
            "DEMARCHE_TOKEN": TOKEN,
            "DEMARCHE_DATABASE": self._database,
            "DEMARCHE_LOG_LEVEL": "warning",
            "NO_PROXY": "127.0.0.1",
            "PYTHONPATH": str(ROOT),
            "TMPDIR": str(temporary),
        }
        options = []
        if len(self.ports) > 1:  # they share one machine, as `deploy` advises
            cores = len(os.sched_getaffinity(0))
            environment["DEMARCHE_WORKERS"] = str(max(1, cores // len(self.ports)))
        if self.ports:
            options = ["--webhook"]
            environment |= {
                "DEMARCHE_PUBLIC_URL": PUBLIC,
                "DEMARCHE_LISTEN": f"127.0.0.1:{self.ports[number]}",
            }
        with (self._folder / f"log{number}").open("wb") as log:
            process = subprocess.Popen(  # noqa: S603 -- the program itself
                [sys.executable, "-m", "bot.commands.cli", "run", *options],
                env=environment,
                cwd=self._folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        self._processes.append(process)

    def check(self) -> None:
        """Raises `EndedError` where a process has ended."""
        for number, process in enumerate(self._processes):
            if process.poll() is not None:
                lines = self._log(number).strip().splitlines()
                message = f"ended with {process.returncode}: {lines[-1] if lines else ''}"
                raise EndedError(message)

    def memory(self) -> float:
        """The resident memory of all processes and those that they began, in MiB."""
        return sum(_resident(one) for process in self._processes for one in _family(process.pid))

    def busy(self) -> float:
        """Seconds of the processor that they have had, with those that have ended."""
        return sum(processor(one) for process in self._processes for one in _family(process.pid))

    def stop(self) -> Counter[str]:
        """End them as systemd does; what went wrong with it, and what their logs say did."""
        for process in self._processes:
            process.terminate()
        found: Counter[str] = Counter()
        for number, process in enumerate(self._processes):
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
                found[f"a process did not end within {PATIENCE} s"] += 1
            found += errors_of(self._log(number))
        return found

    def kill(self) -> None:
        """End what is left, at once."""
        for process in self._processes:
            if process.poll() is None:
                process.kill()
                process.wait()

    def _log(self, number: int) -> str:
        return (self._folder / f"log{number}").read_text("utf-8", "replace")


def errors_of(log: str) -> Counter[str]:
    """The lines that tell of an error, by what they say, without numbers and references."""
    found: Counter[str] = Counter()
    for line in log.splitlines():
        said = re.search(r"\b(?:ERROR|CRITICAL|Traceback)\b(.*)", line)
        if said:
            found["log:" + re.sub(r"[A-Z\d]{4}-[A-Z\d]{4}|\d+", "…", said[1])[:120]] += 1
    return found


@contextlib.contextmanager
def place(setup: Setup) -> Iterator[tuple[Path, str]]:
    """A folder, and the address of a new database, for the length of a block."""
    with contextlib.ExitStack() as open_:
        folder = Path(tempfile.mkdtemp(prefix="demarche-load-"))
        open_.callback(shutil.rmtree, folder, ignore_errors=True)
        if setup.engine == "postgres":
            yield folder, open_.enter_context(postgres.cluster())
        else:
            yield folder, str(folder / "db")


def size(database: str) -> int:
    """The bytes that a database holds. Raises `EndedError` where the program does not use it."""
    if database.startswith("postgresql:"):
        import psycopg  # noqa: PLC0415 -- not where SQLite is measured alone

        with psycopg.connect(database) as connection:
            row = connection.execute(
                "select pg_database_size(current_database()), count(*) from pg_stat_user_tables"
            ).fetchone()
        if not row or not row[1]:
            message = "it has no table in PostgreSQL: it keeps what it keeps elsewhere"
            raise EndedError(message)
        return int(row[0])
    with contextlib.closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as file:
        pages, page = (
            file.execute(f"pragma {name}").fetchone()[0] for name in ("page_count", "page_size")
        )
        return int(pages) * int(page)


def free_ports(number: int) -> list[int]:
    """Ports that nobody listens at."""
    with contextlib.ExitStack() as held:
        sockets = [
            held.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(number)
        ]
        return [int(one.getsockname()[1]) for one in sockets]


def _family(pid: int) -> list[int]:
    """The process and all that it has begun."""
    found = [pid]
    for one in found:
        with contextlib.suppress(OSError):
            for task in Path(f"/proc/{one}/task").iterdir():
                with contextlib.suppress(OSError):
                    found.extend(map(int, (task / "children").read_text("ascii").split()))
    return found


def _resident(pid: int) -> float:
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1])
    except (OSError, IndexError):
        return 0.0  # it has just ended
    return pages * os.sysconf("SC_PAGE_SIZE") / MIB


def processor(pid: int) -> float:
    """Seconds of the processor that a process has had, with those that it began and that ended."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:15])) / TICKS
