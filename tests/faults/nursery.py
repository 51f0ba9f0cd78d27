"""Starts `demarche run` again and again from a process that has imported the program before.

The program is forked, so that a start costs a tenth of a second, not one; what is killed is the
whole of it. Commands come line by line: a JSON object of the environment starts it, `kill` kills
it; each is answered by one line.
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
            sys.argv = ["demarche", "run"]
            run()
            os._exit(0)
        _say(str(child))


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
