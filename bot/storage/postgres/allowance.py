"""What Telegram allows to all processes together, in one place: so many messages a second.

A process takes a few at a time, so that the database is asked some times a second, not for each
message.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.storage.postgres.leases import QUICK

if TYPE_CHECKING:
    from bot.storage.postgres.server import Server

_GRANT = (
    f"{QUICK}, had AS (SELECT least($2::float8, a.tokens + $2::float8"
    " * greatest(extract(epoch FROM clock_timestamp() - a.at)::float8, 0)) AS tokens"
    " FROM allowances a, quick WHERE name = $1 FOR UPDATE OF a)"
    " UPDATE allowances SET tokens = had.tokens - floor(least(had.tokens, $3::float8)),"
    " at = clock_timestamp() FROM had WHERE name = $1"
    " RETURNING floor(least(had.tokens, $3::float8))::bigint"
)
_BEGIN = (
    "INSERT INTO allowances (name, tokens, at) VALUES ($1, $2, clock_timestamp())"
    " ON CONFLICT DO NOTHING"
)


class Allowance:
    """Messages that may be sent now. Raises `StoreError`."""

    def __init__(self, server: Server, name: str = "messages") -> None:
        self._server = server
        self._name = name
        self._begun = False

    def granted(self, rate: float, wanted: int) -> int:
        """How many of those wanted may be sent now, where `rate` a second are allowed to all."""
        if not self._begun:
            self._server.ask(_BEGIN, (self._name, rate))
            self._begun = True
        row = self._server.ask(_GRANT, (self._name, rate, wanted)).fetchone()
        return int(row[0]) if row else 0
