"""The world that tests hand in: a fixed day, counted ids, a database of their own.

What it opens for a test it closes after the test: see `OPENED`.
"""

from __future__ import annotations

import itertools
import secrets
import threading
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, TypeVar

from bot.desk import Desk
from bot.letters.compose import Composer
from bot.letters.status import Act, Version
from bot.machine.resources import LOCALES, TEMPLATES
from bot.reference.loader import load
from bot.storage.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from bot.letters.status import Records
    from bot.machine.apart import Room

T = TypeVar("T")

PATIENCE = 30
"""Seconds after which a test no longer waits for what should have happened."""

NOON = time(12, 0, 0, 250_000)
"""A clock that is no more even than others are."""
TODAY = date(2026, 3, 2)
"""Within ninety days of the data's date, so that no warning stands in every screen."""

COMPOSER = Composer(load(), TEMPLATES, LOCALES)


def _as_from_pages() -> Records:
    """The facts with a status of every treaty: of those shipped without, one of the tests' own.

    Its States take turns: none of it, a signature, and the ways of becoming a party.
    """
    records, versions = load(), []
    for treaty in records.treaties.values():
        if records.has_status(treaty.code):
            continue
        soon, later = (treaty.adopted_on + timedelta(days) for days in (20, 400))
        closed = treaty.signature is None
        turns = itertools.cycle(
            [
                Act(),
                Act() if closed else Act(soon),
                Act(action="accession", acted_on=later),
                Act() if closed else Act(soon, action="ratification", acted_on=later),
                Act(action="accession", acted_on=later, withdrawn_on=later + timedelta(900)),
            ]
        )
        acts = {iso3: (act,) for iso3, act in zip(records.states, turns, strict=False)}
        on = datetime.combine(records.as_of, NOON, UTC)
        versions.append(Version(treaty.code, on, 0, 0, acts))
    return records.with_versions(versions)


ALL_KNOWN = _as_from_pages()
COMPOSER_OF_ALL = Composer(ALL_KNOWN, TEMPLATES, LOCALES)

CO_SIGNERS = "A. Example, Example Organisation\nB. Example, Chair, Second Organisation"


class Here:
    """Reads a file in the tests' own process."""

    def read(self, reader: Callable[..., T], *values: object) -> T | None:
        """See `bot.machine.apart.Room`."""
        return reader(*values)


class Held(Here):
    """Reads a file only when the test lets it."""

    def __init__(self) -> None:
        self.begun = threading.Event()
        self.let = threading.Event()

    def read(self, reader: Callable[..., T], *values: object) -> T | None:
        """See `bot.machine.apart.Room`."""
        self.begun.set()
        assert self.let.wait(PATIENCE)
        return super().read(reader, *values)


OPENED = ExitStack()
"""What was opened for the test that runs; `tests/conftest.py` closes it at the test's end."""


def make_desk(
    path: Path | str,
    *,
    today: date = TODAY,
    administrators: frozenset[str] = frozenset(),
    room: Room | None = None,
) -> Desk:
    """A desk on a fresh or an existing database, open until the test's end."""
    desk = desk_on(path, today=today, administrators=administrators, room=room)
    return OPENED.enter_context(desk)


@contextmanager
def desk_on(
    path: Path | str,
    *,
    today: date = TODAY,
    administrators: frozenset[str] = frozenset(),
    room: Room | None = None,
) -> Iterator[Desk]:
    """A desk on a fresh or an existing database, open for the length of the block."""
    ids, tokens, references = itertools.count(1), itertools.count(1), itertools.count(1)
    if isinstance(path, str):  # one of several on a server
        prefix = name = secrets.token_hex(3)
    else:
        name = path.name
        prefix = "again" if path.exists() else "draft"
    with closing(Store(path)) as store:
        yield Desk(
            store,
            COMPOSER,
            LOCALES,
            room or Here(),
            today=lambda: today,
            now=lambda: datetime.combine(today, NOON, UTC),
            new_id=lambda: f"{prefix}{next(ids):03d}",
            new_token=lambda kind: f"{kind}{name[:8]:-<8}{next(tokens):024d}",
            new_reference=lambda: f"TEST-{next(references):04d}",
            administrators=administrators,
        )
