"""Saved sets of co-signers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bot.conversation.signing.kept import SetKept, SetRemoved
from bot.conversation.talk.draft import signatories_to_json
from bot.storage.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.conversation.talk.values import Change, SignatorySet
    from bot.storage.sealing import Sealing
    from bot.storage.shelf import Execute, Keep


class Sets(Shelf):
    """The sets in one database; they are loaded with the session."""

    @property
    def keeps(self) -> Mapping[type[Change], Keep]:
        """See `Shelf`."""
        return {SetKept: self._keep, SetRemoved: self._remove}

    def _keep(self, user_id: str, change: SetKept) -> None:
        save_set(self._execute, self._sealing, user_id, change.saved)

    def _remove(self, user_id: str, change: SetRemoved) -> None:
        self._execute("DELETE FROM sets WHERE id = ? AND user_id = ?", (change.set_id, user_id))


def save_set(execute: Execute, sealing: Sealing, user_id: str, saved: SignatorySet) -> None:
    """The set, new or as it is now. Within a transaction."""
    signatories = json.dumps(signatories_to_json(saved.signatories))
    execute(
        "INSERT INTO sets (id, user_id, name, signatories) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET name = excluded.name,"
        " signatories = excluded.signatories WHERE sets.user_id = excluded.user_id",
        (
            *(saved.id, user_id, sealing.close(saved.name, "sets", "name", saved.id)),
            sealing.close(signatories, "sets", "signatories", saved.id),
        ),
    )
