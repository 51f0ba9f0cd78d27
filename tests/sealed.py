"""Encrypted databases for tests: a key that is none, and all stores of a test closed with it.

`pytest --sealed` (`make test ARGS=--sealed`) runs all tests so; those that look for words in the
database, which are then not there, are marked `clear` and are left out.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING
from unittest.mock import patch

from bot.storage import restoring
from bot.storage.sealing import Key, Sealed
from bot.storage.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.storage.sealing import Sealing

KEY = Key(bytes(range(32)))
SEALED = Sealed((KEY,))


@contextmanager
def all_stores(sealed: Sealing = SEALED) -> Iterator[None]:
    """Every store that is opened in the block without a word on that is opened with these keys."""
    with (
        patch.object(Store.__init__, "__defaults__", (sealed,)),
        patch.object(restoring.restore, "__defaults__", (sealed,)),
    ):
        yield
