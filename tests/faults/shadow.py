"""What each person must have: the same events, each taken once, by a desk that nothing befalls."""

from __future__ import annotations

import json
import re
import secrets
import sqlite3
import tempfile
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from bot.conversation.many.kept import JobEnded
from bot.conversation.talk.effects import (
    RunJob,
    SendFiles,
    SendInvitation,
    SendLetter,
    SendSigned,
    SendTemplate,
    Show,
)
from bot.conversation.talk.events import FileSent, LeftOut
from bot.conversation.turn import turn
from bot.desk import Desk
from bot.desk.door import sounded
from bot.desk.mistakes import reference
from bot.letters.model import Language
from bot.machine.resources import LOCALES
from bot.storage.store import Store
from tests.world import COMPOSER, Here

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date, datetime

    from bot.conversation.talk.events import Event
    from bot.conversation.talk.values import Screen

T = TypeVar("T")


def desk_of(
    store: Store, today: Callable[[], date], now: Callable[[], datetime], administrator: int
) -> Desk:
    """A desk with ids of its own, as the program makes them."""
    made = Desk(
        store,
        COMPOSER,
        LOCALES,
        Here(),
        today=today,
        now=now,
        new_id=lambda: secrets.token_urlsafe(6),
        new_token=lambda prefix: prefix + secrets.token_urlsafe(24),
        new_reference=partial(reference, secrets.choice),
        administrators=frozenset({f"telegram:{administrator}"}),
    )
    made.bot_name = "example_bot"
    return made


class Shut:
    """Where no file is read."""

    def read(self, _reader: Callable[..., T], *_values: object) -> T | None:
        """See `bot.machine.apart.Room`."""
        return None


@dataclass
class Due:
    """How many messages of each kind must stand in a chat."""

    letters: int = 0
    files: int = 0
    shown: bool = False
    """Whether a letter was looked at before: the next look may change it in place."""


class Shadow:
    """The desk, and what its receipts came to, person by person."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.due: dict[int, Due] = {}
        self.tokens: dict[int, str] = {}
        self.jobs: dict[int, str] = {}

    def take(self, user_id: int, event: Event, language: Language | None = None) -> None:
        """The event, once."""
        name = f"telegram:{user_id}"
        reads = self.desk.opening(name, event, language)
        receipt = self.desk.receive(name, reads() if reads else event, language=language)
        due = self.due.setdefault(user_id, Due())
        for effect in receipt.effects:
            match effect:
                case SendLetter(renews=renews):
                    due.letters += 0 if renews and due.shown else 1
                    due.shown = True
                case SendSigned(formats=()):
                    due.letters += 1
                case SendFiles() | SendSigned() | SendTemplate():
                    due.files += 1
                case SendInvitation(link=link):
                    self.tokens[user_id] = re.split("[/=]", link)[-1]
                case RunJob(job_id):
                    self.jobs[user_id] = job_id
                case _:
                    pass

    def take_unread(self, user_id: int, event: Event, said: str) -> None:
        """The event, which could not be read here either: it comes to the same words."""
        if "stopped" in said:
            event = LeftOut()
        elif isinstance(event, FileSent) and "fetched" in said:
            event = FileSent(event.name, None, lost=True)
        room, self.desk._room = self.desk._room, Shut()  # noqa: SLF001 -- for a moment
        try:
            self.take(user_id, event, Language.EN)
        finally:
            self.desk._room = room  # noqa: SLF001 -- as above

    def coming(self, user_id: int, event: Event, language: Language) -> Screen:
        """The screen that the event would come to; nothing is changed."""
        name = f"telegram:{user_id}"
        reads = self.desk.opening(name, event, language)
        session = self.desk.store.people.load(name)
        effects = turn(session, sounded(reads() if reads else event), self.desk).effects
        return next(one.screen for one in effects if isinstance(one, Show))

    def end_job(self, user_id: int, *, done: bool) -> None:
        """The person's letters to many States were sent, or could not be."""
        job_id = self.jobs.pop(user_id)
        self.desk.end_job(job_id, done=done)
        self.take(user_id, JobEnded(job_id))
        self.due[user_id].files += done

    def screen(self, user_id: int) -> Screen:
        """What the person must see."""
        shown = self.desk.current(f"telegram:{user_id}").effects[-1]
        if not isinstance(shown, Show):
            raise TypeError(shown)
        return shown.screen


def kept(store: Store, user_id: int) -> tuple[object, ...]:
    """All that somebody has typed and chosen, as a value; ids and progress left out."""
    name = f"telegram:{user_id}"
    session, shelves = store.people.load(name), store.shelves
    drafts = sorted(_plain(one.to_json()) for one in shelves.drafts.of(name))
    sets = sorted((one.name, str(one.signatories)) for one in session.sets)
    jobs = sorted(str(one.targets) for one in shelves.jobs.of(name))
    signings = shelves.signings.of(name)
    said = sorted(
        (str(one.proposed), str(one.given), str(one.status))
        for signing in signings
        for one in shelves.signings.endorsers(signing.id)
    )
    return (
        str(session.user.language),
        session.user.view.name,
        _plain(session.draft.to_json()) if session.draft else "",
        tuple(drafts),
        tuple(sets),
        str(shelves.letterheads.of(name)),
        tuple(jobs),
        len(signings),
        tuple(said),
    )


def _plain(draft: dict[str, object]) -> str:
    left_out = {"signing", "updated", "id"}
    fate = draft.get("fate")
    if isinstance(fate, dict):
        draft = {**draft, "fate": {k: v for k, v in fate.items() if k not in left_out}}
    return json.dumps({k: v for k, v in draft.items() if k not in left_out}, sort_keys=True)


@contextmanager
def copied(path: Path, folder: Path) -> Iterator[Store]:
    """A copy of a database that a process may be writing to just now."""
    with tempfile.TemporaryDirectory(dir=folder) as name:
        target = Path(name) / "copy"
        with (
            closing(sqlite3.connect(path, timeout=10)) as source,
            closing(sqlite3.connect(target)) as copy,
        ):
            source.backup(copy)
        with closing(Store(target)) as store:
            yield store


def is_sound(path: Path) -> bool:
    """SQLite's own full check."""
    with closing(sqlite3.connect(path, timeout=10)) as connection:
        return bool(connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)])
