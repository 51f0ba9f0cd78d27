"""A PostgreSQL server's database as the shelves' engine: its schema, its keys, its upkeep."""

from __future__ import annotations

import secrets
from contextlib import ExitStack, closing, contextmanager, suppress
from typing import TYPE_CHECKING

from bot.storage.errors import OTHER_SHAPE, StoreError
from bot.storage.postgres.allowance import Allowance
from bot.storage.postgres.begun import BegunThere
from bot.storage.postgres.lanes import Lanes
from bot.storage.postgres.server import STATEMENT_TIMEOUT, Server
from bot.storage.postgres.steps import STEPS
from bot.storage.postgres.texted import Texted
from bot.storage.seals import admit, register
from bot.storage.typed import TYPED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.storage.forgotten import Gone
    from bot.storage.sealing import Sealing

KNOWN = tuple(name for name, _statements in STEPS)
_SCHEMA_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('demarche schema', 0))"
_LOG = """
CREATE TABLE IF NOT EXISTS demarche_steps (
    name text PRIMARY KEY, taken timestamptz NOT NULL DEFAULT now()
)
"""


class Hosted:
    """See `Engine`. Raises `StoreError` for a database of a later version: nothing is written."""

    def __init__(self, url: str, sealing: Sealing) -> None:
        with ExitStack() as opened:
            self.db = opened.enter_context(closing(Server(url)))
            self.sealing: Sealing = Texted(sealing) if sealing.keys else sealing
            self._to_erase = False
            self.holder = secrets.token_hex(8)
            taken = steps_taken(self.db)
            check_version(taken)
            if taken:
                admit(self.db.execute, self.sealing)  # before anything is written
            take_steps(self.db)
            register(self.db, self.sealing)
            self.begun = BegunThere(self.db, self.holder)
            self.lanes = Lanes(self.db, self.holder, self.sealing)
            self.allowance = Allowance(self.db)
            self.together = self.db.together
            opened.pop_all()  # all went well: it stays open until `close`

    @contextmanager
    def turn(self) -> Iterator[None]:
        """See `Engine`; tables that are to be made anew are, once it is over."""
        with self.db.turn():
            yield
        if self._to_erase:
            self._to_erase = False
            made_anew(self.db)

    def erase(self, gone: tuple[Gone, ...] | None, milliseconds: int) -> bool:
        """See `Engine`: tables with people's words are made anew.

        The server's own journal, and its copies, hold what was there until they are let go of.
        """
        del milliseconds
        if gone is None:
            return True
        if self.db.in_transaction:  # a table is made anew by itself
            self._to_erase = True
            return True
        return made_anew(self.db)

    def is_sound(self) -> bool:
        """See `Engine`: every row of people's words is there to be read."""
        for one in TYPED:
            columns = " + ".join(f"coalesce(length({column}), 0)" for column in one.columns)
            self.db.ask(f"SELECT sum({columns}) FROM {one.table}").fetchone()
        return True

    def close(self) -> None:
        """See `Engine`."""
        self.begun.close()
        with suppress(StoreError):  # they run out by themselves
            self.lanes.drop_all()
        self.db.close()


def made_anew(db: Server) -> bool:
    """Whether the tables with people's words are made anew, and nothing is in them of before."""
    try:
        db.ask("SET statement_timeout = 0")  # a large table takes its time
        for one in TYPED:
            db.ask(f"VACUUM (FULL) {one.table}")
        db.execute("PRAGMA user_version = 0")
    except StoreError:  # somebody reads them just now
        return False
    finally:
        with suppress(StoreError):
            db.ask(STATEMENT_TIMEOUT)
    return True


def steps_taken(db: Server) -> tuple[str, ...]:
    """The steps of the schema that the database has taken; none where it is empty.

    Raises `StoreError` for another program's.
    """
    tables = {
        name
        for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    }
    if "demarche_steps" not in tables:
        if tables & {"users", "drafts", "updates"}:
            raise StoreError(OTHER_SHAPE)
        return ()
    found = db.ask("SELECT name FROM demarche_steps ORDER BY name").fetchall()
    return tuple(name for (name,) in found)


def check_version(taken: tuple[str, ...]) -> None:
    """Raise `StoreError` for a database of a later version."""
    later = [one for one in taken if one not in KNOWN]
    if later:
        message = (
            f"the database is of a later version of the program ({max(later)}; this one knows up"
            f" to {KNOWN[-1]}): install that version, or restore a backup that was made before"
        )
        raise StoreError(message)


def take_steps(db: Server) -> None:
    """Take those steps that the database has not taken: one process at a time."""
    if set(KNOWN) <= set(steps_taken(db)):
        return
    with db.atomic():
        db.ask(_SCHEMA_LOCK)
        db.ask(_LOG)
        taken = steps_taken(db)
        check_version(taken)
        for name, statements in STEPS:
            if name not in taken:
                # In the order of their bytes, as SQLite has texts, whatever the server's language.
                db.ask(statements.replace(" text", ' text COLLATE "C"'))
                db.ask("INSERT INTO demarche_steps (name) VALUES ($1)", (name,))
