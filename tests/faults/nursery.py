"""Starts `demarche run` again and again from a process that has imported the program before.

The program is forked, so that a start costs a tenth of a second, not one; what is killed is the
whole of it. Commands come line by line: a JSON object of the environment starts it, `kill` kills
it; each is answered by one line.

Where several processes run on one database, leases hold so many seconds as LEASE says, so that a
run of many kills takes minutes and not hours: the program itself knows no such setting.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path


def main() -> None:
    """Serve until the end of the input."""
    import bot.commands.serve  # noqa: PLC0415 -- what a start would import
    import bot.telegram.running  # noqa: F401, PLC0415 -- the same
    from bot.commands.cli import main as run  # noqa: PLC0415 -- the same

    child = 0
    for line in sys.stdin:
        if line.strip() == "kill":
            if child:
                os.kill(child, signal.SIGKILL)
                os.waitpid(child, 0)
                child = 0
            _say("dead")
            continue
        given = json.loads(line)
        child = os.fork()
        if not child:
            log = os.open(Path(given["LOG"]), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            os.dup2(log, 1)
            os.dup2(log, 2)
            os.environ.update(given)
            sys.argv = ["demarche", "run", *given.get("OPTIONS", "").split()]
            _hurry(float(given.get("LEASE", 0)))
            run()
            os._exit(0)
        _say(str(child))


def _hurry(lease: float) -> None:
    from bot.storage.postgres import leases, server  # noqa: PLC0415 -- as above
    from bot.telegram import running  # noqa: PLC0415 -- as above

    if lease:
        share = lease / leases.SECONDS
        leases.Leases.seconds = lease
        running.RENEW_SECONDS = leases.RENEW_SECONDS * share  # type: ignore[attr-defined]
        server.PATIENCE_SECONDS *= share
        server.AGAIN_SECONDS *= share


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
