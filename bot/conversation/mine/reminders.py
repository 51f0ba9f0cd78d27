"""Reminders of letters without an answer: when, and what they remind of."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.conversation.many.written import job_name
from bot.conversation.mine.kept import Reminder, ReminderDropped, ReminderSet
from bot.conversation.mine.marking import written_job
from bot.conversation.mine.reminding import (
    CHOICES,
    MOST,
    due,
    overdue,
    reminder_of,
    waiting,
    waiting_lines,
)
from bot.conversation.talk.dates import short_day
from bot.conversation.talk.drafts import draft_of
from bot.conversation.talk.names import draft_label
from bot.conversation.talk.page import Page, Step, blocks, lines, looking
from bot.conversation.talk.paging import in_rows
from bot.conversation.talk.values import REMIND_DAYS, Screen, View

if TYPE_CHECKING:
    from bot.conversation.mine.reminding import Waiting
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.paging import Rows
    from bot.conversation.talk.values import Button


def reminder_button(context: Context, letter_id: str) -> Button:
    """When one is reminded, and the way to change that."""
    _ = context._
    found = reminder_of(context, letter_id)
    if found is None or found.due <= context.library.today():
        return context.button(_("Remind me if there is no answer"), "remind")
    return context.button(_("Reminder: %(date)s", date=short_day(context, found.due)), "remind")


def overdue_rows(context: Context) -> Rows:
    """The way to what has no answer, where one is to be reminded of something."""
    states = sum(len(one.states) for one in overdue(context))
    if not states:
        return ()
    label = context._("No answer yet (%(count)s)", count=states)
    return ((context.button(f"● {label}", "noanswer"),),)


class RemindersPage(Page):
    """What has no answer; or, with a letter's id as the view's key, when to be reminded of it."""

    views = ("noanswer", "remind")
    of_draft = False

    def screen(self, context: Context, notice: str = "") -> Screen:
        """The letters, or the choice."""
        if context.looks_at("remind"):
            return _choice(context, notice)
        _ = context._
        found = overdue(context)[:MOST]
        if not found:
            nothing = _("Nothing is waiting for an answer now.")
            return Screen(_("No answer yet"), blocks(notice, nothing))
        rows = [(_way_to(context, one),) for one in found]
        days = context.user.remind_days or REMIND_DAYS
        again = _("Remind me again in %(count)s days", count=days)
        rows += [
            (context.button(again, "again"),),
            (context.button(_("I have read this"), "read"),),
        ]
        said = waiting_lines(context, found)
        return Screen(_("No answer yet"), blocks(notice, *said), tuple(rows))

    def tapped(self, context: Context, action: str, value: str) -> Step:
        """Look at letters, be reminded again or no more."""
        view, today = context.user.view, context.library.today()
        if action == "fate":
            return looking(context, View("fate", value))
        if action == "many":
            return looking(context, View("many", value))
        if action == "days":
            return _chosen(context, view.key, int(value))
        ids = tuple(_id(one) for one in overdue(context)[:MOST])
        if action == "read":
            changes = tuple(ReminderDropped(one) for one in ids)
            return Step(context.session.looking(View("home")), context._("Noted."), changes)
        days = context.user.remind_days or REMIND_DAYS
        day = today + timedelta(days=days)
        notice = context._("I will remind you again on %(date)s.", date=context.day(day))
        again = tuple(ReminderSet(Reminder(one, day)) for one in ids)
        return Step(context.session.looking(View("home")), notice, again)


def _id(found: Waiting) -> str:
    return found.job.id if found.job else found.draft.id if found.draft else ""


def _way_to(context: Context, found: Waiting) -> Button:
    if found.job:
        return context.button(job_name(context, found.job), "many", found.job.id)
    label = draft_label(context, found.draft) if found.draft else ""
    return context.button(label, "fate", _id(found))


def _home_of(context: Context, letter_id: str) -> View:
    return View("many" if written_job(context, letter_id) else "fate", letter_id)


def _choice(context: Context, notice: str) -> Screen:
    _ = context._
    letter_id = context.user.view.key
    job, draft = written_job(context, letter_id), draft_of(context, letter_id)
    name = job_name(context, job) if job else draft_label(context, draft) if draft else ""
    found = reminder_of(context, letter_id)
    now = _("Reminder: %(date)s", date=context.day(found.due)) if found else _("No reminder.")
    ask = _("Counted from the day of sending. I keep your choice for the letters you send next.")
    buttons = [
        *(
            context.button(_("After %(count)s days", count=days), "days", str(days))
            for days in CHOICES
        ),
        context.button(_("Never"), "days", "0"),
    ]
    title = _("When shall I remind you if there is no answer?")
    return Screen(title, blocks(notice, lines(name, now), ask), in_rows(buttons, 2))


def _chosen(context: Context, letter_id: str, days: int) -> Step:
    _ = context._
    user = replace(context.user, remind_days=days)
    session = replace(context.session, user=user).looking(_home_of(context, letter_id))
    found = waiting(context, letter_id)
    if not days or found is None:
        said = _("I will not remind you.") if found else _("There is nothing to remind you of now.")
        return Step(session, said, (ReminderDropped(letter_id),))
    new = Reminder(letter_id, due(context, days, found))
    return Step(session, changes=(ReminderSet(new),))
