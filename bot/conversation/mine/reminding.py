"""What was sent and has no answer after the days that the user chose: told once, then in view."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.conversation.many.kept import jobs_of
from bot.conversation.many.written import job_name, letters_of
from bot.conversation.mine.kept import Reminder, ReminderDropped, ReminderSet, reminders_of
from bot.conversation.talk.context import has_joined
from bot.conversation.talk.drafts import drafts_of
from bot.conversation.talk.names import draft_label
from bot.conversation.talk.values import Changes, of_kind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from bot.conversation.many.kept import Job
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.draft import Draft

CHOICES = (30, 60, 90)
"""Days that are offered."""

MOST = 12
NAMES_SHOWN = 30
NAMES_IN_ALL = 72
"""So many States are named in all: a message holds 4,096 characters."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One letter, or letters to many States, with the days on which was sent what has no answer.

    `states` are those that have not answered.
    """

    draft: Draft | None
    job: Job | None
    sent: tuple[date, ...]
    states: tuple[str, ...]


def waiting(context: Context, letter_id: str) -> Waiting | None:
    """What has no answer of that letter, or of those letters to many; None where nothing has."""
    job = next((one for one in jobs_of(context) if one.id == letter_id), None)
    if job:
        found = [one for one in letters_of(context, job) if one.waits]
        states = tuple(dict.fromkeys(one.target.state for one in found))
        sent = tuple(one.fate.sent_on for one in found if one.fate.sent_on)
        return Waiting(None, job, sent, states) if sent and not job.archived else None
    draft = next((one for one in drafts_of(context) if one.id == letter_id), None)
    if draft is None or not draft.fate.sent_on or draft.fate.answered_on or draft.fate.archived:
        return None
    if not draft.congratulates and has_joined(draft, context.library, context.library.today()):
        return None
    return Waiting(draft, None, (draft.fate.sent_on,), (draft.state or "",))


def due(context: Context, days: int, found: Waiting) -> date:
    """So many days after the last of them was sent; tomorrow where that has passed."""
    after = max(found.sent) + timedelta(days=days)
    return max(after, context.library.today() + timedelta(days=1))


def reminder_of(context: Context, letter_id: str) -> Reminder | None:
    """When the user is reminded of it."""
    return next((one for one in reminders_of(context) if one.letter_id == letter_id), None)


def due_now(reminders: tuple[Reminder, ...], today: date, changes: Changes) -> tuple[Reminder, ...]:
    """What the user is to be told of, but for what the turn itself has set or put away."""
    touched = {one.reminder.letter_id for one in of_kind(changes, ReminderSet)}
    touched |= {one.letter_id for one in of_kind(changes, ReminderDropped)}
    return tuple(
        one
        for one in reminders
        if not one.told and one.due <= today and one.letter_id not in touched
    )


def renewed(context: Context, changes: Changes, letter_id: str, *, sent: bool) -> Changes:
    """The changes, and what they mean for the reminder: set where more was `sent`.

    It is taken away where nothing is left that has no answer.
    """
    after = context.moved(context.session, changes)
    left = waiting(after, letter_id)
    if left is None:
        if reminder_of(context, letter_id) is None:
            return changes
        return (*changes, ReminderDropped(letter_id))
    days = context.user.remind_days
    if not sent or not days:
        return changes
    new = Reminder(letter_id, due(context, days, left))
    return (*changes, ReminderSet(new))


def overdue(context: Context, *, untold: bool = False) -> tuple[Waiting, ...]:
    """What the user is reminded of now; only what was not yet told of if wanted."""
    today = context.library.today()
    reminders = [
        one for one in reminders_of(context) if one.due <= today and not (untold and one.told)
    ]
    found = (waiting(context, one.letter_id) for one in reminders)
    return tuple(one for one in found if one)


def waiting_lines(context: Context, found: Sequence[Waiting]) -> list[str]:
    """Which letters, and who has not answered; of many letters fewer States each are named."""
    most = min(NAMES_SHOWN, NAMES_IN_ALL // max(1, len(found)))
    return [_waiting_line(context, one, most) for one in found]


def _waiting_line(context: Context, found: Waiting, most: int) -> str:
    _ = context._
    if found.draft:
        return _(
            "• %(letter)s: sent on %(date)s.",
            letter=draft_label(context, found.draft),
            date=context.day(found.sent[0]),
        )
    states = context.library.records.states
    names = [context.state_name(states[iso3]) for iso3 in found.states]
    shown = ", ".join(names[:most]) + (", …" if len(names) > most else "")
    return _.plural(
        "• %(letters)s: no answer from %(count)s State (%(names)s).",
        "• %(letters)s: no answer from %(count)s States (%(names)s).",
        len(names),
        letters=job_name(context, found.job) if found.job else "",
        names=shown,
    )


def reminded(context: Context) -> str:
    """The message that reminds the user once; empty where there is nothing to remind of."""
    _ = context._
    found = overdue(context, untold=True)
    if not found:
        return ""
    parts = [
        _("These letters were sent and have no answer yet:"),
        *waiting_lines(context, found[:MOST]),
        *["…"] * (len(found) > MOST),
        _("You find them under “No answer yet”."),
    ]
    return "\n\n".join(parts)
