"""One SQL for both engines: what little PostgreSQL says otherwise is said otherwise here.

The shelves write what SQLite and PostgreSQL both understand. Left are the placeholders, which
SQLite writes `?` or `?1`, a few functions, and statements about the file that the server has in a
table of its own.
"""

from __future__ import annotations

import re
from functools import cache

_PLACE = re.compile(r"\?(\d+)?")

_WHOLE = {
    # Whether something was deleted of which bytes are left: SQLite has a number in the file's head.
    "PRAGMA user_version": "SELECT erasing FROM marks",
    "PRAGMA user_version = 1": "UPDATE marks SET erasing = 1 WHERE erasing = 0",
    "PRAGMA user_version = 0": "UPDATE marks SET erasing = 0",
    "SELECT name FROM sqlite_master WHERE type = 'table'": (
        "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
    ),
}

_PARTS = {
    "lower(hex(digest))": "encode(digest, 'hex')",
    "json_group_array(json_array(s.id, hex(s.name), hex(s.signatories)))": (
        "coalesce(json_agg(json_build_array(s.id, encode(convert_to(s.name, 'UTF8'), 'hex'),"
        " encode(convert_to(s.signatories, 'UTF8'), 'hex'))), '[]')::text"
    ),
}


@cache
def said(statement: str) -> str:
    """A statement of the shelves as PostgreSQL understands it."""
    if statement in _WHOLE:
        return _WHOLE[statement]
    for part, ours in _PARTS.items():
        statement = statement.replace(part, ours)
    count = 0

    def numbered(found: re.Match[str]) -> str:
        nonlocal count
        count += 1
        return f"${found[1] or count}"

    return _PLACE.sub(numbered, statement)
