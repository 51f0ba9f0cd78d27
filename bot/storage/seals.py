"""Whether a database is encrypted, and whether the keys at hand are its own.

`seals` holds a row for each key that something may be closed with: its id, and a proof that opens
with it alone. What is clear and what is closed never stand side by side, but while “demarche keys”
is at work on it (`begun`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.storage.errors import StoreError
from bot.storage.typed import TYPED

if TYPE_CHECKING:
    from bot.storage.sealing import Key, Sealing
    from bot.storage.shelf import Execute

PROOF = "demarche"

NO_KEY = "the database is encrypted: set DEMARCHE_KEY_FILE to the file with its key"
OTHER_KEY = "the database is encrypted with another key than those in DEMARCHE_KEY_FILE"
STILL_CLEAR = "the database is not encrypted yet: stop the program and run “demarche keys apply”"
INTERRUPTED = "work on all of the database was interrupted: run “demarche keys {begun}” again"


class WrongKeyError(StoreError):
    """The keys at hand are not those of the database; the text says what to do."""


def seals_of(execute: Execute) -> dict[str, tuple[bytes, str]]:
    """The keys that something may be closed with: each one's proof, and what was begun."""
    if not _tables(execute) & {"seals"}:
        return {}
    found = execute("SELECT key, proof, begun FROM seals").fetchall()
    return {key: (proof, begun) for key, proof, begun in found}


def admit(execute: Execute, sealing: Sealing, begun: str = "") -> None:
    """Raise `WrongKeyError` where the database is not to be used with these keys.

    `begun` is the work on all of it that is to be done, or to be taken up again.
    """
    seals = seals_of(execute)
    for name, (proof, under_way) in seals.items():
        if not sealing.keys:
            raise WrongKeyError(NO_KEY)
        if name not in {key.name for key in sealing.keys} or not _opens(sealing, name, proof):
            raise WrongKeyError(OTHER_KEY)
        if under_way not in {"", begun}:
            raise WrongKeyError(INTERRUPTED.format(begun=under_way))
    if sealing.keys and not seals and begun != "apply" and _holds_words(execute):
        raise WrongKeyError(STILL_CLEAR)


def register(db: Any, sealing: Sealing, begun: str = "") -> None:  # noqa: ANN401 -- see `Engine`
    """Something may be closed with the first key from now on."""
    first = sealing.keys[:1]
    if first and first[0].name not in seals_of(db.conn.execute):
        with db.atomic():
            db.conn.execute(
                "INSERT INTO seals (key, proof, begun) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                (first[0].name, _proof(sealing, first[0]), begun),
            )


def _proof(sealing: Sealing, key: Key) -> str | bytes:
    return sealing.close(PROOF, "seals", "proof", key.name)


def _opens(sealing: Sealing, name: str, proof: bytes) -> bool:
    try:
        return sealing.open(proof, "seals", "proof", name) == PROOF
    except StoreError:
        return False


def _holds_words(execute: Execute) -> bool:
    there = _tables(execute)
    return any(
        execute(f"SELECT 1 FROM {one.table} LIMIT 1").fetchone()  # noqa: S608 -- our own table names
        for one in TYPED
        if one.table in there
    )


def _tables(execute: Execute) -> set[str]:
    found = execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    return {name for (name,) in found}
