"""The key file: the keys of one database, the first of which closes what is written.

A line for each key: its id, which tells whether a slip has changed the line, and the key itself.
Whoever can read the file can read all; whoever has lost it can read nothing.
"""

from __future__ import annotations

import base64
import binascii
import os
import re
import secrets
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from bot.storage.errors import StoreError
from bot.storage.sealing import KEY_BYTES, Key

if TYPE_CHECKING:
    from collections.abc import Iterable

_LINE = re.compile(r"demarche-key ([0-9a-f]{8}) ([A-Za-z0-9+/]{43}=)")
_HEADING = """\
# The keys of Démarche's database. The first one encrypts; further ones open what
# was encrypted before. Keep a copy apart from the database and its backups:
# without this file nobody can read them.
"""
LARGEST = 64 * 1024
OTHERS_MAY = 0o037
"""Others must not read it, nor the group write it. That the group may read is not refused: systemd
hands a service its credentials so."""

HANDED_IN = Path("/run/secrets")
"""Where a container is handed its secrets, some with a mode for all: there is nobody else in it."""


class KeyFileError(StoreError):
    """The key file cannot be used; the text says why, and never holds a key."""


def new_key() -> Key:
    """A key by chance."""
    return Key(secrets.token_bytes(KEY_BYTES))


def read_keys(path: Path) -> tuple[Key, ...]:
    """The keys in a file, the one that closes first."""
    try:
        with path.open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            data = file.read(LARGEST)
    except OSError as error:
        message = f"the key file {path} cannot be read: {error.strerror}"
        raise KeyFileError(message) from None
    if mode & OTHERS_MAY and path.parent != HANDED_IN:
        message = f"the key file {path} may be read or changed by others: chmod 600 it"
        raise KeyFileError(message)
    lines = [line.strip() for line in data.decode("utf-8", "replace").splitlines()]
    keys = tuple(
        _key(path, number, line)
        for number, line in enumerate(lines, 1)
        if line and not line.startswith("#")
    )
    if not keys:
        message = f"the key file {path} holds no key: make one with “demarche keys new”"
        raise KeyFileError(message)
    return keys


def _key(path: Path, number: int, line: str) -> Key:
    found = _LINE.fullmatch(line)
    with suppress(binascii.Error):
        key = Key(base64.b64decode(found[2], validate=True)) if found else None
        if key and len(key.secret) == KEY_BYTES and _line(key) == line:
            return key
    message = f"the key file {path} is damaged: line {number} is no key; restore your copy of it"
    raise KeyFileError(message)


def _line(key: Key) -> str:
    return f"demarche-key {key.name} {base64.b64encode(key.secret).decode()}"


def make_keys(path: Path, keys: Iterable[Key]) -> None:
    """Write a key file where there is none yet."""
    try:
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        _write(file, keys)
        _settle(path.parent)
    except FileExistsError:
        message = f"{path} is there already and is left as it is: name another file"
        raise KeyFileError(message) from None
    except OSError as error:
        raise _unwritable(path, error) from None


def replace_keys(path: Path, keys: Iterable[Key]) -> None:
    """Write a key file anew: whole, or not at all."""
    path = path.resolve()
    beside = path.with_name(f"{path.name}.new")
    try:
        beside.unlink(missing_ok=True)
        _write(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), keys)
        was = path.stat()
        if (was.st_uid, was.st_gid) != (os.geteuid(), os.getegid()):
            os.chown(beside, was.st_uid, was.st_gid)
        beside.replace(path)
        _settle(path.parent)
    except OSError as error:
        raise _unwritable(path, error) from None


def _write(file: int, keys: Iterable[Key]) -> None:
    lines = (f"{_line(key)}\n" for key in keys)
    with os.fdopen(file, "w", encoding="utf-8") as stream:
        stream.write(_HEADING + "".join(lines))
        stream.flush()
        os.fsync(stream.fileno())


def _settle(folder: Path) -> None:
    """The folder's own entry survives a power cut, too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _unwritable(path: Path, error: OSError) -> KeyFileError:
    return KeyFileError(f"the key file {path} cannot be written: {error.strerror}")
