"""One update's way: load, turn, save; then the documents that its effects ask for."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.conversation.context import in_language, request_of
from bot.conversation.draft import Draft
from bot.conversation.library import Translator
from bot.conversation.mailing import JobStatus
from bot.conversation.turn import shown_again, turn
from bot.conversation.values import Changes, Proposed, SendFiles, SendLetter
from bot.desk import papers
from bot.documents.page import can_show
from bot.documents.word import can_write
from bot.letters.bilingual import Bilingual
from bot.letters.catalogues import translations
from bot.letters.letterhead import Fault, Refused, letterhead
from bot.letters.model import Language, Letter
from bot.reference.loader import places
from bot.reference.official import official_language
from bot.reference.search import find_states, find_treaties

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from gettext import NullTranslations
    from pathlib import Path

    from bot.conversation.draft import Json
    from bot.conversation.mailing import Job
    from bot.conversation.values import Effect, Event, Propose, Session
    from bot.letters.compose import Composer, Refusal, Request
    from bot.letters.letterhead import Letterhead, Logo
    from bot.letters.model import State, Treaty
    from bot.letters.status import Records
    from bot.storage.store import Store
    from bot.translator import LibreTranslate

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Receipt:
    """An update that was taken and saved: what to show and send, in order."""

    user_id: str
    language: Language
    effects: tuple[Effect, ...]
    update: tuple[str, int] | None = None


class Desk:
    """Takes updates for any channel. `receive` blocks for a moment; documents take longer."""

    def __init__(  # noqa: PLR0913 -- the world, handed in
        self,
        store: Store,
        composer: Composer,
        locales: Path,
        *,
        today: Callable[[], date],
        new_id: Callable[[], str],
        translator: LibreTranslate | None = None,
    ) -> None:
        self.store = store
        self._composer = composer
        self._locales = locales
        self.today = today
        self.new_id = new_id
        self._translator = translator
        self.progress: dict[str, int] = {}
        self._shipped = composer.records
        self._stamp = (0, 0)
        self.renew()

    # What a turn may ask of the world: see `conversation.library.Library`.

    @property
    def records(self) -> Records:
        """The facts."""
        return self._composer.records

    def renew(self) -> None:
        """Take up the facts that hold, where an import or a rollback has changed them."""
        stamp = self.store.facts.stamp()
        if stamp != self._stamp:
            self._composer = self._composer.on(
                self._shipped.with_versions(self.store.facts.present())
            )
            self._stamp = stamp

    def compose(self, request: Request) -> Letter | Refusal:
        """The letter of a request."""
        return self._composer.compose(request)

    def original(self, request: Request, key: str) -> str:
        """What the template says in a section."""
        return self._composer.original(request, key)

    def official_language(self, state: State) -> Language:
        """The language of a letter to the State unless another is chosen."""
        return official_language(state)

    def find_states(self, text: str) -> tuple[State, ...]:
        """States that the text could mean."""
        return find_states(text)

    def find_treaties(self, text: str) -> tuple[Treaty, ...]:
        """Treaties that the text could mean."""
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
        return self.store.letterhead(user_id)

    def read_word(self, data: bytes) -> bytes | Refused:
        """A Word file that may serve as a letterhead."""
        from bot.documents import uploads  # noqa: PLC0415 -- slow to import, needed by few

        word = uploads.read_word(data)
        if isinstance(word, Refused):
            return word
        head = letterhead(word, None, ())
        return word if head and can_write(head) else Refused(Fault.BROKEN)

    def read_logo(self, data: bytes) -> Logo | Refused:
        """A picture that may serve as a logo; it was set on a page once before it is kept."""
        from bot.documents import uploads  # noqa: PLC0415 -- slow to import, needed by few

        logo = uploads.read_logo(data)
        if isinstance(logo, Refused) or can_show(logo):
            return logo
        return Refused(Fault.BROKEN)

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

    # The way of an update.

    def receive(
        self,
        user_id: str,
        event: Event,
        *,
        update: tuple[str, int] | None = None,
        language: Language | None = None,
    ) -> Receipt:
        """Take one event: everything it changes is on disk when this returns.

        An update seen twice changes nothing: what is still owed for it is sent, and the current
        screen is shown again. Raises `StoreError`.
        """
        self.renew()
        session = self._session(user_id, language)
        if update:
            seen, owed = self.store.seen(*update)
            if seen:
                again = shown_again(session, self).effects
                effects = (*_effects_from(owed), *again)
                return Receipt(user_id, session.user.language, effects, update)
        turned = turn(session, event, self)
        if turned.changes.forget:
            turned = replace(turned, changes=Changes(forget=True))
        self.store.save(turned.session, turned.changes, update, _owed(turned.effects))
        return Receipt(user_id, turned.session.user.language, turned.effects, update)

    def current(self, user_id: str, language: Language | None = None) -> Receipt:
        """The user's current screen, without an event."""
        self.renew()
        session = self._session(user_id, language)
        return Receipt(user_id, session.user.language, shown_again(session, self).effects)

    def owed(self, channel: str) -> tuple[Receipt, ...]:
        """What the channel had not sent when it last stopped."""
        receipts = []
        for update_id, user_id, owed in self.store.owed(channel):
            current = self.current(user_id)
            effects = (*_effects_from(owed), *current.effects)
            receipts.append(Receipt(user_id, current.language, effects, (channel, update_id)))
        return tuple(receipts)

    def settle(self, receipt: Receipt) -> None:
        """Everything of the receipt was sent."""
        owes = any(isinstance(effect, SendLetter | SendFiles) for effect in receipt.effects)
        if receipt.update and owes:
            self.store.settle(*receipt.update)

    def _session(self, user_id: str, language: Language | None) -> Session:
        session = self.store.load(user_id)
        if language and not session.user.language_chosen:
            session = replace(session, user=replace(session.user, language=language))
        return session

    # Errands: what is done beside the updates, and comes back as an event.

    def is_running(self, job_id: str) -> bool:
        """Whether a job is still wanted."""
        found = self.store.job(job_id)
        return found is not None and found[1].status is JobStatus.RUNNING

    def unfinished(self, channel: str) -> tuple[tuple[str, str], ...]:
        """The jobs of a channel that the last stop interrupted: user's id, job's id."""
        return tuple((user, job.id) for user, job in self.store.running_jobs(channel))

    def end_job(self, job_id: str, *, done: bool) -> None:
        """The letters of a job were sent, or could not be written."""
        self.store.end_job(job_id, JobStatus.DONE if done else JobStatus.FAILED)

    def proposed(self, errand: Propose) -> Proposed:
        """What the translation service proposes. Takes as long as the service does."""
        text = ""
        if self._translator:
            text = self._translator.translate(errand.text, errand.source, errand.target)
        return Proposed(errand.draft_id, errand.key, errand.target, text)

    # Documents. Typst lets go of the interpreter: these may run in another thread, the letterhead
    # with them, which only the store's own thread may read.

    def preview(
        self, effect: SendLetter, language: Language, head: Letterhead | None = None
    ) -> papers.Preview | None:
        """The letter to look at; None where the facts have moved and there is none any more."""
        letter = self._composer.compose(request_of(effect.draft, self))
        if not isinstance(letter, Letter):
            return None
        shown = papers.preview(letter, head)
        return replace(shown, notice=self._missing_line(shown.missing, language))

    def files(
        self, effect: SendFiles, head: Letterhead | None = None
    ) -> tuple[papers.Document, ...]:
        """The letter's files, in the order asked for."""
        letter = self._composer.compose(request_of(effect.draft, self))
        if not isinstance(letter, Letter):
            return ()
        if effect.second is None:
            return tuple(papers.files(letter, effect.formats, head))
        other = in_language(effect.draft, effect.second)
        second = self._composer.compose(request_of(other, self))
        if not isinstance(second, Letter):
            return ()
        pair = Bilingual(letter, second, effect.beside)
        return tuple(papers.files(pair, effect.formats, head))

    def _missing_line(self, missing: tuple[str, ...], language: Language) -> str:
        if not missing:
            return ""
        _ = Translator(self.translations(language), language)
        return _(
            "The picture and the PDF cannot show these characters: %(characters)s. "
            "Word and text carry them.",
            characters=" ".join(missing),
        )


def _owed(effects: tuple[Effect, ...]) -> Json:
    """The letters and files of a turn, kept until they were sent."""
    owed: list[Json] = []
    for effect in effects:
        if not isinstance(effect, SendLetter | SendFiles):
            continue
        one: Json = {"id": effect.draft.id, "draft": effect.draft.to_json()}
        if isinstance(effect, SendLetter):
            one["renews"] = effect.renews
        else:
            one["formats"] = list(effect.formats)
            one["second"], one["beside"] = effect.second, effect.beside
        owed.append(one)
    return {"send": owed} if owed else {}


def _effects_from(owed: Json) -> tuple[Effect, ...]:
    effects: list[Effect] = []
    for one in owed.get("send", ()):
        draft = Draft.from_json(one["id"], one["draft"])
        if "formats" in one:
            second = Language(one["second"]) if one.get("second") else None
            effects.append(
                SendFiles(draft, tuple(one["formats"]), second, one.get("beside", False))
            )
        else:
            effects.append(SendLetter(draft, one.get("renews", False)))
    return tuple(effects)
