"""What a turn may ask of the world: facts, letters, ids, the date. Handed in, never reached for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date, datetime
    from gettext import NullTranslations

    from bot.conversation.talk.access import Access, Standing
    from bot.keeping.lifetimes import Days
    from bot.letters.campaign import Campaign
    from bot.letters.compose import Composer
    from bot.letters.correspondence import Correspondence
    from bot.letters.matching import Match
    from bot.letters.model import Language, State
    from bot.letters.status import Records
    from bot.letters.treaties import Treaty


class FindStates(Protocol):
    """The State that a text names, or those that it may name."""

    def __call__(self, text: str, *, whole: bool = False) -> Match[State]:
        """With `whole` the text is nothing but the name."""
        ...


class FindTreaties(Protocol):
    """The treaty that a text names, or those that it may name."""

    def __call__(self, text: str, *, whole: bool = False) -> Match[Treaty]:
        """With `whole` the text is nothing but the name."""
        ...


@dataclass(frozen=True, slots=True)
class Finder:
    """What is found by name: States, treaties, known places; and how a State is written to."""

    states: FindStates
    treaties: FindTreaties
    places: Callable[[], tuple[dict[Language, str], ...]]
    correspondence: Callable[[State], Correspondence]


class Library(Protocol):
    """The read-only world of a turn."""

    @property
    def records(self) -> Records:
        """The facts."""
        ...

    @property
    def campaigns(self) -> Mapping[str, Campaign]:
        """The campaigns of organisations, by key."""
        ...

    @property
    def letters(self) -> Composer:
        """What makes a letter of a request, and knows what the template says in a section."""
        ...

    @property
    def find(self) -> Finder:
        """What is found by name."""
        ...

    @property
    def shelves(self) -> object:
        """What is kept, an object for each subject: see `Shelf`."""
        ...

    @property
    def lifetimes(self) -> Days:
        """After how many days what is deleted."""
        ...

    @property
    def progress(self) -> Mapping[str, int]:
        """How many letters are written, by the id of the job that is under way."""
        ...

    @property
    def has_translator(self) -> bool:
        """Whether a translation service may be asked for proposals."""
        ...

    def today(self) -> date:
        """The date that a new letter bears."""
        ...

    def now(self) -> datetime:
        """The moment, in UTC."""
        ...

    def new_id(self) -> str:
        """An opaque random id of eight characters."""
        ...

    def new_token(self, prefix: str) -> str:
        """A secret of 192 random bits for a link; the prefix tells what takes it."""
        ...

    def chat_link(self, token: str) -> str:
        """The link that opens the chat with it; empty where the bot's name is not known."""
        ...

    def page_link(self, token: str) -> str:
        """The link that opens a page in any browser; empty where no page is served."""
        ...

    def is_administrator(self, user_id: str) -> bool:
        """Whether the user may renew the facts, and says who may use the bot."""
        ...

    @property
    def access(self) -> Access:
        """Whom the bot is for, and how much one person may do."""
        ...

    def standing(self, user_id: str) -> Standing:
        """What somebody is here."""
        ...

    def stamp(self) -> tuple[int, int]:
        """Another value whenever other facts hold."""
        ...

    def translator(self, language: Language) -> Translator:
        """The messages of the interface."""
        ...


class Translator:
    """Gettext with named placeholders: `_("To %(state)s", state=...)`."""

    def __init__(self, translations: NullTranslations, language: Language) -> None:
        self._translations = translations
        self.language = language

    def __call__(self, message: str, **values: object) -> str:
        """The message in the user's language."""
        text = self._translations.gettext(message)
        return text % values if values else text

    def plural(self, singular: str, plural: str, count: int, **values: object) -> str:
        """The message for a count, which is also `%(count)s`."""
        text = self._translations.ngettext(singular, plural, count)
        return text % {"count": count, **values}
