"""One process of several: begun, killed, stopped for a while; which calls are its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path


class Replica:
    """`demarche run --webhook` on a port of its own; `environment` is what all have in common."""

    def __init__(self, number: int, port: int, folder: Path, environment: dict[str, str]) -> None:
        self.number = number
        self.inside = f"http://127.0.0.1:{port}"
        self.temporary = folder / f"tmp{number}"
        self.temporary.mkdir()
        self.pid = 0
        self._environment = {
            **environment,
            "OPTIONS": "--webhook",
            "DEMARCHE_LISTEN": f"127.0.0.1:{port}",
            "TMPDIR": str(self.temporary),
            "LOG": str(folder / f"log{number}"),
        }
        self._nursery = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.nursery"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, **environment},
        )

    def start(self) -> None:
        """Begin it."""
        self.pid = int(self._tell(json.dumps(self._environment)))

    def kill(self) -> None:
        """SIGKILL; it has ended when this returns."""
        if self.pid:
            self._tell("kill")
            self.pid = 0

    def stop(self) -> None:
        """It stands still."""
        os.kill(self.pid, signal.SIGSTOP)

    def go_on(self) -> None:
        """It goes on as if no time had passed."""
        os.kill(self.pid, signal.SIGCONT)

    def close(self) -> None:
        """End all of it."""
        self.kill()
        self._nursery.communicate()

    def ports(self) -> frozenset[int]:
        """Those of its connections, by which the calls that are its own are known."""
        inodes = set()
        with suppress(OSError):
            for one in Path(f"/proc/{self.pid}/fd").iterdir():
                with suppress(OSError):
                    inodes.add(str(one.readlink()).removeprefix("socket:[").removesuffix("]"))
        lines = Path("/proc/net/tcp").read_text("ascii").splitlines()[1:]
        fields = [line.split() for line in lines]
        return frozenset(int(one[1].rpartition(":")[2], 16) for one in fields if one[9] in inodes)

    def _tell(self, line: str) -> str:
        if not self._nursery.stdin or not self._nursery.stdout:
            raise RuntimeError
        self._nursery.stdin.write(line + "\n")
        self._nursery.stdin.flush()
        return self._nursery.stdout.readline().strip()
