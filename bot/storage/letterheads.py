"""What stands at the head of people's letters."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bot.conversation.letterhead import kept as asked
from bot.conversation.letterhead.kept import LetterheadKept
from bot.letters.letterhead import Letterhead, Logo, letterhead
from bot.letters.sound import read_json
from bot.storage.errors import reading
from bot.storage.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sqlite_utils import Database

    from bot.conversation.talk.values import Change
    from bot.storage.sealing import Sealing
    from bot.storage.shelf import Keep


def _as_it_is(head: Letterhead) -> Letterhead:
    return head


class Letterheads(Shelf, asked.Letterheads):
    """The letterheads in one database.

    `ready` makes one ready to be set, where an earlier version kept it in another form.
    """

    def __init__(
        self,
        db: Database,
        sealing: Sealing,
        ready: Callable[[Letterhead], Letterhead | None] = _as_it_is,
    ) -> None:
        super().__init__(db, sealing)
        self.ready = ready

    @property
    def keeps(self) -> Mapping[type[Change], Keep]:
        """See `Shelf`."""
        return {LetterheadKept: self._keep}

    @reading()
    def of(self, user_id: str) -> Letterhead | None:
        """The user's letterhead."""
        rows = self._rows(
            "SELECT word, logo, kind, width, height, lines FROM letterheads WHERE user_id = ?",
            user_id,
        )
        if not rows:
            return None
        word, data, kind, width, height, lines = rows[0]
        sealing = self._sealing
        data = data and sealing.open_bytes(data, "letterheads", "logo", user_id)
        word = word and sealing.open_bytes(word, "letterheads", "word", user_id)
        lines = sealing.open(lines, "letterheads", "lines", user_id)
        logo = Logo(kind, data, width, height) if data else None
        found = letterhead(word, logo, tuple(read_json(lines)))
        return found and self.ready(found)

    def over(self, draft_id: str, user_id: str) -> Letterhead | None:
        """What stands at the head of that letter: of whose it is, else of the user."""
        rows = self._rows("SELECT user_id FROM drafts WHERE id = ?", draft_id)
        return self.of(rows[0][0] if rows else user_id)

    def _keep(self, user_id: str, change: LetterheadKept) -> None:
        self._execute("DELETE FROM letterheads WHERE user_id = ?", (user_id,))
        if change.head:
            self._add(user_id, change.head)

    def _add(self, user_id: str, head: Letterhead) -> None:
        logo, close = head.logo, self._sealing.close
        self._execute(
            "INSERT INTO letterheads (user_id, word, logo, kind, width, height, lines)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                user_id,
                close(head.word, "letterheads", "word", user_id),
                close(logo.data, "letterheads", "logo", user_id) if logo else b"",
                logo.kind if logo else "",
                logo.width if logo else 0,
                logo.height if logo else 0,
                close(json.dumps(head.lines), "letterheads", "lines", user_id),
            ),
        )
