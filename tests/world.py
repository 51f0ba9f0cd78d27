"""The world that tests hand in: a fixed day, counted ids, a database of their own.

What it opens for a test it closes after the test: see `OPENED`.
"""

from __future__ import annotations

import itertools
from contextlib import ExitStack, closing, contextmanager
from datetime import date
from typing import TYPE_CHECKING

from bot.desk import Desk
from bot.letters.compose import Composer
from bot.reference.loader import load
from bot.resources import LOCALES, TEMPLATES
from bot.storage.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TODAY = date(2026, 3, 2)
"""Within ninety days of the data's date, so that no warning stands in every screen."""

COMPOSER = Composer(load(), TEMPLATES, LOCALES)

CO_SIGNERS = "A. Example, Example Organisation\nB. Example, Chair, Second Organisation"


OPENED = ExitStack()
"""What was opened for the test that runs; `tests/conftest.py` closes it at the test's end."""


def make_desk(
    path: Path, *, today: date = TODAY, administrators: frozenset[str] = frozenset()
) -> Desk:
    """A desk on a fresh or an existing database, open until the test's end."""
    return OPENED.enter_context(desk_on(path, today=today, administrators=administrators))


@contextmanager
def desk_on(
    path: Path, *, today: date = TODAY, administrators: frozenset[str] = frozenset()
) -> Iterator[Desk]:
    """A desk on a fresh or an existing database, open for the length of the block."""
    ids = itertools.count(1)
    prefix = "again" if path.exists() else "draft"
    with closing(Store(path)) as store:
        yield Desk(
            store,
            COMPOSER,
            LOCALES,
            today=lambda: today,
            new_id=lambda: f"{prefix}{next(ids):03d}",
            administrators=administrators,
        )
