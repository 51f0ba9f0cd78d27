"""Letters open for signing: texts, those who are asked, links, and the record of what was said."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from bot.conversation.endorsing import kept as asked
from bot.letters.sound import read_json
from bot.signings.deadlines import NUDGE
from bot.signings.texts import Text, from_json
from bot.signings.values import Link, Status
from bot.storage.deletions import PUT_AWAY
from bot.storage.errors import reading
from bot.storage.signing_changes import SigningChanges
from bot.storage.signing_rows import (
    ENDORSER,
    LINK,
    SIGNING,
    endorser_from,
    link_from,
    signing_from,
)

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.signings.values import Endorser, Signing

_ANSWERS = f"signing_id NOT IN (SELECT id FROM signings WHERE user_id IN {PUT_AWAY})"  # noqa: S608 -- no value
"""What hangs on a signing whose owner has everything deleted is as if it were gone already."""


MOST = 2**31
"""Without a limit: no signing has so many."""


class Signings(SigningChanges, asked.Signings):
    """The signings in one database."""

    @reading()
    def find(self, signing_id: str) -> Signing | None:
        """A signing, and how many stand where."""
        rows = self._rows(f"{SIGNING} WHERE id = ? AND user_id NOT IN {PUT_AWAY}", signing_id)
        return signing_from(rows[0], self._counts(signing_id), self._sealing) if rows else None

    @reading()
    def of(self, user_id: str) -> tuple[Signing, ...]:
        """The user's own, the latest first."""
        rows = self._rows(f"{SIGNING} WHERE user_id = ? ORDER BY rowid DESC", user_id)
        return tuple(signing_from(row, self._counts(row[0]), self._sealing) for row in rows)

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
            "SELECT key, number, data, digest FROM signing_texts WHERE signing_id = ?"
            " AND version = ? ORDER BY number",
            *(signing_id, version),
        )
        return tuple(self._text(signing_id, version, row) for row in rows)

    def _text(self, signing_id: str, version: int, row: tuple[str, int, str, str]) -> Text:
        key, number, data, digest = row
        data = self._sealing.open(data, "signing_texts", "data", signing_id, version, number)
        return Text(key, from_json(read_json(data)), digest)

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
            "SELECT key, number, data, digest FROM signing_texts WHERE signing_id = ?"
            " AND version = ? AND key = ?",
            *(signing_id, version, key),
        )
        return self._text(signing_id, version, rows[0]) if rows else None

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
            limit if limit >= 0 else MOST,
            offset,
        )
        return tuple(endorser_from(row, self._sealing)[1] for row in rows)

    @reading()
    def endorser(self, endorser_id: str) -> tuple[str, Endorser] | None:
        """One who is asked."""
        rows = self._rows(f"{ENDORSER} WHERE id = ? AND {_ANSWERS}", endorser_id)
        return endorser_from(rows[0], self._sealing) if rows else None

    @reading()
    def asked(self, user_id: str) -> tuple[tuple[str, Endorser], ...]:
        """What the user was asked to sign."""
        rows = self._rows(
            f"{ENDORSER} WHERE user_id = ? AND {_ANSWERS} ORDER BY rowid DESC", user_id
        )
        return tuple(endorser_from(row, self._sealing) for row in rows)

    @reading()
    def link(self, digest: bytes) -> Link | None:
        """A link."""
        rows = self._rows(f"{LINK} WHERE digest = ? AND {_ANSWERS}", digest)
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
        """The users of a channel whom there may be something to tell.

        Of a coalition's signings, those who work for it now.
        """
        soon = now + NUDGE
        own = f"{channel}:%"
        rows = self._rows(
            "SELECT t.user_id FROM (SELECT s.id, s.user_id FROM signings s"
            " UNION ALL SELECT s.id, u.id FROM signings s JOIN users u ON u.acting = s.user_id) t"
            " JOIN signings s ON s.id = t.id WHERE t.user_id LIKE ? AND (s.acts > s.heard"
            " OR s.closed = '' AND s.nudged = 0 AND s.deadline > ? AND s.deadline <= ?)"
            " UNION SELECT e.user_id FROM endorsers e JOIN signings s ON s.id = e.signing_id"
            " WHERE e.told < s.version AND s.closed = '' AND e.status IN (?, ?)"
            " AND e.user_id LIKE ?",
            *(own, now.isoformat(), soon.isoformat(), Status.PROPOSED, Status.ASKED, own),
        )
        return tuple(user_id for (user_id,) in rows)
