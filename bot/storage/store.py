"""The database: a connection, transactions, and a shelf for each subject.

What a turn changed and its update's id are one transaction. One connection, used from one thread.
What was answered survives a power cut (see `opening`), what was deleted leaves no byte behind (see
`forgetting`).
"""

from __future__ import annotations

import sqlite3
from contextlib import ExitStack, closing, suppress
from typing import TYPE_CHECKING

from sqlite_utils import Database

from bot.conversation.person.kept import Forgotten
from bot.conversation.talk.booked import OFFICE
from bot.machine.figures import of_database
from bot.storage import copies, forgetting, forgotten
from bot.storage.begun import Begun
from bot.storage.cards import Cards
from bot.storage.counting import Count, Counted
from bot.storage.errors import DAMAGED, OvertakenError, telling
from bot.storage.examining import check_whole, examine
from bot.storage.expiry import Expiry
from bot.storage.exports import Exports
from bot.storage.inbox import Inbox
from bot.storage.migrations import migrations
from bot.storage.names import Names
from bot.storage.opening import connect, set_up
from bot.storage.people import People
from bot.storage.sealing import CLEAR
from bot.storage.seals import admit, register
from bot.storage.shelves import Shelves
from bot.storage.updates import Updates

if TYPE_CHECKING:
    from pathlib import Path

    from bot.conversation.talk.draft import Json
    from bot.conversation.talk.values import Changes, Session
    from bot.storage.forgotten import Gone
    from bot.storage.people import Opened
    from bot.storage.sealing import Sealing

BUSY_MILLISECONDS = 3000
ERASING_MILLISECONDS = 500
"""So long it is waited for another program that reads, before what was deleted is erased later."""


