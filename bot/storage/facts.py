"""Versions of the treaties' status: the latest that was not undone holds; none is ever deleted."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from bot.conversation.facts.kept import FactsRenewed
from bot.letters.sound import read_json
from bot.letters.status import Act, Note, Version
from bot.storage import notices
from bot.storage.errors import StoreError, reading, telling
from bot.storage.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.conversation.facts.kept import Renewal
    from bot.conversation.talk.draft import Json
    from bot.conversation.talk.values import Change
    from bot.letters.differences import Difference
    from bot.storage.sealing import Sealing
    from bot.storage.shelf import Execute, Keep


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the history."""

    number: int
    treaty: str
    as_of: datetime
    added: date
    signatories: int
    parties: int
    undone: bool
    holds: bool


class Facts(Shelf):
    """The versions in one database."""

    @property
    def keeps(self) -> Mapping[type[Change], Keep]:
        """See `Shelf`."""
        return {FactsRenewed: self._renew}

    def stamp(self) -> tuple[int, int]:
        """Another value whenever other versions hold: how many there are, how many undone."""
        (row,) = self._rows("SELECT count(*), coalesce(sum(undone), 0) FROM facts")
        return int(row[0]), int(row[1])

    def present(self) -> tuple[Version, ...]:
        """The version of each treaty that holds; treaties without one are as shipped."""
        return self._latest("")

    def without(self, treaty: str) -> tuple[Version, ...]:
        """Those that would hold if the one of that treaty were undone."""
        return self._latest(treaty)

    @reading()
    def _latest(self, but_one_of: str) -> tuple[Version, ...]:
        rows = self._rows(
            "SELECT number, treaty, as_of, signatories, parties, data FROM facts WHERE number IN"
            " (SELECT max(number) FROM facts WHERE undone = 0 AND number NOT IN"
            " (SELECT coalesce(max(number), 0) FROM facts WHERE undone = 0 AND treaty = ?)"
            " GROUP BY treaty)",
            but_one_of,
        )
        return tuple(version_from(row) for row in rows)

    def add(self, renewal: Renewal) -> bool:
        """Add all in one transaction; False where other facts hold than when it was prepared."""
        with telling(), self._db.atomic():
            if self.stamp() != renewal.stamp:
                return False
            _add(self._execute, self._sealing, renewal)
            return True

    @reading()
    def history(self, treaty: str = "") -> tuple[Entry, ...]:
        """Every version, the latest first."""
        rows = self._rows(
            "SELECT number, treaty, as_of, added, signatories, parties, undone, number IN"
            " (SELECT max(number) FROM facts WHERE undone = 0 GROUP BY treaty) FROM facts"
            " WHERE ? IN ('', treaty) ORDER BY number DESC",
            treaty,
        )
        return tuple(
            Entry(
                number,
                code,
                datetime.fromisoformat(as_of),
                date.fromisoformat(added),
                signatories,
                parties,
                bool(undone),
                bool(holds),
            )
            for number, code, as_of, added, signatories, parties, undone, holds in rows
        )

    def undo(self, number: int, moved: Iterable[Difference]) -> bool:
        """Let the version before this one hold again; False where this one does not hold."""
        with telling(), self._db.atomic():
            done = self._execute(
                "UPDATE facts SET undone = 1 WHERE number = ? AND number IN"
                " (SELECT max(number) FROM facts WHERE undone = 0 GROUP BY treaty)",
                (number,),
            )
            if done.rowcount == 1:
                notices.note(self._execute, self._sealing, moved)
            return done.rowcount == 1

    def _renew(self, _user_id: str, change: FactsRenewed) -> None:
        """What a turn has prepared. Raises `StoreError` where other facts hold by now."""
        if self.stamp() != change.renewal.stamp:
            message = "the facts have changed in the meantime"
            raise StoreError(message)
        _add(self._execute, self._sealing, change.renewal)


def _add(execute: Execute, sealing: Sealing, renewal: Renewal) -> None:
    for version in renewal.versions:
        execute(
            "INSERT INTO facts (treaty, as_of, added, signatories, parties, data, undone)"
            " VALUES (?, ?, ?, ?, ?, ?, 0)",
            row_of(version, renewal.added.isoformat()),
        )
    notices.note(execute, sealing, renewal.moved)


def row_of(version: Version, *more: str) -> tuple[str | int, ...]:
    """The values of a version's row, `more` behind its date."""
    return (
        version.treaty,
        version.as_of.isoformat(),
        *more,
        version.signatories,
        version.parties,
        json.dumps(_to_json(version)),
    )


def _to_json(version: Version) -> Json:
    return {
        "acts": {iso3: [_act_to_json(act) for act in acts] for iso3, acts in version.acts.items()},
        "organisations": [day.isoformat() for day in version.organisations],
        "unlisted": sorted(version.unlisted),
        "notes": {iso3: _note_to_json(note) for iso3, note in version.notes.items()},
        "dated": sorted(version.dated),
    }


def version_from(row: tuple[int, str, str, int, int, str]) -> Version:
    """A version from its row."""
    number, treaty, as_of, signatories, parties, data = row
    found = read_json(data)
    acts = {iso3: tuple(_act_from(one) for one in acts) for iso3, acts in found["acts"].items()}
    days = tuple(date.fromisoformat(day) for day in found["organisations"])
    moment = datetime.fromisoformat(as_of)
    # Versions of before these were kept have none.
    unlisted = frozenset(found.get("unlisted", ()))
    notes = {iso3: _note_from(note) for iso3, note in found.get("notes", {}).items()}
    dated = frozenset(found.get("dated", ()))
    return Version(treaty, moment, signatories, parties, acts, days, number, unlisted, notes, dated)


def _note_to_json(note: Note) -> list[str]:
    days = (note.effect_on, note.notified_on)
    return [note.number, note.text, *(day.isoformat() if day else "" for day in days)]


def _note_from(data: list[str]) -> Note:
    number, text, effect, notified = data
    return Note(number, text, _day(effect), _day(notified))


def _act_to_json(act: Act) -> list[str | bool]:
    days = (act.signed_on, act.acted_on, act.withdrawn_on)
    signed, acted, withdrawn = (day.isoformat() if day else "" for day in days)
    return [signed, act.by_succession, act.action, acted, withdrawn]


def _act_from(data: list[Any]) -> Act:
    signed, by_succession, action, acted, withdrawn = data
    return Act(_day(signed), by_succession, action, _day(acted), _day(withdrawn))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
