"""The database as the settings have it: the one place where a command opens it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.storage.keys import read_keys
from bot.storage.sealing import CLEAR, Sealed
from bot.storage.store import Store

if TYPE_CHECKING:
    from bot.settings import Settings
    from bot.storage.sealing import Sealing


def store_of(settings: Settings) -> Store:
    """The database, open. Raises `StoreError` where it is not to be used with these keys."""
    return Store(settings.database, sealing_of(settings))


def sealing_of(settings: Settings) -> Sealing:
    """What closes and opens what people typed. Raises `KeyFileError`."""
    return Sealed(read_keys(settings.key_file)) if settings.key_file else CLEAR
