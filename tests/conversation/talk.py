"""A conversation in a test: events in, screens out, the session through JSON between turns."""

from __future__ import annotations

from copy import copy
from gettext import NullTranslations
from typing import TYPE_CHECKING

from bot.conversation.talk.effects import (
    SendExport,
    SendFiles,
    SendInvitation,
    SendLetter,
    SendNotes,
    SendSigned,
    SendTemplate,
    SendText,
    Show,
    Toast,
)
from bot.conversation.talk.events import Command, FileSent, Tap, Typed, Unsupported
from bot.conversation.talk.library import Translator
from bot.conversation.wording.wording import section_names
from bot.letters.model import Language
from tests.world import TODAY, make_desk

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from bot.conversation.talk.effects import Effect
    from bot.conversation.talk.events import Event
    from bot.conversation.talk.values import Button, Screen, Session
    from bot.desk import Desk


SECTIONS = section_names(Translator(NullTranslations(), Language.EN))


class Talk:
    """One user at the desk. The database is the JSON that every turn goes through.

    Two users share a `desk`.
    """

    def __init__(  # noqa: PLR0913 -- a conversation, as a test wants it
        self,
        path: Path,
        *,
        user: str = "test:1",
        language: Language | None = None,
        today: date = TODAY,
        administrators: frozenset[str] = frozenset(),
        desk: Desk | None = None,
    ) -> None:
        self.desk = desk or make_desk(path, today=today, administrators=administrators)
        self.path = path
        self.user = user
        self.language = language
        self.effects: tuple[Effect, ...] = ()
        self.count = 0

    def beside(self, user: str, language: Language | None = None) -> Talk:
        """Another person at the same desk."""
        other = copy(self)
        other.user, other.language, other.effects, other.count = user, language, (), 0
        return other

    @property
    def invitation(self) -> str:
        """The token of the link that was made last."""
        found = (one for one in self.effects if isinstance(one, SendInvitation))
        return next(found).link.rpartition("/")[2].rpartition("=")[2]

    def start(self, token: str) -> Talk:
        """Come by a link."""
        return self.do(Command("start", token))

    def close(self) -> None:
        """Let go of the database before the test's end, where a test has many."""
        self.desk.store.close()

    def do(self, event: Event) -> Talk:
        """One event."""
        self.count += 1
        opened = self.desk.opening(self.user, event, self.language)
        event = opened() if opened else event
        receipt = self.desk.receive(
            self.user, event, update=(self.user, self.count), language=self.language
        )
        self.effects = receipt.effects
        return self

    def command(self, name: str) -> Talk:
        """A command, and what follows it."""
        name, _blank, argument = name.partition(" ")
        return self.do(Command(name, argument))

    def type(self, text: str) -> Talk:
        """A text message."""
        return self.do(Typed(text))

    def file(self, data: bytes | None, name: str = "list.csv") -> Talk:
        """A document."""
        return self.do(FileSent(name, data))

    def send(self, kind: str) -> Talk:
        """Anything the bot does not read."""
        return self.do(Unsupported(kind))

    def tap(self, label: str) -> Talk:
        """Tap the button with that label, or the one whose label begins so."""
        buttons = [button for row in self.screen.rows for button in row]
        found = [b for b in buttons if b.label == label] or [
            b for b in buttons if b.label.startswith(label)
        ]
        found = found or self._section(label)
        assert len(found) == 1, f"{label}: {[b.label for b in buttons]}"
        return self.press(found[0])

    def _section(self, label: str) -> list[Button]:
        """A section, which is listed by its own words, by its name: "☑ Hope"."""
        mark, _blank, name = label.partition(" ")
        keys = [key for key, named in SECTIONS.items() if name and named.startswith(name)]
        buttons = [button for row in self.screen.rows for button in row]
        return [
            one
            for one in buttons
            for key in keys
            if one.data.endswith(f":section:{key}") and one.label.startswith(mark)
        ]

    def tap_shown(self, label: str) -> Talk:
        """Tap a button of the screen where the person stands, after a restart."""
        self.effects = self.desk.current(self.user).effects
        return self.tap(label)

    def press(self, button: Button) -> Talk:
        """Tap a button of the screen, where labels are not enough to tell it from others."""
        return self.do(Tap(button.data))

    @property
    def screen(self) -> Screen:
        """The last screen shown."""
        return next(e.screen for e in reversed(self.effects) if isinstance(e, Show))

    @property
    def labels(self) -> list[str]:
        """The labels of its buttons."""
        return [button.label for row in self.screen.rows for button in row]

    @property
    def session(self) -> Session:
        """What the database holds."""
        return self.desk.store.people.load(self.user)

    @property
    def has_letter(self) -> bool:
        """Whether the last turn gave a finished letter."""
        return any(isinstance(effect, SendLetter) for effect in self.effects)


def written(effects: tuple[Effect, ...]) -> str:
    """What the bot showed, as text for a golden dialogue."""
    lines: list[str] = []
    for effect in effects:
        if isinstance(effect, Show):
            lines += [f"# {effect.screen.title}", *effect.screen.text.splitlines()]
            lines += [" ".join(f"[{b.label}]" for b in row) for row in effect.screen.rows]
        elif isinstance(effect, SendText):
            lines += ["(a message of its own)", *effect.text.splitlines()]
        elif isinstance(effect, SendLetter):
            lines.append("(the letter: picture and text)")
        elif isinstance(effect, SendFiles):
            lines.append(f"(files: {', '.join(effect.formats)})")
        elif isinstance(effect, SendInvitation):
            lines += [f"(an invitation: {effect.subject})", *effect.text.splitlines()]
        elif isinstance(effect, SendTemplate | SendNotes | SendExport):
            lines.append(f"(a file: {_named(effect)})")
        elif isinstance(effect, SendSigned):
            what = ", ".join(effect.formats) or "picture and text"
            lines.append(f"(the frozen letter: {what})")
        elif isinstance(effect, Toast):
            lines.append(f"(toast: {effect.text})")
    return "\n".join(f"  {line}".rstrip() for line in lines)


def _named(effect: SendTemplate | SendNotes | SendExport) -> str:
    if isinstance(effect, SendNotes):
        return effect.name
    return "all that is kept" if isinstance(effect, SendExport) else "the empty mission book"
