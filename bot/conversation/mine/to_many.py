"""Letters to many States that were written: each, and what became of all of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.endorsing.ways import when_deleted
from bot.conversation.many.kept import JobKept, JobRemoved
from bot.conversation.many.written import job_name, letters_of, own_draft, target_label
from bot.conversation.mine.kept import ReminderDropped
from bot.conversation.mine.marking import UNDO, none_sent, written_job
from bot.conversation.mine.reminders import reminder_button
from bot.conversation.mine.sent import sent, sent_rows, subject
from bot.conversation.talk.draft import Fate, Way
from bot.conversation.talk.drafts import DraftKept, DraftRemoved, draft_of
from bot.conversation.talk.names import by_name
from bot.conversation.talk.page import Page, Step, blocks, lines, looking
from bot.conversation.talk.paging import in_rows, paged
from bot.conversation.talk.values import Screen, View

if TYPE_CHECKING:
    from bot.conversation.many.kept import Job
    from bot.conversation.many.written import One
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.values import Button

PAGE = 16
NAMES_SHOWN = 30


class ManyPage(Page):
    """The view's key is the job's id, its page that of the States.

    Its text holds the letters that were marked just now: that can be taken back.
    """

    views = ("many", "manysent", "deletemany")
    of_draft = False

    def screen(self, context: Context, notice: str = "") -> Screen:
        """The letters; or how all were sent; or whether all are deleted."""
        _ = context._
        job = written_job(context, context.user.view.key)
        if job is None:
            return Screen(_("These letters are no longer there."), notice)
        found = letters_of(context, job)
        if context.looks_at("deletemany"):
            return _delete_screen(context, job, notice)
        if context.looks_at("manysent"):
            count = sum(not one.fate.sent_on for one in found)
            title = _.plural(
                "Mark %(count)s letter as sent?", "Mark %(count)s letters as sent?", count
            )
            return Screen(title, lines(notice, job_name(context, job)), sent_rows(context))
        text = lines(_counts(context, found), _joined_line(context, found))
        return Screen(job_name(context, job), blocks(notice, text), _rows(context, job, found))

    def tapped(self, context: Context, action: str, value: str) -> Step:
        """Look at one letter, mark all, be reminded, archive, delete."""
        view = context.user.view
        job, about = written_job(context, view.key), subject(context, view.key)
        if job is None or about is None:
            return looking(context, View("letters"))
        if action == "letter":
            return looked_at(context, job, value, page=view.page)
        if action in {"manysent", "sentby", "remind", "deletemany"}:
            return looking(context, View(action, job.id))
        if action == "senttoday":
            return sent(context, about, Way(value), context.library.today())
        if action == "nonesent":
            keys = view.text.removeprefix(UNDO).split()
            return none_sent(context, job, frozenset(keys))
        if action == "cosign":
            where = View("signing", job.signing) if job.signing else View("opensign", job.id)
            return looking(context, where)
        if action == "archivemany":
            changed = replace(job, archived=not job.archived)
            step = looking(context, View("letters"))
            return replace(step, changes=(JobKept(changed),))
        if action == "deleteyes":
            return _deleted(context, job)
        return looking(context, View("many", job.id))


def looked_at(context: Context, job: Job, key: str, page: int = 0) -> Step:
    """One letter of many, as a draft of its own: made when it is looked at first."""
    one = next((one for one in letters_of(context, job) if one.target.key == key), None)
    if one is None:
        return looking(context, View("many", job.id))
    if one.draft:
        return looking(context, View("fate", one.draft.id, page=page))
    draft = own_draft(context, job, one.target)
    opened = replace(job, opened={**job.opened, key: draft.id})
    changes = (DraftKept(draft), JobKept(opened))
    return Step(context.session.looking(View("fate", draft.id, page=page)), changes=changes)


def _counts(context: Context, found: tuple[One, ...]) -> str:
    _ = context._
    said = [_.plural("%(count)s letter", "%(count)s letters", len(found))]
    sent_count = sum(bool(one.fate.sent_on) for one in found)
    answered = sum(bool(one.fate.answered_on) for one in found)
    said += [_("✉ sent: %(count)s", count=sent_count), _("✓ answered: %(count)s", count=answered)]
    return " · ".join(said)


def _joined_line(context: Context, found: tuple[One, ...]) -> str:
    """Who has joined since the letters were written."""
    states = context.library.records.states
    joined = {one.target.state: states[one.target.state] for one in found if one.joined}
    if not joined:
        return ""
    names = [context.state_name(state) for state in by_name(context, list(joined.values()))]
    shown = ", ".join(names[:NAMES_SHOWN]) + (", …" if len(names) > NAMES_SHOWN else "")
    return context._("★ Joined since: %(states)s.", states=shown)


def _rows(context: Context, job: Job, found: tuple[One, ...]) -> tuple[tuple[Button, ...], ...]:
    _ = context._
    view = context.user.view
    unsent = sum(not one.fate.sent_on for one in found)
    rows: list[tuple[Button, ...]] = []
    if unsent:
        label = _.plural("Mark as sent (%(count)s)", "Mark all as sent (%(count)s)", unsent)
        rows.append((context.button(label, "manysent"),))
    if view.text.startswith(UNDO):
        rows.append((context.button(_("↶ Not sent after all"), "nonesent"),))
    letters = [
        context.button(target_label(context, job, one), "letter", one.target.key) for one in found
    ]
    rows += paged(context, letters, view.page, size=PAGE, width=2)
    if any(one.waits for one in found):
        rows.append((reminder_button(context, job.id),))
    if job.signing:
        rows.append((context.button(_("The signing of these letters"), "cosign"),))
    elif unsent == len(found):
        rows.append((context.button(_("Ask the co-signers to confirm"), "cosign"),))
    archive = _("Take out of the archive") if job.archived else _("Archive")
    rows.append((context.button(archive, "archivemany"), context.button(_("Delete"), "deletemany")))
    return tuple(rows)


def _delete_screen(context: Context, job: Job, notice: str) -> Screen:
    _ = context._
    ask = _(
        "“%(letters)s”: all these letters will be deleted, with what is known of their sending "
        "and answers. This cannot be undone.",
        letters=job_name(context, job),
    )
    if draft_of(context, job.draft.id):
        ask = lines(ask, _("The letter that they were made from stays."))
    rows = in_rows(
        [
            context.button(_("Yes, delete them"), "deleteyes"),
            context.button(_("No, keep the letters"), "keep"),
        ],
        1,
    )
    return Screen(_("Delete the letters?"), lines(notice, ask), rows)


def _deleted(context: Context, job: Job) -> Step:
    """The letters, but for the one that they were made from: it was there before."""
    drafts = [one.draft for one in letters_of(context, job) if one.draft]
    gone = tuple(draft.id for draft in drafts if draft.id != job.draft.id)
    session = context.session
    if session.draft and session.draft.id in gone:
        session = session.with_draft(None)
    notice = context._("“%(letter)s” was deleted.", letter=job_name(context, job))
    changes = (
        *(DraftRemoved(one) for one in gone),
        JobRemoved(job.id),
        *(ReminderDropped(one) for one in (*gone, job.id)),
        *when_deleted(Fate(signing=job.signing)),
    )
    return Step(session.looking(View("letters")), notice, changes)
