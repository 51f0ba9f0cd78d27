"""What is owed to people: after a stop, and where sending has failed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.conversation.talk.effects import SendFiles, SendLetter
from bot.desk import owing
from bot.desk.receipt import Receipt

if TYPE_CHECKING:
    from bot.conversation.talk.effects import Effect
    from bot.desk.update import Desk


def people(desk: Desk, channel: str) -> tuple[str, ...]:
    """The users of a channel to whom something is owed: letters or files, or their screen."""
    sending = desk.store.updates.owing(channel)
    return tuple(dict.fromkeys((*sending, *desk.store.cards.owed(channel))))


def receipts(desk: Desk, user_id: str) -> tuple[Receipt, ...]:
    """What is still to be sent to a user, update by update, without their screen.

    What was overtaken is settled: it would come in the midst of something else.
    """
    found = []
    channel = user_id.partition(":")[0]
    session = desk.store.people.load(user_id)
    if not desk.is_listened_to(user_id):
        desk.store.updates.settle_all(user_id)
        return ()
    if session.leaving:
        return ()  # it is sent to nobody who has asked to be deleted, unless they come back
    language = session.user.language
    for number, owed in desk.store.updates.of(user_id):
        receipt = Receipt(user_id, language, owing.effects_from(owed), (channel, number))
        if _is_left(session.user.draft_id, receipt):
            desk.settle(receipt)
        else:
            found.append(receipt)
    letters = [one for one in found if any(isinstance(e, SendLetter) for e in one.effects)]
    for older in letters[:-1]:
        desk.settle(older)
        found.remove(older)
    return tuple(found)


def overtake(desk: Desk, receipt: Receipt) -> None:
    """A letter is on its way: what is owed of earlier looks at it is not sent any more."""
    if receipt.update and any(isinstance(effect, SendLetter) for effect in receipt.effects):
        for earlier in receipts(desk, receipt.user_id):
            letter = any(isinstance(effect, SendLetter) for effect in earlier.effects)
            if letter and earlier.update and earlier.update[1] < receipt.update[1]:
                desk.settle(earlier)


def _is_left(at: str, receipt: Receipt) -> bool:
    """Whether the user is at another letter by now, or has deleted this one."""
    drafts = [_draft_id(effect) for effect in receipt.effects]
    return all(drafts) and at not in drafts


def _draft_id(effect: Effect) -> str:
    return effect.draft.id if isinstance(effect, SendLetter | SendFiles) else ""
