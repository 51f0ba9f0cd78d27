"""What a person is told unasked: with an update of theirs, or without one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.coalitions.telling import for_each, roles_told
from bot.conversation.endorsing.telling import told as told_of_signings
from bot.conversation.facts.importing import reminder
from bot.conversation.facts.kept import NoticesTold, notices_of
from bot.conversation.facts.news import told
from bot.conversation.mine.expiring import ExpiryTold, all_expiring_of, expiry_told
from bot.conversation.mine.kept import ReminderSet, all_reminders_of
from bot.conversation.mine.reminding import due_now, reminded
from bot.conversation.talk.context import Context
from bot.conversation.talk.effects import SendText
from bot.conversation.turn import shown_again
from bot.desk import owing
from bot.desk import told as told_in
from bot.desk.leaving import Leaving
from bot.desk.receipt import Receipt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.conversation.talk.effects import Turn
    from bot.conversation.talk.values import Session

REMIND_DAYS = 30
"""An administrator is asked to renew the facts at most once in so many days."""


class Telling(Leaving):
    """Says what is new, once; and again where it did not arrive."""

    def tell(self, user_id: str) -> Receipt | None:
        """What the user is to be told unasked; the screen stays where it is.

        Of States that moved, and to an administrator that the facts have grown old. None where
        there is nothing to tell. Raises `StoreError`.
        """
        with self.store.turn():
            return self._told(user_id)

    def _told(self, user_id: str) -> Receipt | None:
        self.renew()
        if not self.is_listened_to(user_id):
            return None
        opened = self.store.people.open(user_id)
        session = opened.session
        if session.leaving:
            return None
        asked = self._reminder(session)
        if asked:
            user = replace(session.user, reminded=self.today())
            session = replace(session, user=user)
        turned = self._with_news(session, shown_again(session, self))
        effects = told_in.first(asked, turned.effects) if asked else turned.effects
        tells = any(isinstance(one, SendText) for one in effects)
        screen = owing.screen_owed(effects, None) if tells else 0
        if turned.changes or asked:
            self.store.save(turned.session, turned.changes, None, {}, opened, screen=screen)
        if not tells:
            return None
        language = session.user.language
        said = turned.changes
        return Receipt(
            *(user_id, language, effects, None, told_in.notices(said)),
            reminders=told_in.due(said),
            expiring=told_in.expiring(said),
            unheard=told_in.unheard(said),
            screen=screen,
        )

    def not_delivered(self, receipt: Receipt) -> None:
        """What the receipt told did not reach the user: it is told again."""
        if receipt.told:
            self.shelves.notices.untell(receipt.user_id, receipt.told)
        if receipt.reminders:
            self.shelves.reminders.untell(receipt.user_id, receipt.reminders)
        if receipt.expiring:
            self.shelves.expiring.untell(receipt.user_id, receipt.expiring)
        if receipt.unheard:
            self.store.keep(receipt.user_id, receipt.unheard)

    def _reminder(self, session: Session) -> str:
        user = session.user
        if not self.is_administrator(user.id) or not self.store.cards.of(user.id):
            return ""  # who never wrote here cannot be written to
        if user.reminded and (self.today() - user.reminded).days < REMIND_DAYS:
            return ""
        return reminder(Context.of(session, self))

    def _with_news(self, session: Session, turned: Turn) -> Turn:
        """The turn, and before it what the user is to be told: once, with the same save."""
        before = Context.of(session, self)
        after = Context.of(turned.session, self, turned.changes)
        if self.is_guest(session.user.id):
            return self._with_news_of_signings(before, turned)
        roles, changes = roles_told(before)
        said = [roles]
        untold = tuple(one for one in notices_of(before) if not one.told)
        if untold:
            # What concerns no letter that is still there is put aside without a word.
            changes = (*changes, NoticesTold(untold))
            said.append(for_each(after, told))
        due = due_now(all_reminders_of(before), self.today(), turned.changes)
        if due:
            changes = (*changes, *(ReminderSet(replace(one, told=True)) for one in due))
            said.append(for_each(after, reminded))
        expiring = tuple(one for one in all_expiring_of(before) if not one.told)
        if expiring:
            changes = (*changes, ExpiryTold(expiring))
            said.append(for_each(after, expiry_told))
        turned = replace(turned, changes=(*turned.changes, *changes))
        return self._with_news_of_signings(before, turned, said)

    def _with_news_of_signings(
        self, before: Context, turned: Turn, said: Sequence[str] = ()
    ) -> Turn:
        """The turn with what is said already, and what is new of letters that were to be signed."""
        signings, heard = told_of_signings(before)
        turned = replace(turned, changes=(*turned.changes, *heard))
        text = "\n\n".join(filter(None, (*said, signings)))
        return replace(turned, effects=told_in.first(text, turned.effects)) if text else turned

    def to_tell(self, channel: str) -> frozenset[str]:
        """The users of a channel whom there may be something to tell. Raises `StoreError`."""
        due = self.shelves.reminders.due(channel, self.today())
        signings = self.shelves.signings.to_tell(channel, self.now())
        roles = self.shelves.coalitions.untold(channel)
        expiring = self.shelves.expiring.untold(channel)
        notices = self.shelves.notices.untold(channel)
        found = frozenset((*notices, *due, *roles, *signings, *expiring))
        return found - self.shelves.deletions.people()
