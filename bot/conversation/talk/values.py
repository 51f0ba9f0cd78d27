"""What a conversation is made of: users, sets, screens, effects, changes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, TypeVar

from bot.conversation.talk.draft import NOTHING, Last
from bot.letters.model import Language

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from bot.conversation.talk.draft import Draft
    from bot.conversation.talk.membership import Membership
    from bot.conversation.talk.selection import Selection
    from bot.letters.model import Signatory


REMIND_DAYS = 30
"""After so many days without an answer one is reminded, unless one chooses otherwise."""


@dataclass(frozen=True, slots=True)
class SignatorySet:
    """A named, ordered, reusable list of signatories."""

    id: str
    name: str
    signatories: tuple[Signatory, ...]


@dataclass(frozen=True, slots=True)
class View:
    """Where the user is looking: a place, not an answer. Losing it loses nothing.

    `said` is the key of the question that was answered by typing just now: it is said back; behind
    it, that of the question to which something was typed that is no answer yet.
    """

    name: str = "home"
    key: str = ""
    page: int = 0
    text: str = ""
    said: str = ""

    def to_json(self) -> list[str | int]:
        """The view as plain JSON values."""
        return [self.name, self.key, self.page, self.text, self.said]

    @classmethod
    def from_json(cls, data: list[Any]) -> View:
        """A view from what `to_json` gave."""
        return cls(*data)


@dataclass(frozen=True, slots=True)
class Place:
    """A view, and the draft that it was of, where it was of one."""

    view: View
    draft_id: str = ""

    def to_json(self) -> list[Any]:
        """The place as plain JSON values."""
        return [self.draft_id, *self.view.to_json()]

    @classmethod
    def from_json(cls, data: list[Any]) -> Place:
        """A place from what `to_json` gave."""
        return cls(View.from_json(data[1:]), data[0])


@dataclass(frozen=True, slots=True)
class User:
    """A person in one channel, by an opaque id ("telegram:1"). `language` is the interface's.

    `selection` holds the States being chosen for one letter to many; `reminded` is when an
    administrator was last asked to renew the facts; `correspondence` the missions' languages of
    correspondence that the user has set, by the State's code; `trail` the places that led to the
    view, for Back; `remind_days` after how many days without an answer the user wants to be
    reminded, 0 for never; `acting` the coalition that the user works for, by its id; `greeted`
    whether it was said who can read the chat.
    """

    id: str
    language: Language = Language.EN
    language_chosen: bool = False
    view: View = View()
    draft_id: str = ""
    last: Last = NOTHING
    selection: Selection | None = None
    reminded: date | None = None
    correspondence: Mapping[str, Language] = field(default_factory=dict)
    trail: tuple[Place, ...] = ()
    remind_days: int = REMIND_DAYS
    acting: str = ""
    greeted: bool = False


@dataclass(frozen=True, slots=True)
class Session:
    """All that a turn may look at and change.

    `empty` names shelves of which it is known that they hold nothing of the user's. `membership` is
    that of the coalition that the user works for, whose draft and sets these then are; it is None
    where the user is no longer a member. `leaving` is when everything about the user is deleted:
    until then it may be undone, and answers to nobody.
    """

    user: User
    draft: Draft | None = None
    sets: tuple[SignatorySet, ...] = ()
    empty: frozenset[str] = field(default=frozenset(), compare=False)
    membership: Membership | None = None
    leaving: datetime | None = None

    @property
    def owner(self) -> str:
        """Whose the letters, sets and letterhead are: the coalition's id, else the user's."""
        return self.membership.coalition if self.membership else self.user.id

    def working_for(self, membership: Membership | None) -> Session:
        """The session at home, of another coalition or of the user alone.

        No draft is at hand, and nobody is offered the co-signers of another's last letter.
        """
        user = replace(
            self.user,
            acting=membership.coalition if membership else "",
            view=View(),
            draft_id="",
            trail=(),
            selection=None,
            last=replace(self.user.last, signatories=(), language=None),
        )
        return Session(
            user, membership=membership, empty=self.empty - {"jobs", "signings", "missions"}
        )

    def looking(self, view: View) -> Session:
        """The session, looking elsewhere."""
        return replace(self, user=replace(self.user, view=view))

    def with_draft(self, draft: Draft | None) -> Session:
        """The session with another current draft."""
        draft_id = draft.id if draft else ""
        if draft is self.draft and self.user.draft_id == draft_id:
            return self
        same = self.user.draft_id == draft_id
        user = self.user if same else replace(self.user, draft_id=draft_id)
        return replace(self, user=user, draft=draft)

    def set_of(self, set_id: str) -> SignatorySet | None:
        """The user's set of that id."""
        return next((s for s in self.sets if s.id == set_id), None)


# Screens: what a user sees.


@dataclass(frozen=True, slots=True)
class Button:
    """A label and the data that tapping it sends: at most 64 bytes.

    `main` marks what is wanted most on its screen, for channels that can show it.
    """

    label: str
    data: str
    main: bool = False


@dataclass(frozen=True, slots=True)
class Screen:
    """What the user sees now: a title, plain text below it, rows of buttons.

    `moves` says that it changes by itself while something is under way. `topic` names what a text
    typed on it would change, as it stands. `filled` is the text that may be changed and sent back.
    `back` says what Back comes to, where that is more than leaving the screen. `kept` says that
    what was typed was meant for another screen: it may be sent again.
    """

    title: str
    text: str
    rows: tuple[tuple[Button, ...], ...] = ()
    hint: str = ""
    moves: bool = False
    topic: str = ""
    filled: str = ""
    back: str = ""
    kept: bool = False

    @property
    def offered(self) -> frozenset[str]:
        """The data of every button."""
        return frozenset(button.data for row in self.rows for button in row)


# Changes: what the turn changed, saved in one transaction before any effect.


class Change:
    """A small value: what a turn changed beside the user and the draft at hand.

    Each subject has its own kinds, and the storage keeps each kind in one place.
    """

    __slots__ = ()


class Owned(Change):
    """A change of what belongs to whom the user works for: a coalition, or the user alone."""

    __slots__ = ()


Changes = tuple[Change, ...]

C = TypeVar("C", bound=Change)


def of_kind(changes: Changes, kind: type[C]) -> list[C]:
    """Those of one kind, in their order."""
    return [one for one in changes if isinstance(one, kind)]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question made of an event.

    `draft` holds the answer; `notice` is a line for the user (bad input, or what was noticed);
    `view` is another view of the same question; neither means that nothing was understood.
    `user` is what the answer changes of the user, `changes` what it changes beside; `back` asks to
    go back.
    """

    draft: Draft | None = None
    notice: str = ""
    view: View | None = None
    user: User | None = None
    changes: Changes = ()
    back: bool = False
