"""How each change of a signing is kept."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.conversation.endorsing.kept import (
    EndorserBound,
    EndorserKept,
    EndorserRemoved,
    EndorserSpoke,
    Heard,
    LinkMade,
    LinksRevoked,
    LinkUsed,
    LinkVisited,
    Nudged,
    Reminded,
    SigningKept,
    SigningOpened,
    SigningRemoved,
    Told,
    VersionMade,
)
from bot.signings.texts import to_json
from bot.signings.tokens import AFTER_DEADLINE
from bot.signings.values import TO_REMIND, Kind, Status
from bot.storage.cards import MOVED
from bot.storage.errors import reading
from bot.storage.shelf import Shelf
from bot.storage.signing_rows import (
    ENDORSER,
    OF_SIGNINGS,
    endorser_data,
    endorser_from,
    signing_data,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.conversation.talk.values import Change
    from bot.signings.texts import Text
    from bot.signings.values import Endorser
    from bot.storage.shelf import Keep


class SigningChanges(Shelf):
    """What a turn, or a page, has changed of signings. Within the store's transaction."""

    @property
    def keeps(self) -> Mapping[type[Change], Keep]:
        """See `Shelf`."""
        return {
            SigningOpened: self._open,
            SigningKept: self._keep,
            VersionMade: self._renew,
            SigningRemoved: self._remove,
            EndorserKept: self._keep_endorser,
            EndorserSpoke: self._speak,
            EndorserBound: self._bind,
            EndorserRemoved: self._remove_endorser,
            LinkMade: self._make_link,
            LinkUsed: self._use_link,
            LinkVisited: self._visit_link,
            LinksRevoked: self._revoke,
            Heard: self._hear,
            Told: self._tell,
            Nudged: self._nudge,
            Reminded: self._remind,
        }

    def _open(self, user_id: str, change: SigningOpened) -> None:
        one = change.signing
        self._execute(
            "INSERT INTO signings (id, user_id, data, deadline, version, acts, heard, closed,"
            " nudged) VALUES (?, ?, ?, ?, ?, 0, 0, '', 0)",
            (
                one.id,
                user_id,
                signing_data(one, self._sealing),
                one.deadline.isoformat(),
                one.version,
            ),
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
                for data in [self._closed(text, signing_id, version, number)]
            ],
        )

    def _closed(self, text: Text, *place: str | int) -> str | bytes:
        return self._sealing.close(
            json.dumps(to_json(text.letter)), "signing_texts", "data", *place
        )

    def _keep(self, user_id: str, change: SigningKept) -> None:
        one = change.signing
        self._execute(
            "UPDATE signings SET data = ?, deadline = ?, heard = ?, closed = ?, nudged = ?"
            " WHERE id = ? AND user_id = ?",
            (
                *(signing_data(one, self._sealing), one.deadline.isoformat(), one.heard),
                *(one.closed.isoformat() if one.closed else "", one.nudged, one.id, user_id),
            ),
        )
        self._execute(
            "UPDATE signing_links SET expires = ? WHERE signing_id = ? AND kind != ?",
            ((one.deadline + AFTER_DEADLINE).isoformat(), one.id, Kind.PRIVATE),
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

    def _speak(self, _user_id: str, change: EndorserSpoke) -> None:
        self._put_endorser(change.signing_id, change.endorser)
        self._record(change.signing_id, change.endorser)
        # Whoever asked may be looking at it: a moment later their card counts it, too.
        self._execute(
            "UPDATE users SET screen = ?1 WHERE screen = 0 AND coalesce(nullif(acting, ''), id) ="
            " (SELECT user_id FROM signings WHERE id = ?2)",
            (MOVED, change.signing_id),
        )

    def _bind(self, user_id: str, change: EndorserBound) -> None:
        self._execute(
            "UPDATE endorsers SET user_id = ? WHERE id = ?", (user_id, change.endorser_id)
        )

    def _put_endorser(self, signing_id: str, one: Endorser) -> None:
        self._execute(
            "INSERT INTO endorsers (id, signing_id, number, status, told, user_id, data) VALUES"
            " (?, ?, (SELECT coalesce(max(number), 0) + 1 FROM endorsers WHERE signing_id = ?),"
            " ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET status = excluded.status,"
            " told = excluded.told, user_id = excluded.user_id, data = excluded.data",
            (
                *(one.id, signing_id, signing_id, one.status, one.told, one.user_id),
                endorser_data(one, self._sealing),
            ),
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

    def _nudge(self, user_id: str, change: Nudged) -> None:
        self._execute(
            "UPDATE signings SET nudged = 1 WHERE id = ? AND user_id = ?",
            (change.signing_id, user_id),
        )

    def _remind(self, _user_id: str, change: Reminded) -> None:
        """Only that: what the same turn made of them stays."""
        one = self._endorser(change.endorser_id)
        if one is None:
            return
        self._execute(
            "UPDATE endorsers SET data = ?, told = CASE WHEN ? = 1 THEN ? ELSE told END"
            " WHERE id = ?",
            (
                endorser_data(replace(one, reminded=change.at), self._sealing),
                *(change.here, TO_REMIND, one.id),
            ),
        )

    @reading()
    def _endorser(self, endorser_id: str) -> Endorser | None:
        row = self._execute(f"{ENDORSER} WHERE id = ?", (endorser_id,)).fetchone()
        return endorser_from(row, self._sealing)[1] if row else None

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
            "UPDATE signing_links SET used = 1 WHERE kind = ? AND endorser_id ="
            " (SELECT endorser_id FROM signing_links WHERE digest = ?)",
            (Kind.INVITATION, change.digest),
        )

    def _revoke(self, _user_id: str, change: LinksRevoked) -> None:
        """Who came by one of them and said nothing yet is let go of, too."""
        one = self._endorser(change.endorser_id)
        if one and one.at is None:
            self._execute("UPDATE endorsers SET user_id = '' WHERE id = ?", (one.id,))
        self._execute(
            "UPDATE signing_links SET revoked = 1 WHERE signing_id = ? AND endorser_id = ?"
            " AND kind != ?",
            (change.signing_id, change.endorser_id, Kind.PRIVATE),
        )
