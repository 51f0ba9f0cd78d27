"""The database as the settings have it: the one place where a command opens it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from bot.storage.errors import AwayError
from bot.storage.keys import read_keys
from bot.storage.sealing import CLEAR, Sealed
from bot.storage.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bot.settings import Settings
    from bot.storage.sealing import Sealing

WAIT_SECONDS = 1.0


def store_of(settings: Settings) -> Store:
    """The database, open. Raises `StoreError` where it is not to be used with these keys."""
    return opened_at(settings.where, settings)


def opened_at(where: Path | str, settings: Settings) -> Store:
    """Another database than that of the settings, with their keys. Raises `StoreError`."""
    return Store(where, sealing_of(settings))


def store_in_time(
    settings: Settings,
    say: Callable[[str], None],
    pause: Callable[[float], None] = time.sleep,
) -> Store:
    """The same for what runs on: a server that is not there yet is waited for; `say` is told."""
    said = False
    while True:
        try:
            return store_of(settings)
        except AwayError:
            if not said:
                say("The database server cannot be reached yet: waiting for it.")
                said = True
        pause(WAIT_SECONDS)


def sealing_of(settings: Settings) -> Sealing:
    """What closes and opens what people typed. Raises `KeyFileError`."""
    return Sealed(read_keys(settings.key_file)) if settings.key_file else CLEAR
