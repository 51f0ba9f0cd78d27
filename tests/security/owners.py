"""What people own, and every button by which they come to it; and the actions that the code knows.

The walk plays everything that can be typed, and looks one tap ahead from wherever it stands, as far
as that leads to a place where an action was not tapped yet. Nothing that it looks at is saved.
"""

from __future__ import annotations

import ast
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from bot.conversation.many.kept import JobEnded
from bot.conversation.many.last_look import EMAILS
from bot.conversation.person.leaving import FORGET, KEEP, LATER, NOW, SURE
from bot.conversation.person.taking import EXPORT
from bot.conversation.talk.effects import RunJob, Show
from bot.conversation.talk.events import Tap
from bot.conversation.turn import turn
from bot.signings.tokens import digest_of
from tests.conversation.talk import Talk
from tests.conversation.test_coalitions import at_members
from tests.everything import everything, steps_of
from tests.hosted import connect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.conversation.talk.values import Session
    from bot.desk import Desk
    from tests.everything import Step

CONVERSATION = Path(__file__).parents[2] / "bot" / "conversation"
NAMED_ELSEWHERE = {FORGET, LATER, KEEP, NOW, SURE, EXPORT, EMAILS, "copyset", "copyletter"}
"""Actions that a name or a variable holds where the button is made."""

AHEAD = 4
"""So many taps are looked ahead from where the walk stands."""


def actions_of_the_code() -> set[str]:
    """The actions of all buttons that the sources make, by their own words."""
    found: set[str] = set()
    for path in CONVERSATION.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                named = node.func.attr == "button" and len(node.args) > 1
                action = node.args[1] if named else None
                if isinstance(action, ast.Constant) and isinstance(action.value, str):
                    found.add(action.value)
    return found | NAMED_ELSEWHERE


class Walk:
    """The owner's walk: `offered` is the data of every button that stood anywhere."""

    def __init__(self, talk: Talk) -> None:
        self.talk = talk
        self.offered: set[str] = set()
        self._tapped: set[tuple[str, str]] = set()

    @property
    def actions(self) -> set[str]:
        """The actions that were offered."""
        return {one.split(":")[1] for one in self.offered}

    def play(self, steps: Iterator[Step]) -> None:
        """Do all that, and look ahead after each step."""
        for kind, said, data in steps:
            if kind == "tap":
                self.talk.tap(said)
            elif kind == "file":
                self.talk.file(data, said)
            elif said.startswith("/"):
                self.talk.command(said[1:])
            else:
                self.talk.type(said)
            self.look()

    def look(self, talk: Talk | None = None) -> None:
        """One tap ahead from here, and from there on; from where somebody else is, too."""
        talk = talk or self.talk
        self._ahead(talk.session, self._buttons(talk.effects), AHEAD)

    def _ahead(self, session: Session, offered: list[str], steps: int) -> None:
        self.offered.update(offered)
        view = session.user.view.name
        for data in offered if steps else ():
            place = (view, data.split(":")[1])
            if place in self._tapped:
                continue
            self._tapped.add(place)
            turned = turn(session, Tap(data), self.talk.desk)
            self._ahead(turned.session, self._buttons(turned.effects), steps - 1)

    @staticmethod
    def _buttons(effects: tuple[object, ...]) -> list[str]:
        screens = [one.screen for one in effects if isinstance(one, Show)]
        return [button.data for one in screens for row in one.rows for button in row]


class Owned:
    """Somebody with everything, a coalition of theirs, and those who would like to see it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.talk = Talk(
            path, user="telegram:700100", administrators=frozenset({"telegram:700100"})
        )
        self.desk: Desk = self.talk.desk
        self.desk.public_url = "https://letters.example.org"
        self.walk = Walk(self.talk)
        self.tokens: list[str] = []
        make = self.desk.new_token
        self.desk.new_token = lambda kind: self._noted(make(kind))
        self.walk.play(everything())
        self.walk.play(steps_of(FURTHER))
        job = self._job()
        self.desk.end_job(job, done=True)
        self.talk.do(JobEnded(job))
        self.walk.look()
        self.asked = self.talk.beside("test:E").start(self.invitation)
        self.walk.look(self.asked)
        self.reader, self.former = self._joins("test:R"), self._joins("test:F")
        at_members(self.talk).tap("F. Example").tap("Remove").tap("Yes")
        self.walk.look()
        self.stranger = self.talk.beside("test:S")

    def _noted(self, token: str) -> str:
        self.tokens.append(token)
        return token

    @property
    def invitation(self) -> str:
        """The link by which the owner's co-signer is asked: others were only looked at."""
        links = self.desk.shelves.signings
        return next(one for one in self.tokens if links.link(digest_of(one)))

    def _last(self, kind: str) -> str:
        return next(one for one in reversed(self.tokens) if one.startswith(kind))

    def _job(self) -> str:
        return next(one.job_id for one in self.talk.effects if isinstance(one, RunJob))

    def _joins(self, user: str) -> Talk:
        at_members(self.talk).tap("Invite").tap("Reader")
        talk = self.talk.beside(user).start(self._last("c"))
        self.walk.look(talk)
        return talk.tap("Join").type(f"{user[-1]}. Example")

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of everything that is theirs."""
        found: set[str] = set()
        with closing(connect(self.path)) as connection:
            for table in (
                "drafts",
                "sets",
                "jobs",
                "signings",
                "endorsers",
                "coalitions",
                "members",
            ):
                rows = connection.execute(f"SELECT id FROM {table}")  # noqa: S608 -- our tables
                found |= {str(one) for (one,) in rows}
        return tuple(sorted(found))

    def dump(self, *besides: str) -> list[str]:
        """All rows of the database but those that say where these people stand."""
        with closing(connect(self.path)) as connection:
            lines = list(connection.iterdump())
        return [
            line
            for line in lines
            if not any(f"'{user}'" in line for user in besides)
            or not line.startswith(('INSERT INTO "users"', 'INSERT INTO "updates"'))
        ]


FURTHER = """\
tap Many States
typed Tonga, Kenya
tap Write 2
tap Write the letters
"""
"""After everything: letters to many States, for the coalition."""
