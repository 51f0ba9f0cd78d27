"""What people typed, closed before it is written to the disk and opened when it is read.

A closed value is `MARK`, the id of the key (4 bytes), a nonce (12 random bytes), and what AES-256
in Galois/Counter mode makes of the value, with its proof (16 bytes). The value is bound to its
place: table, column and the columns that tell rows apart (`bot.storage.typed`) are proven with it,
so that it opens nowhere else. Lengths are rounded up to `STEP` bytes: a short name is not known by
its length. What is empty says nothing, and stays so.

Nonces are random: the standard (NIST SP 800-38D) allows 2**32 values to be closed with one key.
Some five values are closed for an update: with a thousand updates a day that is two thousand years,
with a million a day it is two, and "demarche keys rotate" begins anew.
"""

from __future__ import annotations

import hmac
from base64 import b64decode
from dataclasses import dataclass, field
from os import urandom
from typing import TYPE_CHECKING, Any, Protocol

from bot.storage.errors import DAMAGED, StoreError
from bot.storage.typed import TYPED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MARK = b"\x00dm1"
"""How a closed value begins: no picture, no Word file and no text does."""

TEXT_MARK = "\x01dm1:"
"""The same where it is written as a text in base 64 (see `postgres.texted`)."""

STEP = 64
KEY_BYTES, ID_BYTES, NONCE_BYTES = 32, 4, 12
_HEAD = len(MARK) + ID_BYTES
_BODY = _HEAD + NONCE_BYTES

_PLACES = {
    (one.table, column): f"{one.table}\0{column}" for one in TYPED for column in one.columns
} | {("seals", "proof"): "seals\0proof"}
"""The beginning of what a value is bound to. No other column is closed."""

UNKNOWN_KEY = "something in the database is encrypted with a key that is not in the key file"


class Sealing(Protocol):
    """Closes and opens the values of one database."""

    @property
    def keys(self) -> tuple[Key, ...]:
        """The keys, the one that closes first; none where nothing is closed."""

    def close(self, value: str | bytes, table: str, column: str, *key: str | int) -> str | bytes:
        """A value as it is written to that column of the row with that key."""

    def open(self, stored: str | bytes, table: str, column: str, *key: str | int) -> str:
        """A text as it was; raises `StoreError` where it does not open."""

    def open_bytes(self, stored: bytes, table: str, column: str, *key: str | int) -> bytes:
        """The same for bytes."""


class Clear:
    """Where no key is set: everything is written as it is."""

    keys: tuple[Key, ...] = ()

    def close(self, value: str | bytes, *_place: str | int) -> str | bytes:
        """The value itself."""
        return value

    def open(self, stored: Any, *_place: str | int) -> str:  # noqa: ANN401 -- as it stands in the row
        """The text itself."""
        text: str = stored
        return text

    def open_bytes(self, stored: bytes, *_place: str | int) -> bytes:
        """The bytes themselves."""
        return stored


CLEAR = Clear()


@dataclass(frozen=True, slots=True)
class Key:
    """A secret of 32 random bytes, which is never printed."""

    secret: bytes = field(repr=False)

    @property
    def id(self) -> bytes:
        """What tells it apart from others, and says nothing of it."""
        return hmac.digest(self.secret, b"demarche key id", "sha256")[:ID_BYTES]

    @property
    def name(self) -> str:
        """The id for people."""
        return self.id.hex()

    def cipher(self) -> AESGCM:
        """What closes and opens with it."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 -- 20 ms

        return AESGCM(hmac.digest(self.secret, b"demarche values", "sha256"))


class Sealed:
    """Where keys are set: the first one closes, each opens what it has closed."""

    def __init__(self, keys: Sequence[Key]) -> None:
        from cryptography.exceptions import InvalidTag  # noqa: PLC0415 -- 20 ms

        self._invalid = InvalidTag
        self._ciphers = {key.id: key.cipher() for key in keys}
        self._encrypt = self._ciphers[keys[0].id].encrypt
        self._head = MARK + keys[0].id
        self.keys = tuple(keys)

    def __repr__(self) -> str:
        return f"Sealed({', '.join(key.name for key in self.keys)})"

    def close(self, value: str | bytes, table: str, column: str, *key: str | int) -> str | bytes:
        """See `Sealing`."""
        if not value:
            return value
        data = (value.encode() if isinstance(value, str) else value) + b"\x80"
        data = data.ljust(-(-len(data) // STEP) * STEP, b"\0")
        nonce = urandom(NONCE_BYTES)
        return self._head + nonce + self._encrypt(nonce, data, _bound(table, column, key))

    def open(self, stored: str | bytes, table: str, column: str, *key: str | int) -> str:
        """See `Sealing`."""
        if not stored:
            return ""
        if not isinstance(stored, bytes):
            raise StoreError(DAMAGED)  # a text in clear: nobody of ours has written it
        return self.open_bytes(stored, table, column, *key).decode()

    def open_bytes(self, stored: bytes, table: str, column: str, *key: str | int) -> bytes:
        """See `Sealing`."""
        if not stored:
            return stored
        if not stored.startswith(MARK):
            raise StoreError(DAMAGED)
        cipher = self._ciphers.get(stored[len(MARK) : _HEAD])
        if cipher is None:
            raise StoreError(UNKNOWN_KEY)
        bound = _bound(table, column, key)
        try:
            data = cipher.decrypt(stored[_HEAD:_BODY], stored[_BODY:], bound)
        except self._invalid:
            raise StoreError(DAMAGED) from None
        return data.rstrip(b"\0")[:-1]


def key_of(stored: object) -> bytes | None:
    """The id of the key that a value was closed with; None where it is clear."""
    if isinstance(stored, str) and stored.startswith(TEXT_MARK):
        stored = b64decode(stored.removeprefix(TEXT_MARK))
    closed = isinstance(stored, bytes) and stored.startswith(MARK)
    return stored[len(MARK) : _HEAD] if isinstance(stored, bytes) and closed else None


def from_hex(digits: str) -> str | bytes:
    """A value of a text's column, as SQLite's `hex` gives it."""
    data = bytes.fromhex(digits)
    return data if data.startswith(MARK) else data.decode()


def _bound(table: str, column: str, key: tuple[str | int, ...]) -> bytes:
    return "\0".join((_PLACES[table, column], *map(str, key))).encode()
