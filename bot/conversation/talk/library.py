"""What a turn may ask of the world: facts, letters, ids, the date. Handed in, never reached for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from gettext import NullTranslations

    from bot.conversation.many.mailing import Job
    from bot.conversation.talk.draft import Draft
    from bot.conversation.talk.values import Notice, Reminder
    from bot.letters.campaign import Campaign
    from bot.letters.compose import Refusal, Request
    from bot.letters.correspondence import Correspondence
    from bot.letters.letterhead import Letterhead
    from bot.letters.matching import Match
    from bot.letters.model import Language, Letter, State, Treaty
    from bot.letters.signatory_tables import Table
    from bot.letters.status import Records, Version


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

    def compose(self, request: Request) -> Letter | Refusal:
        """The letter of a request."""
        ...

    def original(self, request: Request, key: str) -> str:
        """What the template says in a section, whatever was changed in it."""
        ...

    def correspondence(self, state: State) -> Correspondence:
        """The language that a letter to the State is written in unless another is chosen."""
        ...

    def find_states(self, text: str, *, whole: bool = False) -> Match[State]:
        """The State that the text names, or those that it may name."""
        ...

    def find_treaties(self, text: str) -> Match[Treaty]:
        """The treaty that the text names, or those that it may name."""
        ...

    def places(self) -> tuple[dict[Language, str], ...]:
        """Known places by language."""
        ...

    def today(self) -> date:
        """The date that a new letter bears."""
        ...

    def new_id(self) -> str:
        """An opaque random id of eight characters."""
        ...

    def drafts(self, user_id: str) -> tuple[Draft, ...]:
        """The user's drafts, the latest first."""
        ...

    def revision(self, user_id: str, draft: Draft, number: int) -> Draft | None:
        """The user's draft as it was at a step of its history."""
        ...

    def letterhead(self, user_id: str) -> Letterhead | None:
        """What stands at the head of the user's letters."""
        ...

    def listed(self, user_id: str) -> Table | None:
        """The list of co-signers that the user sent and has not yet added."""
        ...

    def job(self, user_id: str, job_id: str) -> Job | None:
        """A job of the user's, and how far it is."""
        ...

    def jobs(self, user_id: str) -> tuple[Job, ...]:
        """The user's letters to many States that were written."""
        ...

    def reminders(self, user_id: str) -> tuple[Reminder, ...]:
        """When the user is to be reminded of what, or was and has not put it away."""
        ...

    def notices(self, user_id: str) -> tuple[Notice, ...]:
        """What the user is to be told of States that moved, or was told and has not put away."""
        ...

    def is_administrator(self, user_id: str) -> bool:
        """Whether the user may renew the facts."""
        ...

    def proposals(self, user_id: str) -> tuple[Version, ...]:
        """The facts that an administrator has sent and not yet stored."""
        ...

    def stamp(self) -> tuple[int, int]:
        """Another value whenever other facts hold."""
        ...

    @property
    def has_translator(self) -> bool:
        """Whether a translation service may be asked for proposals."""
        ...

    def translations(self, language: Language) -> NullTranslations:
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
