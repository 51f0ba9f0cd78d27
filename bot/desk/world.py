"""What a turn may ask of the world: see `conversation.talk.library.Library`."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.conversation.counting import file_is_too_much
from bot.conversation.talk.access import Access, Mode, Standing
from bot.conversation.talk.context import Context
from bot.conversation.talk.library import Finder, Translator
from bot.conversation.talk.values import Session, User
from bot.desk import papers
from bot.keeping.lifetimes import USUAL
from bot.letters.catalogues import translations
from bot.machine.hands import Own
from bot.reference.loader import places
from bot.reference.official import correspondence
from bot.reference.search import find_states
from bot.reference.treaty_search import find_treaties
from bot.storage.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date, datetime
    from pathlib import Path

    from bot.keeping.lifetimes import Days
    from bot.letters.campaign import Campaign
    from bot.letters.compose import Composer
    from bot.letters.letterhead import Letterhead
    from bot.letters.model import Language
    from bot.letters.status import Records
    from bot.machine.apart import Room
    from bot.machine.hands import Hands
    from bot.machine.translator import LibreTranslate
    from bot.storage.shelves import Shelves
    from bot.storage.store import Store


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
        now: Callable[[], datetime],
        new_id: Callable[[], str],
        new_token: Callable[[str], str],
        new_reference: Callable[[], str],
        translator: LibreTranslate | None = None,
        administrators: frozenset[str] = frozenset(),
        lifetimes: Days = USUAL,
        access: Access | None = None,
        hands: Hands | None = None,
    ) -> None:
        self.store = store
        self.hands = hands or Own()
        self._room = room
        self.letters = composer
        self._locales = locales
        self.today = today
        self.now = now
        self.new_id = new_id
        self.new_token = new_token
        self.new_reference = new_reference
        self.watchers: list[Callable[[str], None]] = []
        self.bot_name = ""
        self.public_url = ""
        self._translator = translator
        self.administrators = administrators
        self.lifetimes = lifetimes
        self.access = access or Access()
        self.progress: dict[str, int] = {}
        self.exporting = asyncio.Lock()
        self.find = Finder(find_states, find_treaties, places, correspondence)
        self._shipped = composer.records
        self._stamp = (0, 0)
        self._looked_on: date | None = None
        self.shelves.letterheads.ready = _with_drawn_logo
        self.renew()

    @property
    def records(self) -> Records:
        """The facts."""
        return self.letters.records

    @property
    def campaigns(self) -> Mapping[str, Campaign]:
        """The campaigns of organisations."""
        return self.letters.campaigns

    @property
    def shelves(self) -> Shelves:
        """What is kept."""
        return self.store.shelves

    def chat_link(self, token: str) -> str:
        """The link that opens the chat with it; empty where the bot's name is not known yet."""
        return f"https://t.me/{self.bot_name}?start={token}" if self.bot_name else ""

    def page_link(self, token: str) -> str:
        """The link that opens a page in any browser; empty where no page is served."""
        return f"{self.public_url}/s/{token}" if self.public_url else ""

    @property
    def has_translator(self) -> bool:
        """Whether a translation service may be asked."""
        return self._translator is not None

    def renew(self, stamp: tuple[int, int] | None = None) -> None:
        """Take up the facts that hold, where an import or a rollback has changed them."""
        facts = self.shelves.facts
        stamp = stamp or facts.stamp()
        if stamp != self._stamp:
            self.letters = self.letters.on(self._shipped.with_versions(facts.present()))
            self._stamp = stamp

    def facts_age(self) -> dict[str, int]:
        """How old the facts are, in days: those on the oldest treaty, those on the newest."""
        records, today = self.records, self.today()
        days = [
            (today - records.dated(code)).days
            for code in records.treaties
            if records.has_status(code)
        ]
        return {"oldest": max(days), "newest": min(days)} if days else {}

    def is_ready(self) -> bool:
        """Whether the database can be read just now, without which no update is taken."""
        try:
            self.shelves.facts.stamp()
        except StoreError:
            return False
        return True

    def stamp(self) -> tuple[int, int]:
        """Another value whenever other facts hold."""
        return self._stamp

    def expire(self) -> None:
        """Once a day, and when the program starts: what has lived its time goes.

        Raises `StoreError`.
        """
        today = self.today()
        if today != self._looked_on and self.store.expiry.look(today, self.lifetimes, self._waits):
            self.store.updates.prune()
            self._looked_on = today

    def _waits(self, owner: str) -> bool:
        """Whether somebody is not told of anything now, as they are not let in."""
        return owner.startswith("telegram:") and self.standing(owner) is not Standing.IN

    def forget_papers(self) -> None:
        """Nothing that somebody wrote or sent is kept to be quick with."""
        self.letters.forget()
        papers.forget()
        self.hands.forget()

    def warm_up(self) -> None:
        """Load what the first Word file needs, where it will be made."""
        self.hands.do(papers.warm_up)

    def translator(self, language: Language) -> Translator:
        """The messages of the interface."""
        return Translator(translations(self._locales, "chat", language), language)

    def is_administrator(self, user_id: str) -> bool:
        """Whether the user may renew the facts: named, or of a channel named with its colon."""
        channel = user_id.partition(":")[0] + ":"
        return user_id in self.administrators or channel in self.administrators

    def standing(self, user_id: str) -> Standing:
        """What somebody is here."""
        known = self.shelves.access.of(user_id)
        first = self.is_administrator(user_id)
        return self.access.standing(user_id, known, is_administrator=first)

    def is_guest(self, user_id: str) -> bool:
        """Whether somebody may sign what they were asked to, and no more. Raises `StoreError`."""
        return self.access.mode is not Mode.OPEN and self.standing(user_id) is Standing.GUEST

    def is_listened_to(self, user_id: str) -> bool:
        """Whether anything of the user may be kept. Raises `StoreError`."""
        return self.standing(user_id) in {Standing.IN, Standing.GUEST}

    def takes_file(self, user_id: str, size: int) -> bool:
        """Whether a file of somebody's is fetched and read at all. Raises `StoreError`."""
        if self.standing(user_id) is not Standing.IN:
            return False
        return not file_is_too_much(Context.of(Session(User(user_id)), self), size)


def _with_drawn_logo(head: Letterhead) -> Letterhead | None:
    """A drawing that an earlier version kept is a picture by now."""
    if head.logo is None or head.logo.kind == "png":
        return head
    from bot.documents import logos  # noqa: PLC0415 -- slow to import, needed by few

    return logos.with_drawn_logo(head)
