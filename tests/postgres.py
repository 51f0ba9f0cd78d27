"""A PostgreSQL server of the tests' own, from Debian's package, in a folder that goes with it.

It listens on a socket in that folder and on no port, so that any number of them stand side by side
and nobody else on the computer reaches one. It writes through to the disk, as one in use does.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

ACCOUNT = "postgres"
"""Debian's user for it: the server refuses to run as root."""

NAME = "demarche"
OPTIONS = (
    "-c listen_addresses='' -c unix_socket_directories='{folder}' -c unix_socket_permissions=0700"
)
Ending = Literal["smart", "fast", "immediate"]


def programs() -> Path | None:
    """Where the newest PostgreSQL has its programs; None where there is none."""
    found = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    return max((one.parent for one in found), key=lambda one: int(one.parent.name), default=None)


class Cluster:
    """A server that can be stopped and started again with all that it holds."""

    def __init__(self, folder: Path) -> None:
        found = programs()
        if found is None:
            message = "PostgreSQL is not installed: apt install postgresql"
            raise RuntimeError(message)
        self._programs = found
        self._folder = folder
        self._account = ACCOUNT if os.geteuid() == 0 else None
        if self._account:
            shutil.chown(folder, self._account, self._account)
        self._run(
            "initdb",
            "--pgdata",
            self._data,
            "--username",
            NAME,
            "--auth",
            "trust",
            "--encoding",
            "UTF8",
            "--locale",
            "C.UTF-8",
            "--no-sync",
        )
        self.start()
        self.create(NAME)

    @property
    def _data(self) -> str:
        return str(self._folder / "data")

    def url(self, database: str = NAME) -> str:
        """The address of a database."""
        return f"postgresql://{NAME}@/{database}?host={self._folder}"

    def create(self, database: str) -> str:
        """A new database, empty; its address."""
        self._run("createdb", "--host", str(self._folder), "--username", NAME, database)
        return self.url(database)

    def start(self) -> None:
        """Serve, and return once it answers."""
        log = str(self._folder / "log")
        options = OPTIONS.format(folder=self._folder)
        self._run(
            "pg_ctl", "start", "--wait", "--pgdata", self._data, "--log", log, "--options", options
        )

    def stop(self, how: Ending = "fast") -> None:
        """End it: `fast` ends its connections, `immediate` is as if the computer had stopped."""
        self._run("pg_ctl", "stop", "--wait", "--pgdata", self._data, "--mode", how)

    def process(self) -> int:
        """The process that all others of the server are children of."""
        return int((self._folder / "data/postmaster.pid").read_text("ascii").split("\n")[0])

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(  # noqa: S603 -- programs of the package
            [self._programs / program, *arguments],
            user=self._account,
            group=self._account,
            extra_groups=[] if self._account else None,
            cwd="/",
            env={"PATH": os.defpath, "LC_ALL": "C.UTF-8"},
            stdin=subprocess.DEVNULL,
            # No pipe: the server would hold its other end for as long as it runs.
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
        )
        if done.returncode:
            log = self._folder / "log"
            said = log.read_text("utf-8", "replace")[-2000:] if log.exists() else ""
            message = f"{program} ended with {done.returncode}: {said}"
            raise RuntimeError(message)


@contextlib.contextmanager
def served(place: Path | None = None) -> Iterator[Cluster]:
    """A server for the length of a block, in a new folder of `place` or of the system's own.

    Where root runs this, the user of Debian's package must be able to enter `place`.
    """
    with tempfile.TemporaryDirectory(prefix="demarche-pg-", dir=place) as folder:
        cluster = Cluster(Path(folder))
        try:
            yield cluster
        finally:
            with contextlib.suppress(RuntimeError):  # a test may have stopped it
                cluster.stop("immediate")


@contextlib.contextmanager
def cluster(place: Path | None = None) -> Iterator[str]:
    """The address of a database of its own, for the length of a block."""
    with served(place) as one:
        yield one.url()
