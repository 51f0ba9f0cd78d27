"""What was begun and not ended when a process died, in the database that all of them see.

An update that ends one replica must not end the next, and the next. It is written as SQLite's
file beside the database is: it outlives the process, and a power cut may lose it.

What is begun again by the process that had begun it has ended nobody: the server was away as it was
to be said that it ended. And who stood still for long takes away no mark of who went on with it.

A process that dies has many things under way, and one of them at most has ended it. So a death is
counted in halves: a whole one for what was alone, half of one for what had company. What ends its
process does so again and again; what was there by chance has come to its end meanwhile.
"""

from __future__ import annotations

import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bot.storage.begun import KEPT
from bot.storage.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.storage.postgres.server import Server

log = logging.getLogger(__name__)

_BEGIN = (
    "WITH quick AS (SELECT set_config('synchronous_commit', 'off', true))"
    " INSERT INTO begun AS b (key, deaths, holder) SELECT $1, 0, $2 FROM quick"
    " ON CONFLICT (key) DO UPDATE SET holder = $2, at = now(),"
    " deaths = b.deaths + CASE WHEN b.holder IN ($2, '') THEN 0 ELSE 2 END"
    " RETURNING (deaths + 1) / 2"
)
_END = (
    "WITH quick AS (SELECT set_config('synchronous_commit', 'off', true))"
    " DELETE FROM begun USING quick WHERE key = $1 AND holder IN ($2, '')"
)
COUNT = (
    "WITH gone AS (SELECT b.holder, count(*) AS company FROM begun b JOIN leases l"
    " ON l.name = $1 || b.holder AND l.until < now() GROUP BY b.holder)"
    " UPDATE begun SET holder = '', deaths = deaths + CASE company WHEN 1 THEN 2 ELSE 1 END"
    " FROM gone WHERE gone.holder = begun.holder"
)
"""Of every process that has died: what it had begun has no holder any more."""

_PRUNE = (
    "DELETE FROM begun WHERE key IN (SELECT key FROM begun WHERE at < now() - interval '1 day'"
    " ORDER BY at DESC OFFSET $1)"
)


class BegunThere:
    """See `Begun`. `holder` is this process."""

    def __init__(self, server: Server, holder: str) -> None:
        self._server = server
        self._holder = holder

    @contextmanager
    def mark(self, key: str) -> Iterator[int]:
        """See `Begun`."""
        deaths = 0
        try:
            (deaths,) = self._server.ask(_BEGIN, (key, self._holder)).fetchone()
        except StoreError as error:
            log.warning("what is begun cannot be remembered: %s", error)
        try:
            yield deaths
        finally:
            self._said(_END, key, self._holder)

    def forget(self) -> None:
        """See `Begun`."""
        self._said("DELETE FROM begun WHERE holder = $1", self._holder)
        self._said(_PRUNE, KEPT)

    def close(self) -> None:
        """See `Begun`."""
        self._said("DELETE FROM begun WHERE holder = $1", self._holder)

    def _said(self, statement: str, *values: str | int) -> None:
        try:
            self._server.ask(statement, values)
        except StoreError as error:
            log.warning("what is begun cannot be remembered: %s", error)
