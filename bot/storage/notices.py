"""Who is to be told that a State moved.

Those whose letters or drafts to the State name the treaty. What is undone before a person was told
is never told.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from bot.conversation.facts import kept as asked
from bot.conversation.facts.kept import Notice, NoticesRead, NoticesTold
from bot.conversation.many.kept import JobStatus
from bot.letters.model import Stage
from bot.letters.sound import read_json
from bot.storage.errors import reading, telling
from bot.storage.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from bot.conversation.talk.draft import Json
    from bot.conversation.talk.values import Change
    from bot.letters.differences import Difference
    from bot.storage.sealing import Sealing
    from bot.storage.shelf import Execute, Keep

_TOLD = """
SELECT coalesce(m.user_id, u.id) FROM users u
LEFT JOIN coalitions c ON c.id = u.id
LEFT JOIN members m ON m.coalition_id = c.id AND m.role != 'reader'
WHERE u.id = ? AND (c.id IS NULL OR m.user_id IS NOT NULL)
"""
"""Of a coalition's letters those are told who may do something about it."""


@reading()
def note(execute: Execute, sealing: Sealing, moved: Iterable[Difference]) -> None:
    """Remember whom each move concerns.

    All letters are looked through once for all moves: the database cannot see into them.
    """
    moves = {(one.treaty, one.state.iso3): one for one in moved}
    concerned: dict[tuple[str, str], set[str]] = {move: set() for move in moves}
    if not moves:
        return
    for owner, about in _letters(execute, sealing):
        for move in about & moves.keys():
            concerned[move].add(owner)
    for move, owners in concerned.items():
        people = {user for one in owners for (user,) in execute(_TOLD, (one,)).fetchall()}
        for user_id in sorted(people):
            _note(execute, user_id, moves[move])


def _letters(
    execute: Execute, sealing: Sealing
) -> Iterator[tuple[str, frozenset[tuple[str, str]]]]:
    """Whose each letter is, and of which treaties it speaks to which States."""
    for draft_id, owner, data in execute("SELECT id, user_id, data FROM drafts"):
        draft = read_json(sealing.open(data, "drafts", "data", draft_id))
        yield owner, _about(draft, (draft.get("state"),))
    done = "SELECT id, user_id, data FROM jobs WHERE status = ?"
    for job_id, owner, data in execute(done, (JobStatus.DONE,)):
        job = read_json(sealing.open(data, "jobs", "data", job_id))
        yield owner, _about(job.get("draft", {}), (one[0] for one in job.get("targets") or ()))


def _about(draft: Json, states: Iterable[str | None]) -> frozenset[tuple[str, str]]:
    treaties = (draft.get("treaty"), *(draft.get("also") or ()))
    return frozenset((one, state) for one, state in product(treaties, states) if one and state)


def _note(execute: Execute, user_id: str, one: Difference) -> None:
    where = (user_id, one.treaty, one.state.iso3)
    row = execute(
        "SELECT before FROM notices WHERE told = 0 AND user_id = ? AND treaty = ? AND state = ?",
        where,
    ).fetchone()
    before = row[0] if row else one.before.stage
    execute("DELETE FROM notices WHERE user_id = ? AND treaty = ? AND state = ?", where)
    if before != one.after.stage:
        execute(
            "INSERT INTO notices (user_id, treaty, state, before, told) VALUES (?, ?, ?, ?, 0)",
            (*where, before),
        )


class Notices(Shelf, asked.Notices):
    """The notices in one database."""

    @property
    def keeps(self) -> Mapping[type[Change], Keep]:
        """See `Shelf`."""
        return {NoticesTold: self._tell, NoticesRead: self._put_away}

    @reading()
    def of(self, user_id: str) -> tuple[Notice, ...]:
        """What the user is to be told or was told, and has not put away."""
        return tuple(
            Notice(treaty, state, Stage(before), bool(told))
            for treaty, state, before, told in self._rows(
                "SELECT treaty, state, before, told FROM notices WHERE user_id = ?"
                " ORDER BY treaty, state",
                user_id,
            )
        )

    def untold(self, channel: str) -> tuple[str, ...]:
        """The channel's users who are to be told something."""
        rows = self._rows(
            "SELECT DISTINCT user_id FROM notices WHERE told = 0 AND user_id LIKE ?",
            f"{channel}:%",
        )
        return tuple(user_id for (user_id,) in rows)

    def untell(self, user_id: str, told: Iterable[Notice]) -> None:
        """These did not reach the user: they are to be told again."""
        with telling(), self._db.atomic():
            self._mark(user_id, told, told=False)

    def _tell(self, user_id: str, change: NoticesTold) -> None:
        self._mark(user_id, change.notices, told=True)

    def _mark(self, user_id: str, notices: Iterable[Notice], *, told: bool) -> None:
        for one in notices:
            self._execute(
                "UPDATE notices SET told = ? WHERE user_id = ? AND treaty = ? AND state = ?"
                " AND before = ?",
                (told, user_id, one.treaty, one.state, one.before),
            )

    def _put_away(self, user_id: str, change: NoticesRead) -> None:
        for one in change.notices:
            self._execute(
                "DELETE FROM notices WHERE user_id = ? AND treaty = ? AND state = ? AND before = ?",
                (user_id, one.treaty, one.state, one.before),
            )
