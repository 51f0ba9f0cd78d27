"""Values on their way to the server and back: as the shelves know them from SQLite."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from psycopg.adapt import Loader
from psycopg.types.numeric import Int8BinaryDumper
from psycopg.types.string import BytesBinaryDumper

if TYPE_CHECKING:
    from psycopg import Connection
    from psycopg.abc import Buffer


class WholeNumber(Loader):
    """A sum: SQLite gives whole numbers, PostgreSQL a decimal."""

    def load(self, data: Buffer) -> int | float:
        """See `Loader`."""
        text = bytes(data).decode("ascii")
        return float(text) if "." in text else int(text)


class Truth(Int8BinaryDumper):
    """A column of SQLite's has 1 and 0 for yes and no, and so have ours."""

    def dump(self, obj: Any) -> Buffer | None:  # noqa: ANN401 -- as the library has it
        """See `Dumper`."""
        return super().dump(int(obj))


class Number(Int8BinaryDumper):
    """Every number is as wide: else each width is a statement of its own to the server."""


def adapt(connection: Connection[Any]) -> None:
    """Teach a connection the kinds."""
    adapters = connection.adapters
    adapters.register_dumper(bool, Truth)
    adapters.register_dumper(int, Number)
    adapters.register_dumper(bytes, BytesBinaryDumper)
    adapters.register_loader("numeric", WholeNumber)
