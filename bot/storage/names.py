"""Where one person's name stands in the database, and taking it out everywhere.

While it is taken out the bot may run: each row is a transaction of its own, which counts in
`removals`. A turn that was under way meanwhile, with what it had read before, is not saved but
done again (see `Store.save`), and the rows are gone through until nothing is found.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from bot.conversation.endorsing.kept import EndorserSpoke
from bot.keeping.naming import Hits
from bot.letters.sound import read_json
from bot.signings.acts import erased
from bot.signings.values import NOBODY_YET
from bot.storage.errors import reading
from bot.storage.shelf import Shelf
from bot.storage.signing_rows import ENDORSER, SIGNING, endorser_from, signing_from
from bot.storage.typed import TYPED
from bot.storage.unnaming import CO_SIGNER, EDITS, ENGLISH, Unnaming, still
from bot.storage.words import PLACES, read_words, write_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from sqlite_utils import Database

    from bot.keeping.naming import Name
    from bot.signings.values import Endorser
    from bot.storage.sealing import Sealing
    from bot.storage.signings import Signings
    from bot.storage.words import Row, Value

LABELS = {
    "users": "last choices",
    "drafts": "letters",
    "revisions": "history of letters",
    "sets": "sets of co-signers",
    "letterheads": "letterheads",
    "jobs": "letters to many States",
    "lists": "lists not added yet",
    "inbox": "messages not read yet",
    "updates": "letters still to be sent",
    "signings": "signings",
    "signing_texts": "frozen texts",
    "endorsers": "those asked to sign",
    "coalitions": "coalitions",
    "members": "members of coalitions",
    "missions": "mission books",
    "mission_proposals": "mission books not stored yet",
}
"""What people call each table of `typed`."""

PASSES = 10
OWNERS = {"sets": "user_id", "letterheads": "user_id", "members": "user_id"}
"""Whose a row is, where it does not say itself in which language it is."""


@dataclass(slots=True)
class Found:
    """How many places there are, by table and as what; and how many are left as they are.

    `doubtful` may be parts of longer names, `left` cannot be changed: see `EDITS`.
    """

    places: Counter[tuple[str, str]] = field(default_factory=Counter)
    doubtful: Counter[str] = field(default_factory=Counter)
    left: Counter[str] = field(default_factory=Counter)


class Removal(NamedTuple):
    """A name that was removed: on which day, from how many places. Not which, nor by whom."""

    day: str
    places: int


class Names(Shelf):
    """The names in one database."""

    def __init__(self, db: Database, signings: Signings, sealing: Sealing) -> None:
        super().__init__(db, sealing)
        self._signings = signings

    @reading()
    def find(self, name: Name, *, every: bool = False) -> Found:
        """Where it stands. Nothing is changed."""
        found = Found()
        languages = self._languages()
        for table, row in self._all():
            unnaming, words = self._edited(table, row, name, languages, every=every)
            for what, count in (+unnaming.taken).items():
                found.places[table, what] += count
            left = still(name, {**row.words, **words})
            if table == "endorsers" and self._bearer(row, unnaming):
                found.places[table, CO_SIGNER] += 1
                left = Hits()
            found.doubtful += Counter({table: left.doubtful})
            found.left += Counter({table: left.sure})
        return found

    @reading()
    def forget(self, name: Name, now: datetime, *, every: bool = False) -> int:
        """Take it out of every place that `find` counts; how many there were."""
        number, places = 0, 0
        for _pass in range(PASSES):
            before = places
            languages = self._languages()
            for table, row in self._all():
                unnaming, words = self._edited(table, row, name, languages, every=every)
                if not words and not (table == "endorsers" and self._bearer(row, unnaming)):
                    continue
                with self._db.atomic():
                    number = self._counted(number, now)
                    places += self._taken(table, row.key, name, now, languages, every=every)
                    self._execute(
                        "UPDATE removals SET places = ? WHERE number = ?", (places, number)
                    )
                    self._execute("PRAGMA user_version = 1")  # see `forgetting.erased`
            if places == before:
                break
        return places

    def removals(self) -> tuple[Removal, ...]:
        """The names that were removed, the first one first."""
        rows = self._rows("SELECT day, places FROM removals ORDER BY number")
        return tuple(Removal(*row) for row in rows)

    def changed(self) -> int:
        """Another number whenever a name was taken out of a row."""
        ((number,),) = self._rows("SELECT coalesce(sum(number + changes), 0) FROM removals")
        return int(number)

    def _counted(self, number: int, now: datetime) -> int:
        """The removal's number. Written first, so that nobody else writes until it is done."""
        if number:
            self._execute("UPDATE removals SET changes = changes + 1 WHERE number = ?", (number,))
            return number
        done = self._execute(
            "INSERT INTO removals (day, places, changes) VALUES (?, 0, 1) RETURNING number",
            (now.date().isoformat(),),
        )
        return int(done.fetchone()[0])

    def _all(self) -> Iterator[tuple[str, Row]]:
        for place in TYPED:
            owner = OWNERS.get(place.table)
            for row in read_words(
                self._execute, self._sealing, place.table, beside=(owner,) if owner else ()
            ):
                yield place.table, row

    def _languages(self) -> dict[Value, str]:
        """In which language everybody is spoken with."""
        return {
            row.key[0]: read_json(str(row.words["data"])).get("language") or ENGLISH
            for row in read_words(self._execute, self._sealing, "users")
        }

    def _edited(
        self, table: str, row: Row, name: Name, languages: dict[Value, str], *, every: bool
    ) -> tuple[Unnaming, dict[str, str | bytes | None]]:
        unnaming = Unnaming(name, every=every)
        owner = row.beside[0] if row.beside else ""
        language = languages.get(owner, ENGLISH)
        edit = EDITS.get(table)
        return unnaming, edit(unnaming, row.words, language) if edit else {}

    def _taken(  # noqa: PLR0913 -- one row, as it is now
        self,
        table: str,
        key: tuple[Value, ...],
        name: Name,
        now: datetime,
        languages: dict[Value, str],
        *,
        every: bool,
    ) -> int:
        """What is taken out of one row, read again within the transaction."""
        where = " AND ".join(f"{one} = ?" for one in PLACES[table].key)
        owner = OWNERS.get(table)
        places = 0
        for row in read_words(
            self._execute, self._sealing, table, where, key, beside=(owner,) if owner else ()
        ):
            unnaming, words = self._edited(table, row, name, languages, every=every)
            if words:
                write_words(self._execute, self._sealing, table, key, words)
            places += unnaming.taken.total()
            if table == "endorsers" and self._bearer(row, unnaming):
                places += self._erase(str(key[0]), name, now)
        return places

    def _bearer(self, row: Row, unnaming: Unnaming) -> bool:
        data = read_json(str(row.words["data"]))
        return unnaming.bears(data["proposed"]) or unnaming.bears(data["given"])

    def _erase(self, endorser_id: str, name: Name, now: datetime) -> int:
        """As if the person had had it deleted: the record keeps all but the name."""
        # Not asked of the shelf, which says nothing of what is put away for a day.
        row = self._execute(f"{ENDORSER} WHERE id = ?", (endorser_id,)).fetchone()
        signing_id, endorser = endorser_from(row, self._sealing)
        (found,) = self._execute(f"{SIGNING} WHERE id = ?", (signing_id,)).fetchall()
        signing = signing_from(found, {}, self._sealing)
        one: Endorser = erased(signing, endorser, now)
        if name.is_in_field(one.proposed.organisation):  # somebody who stood for themself
            one = replace(one, proposed=NOBODY_YET)
        self._signings.keeps[EndorserSpoke]("", EndorserSpoke(signing.id, one))
        return 1
