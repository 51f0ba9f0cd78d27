"""All that is kept, from one database into another: from a file to a server, and back.

Row by row, in the order in which rows came, within one transaction; then every row is read from
both and compared. What is encrypted stays so, with the same keys: its values are only written as
the columns of the other engine take them.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from typing import TYPE_CHECKING, Any

from bot.storage.errors import StoreError, telling
from bot.storage.sealing import MARK, TEXT_MARK
from bot.storage.typed import TYPED
from bot.storage.words import BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.storage.store import Store

TABLES = (
    *("users", "coalitions", "members", "invitations", "drafts", "revisions", "sets"),
    *("letterheads", "jobs", "lists", "proposals", "notices", "reminders", "facts"),
    *("signings", "signing_texts", "endorsers", "signing_links", "signing_acts"),
    *("mission_books", "missions", "mission_proposals", "updates", "inbox", "spent"),
    *("deletions", "looks", "doomed", "warnings", "removals", "seals", "admissions"),
    *("access_codes", "blocks", "counts", "access_values", "forgotten"),
)
"""All tables with what is kept, each behind those that it refers to."""

OWN = frozenset({"access_values", "seals"})
"""Of these a database has rows from its beginning: those of the one that is moved take their place.
"""

NUMBERED = ("facts", "removals")
"""The server counts these rows by itself: it goes on behind those that came."""

AT_ONCE = 500

_WORDS = {(one.table, column) for one in TYPED for column in one.columns} - BYTES


def move(source: Store, target: Store) -> int:
    """Copy everything; how many rows. Raises `StoreError` where the target is not empty.

    The target's transaction is undone where a row is not in it as it was in the source.
    """
    with telling():
        _check_empty(target)
        with target.atomic():
            for table in OWN:
                target.execute(f"DELETE FROM {table}")  # noqa: S608 -- our own table names
            rows = sum(_copied(source, target, table) for table in TABLES)
            for table in NUMBERED if target.lanes else ():
                target.execute(
                    f"SELECT setval(pg_get_serial_sequence('{table}', 'number'),"  # noqa: S608 -- our own names
                    f" (SELECT coalesce(max(number), 0) + 1 FROM {table}), false)"
                )
            for table in TABLES:
                _compare(source, target, table)
    return rows


def _check_empty(target: Store) -> None:
    for table in TABLES:
        if table in OWN:
            continue
        if target.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone():  # noqa: S608 -- our own table names
            message = f"the database to move to is not empty ({table}): name a new one"
            raise StoreError(message)


def columns_of(store: Store, table: str) -> tuple[str, ...]:
    """A table's columns, but for the number that a row has by itself."""
    found = store.execute(f"SELECT * FROM {table} LIMIT 0")  # noqa: S608 -- our own table names
    return tuple(sorted(name for name, *_rest in found.description if name != "rowid"))


def _rows(store: Store, table: str) -> Iterator[tuple[Any, ...]]:
    """The rows in the order in which they came; of encrypted values the bytes."""
    columns = columns_of(store, table)
    names = ", ".join(columns)
    words = [(table, name) in _WORDS for name in columns]
    last = -1
    while True:
        found = store.execute(
            f"SELECT rowid, {names} FROM {table} WHERE rowid > ? ORDER BY rowid LIMIT ?",  # noqa: S608 -- our own names
            (last, AT_ONCE),
        ).fetchall()
        for row in found:
            yield tuple(
                _plain(value) if is_word else value
                for value, is_word in zip(row[1:], words, strict=True)
            )
        if len(found) < AT_ONCE:
            return
        last = found[-1][0]


def _plain(value: Any) -> Any:  # noqa: ANN401 -- whatever a column holds
    if isinstance(value, str) and value.startswith(TEXT_MARK):
        return b64decode(value.removeprefix(TEXT_MARK))
    return value


def _closed(value: Any) -> Any:  # noqa: ANN401 -- as above
    if isinstance(value, bytes) and value.startswith(MARK):
        return TEXT_MARK + b64encode(value).decode("ascii")
    return value


def _copied(source: Store, target: Store, table: str) -> int:
    columns = columns_of(source, table)
    if columns != columns_of(target, table):
        message = f"{table} has other columns there: bring both to this version of the program"
        raise StoreError(message)
    marks = ", ".join("?" * len(columns))
    words = [(table, name) in _WORDS and bool(target.lanes) for name in columns]
    count = 0
    for row in _rows(source, table):
        values = [
            _closed(value) if is_word else value for value, is_word in zip(row, words, strict=True)
        ]
        target.execute(
            f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})",  # noqa: S608 -- our own names
            values,
        )
        count += 1
    return count


def _compare(source: Store, target: Store, table: str) -> None:
    ours, theirs = _rows(source, table), _rows(target, table)
    end = object()
    while True:
        one, other = next(ours, end), next(theirs, end)
        if one is end and other is end:
            return
        if one != other:
            message = f"a row of {table} is not there as it was here: nothing was moved"
            raise StoreError(message)
