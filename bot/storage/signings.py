"""Letters open for signing: texts, those who are asked, links, and the record of what was said."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.conversation.endorsing import kept as asked
from bot.conversation.endorsing.kept import (
    EndorserKept,
    EndorserRemoved,
    Heard,
    LinkMade,
    LinksRevoked,
    LinkUsed,
    LinkVisited,
    SigningKept,
    SigningOpened,
    SigningRemoved,
    Told,
    VersionMade,
)
from bot.letters.sound import read_json
from bot.signings.deadlines import NUDGE
from bot.signings.texts import Text, from_json, to_json
from bot.signings.values import Kind, Link, Status
from bot.storage.errors import reading
from bot.storage.shelf import Shelf
from bot.storage.signing_rows import (
    ENDORSER,
    LINK,
    OF_SIGNINGS,
    SIGNING,
    endorser_from,
    endorser_json,
    link_from,
    signing_from,
    signing_json,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from bot.conversation.talk.values import Change
    from bot.signings.values import Endorser, Signing
    from bot.storage.shelf import Keep


class Signings(Shelf, asked.Signings):
    """The signings in one database."""

    @property
    def keeps(self) -> Mapping[type[Change], Keep]:
        """See `Shelf`."""
        return {
            SigningOpened: self._open,
            SigningKept: self._keep,
            VersionMade: self._renew,
            SigningRemoved: self._remove,
            EndorserKept: self._keep_endorser,
            EndorserRemoved: self._remove_endorser,
            LinkMade: self._make_link,
            LinkUsed: self._use_link,
            LinkVisited: self._visit_link,
            LinksRevoked: self._revoke,
            Heard: self._hear,
            Told: self._tell,
        }

    @reading()
    def find(self, signing_id: str) -> Signing | None:
        """A signing, and how many stand where."""
        rows = self._rows(f"{SIGNING} WHERE id = ?", signing_id)
        return signing_from(rows[0], self._counts(signing_id)) if rows else None

    @reading()
    def of(self, user_id: str) -> tuple[Signing, ...]:
        """The user's own, the latest first."""
        rows = self._rows(f"{SIGNING} WHERE user_id = ? ORDER BY rowid DESC", user_id)
        return tuple(signing_from(row, self._counts(row[0])) for row in rows)

    def _counts(self, signing_id: str) -> dict[Status, int]:
        rows = self._rows(
            "SELECT status, count(*) FROM endorsers WHERE signing_id = ? GROUP BY status",
            signing_id,
        )
        return {Status(status): count for status, count in rows}

    @reading()
    def texts(self, signing_id: str, version: int) -> tuple[Text, ...]:
        """All texts of a version."""
        rows = self._rows(
            "SELECT key, data, digest FROM signing_texts WHERE signing_id = ? AND version = ?"
            " ORDER BY number",
            *(signing_id, version),
        )
        return tuple(Text(key, from_json(read_json(data)), digest) for key, data, digest in rows)

    def keys(self, signing_id: str, version: int) -> dict[str, str]:
        """The digests of a version's texts, by their keys."""
        rows = self._rows(
            "SELECT key, digest FROM signing_texts WHERE signing_id = ? AND version = ?"
            " ORDER BY number",
            *(signing_id, version),
        )
        return dict(rows)

    @reading()
    def made(self, signing_id: str) -> tuple[tuple[int, str, str, datetime], ...]:
        """Every text that ever held: version, key, digest, since when."""
        rows = self._rows(
            "SELECT version, key, digest, made FROM signing_texts WHERE signing_id = ?"
            " ORDER BY version, number",
            signing_id,
        )
        return tuple((v, key, digest, datetime.fromisoformat(at)) for v, key, digest, at in rows)

    @reading()
    def text(self, signing_id: str, version: int, key: str) -> Text | None:
        """One text."""
        rows = self._rows(
            "SELECT data, digest FROM signing_texts WHERE signing_id = ? AND version = ?"
            " AND key = ?",
            *(signing_id, version, key),
        )
        return Text(key, from_json(read_json(rows[0][0])), rows[0][1]) if rows else None

    @reading()
    def endorsers(
        self, signing_id: str, statuses: Collection[Status] = (), offset: int = 0, limit: int = -1
    ) -> tuple[Endorser, ...]:
        """Those who are asked."""
        chosen = tuple(map(str, statuses))
        among = ",".join("?" * len(chosen))
        only = f" AND status IN ({among})" if chosen else ""
        rows = self._rows(
            f"{ENDORSER} WHERE signing_id = ?{only} ORDER BY number LIMIT ? OFFSET ?",
            signing_id,
            *chosen,
            limit,
            offset,
        )
        return tuple(endorser_from(row)[1] for row in rows)

    @reading()
    def endorser(self, endorser_id: str) -> tuple[str, Endorser] | None:
        """One who is asked."""
        rows = self._rows(f"{ENDORSER} WHERE id = ?", endorser_id)
        return endorser_from(rows[0]) if rows else None

    @reading()
    def asked(self, user_id: str) -> tuple[tuple[str, Endorser], ...]:
        """What the user was asked to sign."""
        rows = self._rows(f"{ENDORSER} WHERE user_id = ? ORDER BY rowid DESC", user_id)
        return tuple(endorser_from(row) for row in rows)

    @reading()
    def link(self, digest: bytes) -> Link | None:
        """A link."""
        rows = self._rows(f"{LINK} WHERE digest = ?", digest)
        return link_from(rows[0]) if rows else None

    @reading()
    def links(self, signing_id: str) -> tuple[Link, ...]:
        """All links of a signing."""
        rows = self._rows(f"{LINK} WHERE signing_id = ? ORDER BY rowid", signing_id)
        return tuple(link_from(row) for row in rows)

    def acts_since(self, signing_id: str, number: int) -> tuple[str, ...]:
        """The ids of those who have said something after that act."""
        rows = self._rows(
            "SELECT endorser_id FROM signing_acts WHERE signing_id = ? AND number > ?"
            " ORDER BY number",
            *(signing_id, number),
        )
        return tuple(endorser_id for (endorser_id,) in rows)

    def to_tell(self, channel: str, now: datetime) -> tuple[str, ...]:
        """The users of a channel whom there may be something to tell."""
        soon = now + NUDGE
        own = f"{channel}:%"
        rows = self._rows(
            "SELECT user_id FROM signings WHERE acts > heard AND user_id LIKE ?"
            " UNION SELECT user_id FROM signings WHERE closed = '' AND nudged = 0"
            " AND deadline > ? AND deadline <= ? AND user_id LIKE ?"
            " UNION SELECT e.user_id FROM endorsers e JOIN signings s ON s.id = e.signing_id"
            " WHERE e.told < s.version AND s.closed = '' AND e.status IN (?, ?)"
            " AND e.user_id LIKE ?",
            *(own, now.isoformat(), soon.isoformat(), own, Status.PROPOSED, Status.ASKED, own),
        )
        return tuple(user_id for (user_id,) in rows)

    # How each change is kept.

    def _open(self, user_id: str, change: SigningOpened) -> None:
        one = change.signing
        self._execute(
            "INSERT INTO signings (id, user_id, data, deadline, version, acts, heard, closed,"
            " nudged) VALUES (?, ?, ?, ?, ?, 0, 0, '', 0)",
            (one.id, user_id, signing_json(one), one.deadline.isoformat(), one.version),
        )
        self._add_texts(one.id, one.version, change.texts, one.opened)
        for endorser in change.endorsers:
            self._put_endorser(one.id, endorser)

    def _add_texts(
        self, signing_id: str, version: int, texts: Iterable[Text], made: datetime
    ) -> None:
        self._db.conn.executemany(
            "INSERT INTO signing_texts (signing_id, version, number, key, digest, made, data)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (signing_id, version, number, text.key, text.digest, made.isoformat(), data)
                for number, text in enumerate(texts)
                for data in [json.dumps(to_json(text.letter))]
            ],
        )

    def _keep(self, user_id: str, change: SigningKept) -> None:
        one = change.signing
        self._execute(
            "UPDATE signings SET data = ?, deadline = ?, heard = ?, closed = ?, nudged = ?"
            " WHERE id = ? AND user_id = ?",
            (
                *(signing_json(one), one.deadline.isoformat(), one.heard),
                *(one.closed.isoformat() if one.closed else "", one.nudged, one.id, user_id),
            ),
        )

    def _renew(self, user_id: str, change: VersionMade) -> None:
        """See `bot.signings.acts.renewed`: who had confirmed or asked is proposed again."""
        one = change.signing
        self._keep(user_id, SigningKept(one))
        self._execute("UPDATE signings SET version = ? WHERE id = ?", (one.version, one.id))
        self._add_texts(one.id, one.version, change.texts, change.made)
        self._execute(
            "UPDATE endorsers SET status = ? WHERE signing_id = ? AND status IN (?, ?)",
            (Status.PROPOSED, one.id, Status.CONFIRMED, Status.ASKED),
        )

    def _remove(self, user_id: str, change: SigningRemoved) -> None:
        mine = self._rows(
            "SELECT 1 FROM signings WHERE id = ? AND user_id = ?", change.signing_id, user_id
        )
        if not mine:
            return
        for table in OF_SIGNINGS:
            self._execute(f"DELETE FROM {table} WHERE signing_id = ?", (change.signing_id,))  # noqa: S608 -- our own table names
        self._execute("DELETE FROM signings WHERE id = ?", (change.signing_id,))
        self._execute("PRAGMA user_version = 1")

    def _keep_endorser(self, _user_id: str, change: EndorserKept) -> None:
        self._put_endorser(change.signing_id, change.endorser)
        if change.acted:
            self._record(change.signing_id, change.endorser)

    def _put_endorser(self, signing_id: str, one: Endorser) -> None:
        self._execute(
            "INSERT INTO endorsers (id, signing_id, number, status, told, user_id, data) VALUES"
            " (?, ?, (SELECT coalesce(max(number), 0) + 1 FROM endorsers WHERE signing_id = ?),"
            " ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET status = excluded.status,"
            " told = excluded.told, user_id = excluded.user_id, data = excluded.data",
            (one.id, signing_id, signing_id, one.status, one.told, one.user_id, endorser_json(one)),
        )
        if one.erased:
            self._execute("PRAGMA user_version = 1")  # what was there is to be written over

    def _record(self, signing_id: str, one: Endorser) -> None:
        """The next act of the record. Two at once: the second fails, and nothing of it is kept."""
        shown = one.shown
        self._execute("UPDATE signings SET acts = acts + 1 WHERE id = ?", (signing_id,))
        self._execute(
            "INSERT INTO signing_acts (signing_id, number, endorser_id, status, at, version, key,"
            " digest) SELECT id, acts, ?, ?, ?, ?, ?, ? FROM signings WHERE id = ?",
            (
                *(one.id, one.status, (one.at or datetime.now(UTC)).isoformat()),
                *(shown.version if shown else 0, shown.key if shown else ""),
                shown.digest if shown else "",
                signing_id,
            ),
        )

    def _remove_endorser(self, _user_id: str, change: EndorserRemoved) -> None:
        self._execute("DELETE FROM signing_links WHERE endorser_id = ?", (change.endorser_id,))
        self._execute("DELETE FROM endorsers WHERE id = ?", (change.endorser_id,))

    def _hear(self, user_id: str, change: Heard) -> None:
        self._execute(
            "UPDATE signings SET heard = ? WHERE id = ? AND user_id = ?",
            (change.acts, change.signing_id, user_id),
        )

    def _tell(self, user_id: str, change: Told) -> None:
        self._execute(
            "UPDATE endorsers SET told = ? WHERE id = ? AND user_id = ?",
            (change.version, change.endorser_id, user_id),
        )

    def _make_link(self, _user_id: str, change: LinkMade) -> None:
        one = change.link
        self._execute(
            "INSERT INTO signing_links (digest, signing_id, endorser_id, kind, expires, used,"
            " revoked, visits) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (digest) DO NOTHING",
            (
                *(one.digest, one.signing_id, one.endorser_id, one.kind, one.expires.isoformat()),
                *(one.used, one.revoked, one.visits),
            ),
        )

    def _visit_link(self, _user_id: str, change: LinkVisited) -> None:
        self._execute(
            "UPDATE signing_links SET visits = visits + 1 WHERE digest = ?", (change.digest,)
        )

    def _use_link(self, _user_id: str, change: LinkUsed) -> None:
        self._execute(
            "UPDATE signing_links SET used = 1 WHERE digest = ? AND kind = ?",
            (change.digest, Kind.INVITATION),
        )

    def _revoke(self, _user_id: str, change: LinksRevoked) -> None:
        self._execute(
            "UPDATE signing_links SET revoked = 1 WHERE signing_id = ? AND endorser_id = ?"
            " AND kind != ?",
            (change.signing_id, change.endorser_id, Kind.PRIVATE),
        )
