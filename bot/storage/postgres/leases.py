"""Who does what, where several processes run on one database: leases that run out by themselves.

A lease is somebody's turn: a person's lane, a job, what is done once for all. Its holder renews it
every few seconds; of one who died it runs out, and whoever looks next takes it. Times are the
server's, so that no process's clock counts.

Renewed is only what its holder knows that it has. One that could not be let go of while the server
was away, or that came back with a server that fell before its disk knew better, runs out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.storage.postgres.server import Server

SECONDS = 15.0
"""So long a lease holds without being renewed: as long others wait for one whose holder died."""

RENEW_SECONDS = 3.0
"""So often a process renews its leases, and looks for what has none."""

QUICK = "WITH quick AS (SELECT set_config('synchronous_commit', 'off', true))"
"""A lease may be lost with the server's last moments: it is not waited for its disk."""

OWN = "leases.holder = excluded.holder"
FREE = f"(leases.until < now() OR {OWN})"
_TAKE = (
    f"{QUICK} INSERT INTO leases (name, holder, until)"
    " SELECT $1, $2, now() + $3::float8 * interval '1 second' FROM quick"
    " ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until"
    " WHERE {} RETURNING 1"
)
_TAKE_FREE, _TAKE_OWN = _TAKE.format(FREE), _TAKE.format(OWN)
_RENEW = (
    f"{QUICK} UPDATE leases SET until = now() + $2::float8 * interval '1 second'"
    " FROM quick WHERE holder = $1 AND name = ANY($3) RETURNING name"
)
_DROP = f"{QUICK} DELETE FROM leases USING quick WHERE name = $1 AND holder = $2"
_DROP_ALL = "DELETE FROM leases WHERE holder = $1"
_SWEEP = "DELETE FROM leases WHERE name NOT LIKE $1 || '%' AND until < now() - interval '1 hour'"


class Leases:
    """The leases of one process. Everything raises `StoreError`."""

    seconds = SECONDS

    def __init__(self, server: Server, holder: str) -> None:
        self._server = server
        self.holder = holder
        self._held: set[str] = set()

    def take(self, name: str, *, of_the_dead: bool = True) -> bool:
        """Whether it is ours now: that of somebody else, too, which has run out, if it may be."""
        statement = _TAKE_FREE if of_the_dead else _TAKE_OWN
        found = self._server.ask(statement, (name, self.holder, self.seconds)).fetchone()
        return self._found(name, is_ours=found is not None)

    def _found(self, name: str, *, is_ours: bool) -> bool:
        (self._held.add if is_ours else self._held.discard)(name)
        return is_ours

    def renew(self) -> frozenset[str]:
        """Go on with all that are ours; which these are. One that has run out may be another's."""
        found = self._server.ask(_RENEW, (self.holder, self.seconds, list(self._held))).fetchall()
        self._held = {name for (name,) in found}
        return frozenset(self._held)

    def drop(self, name: str) -> None:
        """Let go of it, where it is ours; while that cannot be said it runs out."""
        self._held.discard(name)
        self._server.ask(_DROP, (name, self.holder))

    def drop_all(self) -> None:
        """Let go of everything: others need not wait."""
        self._held.clear()
        self._server.ask(_DROP_ALL, (self.holder,))

    def sweep(self, but: str) -> None:
        """Take away what ran out long ago, of processes that have gone; not what begins so."""
        self._server.ask(_SWEEP, (but,))
