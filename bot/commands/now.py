"""What holds now: the day on this computer, and the facts."""

from __future__ import annotations

import os
from contextlib import closing
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from bot.commands.stores import store_of
from bot.conversation.talk.booked import OFFICE, office_of
from bot.letters.mission_book import entry_for
from bot.reference.loader import load
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.letters.mission_book import Entry
    from bot.letters.model import Office, State
    from bot.letters.status import Records


def records_now() -> Records:
    """The facts that hold on this computer; a database is read only where there is one."""
    settings = Settings.read(os.environ)
    if not settings.has_database:
        return load()
    with closing(store_of(settings)) as store:
        return load().with_versions(store.shelves.facts.present())


def entry_now(state: State, office: Office, city: str = "") -> Entry | None:
    """What the office's mission book says, where there is a database and in it a book."""
    settings = Settings.read(os.environ)
    if not settings.has_database:
        return None
    with closing(store_of(settings)) as store:
        entries = store.shelves.missions.entries(OFFICE, state.iso3)
    return entry_for(entries, state.iso3, office_of(state, office), city)


def now() -> datetime:
    """The moment, in UTC."""
    return datetime.now(tz=UTC)


def today() -> date:
    """The day on this computer."""
    return datetime.now(tz=UTC).astimezone().date()
