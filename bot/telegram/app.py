"""The running bot: long polling, concurrent updates with each user's order kept.

An update is confirmed to Telegram (by asking for the next ones) only when what it changed is on
disk. So a process that dies has lost nothing, and one that comes back does nothing twice.
"""

from __future__ import annotations

import asyncio
import json
import logging
from contextlib import asynccontextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from telegram import Update
from telegram.error import TelegramError

from bot.conversation.talk.effects import Propose, RunJob, Show
from bot.desk.fair import FairExecutor, acting_for
from bot.desk.mistakes import mistake, sorry
from bot.letters.model import Language
from bot.storage.errors import StoreError
from bot.telegram.backlog import Backlog, Lane
from bot.telegram.errands import Errands
from bot.telegram.groups import elsewhere
from bot.telegram.handover import Handover
from bot.telegram.inbound import CHANNEL, event_of, sender
from bot.telegram.lanes import Ways
from bot.telegram.outbound import Outbound
from bot.telegram.owing import Owing
from bot.telegram.sharing import CHORES, Sharing

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from telegram.ext import CallbackContext

    from bot.conversation.talk.events import Event
    from bot.conversation.talk.library import Translator
    from bot.desk import Desk, Receipt
    from bot.storage.postgres.lanes import Lanes
    from bot.telegram.inbound import Inbound
    from bot.telegram.polling import PatientBot

log = logging.getLogger(__name__)

RENEW_SECONDS = 1.0
"""So long is waited before a card is changed that others have moved: more may come."""


