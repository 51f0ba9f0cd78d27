"""One update's way: load, turn, save; then the documents that its effects ask for."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.endorsing.kept import EndorserSpoke
from bot.conversation.many.kept import JobEnded, JobStatus
from bot.conversation.person.kept import DeletionBegun, Forgotten
from bot.conversation.talk.effects import SendLetter, Show
from bot.conversation.talk.events import FileSent, LeftOut, Tap
from bot.conversation.talk.values import Changes, Session, of_kind
from bot.conversation.turn import shown_again, turn
from bot.conversation.whereabouts import looked_at
from bot.conversation.wording.kept import Proposed
from bot.desk import owing
from bot.desk import told as told_in
from bot.desk.door import sounded
from bot.desk.mistakes import mistake
from bot.desk.opening import opening
from bot.desk.receipt import Receipt
from bot.desk.telling import Telling
from bot.machine.figures import LETTERS, count
from bot.storage.errors import OvertakenError, StoreError

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.conversation.talk.effects import Propose, Turn
    from bot.conversation.talk.events import Event
    from bot.letters.model import Language

NO_UPDATE = ("", 0)
"""Stands for an event that is no channel's update, such as an errand's end."""

DEATHS = 2
"""So often the process may die of a piece of work before that is left out."""

MOST_AGAIN = 20
"""So often a turn is done again, because a name was taken out of the database meanwhile."""

log = logging.getLogger(__name__)


class Desk(Telling):
    """Takes updates for any channel. `receive` blocks for a moment; documents take longer."""

    async def take(
        self,
        user_id: str,
        event: Event,
        *,
        update: tuple[str, int],
        language: Language | None = None,
    ) -> Receipt:
        """Take one event of a channel: its file is read first, while others are served.

        An update that the process died of again and again is not looked at a third time: its
        sender is told. Raises `StoreError`.
        """
        with self.store.begun.mark(":".join(map(str, update))) as deaths:
            if deaths >= DEATHS:
                log.error("update %s:%s ended the program %s times: left out", *update, deaths)
                event = LeftOut()
            opened = self.opening(user_id, event, language)
            if opened:
                event = await asyncio.to_thread(opened)
            return self.receive(user_id, event, update=update, language=language)

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
        for _again in range(MOST_AGAIN):
            try:
                return self._in_turn(user_id, event, update, language)
            except OvertakenError:  # with what is there now, the turn is another one
                self.forget_papers()
        return self._in_turn(user_id, event, update, language)

    def _in_turn(
        self,
        user_id: str,
        event: Event,
        update: tuple[str, int] | None,
        language: Language | None,
    ) -> Receipt:
        """A job ends with what that comes to: of who died in between nobody would be told."""
        with self.store.turn():
            if isinstance(event, JobEnded):
                self.end_job(event.job_id, done=not event.reference)
            return self._received(user_id, event, update, language)

    def _received(
        self,
        user_id: str,
        event: Event,
        update: tuple[str, int] | None,
        language: Language | None,
    ) -> Receipt:
        opened = self.store.people.open(user_id, update or NO_UPDATE)
        self.renew(opened.stamp)
        session = _in_language(opened.session, language)
        gone = self.gone(session)
        if gone:
            return gone
        if update and opened.seen and self.is_listened_to(user_id):
            again = shown_again(session, self).effects
            before = () if session.leaving else owing.effects_from(opened.owed)
            screen = self.store.cards.screen(user_id)
            if screen < 0:
                again = tuple(replace(e, below=True) for e in again if isinstance(e, Show))
            effects = (*before, *again)
            language = session.user.language
            return Receipt(user_id, language, effects, update, screen=screen, again=True)
        turned = turn(session, sounded(event), self)
        if turned.traceless:
            return self._without_trace(turned, update)
        if Forgotten() in turned.changes:
            return self._forgotten(turned)
        if not session.leaving and not turned.session.leaving:
            turned = self._with_news(session, looked_at(turned, self))
        if not self._is_nothing(session, event, turned):
            owed = owing.to_json(turned.effects)
            screen = owing.screen_owed(turned.effects, update)
            self.store.save(turned.session, turned.changes, update, owed, opened, screen=screen)
            if _is_finished(session, turned):
                count(LETTERS, "one")
        elif update:
            self.store.inbox.drop(*update)
        self.say_moved(turned.changes)
        changes, language = turned.changes, turned.session.user.language
        return Receipt(
            *(user_id, language, (*turned.effects, *self._resumed(turned)), update),
            told=told_in.notices(changes),
            reminders=told_in.due(changes),
            expiring=told_in.expiring(changes),
            unheard=told_in.unheard(changes),
            put_away=bool(of_kind(changes, DeletionBegun)),
            screen=owing.screen_owed(turned.effects, update),
        )

    def _without_trace(self, turned: Turn, update: tuple[str, int] | None) -> Receipt:
        """The answer to somebody of whom nothing is kept, but that they came too often."""
        user = turned.session.user
        if update:
            self.store.inbox.drop(*update)
        if turned.changes:
            self.store.keep(user.id, turned.changes)
        return Receipt(user.id, user.language, turned.effects)

    def say_moved(self, changes: Changes) -> None:
        """Tell the channels whose signing has moved: a card that shows it is changed in place."""
        moved = {one.signing_id for one in of_kind(changes, EndorserSpoke)}
        for signing_id in moved:
            signing = self.shelves.signings.find(signing_id)
            if signing is None or not self.watchers:
                continue
            for user_id in (signing.owner, *self.store.people.working_for(signing.owner)):
                for watcher in self.watchers:
                    watcher(user_id)

    def _is_nothing(self, session: Session, event: Event, turned: Turn) -> bool:
        """Whether this is an old button, or an errand's end, of somebody who was forgotten since.

        It changes nothing, and so brings no trace of them back.
        """
        return (
            isinstance(event, Tap | Proposed | JobEnded)
            and turned.session == session
            and not turned.changes
            and not self.store.people.knows(session.user.id)
        )

    def opening(
        self, user_id: str, event: Event, language: Language | None = None
    ) -> Callable[[], FileSent] | None:
        """What it takes to have the event's file read, in another thread; see `opening`."""
        if not isinstance(event, FileSent):
            return None
        if not self.takes_file(user_id, len(event.data or b"")):
            return None
        self.renew()
        session = self._session(user_id, language)
        return None if session.leaving else opening(self, self._room, session, event)

    def tidy(self) -> None:
        """What is best done now and then, while nobody waits. Raises `StoreError`."""
        try:
            self.expire()
        except StoreError as error:  # one row that cannot be read holds up nothing else
            log.warning("what has lived its time could not be looked for: %s", error)
        self.shelves.access.prune(self.now().date())
        if not self.store.tidy():
            log.warning("another program uses the database, or the disk is full: tidied later")

    def current(self, user_id: str, language: Language | None = None, notice: str = "") -> Receipt:
        """The user's current screen, without an event."""
        self.renew()
        session = self._session(user_id, language)
        effects = shown_again(session, self, notice).effects
        screen = self.store.cards.screen(user_id)
        return Receipt(user_id, session.user.language, effects, screen=screen)

    def not_owed(self, receipt: Receipt) -> Receipt:
        """A receipt whose letters or files the process died of: without them, and it says so."""
        _ = self.translator(receipt.language)
        self.settle(receipt)
        said = _(
            "The letter or file that was due here has stopped me more than once, so I have left it "
            "out. Your answers are safe: please go on here, perhaps without your letterhead."
        )
        kept = [one for one in receipt.effects if not owing.is_owed(one)]
        return replace(receipt, effects=told_in.first(said, tuple(kept)))

    def settle(self, receipt: Receipt) -> None:
        """Everything of the receipt was sent."""
        if receipt.update and any(map(owing.is_owed, receipt.effects)):
            self.store.updates.settle(*receipt.update, receipt.user_id)

    def _session(self, user_id: str, language: Language | None) -> Session:
        return _in_language(self.store.people.load(user_id), language)

    # Errands: what is done beside the updates, and comes back as an event.

    def end_job(self, job_id: str, *, done: bool) -> None:
        """The letters of a job were sent, or could not be written."""
        self.shelves.jobs.end(job_id, JobStatus.DONE if done else JobStatus.FAILED)

    def proposed(self, errand: Propose) -> Proposed:
        """What the translation service proposes. Takes as long as the service does."""
        text = found = ""
        try:
            if self._translator:
                text = self._translator.translate(errand.text, errand.source, errand.target)
        except Exception as error:  # noqa: BLE001 -- whoever waits for it is told
            found = mistake(self, error)
        return Proposed(errand.draft_id, errand.key, errand.target, text, found)


def _is_finished(before: Session, turned: Turn) -> bool:
    """Whether the last question for a letter is answered, so that it is shown at last."""
    was, shown = before.draft, (one for one in turned.effects if isinstance(one, SendLetter))
    return any(
        not one.renews and (was is None or was.id != one.draft.id or not was.is_complete)
        for one in shown
    )


def _in_language(session: Session, language: Language | None) -> Session:
    """The session in the language of the user's program, where none was chosen."""
    user = session.user
    if not language or user.language_chosen or user.language is language:
        return session
    return replace(session, user=replace(user, language=language))
