"""Logging to stderr: what happened, never who wrote what."""

from __future__ import annotations

import logging
import re
import sys
from copy import copy
from typing import Any

QUIET = ("httpx", "httpcore", "telegram", "asyncio", "uvicorn.error")
"""Libraries whose lines below a warning are left out: httpx prints URLs that hold the token."""


OURS = "bot"

_NOT_SHOWN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""What would begin another line, command the terminal of whoever reads, or turn a line round."""


class OneLine(logging.Formatter):
    """One line per event; of an error its kind only, as its text may hold words of users.

    Of other people's code not even the message: Telegram's library logs whole answers with the
    messages in them when it cannot read one.
    """

    def formatException(self, ei: Any) -> str:  # noqa: ANN401, N802 -- logging's own signature
        """The kind of the error."""
        return f"({ei[0].__name__})" if ei and ei[0] else ""

    def format(self, record: logging.LogRecord) -> str:
        """The event in one line."""
        if record.name.partition(".")[0] != OURS:
            record = copy(record)
            record.msg, record.args = "(its words are left out: they may hold those of users)", ()
            record.exc_text = record.stack_info = None
        return _NOT_SHOWN.sub(" ", super().format(record))


def set_up(level: str) -> None:
    """Send what is worth knowing to stderr."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(OneLine("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
