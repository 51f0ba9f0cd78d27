"""Everybody's lane, where several processes take updates: each once, in their order.

An update that comes to any process is put into the inbox, and its sender's lane is taken with the
same statement where nobody has it. Who has the lane takes all that waits in it, the oldest first;
the row goes with the transaction that the update is. A lane whose holder died runs out. It is taken
over by a look alone (`abandoned`, `take_over`), never in passing: who takes it over first sends
what is owed to its person.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bot.storage.forgetting import spent
from bot.storage.postgres.begun import COUNT
from bot.storage.postgres.leases import OWN, Leases
from bot.storage.postgres.looks import Looks

if TYPE_CHECKING:
    from bot.storage.postgres.server import Server
    from bot.storage.sealing import Sealing

LANE, JOB, HERE = "lane:", "job:", "replica:"

MOST = 500
"""So many updates of one person wait; those beyond are not taken."""

AT_ONCE = 20
"""So many lanes or jobs a process takes over at one look: others look, too."""

_PUT = (
    "WITH kept AS (INSERT INTO inbox (channel, id, user_id, data) SELECT $1, $2, $3, $4"
    " WHERE NOT EXISTS (SELECT 1 FROM updates WHERE channel = $1 AND id = $2)"
    " AND NOT EXISTS (SELECT 1 FROM spent WHERE digest = $5)"
    f" AND (SELECT count(*) FROM inbox WHERE user_id = $3) < {MOST}"
    " ON CONFLICT DO NOTHING RETURNING 1),"
    " lane AS (INSERT INTO leases (name, holder, until)"
    " VALUES ($6, $7, now() + $8::float8 * interval '1 second')"
    " ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until"
    f" WHERE {OWN} RETURNING 1)"
    " SELECT (SELECT count(*) FROM kept), (SELECT count(*) FROM lane),"
    f" (SELECT count(*) FROM inbox WHERE user_id = $3) >= {MOST}"
)
_NEXT = "SELECT id, data FROM inbox WHERE channel = $1 AND user_id = $2 ORDER BY id LIMIT 1"
_WAITING = (
    "SELECT user_id FROM inbox i WHERE channel = $1 AND NOT EXISTS"
    f" (SELECT 1 FROM leases l WHERE l.name = '{LANE}' || i.user_id AND l.until >= now())"
    " GROUP BY user_id ORDER BY min(id) LIMIT $2"
)
_ABANDONED = (
    f"SELECT substr(name, {len(LANE) + 1}) FROM leases"
    f" WHERE name LIKE '{LANE}' || $1 || ':%' AND until < now() ORDER BY until LIMIT $2"
)
_JOBS = (
    "SELECT id, coalesce(nullif(begun_by, ''), user_id) FROM jobs j WHERE status = 'running'"
    " AND coalesce(nullif(begun_by, ''), user_id) LIKE $1 || ':%'"
    " AND coalesce(nullif(begun_by, ''), user_id) NOT IN (SELECT user_id FROM deletions)"
    f" AND NOT EXISTS (SELECT 1 FROM leases l WHERE l.name = '{JOB}' || j.id"
    " AND l.until >= now()) ORDER BY rowid LIMIT $2 FOR UPDATE OF j SKIP LOCKED"
)

_REPLICAS = f"SELECT count(*) FROM leases WHERE name LIKE '{HERE}%' AND until >= now()"


class Put(NamedTuple):
    """What became of an update: `claimed` that its lane is ours, `full` that too many wait."""

    kept: bool
    claimed: bool
    full: bool


class Lanes(Leases):
    """The lanes and the jobs, for one process among several. Everything raises `StoreError`."""

    def __init__(self, server: Server, holder: str, sealing: Sealing) -> None:
        super().__init__(server, holder)
        self._sealing = sealing
        self.looks = Looks(server, sealing)

    def replicas(self) -> int:
        """How many processes said lately that they run."""
        found = self._server.ask(_REPLICAS).fetchone()
        return int(found[0])

    def bury(self) -> None:
        """Count the deaths of those who died, and take away what ran out long ago.

        Before anything of theirs is taken over: see `begun`.
        """
        self._server.ask(COUNT, (HERE,))
        self.sweep(LANE)

    def put(self, channel: str, number: int, user_id: str, data: str) -> Put:
        """Keep an update for who has its sender's lane: us, where nobody has it."""
        closed = self._sealing.close(data, "inbox", "data", channel, number)
        kept, claimed, full = self._server.ask(
            _PUT,
            (
                *(channel, number, user_id, closed, spent(channel, number)),
                *(LANE + user_id, self.holder, self.seconds),
            ),
        ).fetchone()
        if claimed:
            self._found(LANE + user_id, is_ours=True)
        return Put(bool(kept), bool(claimed), full=bool(full) and not kept)

    def next(self, channel: str, user_id: str) -> tuple[int, str] | None:
        """The oldest update that waits in a lane: its number and itself; None for none."""
        row = self._server.ask(_NEXT, (channel, user_id)).fetchone()
        if row is None:
            return None
        number, data = row
        return number, self._sealing.open(data, "inbox", "data", channel, number)

    def claim(self, user_id: str) -> bool:
        """Whether the lane is ours now: nobody had it, or we do."""
        return self.take(LANE + user_id, of_the_dead=False)

    def take_over(self, user_id: str) -> bool:
        """Whether the lane of a holder that died is ours now, and not that of another who looks."""
        if not self.take(LANE + user_id):
            return False
        self.looks.forget(user_id)
        return True

    def leave(self, channel: str, user_id: str) -> bool:
        """Let go of the lane; whether something waits in it that came meanwhile."""
        with self._server.together():
            self.drop(LANE + user_id)
            return self._server.ask(_NEXT, (channel, user_id)).fetchone() is not None

    def waiting(self, channel: str) -> tuple[str, ...]:
        """Whose updates wait while nobody has their lane."""
        found = self._server.ask(_WAITING, (channel, AT_ONCE)).fetchall()
        return tuple(user for (user,) in found)

    def abandoned(self, channel: str) -> tuple[str, ...]:
        """Whose lane's holder died."""
        found = self._server.ask(_ABANDONED, (channel, AT_ONCE)).fetchall()
        return tuple(user for (user,) in found)

    def jobs(self, channel: str) -> tuple[tuple[str, str], ...]:
        """Jobs that nobody is at, which are ours now: user's id, job's."""
        with self._server.atomic():
            found = self._server.ask(_JOBS, (channel, AT_ONCE)).fetchall()
            return tuple((user, job) for job, user in found if self.take(JOB + job))
