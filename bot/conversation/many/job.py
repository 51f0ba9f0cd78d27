"""Letters being written to many States: how far it is, and a way to stop it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.conversation.many.kept import JobCancelled, JobStatus, job_of
from bot.conversation.talk.page import Page, Step, blocks, looking
from bot.conversation.talk.reference import referred
from bot.conversation.talk.values import Screen, View

if TYPE_CHECKING:
    from bot.conversation.many.kept import JobEnded
    from bot.conversation.talk.context import Context

WIDTH = 12


class JobPage(Page):
    """The view's key is the job's id."""

    views = ("job",)
    of_draft = False

    def screen(self, context: Context, notice: str = "") -> Screen:
        """How far the work is, or how it ended."""
        _ = context._
        job = job_of(context, context.user.view.key)
        if job is None:
            return Screen(_("These letters are no longer being written."), notice)
        if job.status is not JobStatus.RUNNING:
            return Screen(_ended_title(context, job.status), notice)
        done = WIDTH * job.made // max(1, len(job.targets))
        bar = "▓" * done + "░" * (WIDTH - done)
        text = _("Letters: %(made)s of %(all)s", made=job.made, all=len(job.targets))
        return Screen(
            _("The letters are being written…"),
            blocks(notice, f"{bar}\n{text}"),
            ((context.button(_("Cancel"), "canceljob"),),),
            moves=True,
        )

    def tapped(self, context: Context, action: str, value: str) -> Step:
        """Stop the work."""
        del action, value
        notice = context._("Cancelled. Nothing was sent; the States stay chosen.")
        changes = (JobCancelled(context.user.view.key),)
        view = View("mailing") if context.session.draft else View("home")
        return Step(context.session.looking(view), notice, changes)


def ended(context: Context, event: JobEnded) -> Step | None:
    """What to say when the letters were sent, if the user still waits for them."""
    job = job_of(context, event.job_id)
    if job is None:
        return None
    said = referred(context._, _ended_title(context, job.status), event.reference)
    if context.user.view != View("job", event.job_id):
        # Who has gone on meanwhile is not left to wait for what does not come.
        return Step(context.session, said) if job.status is JobStatus.FAILED else None
    view = View("many", job.id) if job.status is JobStatus.DONE else View("draft")
    return looking(context, view, said)


def _ended_title(context: Context, status: JobStatus) -> str:
    _ = context._
    return {
        JobStatus.RUNNING: _("The letters are being written…"),
        JobStatus.DONE: _("The letters are in the ZIP file above."),
        JobStatus.CANCELLED: _("Cancelled. Nothing was sent; the States stay chosen."),
        JobStatus.FAILED: _("The letters could not be written. Please try again later."),
    }[status]
