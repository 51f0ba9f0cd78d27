"""Facts that administrators have sent, until they are stored or put aside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.conversation.facts import kept as asked
from bot.conversation.facts.kept import Proposal, ProposalsDropped
from bot.storage.errors import reading
from bot.storage.facts import row_of, version_from
from bot.storage.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.conversation.talk.values import Change
    from bot.letters.status import Version
    from bot.storage.shelf import Keep


class Proposals(Shelf, asked.Proposals):
    """The proposals in one database."""

    @property
    def keeps(self) -> Mapping[type[Change], Keep]:
        """See `Shelf`."""
        return {Proposal: self._keep, ProposalsDropped: self._drop}

    @reading()
    def of(self, user_id: str) -> tuple[Version, ...]:
        """What the administrator has sent and not yet stored."""
        rows = self._rows(
            "SELECT 0, treaty, as_of, signatories, parties, data FROM proposals WHERE user_id = ?"
            " ORDER BY rowid",
            user_id,
        )
        return tuple(version_from(row) for row in rows)

    def _keep(self, user_id: str, change: Proposal) -> None:
        self._execute(
            "INSERT INTO proposals (user_id, treaty, as_of, signatories, parties, data)"
            " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (user_id, treaty) DO UPDATE SET"
            " as_of = excluded.as_of, signatories = excluded.signatories,"
            " parties = excluded.parties, data = excluded.data, touched = ''",
            (user_id, *row_of(change.version)),
        )

    def _drop(self, user_id: str, _change: ProposalsDropped) -> None:
        self._execute("DELETE FROM proposals WHERE user_id = ?", (user_id,))
