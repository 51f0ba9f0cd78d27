"""One update's way: load, turn, save; then the documents that its effects ask for."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.conversation.context import request_of
from bot.conversation.library import Translator
from bot.conversation.turn import shown_again, turn
from bot.conversation.values import Changes, Draft, SendFiles, SendLetter
from bot.documents.page import set_page, to_pdf, to_png
from bot.documents.text import split, to_text
from bot.documents.word import to_docx
from bot.letters.catalogues import translations
from bot.letters.model import Language, Letter
from bot.reference.loader import places
from bot.reference.search import find_states, find_treaties

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from gettext import NullTranslations
    from pathlib import Path

    from bot.conversation.values import Effect, Event, Json, Session
    from bot.letters.compose import Composer, Refusal, Request
    from bot.letters.model import State, Treaty
    from bot.letters.status import Records
    from bot.storage.store import Store

log = logging.getLogger(__name__)

MIME = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "png": "image/png",
    "txt": "text/plain; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class Document:
    """A file to send."""

    name: str
    data: bytes
    mime: str


@dataclass(frozen=True, slots=True)
class Preview:
    """A letter to look at: a picture of each page, the text in messages, a line of warning."""

    pictures: tuple[bytes, ...]
    texts: tuple[str, ...]
    alt: str
    notice: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """An update that was taken and saved: what to show and send, in order."""

    user_id: str
    language: Language
    effects: tuple[Effect, ...]
    update: tuple[str, int] | None = None


class Desk:
    """Takes updates for any channel. `receive` blocks for a moment; documents take longer."""

    def __init__(
        self,
        store: Store,
        composer: Composer,
        locales: Path,
        *,
        today: Callable[[], date],
        new_id: Callable[[], str],
    ) -> None:
        self.store = store
        self._composer = composer
        self._locales = locales
        self.today = today
        self.new_id = new_id

    # What a turn may ask of the world: see `conversation.library.Library`.

    @property
    def records(self) -> Records:
        """The facts."""
        return self._composer.records

    def compose(self, request: Request) -> Letter | Refusal:
        """The letter of a request."""
        return self._composer.compose(request)

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

    # Documents. Typst lets go of the interpreter: these may run in another thread.

    def preview(self, effect: SendLetter, language: Language) -> Preview | None:
        """The letter to look at; None where the facts have moved and there is none any more."""
        letter = self._composer.compose(request_of(effect.draft, self))
        if not isinstance(letter, Letter):
            return None
        text = to_text(letter).rstrip("\n")
        page = set_page(letter)
        return Preview(
            tuple(to_png(letter)),
            tuple(split(text)),
            letter.subject,
            self._missing_line(page.missing, language),
        )

    def files(self, effect: SendFiles) -> tuple[Document, ...]:
        """The letter's files, in the order asked for."""
        letter = self._composer.compose(request_of(effect.draft, self))
        if not isinstance(letter, Letter):
            return ()
        documents: list[Document] = []
        for kind in effect.formats:
            stem = file_stem(letter)
            if kind == "png":
                pages = to_png(letter)
                for number, picture in enumerate(pages, start=1):
                    name = stem if len(pages) == 1 else f"{stem}-{number}"
                    documents.append(Document(f"{name}.png", picture, MIME["png"]))
            else:
                documents.append(Document(f"{stem}.{kind}", as_file(letter, kind), MIME[kind]))
        return tuple(documents)

    def _missing_line(self, missing: tuple[str, ...], language: Language) -> str:
        if not missing:
            return ""
        _ = Translator(self.translations(language), language)
        return _(
            "The picture and the PDF cannot show these characters: %(characters)s. "
            "Word and text carry them.",
            characters=" ".join(missing),
        )


def as_file(letter: Letter, kind: str) -> bytes:
    """The letter in one format: docx, pdf or txt."""
    if kind == "docx":
        return to_docx(letter)
    if kind == "pdf":
        return to_pdf(letter)
    return to_text(letter).encode()


def file_stem(letter: Letter) -> str:
    """A file name that sorts by treaty and State: OPSC-GUY-fr-2010-07-26."""
    return f"{'-'.join(letter.treaties)}-{letter.state}-{letter.language}-{letter.date.isoformat()}"


def _owed(effects: tuple[Effect, ...]) -> Json:
    """The letters and files of a turn, kept until they were sent."""
    owed = []
    for effect in effects:
        if isinstance(effect, SendLetter):
            owed.append({"id": effect.draft.id, "draft": effect.draft.to_json()})
        elif isinstance(effect, SendFiles):
            owed.append(
                {
                    "id": effect.draft.id,
                    "draft": effect.draft.to_json(),
                    "formats": list(effect.formats),
                }
            )
    return {"send": owed} if owed else {}


def _effects_from(owed: Json) -> tuple[Effect, ...]:
    effects: list[Effect] = []
    for one in owed.get("send", ()):
        draft = Draft.from_json(one["id"], one["draft"])
        if "formats" in one:
            effects.append(SendFiles(draft, tuple(one["formats"])))
        else:
            effects.append(SendLetter(draft))
    return tuple(effects)
