"""What marking as sent or answered changes: one letter, one of many, or all of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.endorsing.ways import when_sent
from bot.conversation.many.kept import JobKept, jobs_of
from bot.conversation.many.written import letters_of, places
from bot.conversation.mine.kept import ReminderSet
from bot.conversation.mine.reminding import renewed
from bot.conversation.talk.draft import Fate
from bot.conversation.talk.drafts import DraftKept
from bot.conversation.talk.page import Step
from bot.conversation.talk.values import Changes, View, of_kind

if TYPE_CHECKING:
    from datetime import date

    from bot.conversation.many.kept import Job
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.draft import Draft, Way
    from bot.conversation.talk.values import Session

UNDO = "undo "
"""Stands in the text of the view of letters to many, before the keys of those just marked."""


def written_job(context: Context, job_id: str) -> Job | None:
    """One of the user's own letters to many States."""
    return next((job for job in jobs_of(context) if job.id == job_id), None)


def reminder_line(context: Context, changes: Changes) -> str:
    """When the user will be reminded, where that was just set."""
    found = of_kind(changes, ReminderSet)
    if not found:
        return ""
    return context._(
        "If there is no answer by %(date)s, I will remind you.",
        date=context.day(found[-1].reminder.due),
    )


def marked(context: Context, draft: Draft, fate: Fate) -> Step:
    """The draft with another fate; of one of many one is then back among the others."""
    place = places(context).get(draft.id)
    sent = bool(fate.sent_on and fate.sent_on != draft.fate.sent_on)
    new = replace(draft, fate=fate)
    of_all = replace(fate, signing=place.job.signing) if place else fate
    changes: Changes = (DraftKept(new), *when_sent(context, of_all))
    if place:  # the job says it, too: the draft may be turned to another State later
        fates = {**place.job.fates, place.target.key: fate}
        changes = (*changes, JobKept(replace(place.job, fates=fates)))
    changes = renewed(context, changes, place.job.id if place else draft.id, sent=sent)
    session = _with_fates(context.session, (new,))
    back = View("fate", draft.id, page=context.user.view.page)
    if place and fate.archived == draft.fate.archived:
        back = View("many", place.job.id, page=context.user.view.page)
    return Step(session.looking(back), reminder_line(context, changes), changes)


def _with_fates(session: Session, drafts: tuple[Draft, ...]) -> Session:
    """The session with its own draft's fate, where that is among them."""
    current = session.draft
    found = next((one for one in drafts if current and one.id == current.id), None)
    return session.with_draft(replace(current, fate=found.fate)) if current and found else session


def all_sent(context: Context, job: Job, way: Way, day: date) -> Step:
    """All letters of the job that are not marked as sent yet are."""
    _ = context._
    new = [one for one in letters_of(context, job) if not one.fate.sent_on]
    fates = {one.target.key: replace(one.fate, sent_on=day, sent_by=way) for one in new}
    drafts = tuple(
        replace(one.draft, fate=fates[one.target.key]) for one in new if one.draft is not None
    )
    changes = _all_kept(drafts, replace(job, fates={**job.fates, **fates}))
    went = Fate(day, way, signing=job.signing)
    changes = renewed(context, (*changes, *when_sent(context, went)), job.id, sent=True)
    notice = _.plural(
        "%(count)s letter is marked as sent.", "%(count)s letters are marked as sent.", len(new)
    )
    session = _with_fates(context.session, drafts)
    view = View("many", job.id, text=UNDO + " ".join(fates))
    said = "\n".join(filter(None, (notice, reminder_line(context, changes))))
    return Step(session.looking(view), said, changes)


def none_sent(context: Context, job: Job, keys: frozenset[str]) -> Step:
    """What was marked just now is not sent after all."""
    found = [one for one in letters_of(context, job) if one.target.key in keys]
    fates = {one.target.key: replace(one.fate, sent_on=None, sent_by=None) for one in found}
    drafts = tuple(
        replace(one.draft, fate=fates[one.target.key]) for one in found if one.draft is not None
    )
    changes = _all_kept(drafts, replace(job, fates={**job.fates, **fates}))
    changes = (*changes, *when_sent(context, Fate(signing=job.signing)))
    changes = renewed(context, changes, job.id, sent=False)
    session = _with_fates(context.session, drafts).looking(View("many", job.id))
    return Step(session, changes=changes)


def _all_kept(drafts: tuple[Draft, ...], job: Job) -> Changes:
    return (*(DraftKept(one) for one in drafts), JobKept(job))
