"""Logging to stderr: what happened, never who wrote what."""

from __future__ import annotations

import logging
import sys
from typing import Any

QUIET = ("httpx", "httpcore", "telegram", "asyncio", "uvicorn.error")
"""Libraries whose lines below a warning are left out: httpx prints URLs that hold the token."""


class OneLine(logging.Formatter):
    """One line per event; of an error its kind only, as its text may hold words of users."""

    def formatException(self, ei: Any) -> str:  # noqa: ANN401, N802 -- logging's own signature
        """The kind of the error."""
        return f"({ei[0].__name__})" if ei and ei[0] else ""

    def format(self, record: logging.LogRecord) -> str:
        """The event in one line."""
        return " ".join(super().format(record).split("\n"))


def set_up(level: str) -> None:
    """Send what is worth knowing to stderr."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(OneLine("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
