"""One walk after another: taps on what is offered, odd things typed, files, commands, restarts."""

from __future__ import annotations

import itertools
import tempfile
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from bot.conversation.many.kept import JobEnded
from bot.conversation.talk.context import Context
from bot.conversation.talk.effects import Propose, RunJob, SendChart, SendFiles, SendLetter, Show
from bot.conversation.talk.events import Command, FileSent, Tap, Typed, Unsupported
from bot.conversation.turn import turn
from bot.conversation.whereabouts import asked
from bot.conversation.wording.kept import Proposed
from bot.desk.door import sounded
from bot.desk.jobs import Work
from bot.letters.model import Language
from tests.fuzz import odd
from tests.fuzz.fitting import faults, of_messages
from tests.world import desk_on

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.conversation.talk.effects import Effect
    from bot.conversation.talk.events import Event
    from bot.conversation.talk.values import Screen, Session
    from bot.desk import Desk, Receipt

WALK = 80
"""Steps of one person."""

FORMATS = ("docx", "pdf", "png", "txt", "eml")
SLOW = 1.5
"""Seconds of work after which a turn is a fault: nobody else is answered meanwhile."""

AROUND = 4
"""So many odd texts at a place count as a step: they are quicker."""

PLACE = 60
"""A longer name of a place holds what was typed: it is no other place for that."""

WRITTEN = 3
"""So many letters of a job are written; the others are of the same kind."""


@dataclass
class Found:
    """What was walked, and what broke, by its kind."""

    steps: int = 0
    typed: int = 0
    letters: int = 0
    files: int = 0
    places: set[str] = field(default_factory=set)
    views: Counter[str] = field(default_factory=Counter)
    kinds: dict[str, str] = field(default_factory=dict)
    slowest: tuple[float, str] = (0.0, "")

    def note(self, kind: str, example: str) -> None:
        """A fault, with the first example of its kind."""
        self.kinds.setdefault(kind, example)

    def timed(self, seconds: float, what: str) -> None:
        """How long a turn took."""
        self.slowest = max(self.slowest, (seconds, what))
        if seconds > SLOW:
            self.note(f"slow: {what[:60]}", f"{seconds:.1f} s")


def walk(seed: int, steps: int, *, documents: float = 0.3, around: bool = True) -> Found:
    """So many steps, as the seed has them; `documents` is how often a letter is written down.

    With `around` everything odd is typed once at every place.
    """
    found, random = Found(), Random(seed)  # noqa: S311 -- a walk that can be walked again
    with tempfile.TemporaryDirectory() as folder:
        path, number, ids = Path(folder) / "db", 0, itertools.count()
        tokens: list[str] = []
        while found.steps + found.typed // AROUND < steps:
            administrators = frozenset({"test:"} if random.random() < 0.5 else ())
            with desk_on(path, administrators=administrators) as desk:
                desk.new_id = lambda: f"id{next(ids):06d}"
                desk.new_token = lambda kind: kind + _new_token(tokens)
                number += 1
                person = _Person(desk, f"test:{number}", random, found)
                person.documents, person.around = documents, around
                person.tokens = tokens
                person.walk()
    return found


