"""Deleting everything about people: at once, or when the time to undo it is over."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from bot.conversation.person.kept import DeletionUndone, Forgotten
from bot.conversation.person.leaving import forgotten
from bot.conversation.talk.context import Context
from bot.conversation.talk.effects import RunJob
from bot.conversation.talk.values import Session, User, of_kind
from bot.conversation.turn import shown_again
from bot.desk.making import Maker
from bot.desk.receipt import Receipt
from bot.storage.errors import StoreError

if TYPE_CHECKING:
    from bot.conversation.talk.draft import Json
    from bot.conversation.talk.effects import Effect, Turn

log = logging.getLogger(__name__)


class Leaving(Maker):
    """What becomes of people who want to be forgotten. Nothing of theirs is told before."""

    def end_deletions(self) -> tuple[Receipt, ...]:
        """Delete what can be undone no more; what those are told whose data it was.

        One by one: what cannot be deleted now keeps nobody else's. Raises `StoreError`.
        """
        receipts = []
        for user_id in self.shelves.deletions.due(self.now()):
            try:
                receipts.append(self._deleted(self._user(user_id)))
            except StoreError as error:
                log.warning("what one person has put away is deleted later: %s", error)
        return tuple(receipts)

    def _user(self, user_id: str) -> User:
        """Who is to be deleted; of one whose row cannot be read, no more than that they are."""
        try:
            return self.store.people.load(user_id).user
        except StoreError as error:
            log.warning("somebody is deleted who cannot be read: %s", error)
            return User(user_id)

    def _shown(self, user_id: str) -> tuple[int, Json]:
        """The card that is to say so, and the messages of the letter that is to go."""
        try:
            return self.store.cards.of(user_id), self.store.cards.standing(user_id)
        except StoreError:
            return 0, {}

    def gone(self, session: Session) -> Receipt | None:
        """What the user is told whose time to undo is over by now, whatever they did just now."""
        if session.leaving is None or session.user.id not in self.shelves.deletions.due(self.now()):
            return None
        return self._deleted(session.user)

    def _deleted(self, user: User) -> Receipt:
        session = Session(User(user.id, user.language))
        card, preview = self._shown(user.id)
        self.store.forget(user.id)
        notice = forgotten(Context.of(session, self), at_once=self.store.tidy())
        effects = shown_again(session, self, notice).effects
        return Receipt(user.id, user.language, effects, forgotten=preview, card=card)

    def _forgotten(self, turned: Turn) -> Receipt:
        """Delete everything about the user, who is not told before their errands are dropped, too.

        The update that asks for it is not kept either.
        """
        session = turned.session
        known = self.store.cards.standing(session.user.id)
        self.store.save(session, (Forgotten(),), None, {})
        effects = turned.effects
        if not self.store.tidy():
            notice = forgotten(Context.of(session, self), at_once=False)
            effects = shown_again(session, self, notice).effects
        return Receipt(session.user.id, session.user.language, effects, forgotten=known)

    def _resumed(self, turned: Turn) -> tuple[Effect, ...]:
        """The letters that were being written when all was put away are written to their end."""
        user_id = turned.session.user.id
        if not of_kind(turned.changes, DeletionUndone):
            return ()
        running = self.unfinished(user_id.partition(":")[0])
        return tuple(RunJob(job_id) for owner, job_id in running if owner == user_id)

    def unfinished(self, channel: str) -> tuple[tuple[str, str], ...]:
        """The jobs of a channel that the last stop interrupted: user's id, job's id."""
        return tuple((user, job.id) for user, job in self.shelves.jobs.running(channel))
