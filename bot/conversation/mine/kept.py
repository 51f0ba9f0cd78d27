"""What is kept of reminders: of which letters, and when."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from bot.conversation.talk.shelf import Shelf
from bot.conversation.talk.values import Change, of_kind

if TYPE_CHECKING:
    from datetime import date

    from bot.conversation.talk.context import Context


@dataclass(frozen=True, slots=True)
class Reminder:
    """From the day on which it is `due`, the user is told of what was sent and not answered.

    `letter_id` is a draft's, or that of letters to many States; `owner` is whose these are: the
    user's own, a coalition's, or empty where they are not kept. `told` once it was said.
    """

    letter_id: str
    due: date
    told: bool = False
    owner: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class ReminderSet(Change):
    """A reminder, anew where there was one of the letter."""

    reminder: Reminder


@dataclass(frozen=True, slots=True)
class ReminderDropped(Change):
    """The user is not reminded of the letter."""

    letter_id: str


class Reminders(Protocol):
    """What is asked of the store."""

    def of(self, user_id: str) -> tuple[Reminder, ...]:
        """The user's, the earliest first."""
        ...


REMINDERS = Shelf[Reminders]("reminders")


def all_reminders_of(context: Context) -> tuple[Reminder, ...]:
    """The user's reminders of all letters, whoever's they are, as they were before the turn."""
    return () if REMINDERS.is_empty(context) else REMINDERS.of(context).of(context.user.id)


def reminders_of(context: Context) -> tuple[Reminder, ...]:
    """When the user is to be reminded of what, or was and has not put it away.

    Of whom the user works for now; what is another's waits.
    """
    known = all_reminders_of(context)
    found = {one.letter_id: one for one in known if one.owner in {"", context.owner}}
    for set_now in of_kind(context.pending, ReminderSet):
        found[set_now.reminder.letter_id] = set_now.reminder
    for dropped in of_kind(context.pending, ReminderDropped):
        found.pop(dropped.letter_id, None)
    return tuple(found.values())