class Store:
    """The database. Whatever is asked of it raises `StoreError` where the disk or the file fails.

    `people` holds the sessions, `shelves` what else is kept for each subject, `exports` reads all
    of a person, `expiry` deletes what has lived its time, `names` takes out the name of one
    person; `updates`, `inbox` and `cards` are the channels' own, `begun` is a file beside the
    database. What people typed is written and read through `sealing`.

    Nothing is written to a database of a later version, or to one that has lost what was written
    last. Before a step of the schema is taken, a copy is made: not where the file itself `is_copy`.
    """

    def __init__(self, path: Path, sealing: Sealing = CLEAR, *, is_copy: bool = False) -> None:
        with telling(), ExitStack() as opened:
            self._path = path
            self._count = opened.enter_context(closing(Count(path)))
            counted = self._count.read()  # before the database is: another program may write
            found = examine(path)
            check_whole(found, counted, path)
            connection = opened.enter_context(closing(connect(path, BUSY_MILLISECONDS)))
            set_up(connection)
            admit(connection.execute, sealing)  # before anything is written
            if found.steps and found.pending and not is_copy:
                copies.before_step(path, found.pending[0])
            migrations.apply(Database(connection))
            self._db = Counted(connection, self._count, counted)
            register(self._db, sealing)
            self._db.keep_up()
            self._execute = connection.execute
            self._sealing = sealing
            self.people = People(self._db, sealing)
            self.shelves = Shelves(self._db, sealing)
            self.updates = Updates(self._db, sealing)
            self.inbox = Inbox(self._db, sealing)
            self.cards = Cards(self._db, sealing)
            self.exports = Exports(self._db, sealing)
            self.expiry = Expiry(self._db, sealing)
            self.names = Names(self._db, self.shelves.signings, sealing)
            self.begun = Begun(path.with_name(path.name + "-begun"))
            self.updates.prune()
            self.tidy()
            opened.pop_all()  # all went well: it stays open until `close`

    @property
    def is_sealed(self) -> bool:
        """Whether what people typed is encrypted."""
        return bool(self._sealing.keys)

    def close(self) -> None:
        """Let go of the file."""
        with suppress(sqlite3.Error):  # a screen is then shown once more at the next start
            self.cards.write()
        self.begun.close()
        self._db.close()
        self._count.close()

    def tidy(self, milliseconds: int = 0) -> bool:
        """Write all to the database itself, and over what was deleted.

        Whether that is done: another program that reads the database just now holds it up so long.
        Cheap where there is nothing to do.
        """
        with telling():
            self.cards.write()
            if forgetting.is_marked(self._execute):
                copies.drop_before(self._path)
                forgotten.write(self._path, forgotten.noted(self._execute))
                self._db.count_ahead()
            erased = forgetting.erased(self._execute, milliseconds)
            self._db.keep_up()
        self._count.sync()
        copies.age_out(self._path)
        return erased

    def take_over(self, gone: tuple[Gone, ...], commits: int) -> int:
        """Be what comes after a database: forget whom it had forgotten, and count on from there.

        How many had to be forgotten.
        """
        with telling():
            coalitions, known = self.people.coalitions(), set(forgotten.noted(self._execute))
            since = [one for one in gone if one not in known]  # the others came back later
            found = forgotten.among(since, (*self.people.ids(), *coalitions))
            with self._db.atomic():
                forgotten.add(self._execute, gone)
                for one in found:
                    forget = forgetting.close if one in coalitions else forgetting.forget
                    forget(self._execute, self._sealing, one)
                self._db.count_from(commits + 1)
        return len(found)

    def check(self) -> str:
        """That the file is "ok", or that it is damaged."""
        with telling():
            found = self._execute("PRAGMA quick_check").fetchone()
        for user_id in self.people.ids():
            self.people.load(user_id)
            self.shelves.drafts.of(user_id)
        self.shelves.missions.of(OFFICE)
        for coalition in self.people.coalitions():
            self.shelves.drafts.of(coalition)
            self.shelves.missions.of(coalition)
        return "ok" if found == ("ok",) else DAMAGED

    @of_database("save")
    def save(  # noqa: PLR0913 -- all that is one transaction
        self,
        session: Session,
        changes: Changes,
        update: tuple[str, int] | None,
        owed: Json,
        opened: Opened | None = None,
        *,
        screen: int = 0,
    ) -> None:
        """Everything one turn changed, the update that caused it, and what is owed for it.

        `screen` says for which update the user's screen is owed (see `Cards`).
        What is as it was when the session was `opened` is not written again. A turn that forgets
        the user is not kept itself, and neither is its update. Who begins to work for another
        coalition has changed what is whose they worked for before.

        Where a name was taken out of the database since the session was opened, which may have it
        still, nothing is saved: raises `OvertakenError`.
        """
        with telling():
            if Forgotten() in changes:
                self.forget(session.user.id)
                return
            with self._db.atomic():
                self.people.keep(session, opened.session if opened else None, screen)
                self.cards.settle(but=session.user.id)
                owner = opened.session.owner if opened else session.owner
                self.shelves.keep(session.user.id, owner, changes)
                self._be_first(opened.removed if opened else None)
                if update:
                    self.updates.keep(update, session.user.id, owed)
                    if opened is None or opened.waits:
                        self.inbox.taken(*update)

    @of_database("write")
    def keep(self, user_id: str, changes: Changes, removed: int | None = None) -> None:
        """What somebody has changed without a turn, as on a page: all of it, or nothing.

        `removed` is what `names.changed` was before it was read: see `save`.
        """
        with telling(), self._db.atomic():
            self.shelves.keep(user_id, user_id, changes)
            self._be_first(removed)

    def _be_first(self, removed: int | None) -> None:
        """After the first write of a transaction nobody else writes until its end."""
        if removed is not None and self.names.changed() != removed:
            raise OvertakenError

    def forget(self, *people: str) -> None:
        """Delete everything about these people."""
        with telling():
            with self._db.atomic():
                for user_id in people:
                    forgetting.forget(self._execute, self._sealing, user_id)
            self.begun.forget()
            self.tidy(ERASING_MILLISECONDS)
