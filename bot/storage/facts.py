"""Versions of the treaties' status: the latest that was not undone holds; none is ever deleted."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from bot.letters.status import Act, Version
from bot.storage.errors import StoreError, reason

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlite_utils import Database

    from bot.conversation.draft import Json


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


class Facts:
    """The versions in one database. Every method raises `StoreError`."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def stamp(self) -> tuple[int, int]:
        """Another value whenever other versions hold: how many there are, how many undone."""
        (row,) = self._rows("SELECT count(*), coalesce(sum(undone), 0) FROM facts")
        return int(row[0]), int(row[1])

    def present(self) -> tuple[Version, ...]:
        """The version of each treaty that holds; treaties without one are as shipped."""
        rows = self._rows(
            "SELECT number, treaty, as_of, signatories, parties, data FROM facts WHERE number IN"
            " (SELECT max(number) FROM facts WHERE undone = 0 GROUP BY treaty)"
        )
        return tuple(_version_from(row) for row in rows)

    def add(self, versions: Iterable[Version], added: date, stamp: tuple[int, int]) -> bool:
        """Add all in one transaction; False where other facts hold than when `stamp` was read."""
        try:
            with self._db.atomic():
                if self.stamp() != stamp:
                    return False
                for version in versions:
                    self._db.conn.execute(
                        "INSERT INTO facts (treaty, as_of, added, signatories, parties, data,"
                        " undone) VALUES (?, ?, ?, ?, ?, ?, 0)",
                        (
                            version.treaty,
                            version.as_of.isoformat(),
                            added.isoformat(),
                            version.signatories,
                            version.parties,
                            json.dumps(_to_json(version)),
                        ),
                    )
        except sqlite3.Error as error:
            raise StoreError(reason(error)) from error
        return True

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

    def undo(self, number: int) -> bool:
        """Let the version before this one hold again; False where this one does not hold."""
        try:
            with self._db.atomic():
                done = self._db.conn.execute(
                    "UPDATE facts SET undone = 1 WHERE number = ? AND number IN"
                    " (SELECT max(number) FROM facts WHERE undone = 0 GROUP BY treaty)",
                    (number,),
                )
        except sqlite3.Error as error:
            raise StoreError(reason(error)) from error
        return done.rowcount == 1

    def _rows(self, query: str, *values: str) -> list[Any]:
        try:
            return list(self._db.conn.execute(query, values).fetchall())
        except sqlite3.Error as error:
            raise StoreError(reason(error)) from error


def _to_json(version: Version) -> Json:
    return {
        "acts": {iso3: [_act_to_json(act) for act in acts] for iso3, acts in version.acts.items()},
        "organisations": [day.isoformat() for day in version.organisations],
    }


def _version_from(row: tuple[int, str, str, int, int, str]) -> Version:
    number, treaty, as_of, signatories, parties, data = row
    found = json.loads(data)
    acts = {iso3: tuple(_act_from(one) for one in acts) for iso3, acts in found["acts"].items()}
    days = tuple(date.fromisoformat(day) for day in found["organisations"])
    moment = datetime.fromisoformat(as_of)
    return Version(treaty, moment, signatories, parties, acts, days, number)


def _act_to_json(act: Act) -> list[str | bool]:
    days = (act.signed_on, act.acted_on, act.withdrawn_on)
    signed, acted, withdrawn = (day.isoformat() if day else "" for day in days)
    return [signed, act.by_succession, act.action, acted, withdrawn]


def _act_from(data: list[Any]) -> Act:
    signed, by_succession, action, acted, withdrawn = data
    return Act(_day(signed), by_succession, action, _day(acted), _day(withdrawn))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
