"""Who does what, where several processes run on one database: leases that run out by themselves.

A lease is somebody's turn: a person's lane, a job, what is done once for all. Its holder renews it
every few seconds; of one who died it runs out, and whoever looks next takes it. Times are the
server's, so that no process's clock counts.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.storage.postgres.server import Server

SECONDS = 15
"""So long a lease holds without being renewed: as long others wait for one whose holder died."""

RENEW_SECONDS = 3.0
"""So often a process renews its leases, and looks for what has none."""

QUICK = "WITH quick AS (SELECT set_config('synchronous_commit', 'off', true))"
"""A lease may be lost with the server's last moments: it is not waited for its disk."""

FREE = "(leases.until < now() OR leases.holder = excluded.holder)"
_TAKE = (
    f"{QUICK} INSERT INTO leases (name, holder, until)"
    f" SELECT $1, $2, now() + interval '{SECONDS} seconds' FROM quick"
    " ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until"
    f" WHERE {FREE} RETURNING xmax <> 0"
)
_RENEW = (
    f"{QUICK} UPDATE leases SET until = now() + interval '{SECONDS} seconds'"
    " FROM quick WHERE holder = $1 RETURNING name"
)
_DROP = f"{QUICK} DELETE FROM leases USING quick WHERE name = $1 AND holder = $2"
_DROP_ALL = "DELETE FROM leases WHERE holder = $1"


class Claim(Enum):
    """What became of a claim: `AFTER` one who let it run out, who may have died."""

    NO = 0
    FREE = 1
    AFTER = 2

    @classmethod
    def of(cls, was_there: bool | None) -> Claim:  # noqa: FBT001 -- as the database says it
        """Of whether there was a lease already; None where it is another's."""
        return cls.NO if was_there is None else cls.AFTER if was_there else cls.FREE


class Leases:
    """The leases of one process. Everything raises `StoreError`."""

    def __init__(self, server: Server, holder: str) -> None:
        self._server = server
        self.holder = holder

    def take(self, name: str) -> bool:
        """Whether it is ours now."""
        return self.claimed(name) is not Claim.NO

    def claimed(self, name: str) -> Claim:
        """Whether it is ours now, and whether it was somebody's before."""
        row = self._server.ask(_TAKE, (name, self.holder)).fetchone()
        return Claim.of(row and row[0])

    def renew(self) -> frozenset[str]:
        """Go on with all that are ours; which these are. One that has run out may be another's."""
        found = self._server.ask(_RENEW, (self.holder,)).fetchall()
        return frozenset(name for (name,) in found)

    def drop(self, name: str) -> None:
        """Let go of it, where it is ours."""
        self._server.ask(_DROP, (name, self.holder))

    def drop_all(self) -> None:
        """Let go of everything: others need not wait."""
        self._server.ask(_DROP_ALL, (self.holder,))
