"""What became of a letter: sent, answered, archived, deleted, duplicated."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from bot.conversation.dates import doubt, not_understood, on_its_weekday, out_of_reach
from bot.conversation.draft import Fate, Way
from bot.conversation.events import Typed
from bot.conversation.names import draft_label
from bot.conversation.pages.base import DRAFT, Page, Step, blocks, lines, looking
from bot.conversation.paging import in_rows
from bot.conversation.values import Changes, Screen, View
from bot.letters.days import has_come, is_to_come, understand, within_reach
from bot.letters.model import NOBODY

if TYPE_CHECKING:
    from bot.conversation.context import Context
    from bot.conversation.draft import Draft
    from bot.conversation.events import FileSent
    from bot.conversation.library import Translator
    from bot.conversation.values import Button


def way_names(_: Translator) -> dict[Way, str]:
    """How a letter is sent."""
    return {Way.POST: _("By post"), Way.EMAIL: _("By e-mail"), Way.HAND: _("By hand")}


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


def draft_of(context: Context, draft_id: str) -> Draft | None:
    """One of the user's own drafts."""
    return next((draft for draft in context.drafts() if draft.id == draft_id), None)


class FatePage(Page):
    """One letter among the user's; the view's key is its id, its text the way it was sent.

    Behind a bar the text holds the days that a typed date could be.
    """

    views = ("fate", "sentby", "senton", "answeredon", "deleteletter")
    of_draft = False

    def screen(self, context: Context, notice: str = "") -> Screen:
        """What can be said of the letter; or a question about it."""
        _ = context._
        draft = draft_of(context, context.user.view.key)
        if draft is None:
            return Screen(_("This letter is no longer there."), notice)
        name = draft_label(context, draft)
        if context.looks_at("sentby"):
            ways = [context.button(label, "way", way) for way, label in way_names(_).items()]
            return Screen(_("How was the letter sent?"), lines(notice, name), in_rows(ways, 3))
        if context.looks_at("senton", "answeredon"):
            return self._day_screen(context, name, notice)
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
        return Screen(name, blocks(notice, fate_line(context, draft)), self._rows(context, draft))

    def _rows(self, context: Context, draft: Draft) -> tuple[tuple[Button, ...], ...]:
        _ = context._
        fate = draft.fate
        rows: list[tuple[Button, ...]] = [
            (
                context.button(_("Open"), "openletter"),
                context.button(_("Duplicate"), "duplicate"),
            )
        ]
        if draft.is_complete and not fate.sent_on:
            rows.append((context.button(_("Mark as sent"), "sentby"),))
        elif fate.sent_on:
            rows.append(
                (
                    context.button(_("Mark as answered"), "answeredon")
                    if not fate.answered_on
                    else context.button(_("Not answered after all"), "unanswered"),
                    context.button(_("Not sent after all"), "unsent"),
                )
            )
        archive = _("Take out of the archive") if fate.archived else _("Archive")
        rows.append(
            (context.button(archive, "archive"), context.button(_("Delete"), "deleteletter"))
        )
        return tuple(rows)

    def _day_screen(self, context: Context, name: str, notice: str) -> Screen:
        _ = context._
        today = _now(context)
        title = (
            _("When was the letter sent?")
            if context.looks_at("senton")
            else _("When was the letter answered?")
        )
        days = [date.fromisoformat(day) for day in context.user.view.text.partition("|")[2].split()]
        buttons = [
            context.button(on_its_weekday(context, day), "day", day.isoformat()) for day in days
        ] or [context.button(_("Today: %(date)s", date=context.day(today)), "today")]
        return Screen(
            title,
            lines(notice, name, _("Tap, or type another date.")),
            in_rows(buttons, 1),
            _("A date"),
        )

    def tapped(self, context: Context, action: str, value: str) -> Step:
        """Mark, archive, duplicate, delete, or ask on."""
        view = context.user.view
        draft = draft_of(context, view.key)
        if draft is None:
            return looking(context, View("letters"))
        fate = draft.fate
        if action in {"sentby", "answeredon", "deleteletter"}:
            return looking(context, View(action, draft.id))
        if action == "way":
            return looking(context, View("senton", draft.id, text=value))
        if action == "today":
            return self._dated(context, draft, _now(context))
        if action == "day":
            return self._dated(context, draft, date.fromisoformat(value))
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
        return _marked(context, draft, changed.get(action, fate))

    def typed(self, context: Context, event: Typed | FileSent) -> Step | None:
        """A date."""
        draft = draft_of(context, context.user.view.key)
        if not isinstance(event, Typed) or draft is None:
            return None
        if not context.looks_at("senton", "answeredon"):
            return None
        view = context.user.view
        found = understand(event.text, context.library.today(), past=True)
        if is_to_come(event.text, context.library.today()):
            return looking(context, view, _still_to_come(context))
        if found is None:
            return looking(context, view, not_understood(context))
        days = [day for day in found.days if within_reach(day)]
        if not days:
            return looking(context, view, out_of_reach(context))
        if len(days) == 1 and found.weekday is None:
            return self._dated(context, draft, days[0])
        way = view.text.partition("|")[0]
        text = f"{way}|{' '.join(day.isoformat() for day in days)}"
        return looking(context, replace(view, text=text), doubt(context, found))

    def _dated(self, context: Context, draft: Draft, day: date) -> Step:
        _ = context._
        view, fate = context.user.view, draft.fate
        if not has_come(day, context.library.today()):
            return looking(context, view, _still_to_come(context))
        if context.looks_at("senton"):
            return _marked(
                context, draft, replace(fate, sent_on=day, sent_by=Way(view.text.partition("|")[0]))
            )
        if fate.sent_on and day < fate.sent_on:
            notice = _("That is before the letter was sent. Please give a later date.")
            return looking(context, view, notice)
        return _marked(context, draft, replace(fate, answered_on=day))

    def back(self, context: Context) -> View:
        """From a question to the letter; from the letter to the list."""
        view = context.user.view
        return View("letters") if view.name == "fate" else View("fate", view.key)


def _still_to_come(context: Context) -> str:
    return context._("That day is still to come. Please give the day itself.")


def _now(context: Context) -> date:
    """Today; tomorrow where the letter was sent tomorrow by this computer's clock."""
    draft, today = draft_of(context, context.user.view.key), context.library.today()
    return max(today, draft.fate.sent_on or today) if draft else today


def _marked(context: Context, draft: Draft, fate: Fate) -> Step:
    marked = replace(draft, fate=fate)
    session = context.session
    if session.draft and session.draft.id == draft.id:
        session = session.with_draft(replace(session.draft, fate=fate))
    return Step(session.looking(View("fate", draft.id)), changes=Changes(drafts=(marked,)))


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
    return Step(context.session.with_draft(new).looking(DRAFT), notice, arrives=True)


def deleted(context: Context, draft: Draft) -> Step:
    """The letters without that one."""
    session = context.session
    if session.draft and session.draft.id == draft.id:
        session = session.with_draft(None)
    notice = context._("“%(letter)s” was deleted.", letter=draft_label(context, draft))
    changes = Changes(removed_drafts=(draft.id,))
    return Step(session.looking(View("letters")), notice, changes)
