"""Whom the bot lets in, invitations, blocks, and how much each person did today."""

from __future__ import annotations

import hashlib
import hmac
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.conversation.access import kept as asked
from bot.conversation.access.kept import (
    Blocked,
    BlockTold,
    CameIn,
    Code,
    CodeMade,
    CodesRevoked,
    CountedOn,
    Crowd,
    LetIn,
    ShutOut,
    Unblocked,
)
from bot.conversation.many.kept import JobStatus
from bot.conversation.talk.access import Known, Way
from bot.conversation.talk.limits import Kind
from bot.storage.errors import reading
from bot.storage.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    from bot.conversation.talk.values import Change
    from bot.storage.shelf import Keep

KEPT_DAYS = 2
"""Counts of more days ago, and of days to come, are of no use: the clock may have been wrong."""

_HELD = """
SELECT (SELECT coalesce(sum(length(data)), 0) FROM drafts WHERE user_id = ?1)
+ (SELECT coalesce(sum(length(r.data)), 0) FROM revisions r JOIN drafts d ON d.id = r.draft_id
    WHERE d.user_id = ?1)
+ (SELECT coalesce(sum(length(signatories) + length(name)), 0) FROM sets WHERE user_id = ?1)
+ (SELECT coalesce(sum(length(data)), 0) FROM jobs WHERE user_id = ?1)
"""


