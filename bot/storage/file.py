"""SQLite's file as the database: looked at before it is opened, counted, erased thoroughly."""

from __future__ import annotations

import sqlite3
from contextlib import ExitStack, closing, nullcontext, suppress
from typing import TYPE_CHECKING

from sqlite_utils import Database

from bot.storage import copies, forgetting, forgotten
from bot.storage.begun import Begun
from bot.storage.counting import Count, Counted
from bot.storage.examining import check_whole, examine
from bot.storage.migrations import migrations
from bot.storage.opening import connect, set_up
from bot.storage.seals import admit, register

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path

    from bot.storage.forgotten import Gone
    from bot.storage.sealing import Sealing

BUSY_MILLISECONDS = 3000


class File:
    """See `Engine`.

    Nothing is written to a database of a later version, or to one that has lost what was written
    last. Before a step of the schema is taken, a copy is made: not where the file itself `is_copy`.
    """

    def __init__(self, path: Path, sealing: Sealing, *, is_copy: bool = False) -> None:
        with ExitStack() as opened:
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
            self.db = Counted(connection, self._count, counted)
            register(self.db, sealing)
            self.db.keep_up()
            self.sealing = sealing
            self.lanes = None  # one process has no others to agree with
            self.allowance = None
            self.begun = Begun(path.with_name(path.name + "-begun"))
            opened.pop_all()  # all went well: it stays open until `close`

    def turn(self) -> AbstractContextManager[None]:
        """One thread of one process: nothing comes in between."""
        return nullcontext()

    def together(self) -> AbstractContextManager[None]:
        """None of them is waited for."""
        return nullcontext()

    def erase(self, gone: tuple[Gone, ...] | None, milliseconds: int) -> bool:
        """See `Engine`: the file is made anew, its log is cut to nothing."""
        if gone is not None:
            copies.drop_before(self._path)
            forgotten.write(self._path, gone)
            self.db.count_ahead()
        erased = forgetting.erased(self.db.conn.execute, milliseconds)
        self.db.keep_up()
        self._count.sync()
        copies.age_out(self._path)
        return erased

    def is_sound(self) -> bool:
        """See `Engine`."""
        found = self.db.conn.execute("PRAGMA quick_check").fetchone()
        return bool(found == ("ok",))

    def close(self) -> None:
        """See `Engine`."""
        self.begun.close()
        with suppress(sqlite3.Error):
            self.db.close()
        self._count.close()