class TelegramChannel:
    """Takes updates to the desk and its receipts back to the chats."""

    def __init__(
        self, desk: Desk, bot: PatientBot, pause: Callable[[float], Awaitable[None]]
    ) -> None:
        self._desk = desk
        self._bot = bot
        self._pause = pause
        self.workshop = FairExecutor(max(1, desk.hands.number))
        self._outbound = Outbound(bot, desk, self.workshop, pause)
        self.errands = Errands(
            bot, desk, self.workshop, self._outbound.retried, self._take, self._refresh
        )
        self._shared = desk.store.lanes
        looks = self._shared.looks if self._shared else None
        handover = Handover(
            looks, self._outbound.card, self._outbound.taps, lambda user_id: user_id in self._ways
        )
        self._ways = Ways(self._shared, pause, self._more, handover.left)
        self._outbound.retried.check = self._ways.check
        self._backlog = Backlog(desk, bot, self._handled, self._went_wrong, self._say_busy)
        self.owing = Owing(desk, self._outbound, self._delivery, pause)
        self._renewing: dict[str, asyncio.Task[None]] = {}
        self.sharing = self._sharing(self._shared) if self._shared else None
        desk.watchers.append(self.moved)

    def _sharing(self, shared: Lanes) -> Sharing:
        return Sharing(
            *(shared, self._desk, self._bot, self._ways),
            *(self._waited, self._went_wrong, self._say_busy),
            owed=lambda user_id: self.owing.go_on(user_id, _chat_of(user_id)),
            job=lambda user_id, job: self.errands.begin(user_id, _chat_of(user_id), RunJob(job)),
        )

    def moved(self, user_id: str) -> None:
        """Something moved that the user may be looking at: the card is changed in place.

        Once for all that moves within a moment.
        """
        if user_id.startswith(f"{CHANNEL}:") and user_id not in self._renewing:
            task = asyncio.get_running_loop().create_task(self._renewed(user_id))
            self._renewing[user_id] = task

    async def _renewed(self, user_id: str) -> None:
        try:
            await self._pause(RENEW_SECONDS)
            await self._refresh(user_id, _chat_of(user_id))
        except Exception as error:  # noqa: BLE001 -- the card is not what counts
            log.info("progress could not be shown: %s", type(error).__name__)
        finally:
            self._renewing.pop(user_id, None)

    async def handle(self, update: Update, _context: object = None) -> None:
        """One update, from the wire to the wire."""
        try:
            who = sender(update)
            if who is None:
                await self._elsewhere(update)
                return
            if self.sharing and await self._put(self.sharing, update, who):
                return
            with acting_for(who.user_id):
                async with self._ways.of(who.user_id) as lane:
                    await self._backlog.take(update, who, lane)
        except Exception:
            # Whatever it is: an update that is never confirmed would make the bot deaf to all.
            self._bot.saved(update.update_id)
            raise

    async def _put(self, sharing: Sharing, update: Update, who: Inbound) -> bool:
        """Whether the update is where all processes see it, or its sender knows that it is not."""
        try:
            return await sharing.take(update, who)
        except StoreError as error:
            log.error("an update could not be saved: %s", error)  # noqa: TRY400 -- one line
        # Taken only once its sender knows: of a process that dies before, it comes again.
        await self.owing.say(who.chat_id, self._not_saved(who.language), who.query_id)
        self._bot.saved(update.update_id)
        return True

    async def _waited(self, update: Update, who: Inbound, lane: Lane) -> bool:
        """One of those that all processes see."""
        return await self._handled(update, who, lane, waits=True)

    def _more(self, user_id: str) -> None:
        if self.sharing:
            self.sharing.more(user_id)

    def is_first(self) -> bool:
        """Whether what is done once for all processes is ours to do. Raises `StoreError`."""
        return self._shared is None or self._shared.take(CHORES)

    async def _elsewhere(self, update: Update) -> None:
        """What is in no private chat."""
        await elsewhere(self._desk, self._bot, update)

    async def _handled(
        self, update: Update, who: Inbound, lane: Lane, *, waits: bool = False
    ) -> bool:
        """Whether it was taken, or its sender knows that it was not.

        One that `waits` in the database stays there while the database cannot be written.
        """
        kept = False
        try:
            kept = not waits and self._keep(update, who, lane)
            async with lane.intake:
                known = self._adopt(who)
                takes = partial(self._desk.takes_file, who.user_id)
                event = await event_of(update, self._outbound.retried, takes)
                self._ways.check()
                receipt = await self._desk.take(
                    who.user_id,
                    event,
                    update=(CHANNEL, update.update_id),
                    language=who.language,
                )
                self._bot.watching.saved(update, receipt)
                if not known:
                    self._adopt(who)
        except StoreError as error:
            log.error("an update could not be saved: %s", error)  # noqa: TRY400 -- one line, no trace
            if waits:
                return False
            if kept:  # its sender is asked to send it again
                with suppress(StoreError):
                    self._desk.store.inbox.drop(CHANNEL, update.update_id)
            await self.owing.say(who.chat_id, self._not_saved(who.language), who.query_id)
            return True
        finally:
            self._bot.saved(update.update_id)
        async with lane.delivery:
            if receipt.forgotten is not None or receipt.put_away:
                await self.errands.drop(who.user_id)
            card = who.card or receipt.card
            await self.owing.deliver(receipt, who.chat_id, who.query_id, card)
        self._begin_errands(receipt, who.chat_id)
        return True

    def _keep(self, update: Update, who: Inbound, lane: Lane) -> bool:
        """What takes a while is on disk before it is taken: nobody else waits for it.

        That is an update with a file, and what its sender does until the file is read. Of who is
        not let in nothing is kept.
        """
        message = update.message
        takes_long = (message and (message.document or message.contact)) or lane.intake.locked()
        if not takes_long:
            return False
        try:
            data = update.to_json()
        except (TypeError, ValueError):
            return False  # an old message, which the library cannot write down: then others wait
        is_kept = self._desk.is_listened_to(who.user_id)
        if is_kept:
            self._desk.store.inbox.keep(CHANNEL, update.update_id, who.user_id, data)
        self._bot.saved(update.update_id)
        return is_kept

    def _adopt(self, who: Inbound) -> bool:
        """Whether the card is known that was tapped: one that is not becomes the person's.

        It was sent, and then the process died before it was remembered; or the person was
        forgotten, and begins anew on it: then it is known only after the update.
        """
        if not who.card:
            return True
        known, stale = self._desk.store.cards.all_of(who.user_id)
        if who.card > known:
            stale = (*stale, known) if known else stale
            self._desk.store.cards.put(who.user_id, who.card, stale)
        return bool(known)

    def kept(self) -> list[Update]:
        """The updates whose files were not read before the last stop."""
        if self._shared is not None:
            return []  # see `Sharing.look`
        found = map(json.loads, self._desk.store.inbox.kept(CHANNEL))
        return [Update.de_json(one, self._bot) for one in found]

    def _begin_errands(self, receipt: Receipt, chat_id: int) -> None:
        for effect in receipt.effects:
            if isinstance(effect, RunJob | Propose):
                self.errands.begin(receipt.user_id, chat_id, effect)

    async def _take(self, user_id: str, chat_id: int, event: Event) -> None:
        """What an errand came to. Raises `StoreError`."""
        async with self._ways.of(user_id) as lane:
            try:
                async with lane.intake:
                    receipt = self._desk.receive(user_id, event)
                async with lane.delivery:
                    await self.owing.deliver(receipt, chat_id)
            except StoreError:
                raise
            except Exception as error:  # noqa: BLE001 -- whoever waits for it is told
                await self._said_sorry(user_id, error)

    async def _said_sorry(self, user_id: str, error: Exception) -> None:
        line = sorry(self._desk, mistake(self._desk, error), user_id, None)
        await self._outbound.say(_chat_of(user_id), line)

    async def _refresh(self, user_id: str, chat_id: int) -> None:
        """Show how far an errand is, if the user looks at it."""
        if not self._ways.is_free(user_id):
            return  # another process shows them something just now
        async with self._ways.of(user_id) as lane, lane.delivery:
            current = self._desk.current(user_id)
            shown = current.effects[-1]
            if isinstance(shown, Show) and shown.screen.moves:
                try:
                    await self._outbound.card.show(user_id, chat_id, shown, screen=current.screen)
                except TelegramError as error:
                    log.info("progress could not be shown: %s", type(error).__name__)

    @asynccontextmanager
    async def _delivery(self, user_id: str) -> AsyncIterator[None]:
        async with self._ways.of(user_id) as lane, lane.delivery:
            yield

    async def failed(self, update: object, context: CallbackContext[Any, Any, Any, Any]) -> None:
        """A mistake of ours: say where it was, never what was written; tell the user."""
        await self._went_wrong(update, context.error)

    async def _went_wrong(self, update: object, error: Exception | None) -> None:
        found = mistake(self._desk, error)
        if not isinstance(update, Update):
            return
        try:
            self._desk.store.inbox.drop(CHANNEL, update.update_id)
        except StoreError as failure:
            log.error("an update could not be put aside: %s", failure)  # noqa: TRY400 -- no trace
        who = sender(update)
        if who:
            line = sorry(self._desk, found, who.user_id, who.language)
            await self._outbound.say(who.chat_id, line, who.query_id)

    async def deliver_owed(self) -> None:
        """Send what was not sent before the last stop, and go on with what it interrupted."""
        await self.owing.after_start()
        unfinished = () if self._shared else self._desk.unfinished(CHANNEL)  # see `Sharing.look`
        for user_id, job_id in unfinished:
            self.errands.begin(user_id, _chat_of(user_id), RunJob(job_id))

    async def tell_news(self) -> None:
        """Tell everyone what concerns them: States that moved, facts that have grown old."""
        own = (one for one in self._desk.administrators if one.startswith(f"{CHANNEL}:"))
        for user_id in {*self._desk.to_tell(CHANNEL), *own}:
            try:
                await self._tell(user_id)
            except Exception as error:  # noqa: BLE001 -- one user's news stops no other's
                log.warning("news could not be told: %s", type(error).__name__)

    async def end_deletions(self) -> None:
        """Delete what can be undone no more, and tell those whose data it was in their cards."""
        try:
            receipts = self._desk.end_deletions()
        except StoreError as error:
            log.warning("what is to be deleted has to wait: %s", error)
            return
        for receipt in receipts:
            if not receipt.user_id.startswith(f"{CHANNEL}:"):
                continue
            async with self._ways.of(receipt.user_id) as lane, lane.delivery:
                await self.errands.drop(receipt.user_id)
                await self._outbound.deliver(receipt, _chat_of(receipt.user_id), "", receipt.card)

    async def _tell(self, user_id: str) -> None:
        if not self._ways.is_free(user_id):
            return  # they are told at the next look
        async with self._ways.of(user_id) as lane:
            async with lane.intake:
                receipt = self._desk.tell(user_id)
            if receipt:
                async with lane.delivery:
                    await self.owing.deliver(receipt, _chat_of(user_id))

    async def _say_busy(self, who: Inbound) -> None:
        _ = self._translator(who.language)
        line = _(
            "Please wait: I am still busy with your earlier messages. What you sent last was not "
            "taken; please send it again in a little while."
        )
        await self._outbound.say(who.chat_id, line, who.query_id)

    def _translator(self, language: Language | None) -> Translator:
        return self._desk.translator(language or Language.EN)

    def _not_saved(self, language: Language | None) -> str:
        _ = self._translator(language)
        return _("I could not save that just now. Please send it again in a few minutes.")


def _chat_of(user_id: str) -> int:
    """A private chat has its user's id."""
    return int(user_id.removeprefix(f"{CHANNEL}:"))
