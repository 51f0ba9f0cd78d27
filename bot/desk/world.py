"""What a turn may ask of the world: see `conversation.library.Library`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.desk import papers
from bot.letters.catalogues import translations
from bot.reference.loader import places
from bot.reference.official import correspondence
from bot.reference.search import find_states
from bot.reference.treaty_search import find_treaties

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date
    from gettext import NullTranslations
    from pathlib import Path

    from bot.apart import Room
    from bot.conversation.many.mailing import Job
    from bot.conversation.talk.draft import Draft
    from bot.conversation.talk.values import Notice, Reminder
    from bot.letters.campaign import Campaign
    from bot.letters.compose import Composer, Refusal, Request
    from bot.letters.correspondence import Correspondence
    from bot.letters.letterhead import Letterhead
    from bot.letters.matching import Match
    from bot.letters.model import Language, Letter, State, Treaty
    from bot.letters.signatory_tables import Table
    from bot.letters.status import Records, Version
    from bot.storage.store import Store
    from bot.translator import LibreTranslate


class World:
    """The facts, the letters, the store and the clock, behind the questions of a turn."""

    def __init__(  # noqa: PLR0913 -- the world, handed in
        self,
        store: Store,
        composer: Composer,
        locales: Path,
        room: Room,
        *,
        today: Callable[[], date],
        new_id: Callable[[], str],
        translator: LibreTranslate | None = None,
        administrators: frozenset[str] = frozenset(),
    ) -> None:
        self.store = store
        self._room = room
        self._composer = composer
        self._locales = locales
        self.today = today
        self.new_id = new_id
        self._translator = translator
        self.administrators = administrators
        self.progress: dict[str, int] = {}
        self._shipped = composer.records
        self._stamp = (0, 0)
        self.renew()

    @property
    def records(self) -> Records:
        """The facts."""
        return self._composer.records

    @property
    def campaigns(self) -> Mapping[str, Campaign]:
        """The campaigns of organisations."""
        return self._composer.campaigns

    def renew(self) -> None:
        """Take up the facts that hold, where an import or a rollback has changed them."""
        stamp = self.store.facts.stamp()
        if stamp != self._stamp:
            self._composer = self._composer.on(
                self._shipped.with_versions(self.store.facts.present())
            )
            self._stamp = stamp

    def forget_papers(self) -> None:
        """Nothing that somebody wrote or sent is kept to be quick with."""
        self._composer.forget()
        papers.forget()

    def compose(self, request: Request) -> Letter | Refusal:
        """The letter of a request."""
        return self._composer.compose(request)

    def original(self, request: Request, key: str) -> str:
        """What the template says in a section."""
        return self._composer.original(request, key)

    def correspondence(self, state: State) -> Correspondence:
        """The language of a letter to the State unless another is chosen."""
        return correspondence(state)

    def find_states(self, text: str, *, whole: bool = False) -> Match[State]:
        """The State that the text names, or those that it may name."""
        return find_states(text, whole=whole)

    def find_treaties(self, text: str) -> Match[Treaty]:
        """The treaty that the text names, or those that it may name."""
        return find_treaties(text)

    def places(self) -> tuple[dict[Language, str], ...]:
        """Known places by language."""
        return places()

    def drafts(self, user_id: str) -> tuple[Draft, ...]:
        """The user's drafts."""
        return self.store.drafts(user_id)

    def revision(self, user_id: str, draft: Draft, number: int) -> Draft | None:
        """A step of the draft's history."""
        return self.store.revision(user_id, draft, number)

    def letterhead(self, user_id: str) -> Letterhead | None:
        """What stands at the head of the user's letters."""
        head = self.store.letterhead(user_id)
        if head is None or head.logo is None or head.logo.kind == "png":
            return head
        from bot.documents import logos  # noqa: PLC0415 -- slow to import, needed by few

        return logos.with_drawn_logo(head)

    def listed(self, user_id: str) -> Table | None:
        """The list of co-signers that the user sent and has not yet added."""
        return self.store.listed(user_id)

    def job(self, user_id: str, job_id: str) -> Job | None:
        """A job of the user's, and how far it is."""
        found = self.store.job(job_id)
        if found is None or found[0] != user_id:
            return None
        return replace(found[1], made=self.progress.get(job_id, 0))

    @property
    def has_translator(self) -> bool:
        """Whether a translation service may be asked."""
        return self._translator is not None

    def translations(self, language: Language) -> NullTranslations:
        """The messages of the interface."""
        return translations(self._locales, "chat", language)

    def jobs(self, user_id: str) -> tuple[Job, ...]:
        """The user's letters to many States that were written."""
        return self.store.jobs(user_id)

    def reminders(self, user_id: str) -> tuple[Reminder, ...]:
        """When the user is to be reminded of what, or was and has not put it away."""
        return self.store.reminders.of(user_id)

    def notices(self, user_id: str) -> tuple[Notice, ...]:
        """What the user is to be told, or was told and has not put away."""
        return self.store.facts.notices(user_id)

    def is_administrator(self, user_id: str) -> bool:
        """Whether the user may renew the facts: named, or of a channel named with its colon."""
        channel = user_id.partition(":")[0] + ":"
        return user_id in self.administrators or channel in self.administrators

    def proposals(self, user_id: str) -> tuple[Version, ...]:
        """The facts that an administrator has sent and not yet stored."""
        return self.store.facts.proposals(user_id)

    def stamp(self) -> tuple[int, int]:
        """Another value whenever other facts hold."""
        return self._stamp
