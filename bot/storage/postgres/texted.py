"""Encrypted values as texts: PostgreSQL's columns of texts take no bytes, as SQLite's do.

A text's column holds `MARK` and the closed value in base 64; columns of files hold it as it is.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from typing import TYPE_CHECKING

from bot.storage.errors import DAMAGED, StoreError
from bot.storage.sealing import TEXT_MARK
from bot.storage.words import BYTES

if TYPE_CHECKING:
    from bot.storage.sealing import Key, Sealing

_AS_BYTES = BYTES | {("seals", "proof")}


class Texted:
    """A sealing whose closed values of texts are texts; see `Sealing`."""

    def __init__(self, sealing: Sealing) -> None:
        self._sealing = sealing
        self.open_bytes = sealing.open_bytes

    @property
    def keys(self) -> tuple[Key, ...]:
        """See `Sealing`."""
        return self._sealing.keys

    def close(self, value: str | bytes, table: str, column: str, *key: str | int) -> str | bytes:
        """See `Sealing`."""
        closed = self._sealing.close(value, table, column, *key)
        if isinstance(closed, str) or (table, column) in _AS_BYTES:
            return closed
        return TEXT_MARK + b64encode(closed).decode("ascii")

    def open(self, stored: str | bytes, table: str, column: str, *key: str | int) -> str:
        """See `Sealing`."""
        if isinstance(stored, str) and stored.startswith(TEXT_MARK):
            try:
                stored = b64decode(stored.removeprefix(TEXT_MARK), validate=True)
            except ValueError:
                raise StoreError(DAMAGED) from None
        return self._sealing.open(stored, table, column, *key)
