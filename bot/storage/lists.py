"""Lists of co-signers that were sent and are not yet added: one a person."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bot.conversation.signing import kept as asked
from bot.conversation.signing.kept import ListKept
from bot.letters.signatory_tables import Table
from bot.letters.sound import read_json
from bot.storage.errors import reading
from bot.storage.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.conversation.talk.values import Change
    from bot.storage.shelf import Keep


class Lists(Shelf, asked.Lists):
    """The lists in one database."""

    @property
    def keeps(self) -> Mapping[type[Change], Keep]:
        """See `Shelf`."""
        return {ListKept: self._keep}

    @reading()
    def of(self, user_id: str) -> Table | None:
        """The list that the user sent and has not yet added."""
        rows = self._rows("SELECT data FROM lists WHERE user_id = ?", user_id)
        if not rows:
            return None
        return Table.from_json(read_json(self._sealing.open(rows[0][0], "lists", "data", user_id)))

    def _keep(self, user_id: str, change: ListKept) -> None:
        self._execute("DELETE FROM lists WHERE user_id = ?", (user_id,))
        if change.table:
            data = self._sealing.close(json.dumps(change.table.to_json()), "lists", "data", user_id)
            self._execute("INSERT INTO lists (user_id, data) VALUES (?, ?)", (user_id, data))
