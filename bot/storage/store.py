"""The database: transactions, and a shelf for each subject, on SQLite or PostgreSQL.

What a turn changed and its update's id are one transaction. One connection, used from one thread.
What was answered survives a power cut (see `opening`), what was deleted leaves no byte behind (see
`forgetting`).
"""

from __future__ import annotations

import sqlite3
from contextlib import ExitStack, closing, suppress
from typing import TYPE_CHECKING

from bot.conversation.person.kept import Forgotten
from bot.conversation.talk.booked import OFFICE
from bot.machine.figures import of_database
from bot.storage import engine as engines
from bot.storage import forgetting, forgotten
from bot.storage.cards import Cards
from bot.storage.errors import DAMAGED, OvertakenError, StoreError, telling
from bot.storage.expiry import Expiry
from bot.storage.exports import Exports
from bot.storage.inbox import Inbox
from bot.storage.names import Names
from bot.storage.people import People
from bot.storage.sealing import CLEAR
from bot.storage.shelves import Shelves
from bot.storage.updates import Updates

if TYPE_CHECKING:
    from pathlib import Path

    from bot.conversation.talk.draft import Json
    from bot.conversation.talk.values import Changes, Session
    from bot.storage.forgotten import Gone
    from bot.storage.people import Opened
    from bot.storage.sealing import Sealing

ERASING_MILLISECONDS = 500
"""So long it is waited for another program that reads, before what was deleted is erased later."""


class Store:
    """The database. Whatever is asked of it raises `StoreError` where the disk or the file fails.

    `people` holds the sessions, `shelves` what else is kept for each subject, `exports` reads all
    of a person, `expiry` deletes what has lived its time, `names` takes out the name of one
    person; `updates`, `inbox` and `cards` are the channels' own, `begun` outlives a process that
    dies. What people typed is written and read through `sealing`.

    `where` is a file's path or a server's address (see `Engine`). What is read and then written
    within `turn` has no other process's in between.
    """

    def __init__(
        self, where: Path | str, sealing: Sealing = CLEAR, *, is_copy: bool = False
    ) -> None:
        with telling(), ExitStack() as opened:
            self._engine = opened.enter_context(
                closing(engines.engine(where, sealing, is_copy=is_copy))
            )
            self._db = self._engine.db
            self._sealing = sealing = self._engine.sealing
            self._execute = self.execute = self._db.conn.execute
            self.atomic = self._db.atomic
            self.people = People(self._db, sealing)
            self.shelves = Shelves(self._db, sealing)
            self.updates = Updates(self._db, sealing)
            self.inbox = Inbox(self._db, sealing)
            self.cards = Cards(self._db, sealing)
            self.exports = Exports(self._db, sealing)
            self.expiry = Expiry(self._db, sealing)
            self.names = Names(self._db, self.shelves.signings, sealing)
            self.begun = self._engine.begun
            self.turn = self._engine.turn
            self.lanes = self._engine.lanes
            self.allowance = self._engine.allowance
            self.updates.prune()
            self.tidy()
            opened.pop_all()  # all went well: it stays open until `close`

    @property
    def is_sealed(self) -> bool:
        """Whether what people typed is encrypted."""
        return bool(self._sealing.keys)

    def close(self) -> None:
        """Let go of the file."""
        with suppress(sqlite3.Error, StoreError):  # a screen is then shown once more at the start
            self.cards.write()
        self._engine.close()

    def tidy(self, milliseconds: int = 0) -> bool:
        """Write all to the database itself, and over what was deleted.

        Whether that is done: another program that reads the database just now holds it up so long.
        Cheap where there is nothing to do.
        """
        with telling():
            self.cards.write()
            marked = forgetting.is_marked(self._execute)
            gone = forgotten.noted(self._execute) if marked else None
            return self._engine.erase(gone, milliseconds)

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
            sound = self._engine.is_sound()
        for user_id in self.people.ids():
            self.people.load(user_id)
            self.shelves.drafts.of(user_id)
        self.shelves.missions.of(OFFICE)
        for coalition in self.people.coalitions():
            self.shelves.drafts.of(coalition)
            self.shelves.missions.of(coalition)
        return "ok" if sound else DAMAGED

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
            screen = self.cards.to_owe(session.user.id, screen)
            with self._db.atomic(), self._engine.together():
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
        with telling(), self._db.atomic(), self._engine.together():
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
