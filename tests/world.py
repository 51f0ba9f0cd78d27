"""The world that tests hand in: a fixed day, counted ids, a database of their own."""

from __future__ import annotations

import itertools
from datetime import date
from typing import TYPE_CHECKING

from bot.desk import Desk
from bot.letters.compose import Composer
from bot.reference.loader import load
from bot.resources import LOCALES, TEMPLATES
from bot.storage.store import Store

if TYPE_CHECKING:
    from pathlib import Path

TODAY = date(2026, 3, 2)
"""Within ninety days of the data's date, so that no warning stands in every screen."""

COMPOSER = Composer(load(), TEMPLATES, LOCALES)

CO_SIGNERS = "A. Example, Example Organisation\nB. Example, Chair, Second Organisation"


def make_desk(
    path: Path, *, today: date = TODAY, administrators: frozenset[str] = frozenset()
) -> Desk:
    """A desk on a fresh or an existing database."""
    ids = itertools.count(1)
    taken = path.exists()
    prefix = "again" if taken else "draft"
    return Desk(
        Store(path),
        COMPOSER,
        LOCALES,
        today=lambda: today,
        new_id=lambda: f"{prefix}{next(ids):03d}",
        administrators=administrators,
    )