class _Person:
    def __init__(self, desk: Desk, user: str, random: Random, found: Found) -> None:
        self._desk, self._user, self._random, self._found = desk, user, random, found
        self.documents, self.around = 1.0, True
        self.tokens: list[str] = []
        self._language = random.choice([None, *Language])
        self._screen: Screen | None = None
        self._done: list[str] = []

    def walk(self) -> None:
        """A letter begun or finished, then wherever it goes: to the end, or to what breaks."""
        route = ["/new", *odd.LETTER, *self._random.choice(odd.ROUTES)]
        begun = self._random.choice((len(route), len(route), self._random.randrange(len(route))))
        for step in range(WALK):
            self._found.steps += 1
            event = self._on(route[step]) if step < begun else self._event()
            self._done.append(_said(event))
            try:
                self._step(event)
            except Exception as error:  # noqa: BLE001 -- whatever it is, it is what we look for
                self._found.note(_where(error), " > ".join(self._done[-6:]))
                return

    def _step(self, event: Event) -> None:
        start = time.thread_time()
        opened = self._desk.opening(self._user, event, self._language)
        receipt = self._desk.receive(
            self._user, opened() if opened else event, language=self._language
        )
        self._found.timed(time.thread_time() - start, self._done[-1])
        self._look(receipt)
        again = self._desk.current(self._user, self._language)
        assert [e.screen for e in again.effects if isinstance(e, Show)]
        for fault in (*faults(receipt.effects), *faults(again.effects)):
            view = self._desk.store.people.load(self._user).user.view.name
            self._found.note(f"{fault} ({view})", " > ".join(self._done[-6:]))

    def _look(self, receipt: Receipt) -> None:
        """Show the effects as a channel does."""
        for effect in receipt.effects:
            if isinstance(effect, Show):
                self._screen = effect.screen
                self._look_around(self._desk.store.people.load(self._user))
            elif isinstance(effect, RunJob):
                self._write(effect)
            elif isinstance(effect, Propose):
                event = Proposed(effect.draft_id, effect.key, effect.target, odd.text(self._random))
                self._desk.receive(self._user, event)
            else:
                self._send(effect, receipt)

    def _look_around(self, session: Session) -> None:
        """At a place that is new, everything odd is typed once."""
        context = Context.of(session, self._desk)
        question = asked(context)
        view = session.user.view
        place = " ".join((view.name, question.key if question else "", view.text.partition(":")[0]))
        self._found.views[view.name] += 1
        if not self.around or len(place) > PLACE or place in self._found.places:
            return
        self._found.places.add(place)
        for text in (*odd.ODD, *odd.DATES, *odd.HALVES, *odd.PLAUSIBLE):
            event = sounded(Typed(text))
            start = time.thread_time()
            turned = turn(session, event, self._desk)
            self._found.timed(time.thread_time() - start, f"{place}: {_said(event)}")
            self._found.typed += 1
            for fault in faults(turned.effects):
                self._found.note(f"{fault} ({place})", _said(event))

    def _send(self, effect: Effect, receipt: Receipt) -> None:
        head = self._desk.shelves.letterheads.of(self._user)
        if isinstance(effect, SendLetter):
            self._found.letters += 1
            if self._random.random() > self.documents:
                return
            preview = self._desk.preview(effect, receipt.language, head)
            if preview:
                for fault in of_messages([*preview.texts, preview.alt]):
                    self._found.note(f"letter: {fault}", " > ".join(self._done[-6:]))
            self._files(SendFiles(effect.draft, FORMATS))
        elif isinstance(effect, SendFiles):
            self._files(effect)
        elif isinstance(effect, SendChart) and self._random.random() < self.documents:
            self._desk.chart(effect, receipt)

    def _files(self, effect: SendFiles) -> None:
        head = self._desk.shelves.letterheads.of(self._user)
        for one in self._desk.files(effect, head):
            self._found.files += 1
            assert one.data
            assert one.name.isascii()

    def _write(self, effect: RunJob) -> None:
        found = self._desk.store.shelves.jobs.find(effect.job_id)
        assert found
        work = Work(
            self._desk, found[1], Language.EN, self._desk.shelves.letterheads.of(self._user)
        )
        try:
            for target in found[1].targets[:WRITTEN]:
                work.write(target)
            assert work.finish()
        finally:
            work.close()
        self._desk.end_job(effect.job_id, done=True)
        self._desk.receive(self._user, JobEnded(effect.job_id))

    def _on(self, wanted: str) -> Event:
        """A step on the way: a command, a part of a button's data, or one of some texts."""
        if wanted.startswith("/"):
            name, _blank, argument = wanted[1:].partition(" ")
            return Command(name, f"c{self.tokens[-1]}" if argument and self.tokens else argument)
        if wanted.startswith(":"):
            return Tap(next((one for one in self._offered() if wanted in one), "none"))
        return Typed(self._random.choice(wanted.split("|")))

    def _offered(self) -> list[str]:
        return [button.data for row in self._screen.rows for button in row] if self._screen else []

    def _event(self) -> Event:
        random, kind = self._random, self._random.random()
        offered = self._offered()
        if offered and kind < 0.6:
            onward = [one for one in offered if not one.endswith((":home:", ":back:"))]
            return Tap(random.choice(onward if onward and kind < 0.55 else offered))
        if kind < 0.9:
            about = self._screen.topic if self._screen and random.random() < 0.5 else ""
            return Typed(odd.text(random), about)
        if kind < 0.91:
            name, _blank, argument = random.choice(odd.COMMANDS).partition(" ")
            return Command(name, argument)
        if kind < 0.92 and self.tokens:
            return Command("start", "c" + random.choice(self.tokens))
        if kind < 0.95:
            name, data = random.choice(odd.FILES)
            lost = random.random() < 0.1
            return FileSent(name, None if lost or random.random() < 0.1 else data, lost=lost)
        if kind < 0.98:
            return Tap(random.choice(odd.TAPS))
        return Unsupported(random.choice(("photo", "edited", "other", "voice")))


def _new_token(known: list[str]) -> str:
    known.append(f"t{len(known)}")
    return known[-1]


def _said(event: Event) -> str:
    return ascii(event)[:120]


def _where(error: Exception) -> str:
    """The kind of an exception: what it is, and the place of ours where it was raised."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [one for one in frames if "/bot/" in one.filename or "/tests/" in one.filename]
    at = f"{Path(ours[-1].filename).name}:{ours[-1].lineno} {ours[-1].name}" if ours else "?"
    return f"{type(error).__name__} at {at}: {ascii(str(error))[:120]}"


def lines(found: Found) -> Iterator[str]:
    """What was found, to be read."""
    yield f"{found.steps} steps, {found.letters} letters, {found.files} files,"
    yield f"{found.typed} odd texts at {len(found.places)} places"
    yield f"{len(found.views)} views: {', '.join(sorted(found.views))}"
    yield f"slowest turn {found.slowest[0]:.2f} s: {found.slowest[1][:100]}"
    yield f"{len(found.kinds)} kinds of faults"
    for kind, example in found.kinds.items():
        yield f"  {kind}\n      {example}"
