"""Work on all that is closed, in a server's database: see `bot.storage.resealing`."""

from __future__ import annotations

from contextlib import closing, contextmanager
from functools import partial
from typing import TYPE_CHECKING

from bot.storage.errors import StoreError, telling
from bot.storage.postgres.engine import check_version, made_anew, steps_taken, take_steps
from bot.storage.postgres.lanes import HERE
from bot.storage.postgres.server import Server
from bot.storage.postgres.texted import Texted
from bot.storage.resealing import Work, checked_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.storage.resealing import Report
    from bot.storage.sealing import Sealing

IN_USE = "the program runs on that database: stop every process of it first"


@contextmanager
def alone_there(url: str) -> Iterator[Work]:
    """Work on a database that no process of the program runs on. Raises `StoreError`."""
    with telling(), closing(Server(url)) as db:
        taken = steps_taken(db)
        check_version(taken)
        if not taken:
            message = "there is no database yet at that address"
            raise StoreError(message)
        (others,) = db.ask(
            "SELECT count(*) FROM leases WHERE name LIKE $1 AND until >= now()", (f"{HERE}%",)
        ).fetchone()
        if others:
            raise StoreError(IN_USE)
        yield Work(db, partial(take_steps, db), partial(made_anew, db), Texted)


def checked_there(url: str, sealing: Sealing) -> Report:
    """Open every value there is, while others may use the database. Raises `StoreError`."""
    with telling(), closing(Server(url)) as db:
        return checked_in(db.execute, Texted(sealing) if sealing.keys else sealing)
