"""What the log would hold, for tests that look for what it must not."""

from __future__ import annotations

import io
import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bot.machine.logs import OneLine, formatter

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def logged(level: int = logging.DEBUG, form: str = "") -> Iterator[io.StringIO]:
    """The lines that are written within the block, at the level that tells most."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    plain = OneLine("%(levelname)s %(name)s: %(message)s")
    handler.setFormatter(formatter(form) if form else plain)
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(level)
    try:
        yield stream
    finally:
        root.setLevel(before)
        root.removeHandler(handler)
