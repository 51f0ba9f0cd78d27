"""What the shelves stand on: SQLite's file (`file`) or a PostgreSQL server (`postgres`)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Protocol

from bot.storage.errors import StoreError
from bot.storage.file import File

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path

    from bot.storage.forgotten import Gone
    from bot.storage.postgres.allowance import Allowance
    from bot.storage.postgres.lanes import Lanes
    from bot.storage.sealing import Sealing

NO_DRIVER = (
    "PostgreSQL needs its driver: install the program as demarche[postgres]"
    " (pip install 'demarche[postgres]')"
)


class Marks(Protocol):
    """See `begun.Begun`."""

    def mark(self, key: str) -> AbstractContextManager[int]:
        """Do a piece of work; how often a process died of it before, or in the midst of it."""

    def forget(self) -> None:
        """Nothing is remembered but what is under way."""

    def close(self) -> None:
        """A stop that was meant is no death."""


class Engine(Protocol):
    """A database that is open, of this version's schema, and admits these keys.

    Everything raises `StoreError`.
    """

    @property
    def db(self) -> Any:  # noqa: ANN401 -- sqlite-utils' database, or one that answers like it
        """What the shelves ask."""

    @property
    def sealing(self) -> Sealing:
        """Closes values into what the columns take, and opens them."""

    @property
    def begun(self) -> Marks:
        """What a process may die of."""

    @property
    def lanes(self) -> Lanes | None:
        """Whose turn it is, where several processes run; None where one runs alone."""

    @property
    def allowance(self) -> Allowance | None:
        """What is allowed to all processes together; None where one runs alone."""

    def turn(self) -> AbstractContextManager[None]:
        """Reading and then writing, with no other process's in between."""

    def together(self) -> AbstractContextManager[None]:
        """Writes of a transaction that need not be waited for one by one."""

    def erase(self, gone: tuple[Gone, ...] | None, milliseconds: int) -> bool:
        """Write over what was deleted, `gone` among it; whether nothing is left of it.

        `gone` is None where nothing was.
        """

    def is_sound(self) -> bool:
        """Whether the database itself finds nothing damaged."""

    def close(self) -> None:
        """Let go of it."""


def engine(where: Path | str, sealing: Sealing, *, is_copy: bool = False) -> Engine:
    """The database at a path, or at a server's address. Raises `StoreError`."""
    if not isinstance(where, str):
        return File(where, sealing, is_copy=is_copy)
    try:
        from bot.storage.postgres.engine import Hosted  # noqa: PLC0415 -- the driver may be missing
    except ImportError as error:
        raise StoreError(NO_DRIVER) from error
    return Hosted(where, sealing)


def shown(where: Path | str) -> str:
    """Where the database is, without a password."""
    address = re.sub(r"(?<=://)([^/@:]*):[^@]*@", r"\1:…@", str(where))
    return address.partition("?")[0] if isinstance(where, str) else address
