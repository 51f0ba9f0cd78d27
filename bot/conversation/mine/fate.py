"""What became of a letter: sent, answered, archived, deleted, duplicated."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.endorsing.ways import when_deleted
from bot.conversation.many.kept import JobKept, JobRemoved
from bot.conversation.many.written import places
from bot.conversation.mine.kept import ReminderDropped
from bot.conversation.mine.marking import marked
from bot.conversation.mine.reminders import reminder_button
from bot.conversation.mine.sent import answered, now, sent, sent_rows, subject
from bot.conversation.talk.booked import anew
from bot.conversation.talk.context import has_joined
from bot.conversation.talk.draft import Fate, Way
from bot.conversation.talk.drafts import DraftRemoved, draft_of
from bot.conversation.talk.names import draft_label
from bot.conversation.talk.page import DRAFT, Page, Step, blocks, lines, looking
from bot.conversation.talk.paging import in_rows
from bot.conversation.talk.values import Changes, Screen, View
from bot.letters.model import NOBODY

if TYPE_CHECKING:
    from bot.conversation.many.written import Place
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.draft import Draft
    from bot.conversation.talk.values import Button


def fate_line(context: Context, draft: Draft) -> str:
    """Whether and when the letter was sent and answered."""
    _ = context._
    fate = draft.fate
    found = []
    if fate.sent_on and fate.sent_by:
        day = context.day(fate.sent_on)
        found.append(
            {
                Way.POST: _("Sent by post on %(date)s.", date=day),
                Way.EMAIL: _("Sent by e-mail on %(date)s.", date=day),
                Way.HAND: _("Delivered by hand on %(date)s.", date=day),
            }[fate.sent_by]
        )
    if fate.answered_on:
        found.append(_("Answered on %(date)s.", date=context.day(fate.answered_on)))
    if fate.archived:
        found.append(_("In the archive."))
    return " ".join(found)


class FatePage(Page):
    """One letter among the user's; the view's key is its id.

    The view's page is that of the list of many letters it stands in.
    """

    views = ("fate", "deleteletter")
    of_draft = False

    def screen(self, context: Context, notice: str = "") -> Screen:
        """What can be said of the letter; or the question whether it is deleted."""
        _ = context._
        draft = draft_of(context, context.user.view.key)
        if draft is None:
            return Screen(_("This letter is no longer there."), notice)
        name = draft_label(context, draft)
        if context.looks_at("deleteletter"):
            ask = _("“%(letter)s” will be deleted. This cannot be undone.", letter=name)
            rows = in_rows(
                [
                    context.button(_("Yes, delete it"), "deleteyes"),
                    context.button(_("No, keep the letter"), "keepletter"),
                ],
                1,
            )
            return Screen(_("Delete the letter?"), lines(notice, ask), rows)
        dated = _("Dated %(date)s.", date=context.day(draft.date)) if draft.date else ""
        state = fate_line(context, draft) or (
            _("Not sent yet.") if draft.is_complete else _("Not finished yet.")
        )
        place = places(context).get(draft.id)
        joined = _("The State has joined since.") if _has_joined(context, draft) else ""
        text = blocks(notice, lines(f"{dated} {state}".strip(), joined))
        return Screen(name, text, self._rows(context, draft, place))

    def _rows(
        self, context: Context, draft: Draft, place: Place | None
    ) -> tuple[tuple[Button, ...], ...]:
        _ = context._
        fate = draft.fate
        rows: list[tuple[Button, ...]] = []
        if draft.is_complete and not fate.sent_on:
            rows += sent_rows(context)
        elif fate.sent_on and not fate.answered_on:
            rows.append(
                (
                    context.button(_("Answered today"), "answeredtoday"),
                    context.button(_("Answered on another day"), "answeredon"),
                )
            )
            rows.append((context.button(_("Not sent after all"), "unsent"),))
            if not place:
                rows.append((reminder_button(context, draft.id),))
        elif fate.sent_on:
            rows.append(
                (
                    context.button(_("Not answered after all"), "unanswered"),
                    context.button(_("Not sent after all"), "unsent"),
                )
            )
        opened = (
            context.button(_("Open the letter"), "openletter"),
            context.button(_("Duplicate"), "duplicate"),
        )
        rows.insert(0, opened)
        delete = context.button(_("Delete"), "deleteletter")
        archive = _("Take out of the archive") if fate.archived else _("Archive")
        rows.append(((context.button(archive, "archive"),) if not place else ()) + (delete,))
        return tuple(rows)

    def tapped(self, context: Context, action: str, value: str) -> Step:
        """Mark, archive, duplicate, delete, or ask on."""
        view = context.user.view
        draft, about = draft_of(context, view.key), subject(context, view.key)
        if draft is None or about is None:
            return looking(context, View("letters"))
        fate = draft.fate
        if action in {"sentby", "answeredon", "deleteletter", "remind"}:
            return looking(context, View(action, draft.id))
        if action == "senttoday":
            return sent(context, about, Way(value), context.library.today())
        if action == "answeredtoday":
            return answered(context, about, now(context, about))
        if action == "openletter":
            return Step(context.session.with_draft(draft).looking(DRAFT), arrives=True)
        if action == "duplicate":
            return duplicated(context, draft)
        if action == "deleteyes":
            return deleted(context, draft)
        changed = {
            "unsent": replace(fate, sent_on=None, sent_by=None, answered_on=None),
            "unanswered": replace(fate, answered_on=None),
            "archive": replace(fate, archived=not fate.archived),
        }
        if action not in changed:
            return looking(context, View("fate", draft.id, page=view.page))
        return marked(context, draft, changed[action])


def _has_joined(context: Context, draft: Draft) -> bool:
    return bool(
        draft.state
        and draft.treaty
        and not draft.congratulates
        and has_joined(draft, context.library, context.library.today())
    )


def duplicated(context: Context, draft: Draft) -> Step:
    """The same answers in a letter of its own; whom it addressed stays with the first."""
    new = replace(
        draft,
        id=context.library.new_id(),
        date=draft.date and context.library.today(),
        addressee=NOBODY,
        fate=Fate(),
        updated=context.library.today(),
        revision=0,
        revisions=0,
    )
    notice = context._("This is the duplicate, dated today.")
    new = anew(context, new)
    return Step(context.session.with_draft(new).looking(DRAFT), notice, arrives=True)


def deleted(context: Context, draft: Draft) -> Step:
    """The letters without that one; of many letters, too, it is no longer one."""
    session = context.session
    if session.draft and session.draft.id == draft.id:
        session = session.with_draft(None)
    notice = context._("“%(letter)s” was deleted.", letter=draft_label(context, draft))
    changes: Changes = (DraftRemoved(draft.id), ReminderDropped(draft.id))
    place = places(context).get(draft.id)
    if place is None:
        changes = (*changes, *when_deleted(draft.fate))
        return Step(session.looking(View("letters")), notice, changes)
    left = tuple(one for one in place.job.targets if one != place.target)
    if not left:
        changes = (*changes, JobRemoved(place.job.id), ReminderDropped(place.job.id))
        changes = (*changes, *when_deleted(Fate(signing=place.job.signing)))
        return Step(session.looking(View("letters")), notice, changes)
    changes = (*changes, JobKept(replace(place.job, targets=left)))
    return Step(session.looking(View("many", place.job.id)), notice, changes)
