"""People's words in the database, row by row, for what looks through all of them.

Everything beside the shelves that reads or writes a column of `typed` goes through here: what is
done to such a column on its way to the disk and back is done in one place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from bot.storage.typed import TYPED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bot.storage.sealing import Sealing
    from bot.storage.shelf import Execute
    from bot.storage.typed import Typed

Word = str | bytes | None
Value = str | int | bytes

PLACES: Mapping[str, Typed] = {one.table: one for one in TYPED}
BYTES = frozenset({("letterheads", "word"), ("letterheads", "logo")})
"""The columns that hold files."""


class Row(NamedTuple):
    """A row: what tells it from others, what was asked for beside, and its words by column."""

    key: tuple[Value, ...]
    beside: tuple[Value, ...]
    words: dict[str, Word]


def read_words(  # noqa: PLR0913 -- a query, and what opens its values
    execute: Execute,
    sealing: Sealing,
    table: str,
    where: str = "TRUE",
    values: Sequence[Value] = (),
    *,
    beside: Sequence[str] = (),
) -> Iterator[Row]:
    """The rows of a table with their words, one at a time; rows may be written meanwhile.

    `where` looks at other columns than those with words, and so does what is read `beside`.
    """
    place = PLACES[table]
    names = ", ".join((*place.key, *beside, *place.columns))
    keys = execute(f"SELECT {', '.join(place.key)} FROM {table} WHERE {where}", values).fetchall()  # noqa: S608 -- our own names
    at = " AND ".join(f"{one} = ?" for one in place.key)
    for key in keys:
        for row in execute(f"SELECT {names} FROM {table} WHERE {at}", key).fetchall():  # noqa: S608 -- our own names
            first, last = len(place.key), len(place.key) + len(beside)
            words = {
                column: opened(sealing, table, column, stored, row[:first])
                for column, stored in zip(place.columns, row[last:], strict=True)
            }
            yield Row(row[:first], row[first:last], words)


def opened(sealing: Sealing, table: str, column: str, stored: Any, key: Sequence[Any]) -> Word:  # noqa: ANN401 -- as it stands in the row
    """What stands in a column of a row with that key."""
    if not stored:
        return stored  # type: ignore[no-any-return]
    read = sealing.open_bytes if (table, column) in BYTES else sealing.open
    return read(stored, table, column, *key)


def write_words(
    execute: Execute,
    sealing: Sealing,
    table: str,
    key: Sequence[Any],
    words: Mapping[str, Word],
) -> None:
    """Other words in some columns of a row. Within a transaction."""
    place = PLACES[table]
    strange = words.keys() - set(place.columns)
    if strange:
        message = f"no words stand in {sorted(strange)} of {table}"
        raise ValueError(message)
    names = ", ".join(f"{one} = ?" for one in words)
    at = " AND ".join(f"{one} = ?" for one in place.key)
    closed = [one and sealing.close(one, table, column, *key) for column, one in words.items()]
    execute(f"UPDATE {table} SET {names} WHERE {at}", (*closed, *key))  # noqa: S608 -- our own names