class Access(Shelf, asked.Accesses):
    """Who may use the bot, in one database."""

    _key = b""

    @property
    def keeps(self) -> Mapping[type[Change], Keep]:
        """See `Shelf`."""
        return {
            CodeMade: self._make,
            CodesRevoked: self._revoke,
            LetIn: lambda _user, change: self._admit(change.user_id, Way.ADMINISTRATOR),
            ShutOut: self._shut_out,
            Blocked: self._block,
            Unblocked: self._unblock,
            CameIn: self._come_in,
            BlockTold: self._tell,
            CountedOn: self._count,
        }

    @reading()
    def of(self, user_id: str) -> Known:
        """What is known of somebody."""
        ((known, way, told),) = self._rows(
            "SELECT EXISTS (SELECT 1 FROM users WHERE id = ?1),"
            " (SELECT way FROM admissions WHERE user_id = ?1),"
            " (SELECT told FROM blocks WHERE mark = ?2)",
            *(user_id, self._mark(user_id)),
        )
        return Known(bool(known), Way(way) if way else None, told is not None, told or "")

    @reading()
    def code(self, digest: bytes) -> Code | None:
        """The invitation of that digest."""
        rows = self._rows("SELECT digest, uses, expires FROM access_codes WHERE digest = ?", digest)
        return _code_from(*rows[0]) if rows else None

    @reading()
    def codes(self, now: datetime) -> tuple[Code, ...]:
        """The invitations that still let somebody in, by when they end."""
        rows = self._rows(
            "SELECT digest, uses, expires FROM access_codes WHERE uses > 0 AND expires > ?"
            " ORDER BY expires, rowid",
            now.isoformat(),
        )
        return tuple(_code_from(*row) for row in rows)

    def crowd(self, named: Collection[str]) -> Crowd:
        """How many there are, but those who are let in because the settings name them."""
        among = ",".join("?" * len(named))
        ((let_in, guests, blocked),) = self._rows(
            "SELECT (SELECT count(*) FROM admissions),"  # noqa: S608 -- no value
            " (SELECT count(*) FROM users WHERE id NOT IN (SELECT id FROM coalitions)"
            f" AND id NOT IN (SELECT user_id FROM admissions) AND id NOT IN ({among})),"
            " (SELECT count(*) FROM blocks)",
            *named,
        )
        return Crowd(let_in, guests, blocked)

    def admitted(self) -> tuple[tuple[str, str, str], ...]:
        """Who was let in: id, how, since when."""
        return tuple(
            self._rows("SELECT user_id, way, since FROM admissions ORDER BY since, user_id")
        )

    def not_admitted(self, channel: str) -> tuple[str, ...]:
        """Those of a channel of whom something is kept, and who were not let in."""
        rows = self._rows(
            "SELECT id FROM users WHERE id LIKE ? AND id NOT IN (SELECT user_id FROM admissions)"
            " ORDER BY id",
            f"{channel}:%",
        )
        return tuple(user_id for (user_id,) in rows)

    @reading()
    def counts(
        self, user_id: str, day: date, kinds: Collection[Kind], *, masked: bool
    ) -> Mapping[Kind, int]:
        """How often somebody did these things on the day."""
        among = ",".join("?" * len(kinds))
        rows = self._rows(
            f"SELECT kind, number FROM counts WHERE user_id = ? AND day = ? AND kind IN ({among})",  # noqa: S608 -- no value
            *(self._named(user_id, masked=masked), day.isoformat(), *kinds),
        )
        return {Kind(kind): number for kind, number in rows}

    def known_drafts(self, draft_ids: Collection[str]) -> int:
        """How many of these drafts are there."""
        among = ",".join("?" * len(draft_ids))
        rows = self._rows(f"SELECT count(*) FROM drafts WHERE id IN ({among})", *draft_ids)  # noqa: S608 -- no value
        return int(rows[0][0])

    def held(self, owner: str) -> int:
        """How much is kept of letters, their history and sets."""
        return int(self._rows(_HELD, owner)[0][0])

    def prune(self, today: date) -> None:
        """Forget counts that are of no day near."""
        span = timedelta(days=KEPT_DAYS)
        first, last = (today - span).isoformat(), (today + span).isoformat()
        near = "day < ? OR day > ?"
        if self._rows(f"SELECT 1 FROM counts WHERE {near} LIMIT 1", first, last):  # noqa: S608 -- no value
            self._set(f"DELETE FROM counts WHERE {near}", first, last)  # noqa: S608 -- no value

    def bot_name(self) -> str:
        """The user name that the bot had when it ran last; empty where it never did."""
        rows = self._rows("SELECT value FROM access_values WHERE name = 'bot'")
        return rows[0][0].decode() if rows else ""

    def name_bot(self, name: str) -> None:
        """Remember the bot's name, for the commands that make links."""
        if name != self.bot_name():
            self._set(
                "INSERT INTO access_values (name, value) VALUES ('bot', ?)"
                " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                name.encode(),
            )

    def _mark(self, user_id: str) -> bytes:
        """What stands for somebody where their id may not: nobody learns it without the key."""
        if not self._key:
            self._key = self._rows("SELECT value FROM access_values WHERE name = 'key'")[0][0]
        return hmac.new(self._key, user_id.encode(), hashlib.sha256).digest()

    def _named(self, user_id: str, *, masked: bool) -> str:
        return f"mark:{self._mark(user_id).hex()}" if masked else user_id

    def _make(self, user_id: str, change: CodeMade) -> None:
        del user_id
        one = change.code
        self._execute("DELETE FROM access_codes WHERE uses <= 0")
        self._execute(
            "INSERT INTO access_codes (digest, uses, expires) VALUES (?, ?, ?)",
            (one.digest, one.uses, one.expires.isoformat()),
        )

    def _revoke(self, user_id: str, change: CodesRevoked) -> None:
        del user_id
        for digest in change.digests:
            self._execute("DELETE FROM access_codes WHERE digest = ?", (digest,))

    def _admit(self, user_id: str, way: Way) -> None:
        """An administrator's word takes the place of another way; no other takes that of it."""
        known = self._execute("SELECT way FROM admissions WHERE user_id = ?", (user_id,)).fetchone()
        if known and way is not Way.ADMINISTRATOR:
            return
        self._execute(
            "INSERT INTO admissions (user_id, way, since) VALUES (?, ?, ?)"
            " ON CONFLICT (user_id) DO UPDATE SET way = excluded.way, since = excluded.since",
            (user_id, way, datetime.now(UTC).date().isoformat()),
        )

    def _shut_out(self, user_id: str, change: ShutOut) -> None:
        del user_id
        self._execute("DELETE FROM admissions WHERE user_id = ?", (change.user_id,))
        self._execute("DELETE FROM inbox WHERE user_id = ?", (change.user_id,))

    def _come_in(self, user_id: str, change: CameIn) -> None:
        self._admit(user_id, change.way)
        self._execute("UPDATE access_codes SET uses = uses - 1 WHERE digest = ?", (change.digest,))

    def _block(self, user_id: str, change: Blocked) -> None:
        """And nothing is written for them to its end, nor what they sent last looked at."""
        del user_id
        self._execute("DELETE FROM inbox WHERE user_id = ?", (change.user_id,))
        self._execute(
            "INSERT INTO blocks (mark, since, told) VALUES (?, ?, '') ON CONFLICT DO NOTHING",
            (self._mark(change.user_id), datetime.now(UTC).date().isoformat()),
        )
        self._execute(
            "UPDATE jobs SET status = ? WHERE status = ? AND (user_id = ? OR begun_by = ?)",
            (JobStatus.CANCELLED, JobStatus.RUNNING, change.user_id, change.user_id),
        )

    def _unblock(self, user_id: str, change: Unblocked) -> None:
        del user_id
        self._execute("DELETE FROM blocks WHERE mark = ?", (self._mark(change.user_id),))

    def _tell(self, user_id: str, change: BlockTold) -> None:
        self._execute(
            "UPDATE blocks SET told = ? WHERE mark = ?",
            (change.day.isoformat(), self._mark(user_id)),
        )

    def _count(self, user_id: str, change: CountedOn) -> None:
        named, day = self._named(user_id, masked=change.masked), change.day.isoformat()
        for kind, number in change.numbers.items():
            self._execute(
                "INSERT INTO counts (user_id, day, kind, number) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (user_id, day, kind)"
                " DO UPDATE SET number = counts.number + excluded.number",
                (named, day, kind, number),
            )


def _code_from(digest: bytes, uses: int, expires: str) -> Code:
    return Code(digest, uses, datetime.fromisoformat(expires))
