"""How and when a letter was sent, and when it was answered; the same for all letters of many."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from bot.conversation.many.written import job_name
from bot.conversation.mine.marking import all_sent, marked, written_job
from bot.conversation.talk.dates import doubt, not_understood, on_its_weekday, out_of_reach
from bot.conversation.talk.draft import Way
from bot.conversation.talk.drafts import draft_of
from bot.conversation.talk.events import Typed
from bot.conversation.talk.names import draft_label, way_names
from bot.conversation.talk.page import Page, Step, lines, looking
from bot.conversation.talk.paging import in_rows
from bot.conversation.talk.values import Screen, View
from bot.letters.days import has_come, is_to_come, understand, within_reach

if TYPE_CHECKING:
    from bot.conversation.many.kept import Job
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.draft import Draft
    from bot.conversation.talk.events import FileSent
    from bot.conversation.talk.paging import Rows


@dataclass(frozen=True, slots=True)
class Subject:
    """What is marked: one draft, or a job with all its letters that are not sent yet."""

    name: str
    dated: date | None
    draft: Draft | None
    job: Job | None

    @property
    def open_signing(self) -> str:
        """The signing that it is open for, if it is."""
        if self.job:
            return "" if self.job.signed else self.job.signing
        return self.draft.fate.signing if self.draft and self.draft.fate.is_open else ""

    @property
    def home(self) -> View:
        """Where it is looked at."""
        if self.job:
            return View("many", self.job.id)
        return View("fate", self.draft.id if self.draft else "")


def subject(context: Context, letter_id: str) -> Subject | None:
    """The draft, or the letters to many, of that id."""
    draft = draft_of(context, letter_id)
    if draft:
        return Subject(draft_label(context, draft), draft.date, draft, None)
    job = written_job(context, letter_id)
    return Subject(job_name(context, job), job.draft.date, None, job) if job else None


def sent_rows(context: Context) -> Rows:
    """That it was sent, and how, in one tap where it was today."""
    _ = context._
    return (
        (context.button(_("Sent by e-mail, today"), "senttoday", Way.EMAIL),),
        (
            context.button(_("By post, today"), "senttoday", Way.POST),
            context.button(_("By hand, today"), "senttoday", Way.HAND),
        ),
        (context.button(_("Sent on another day"), "sentby"),),
    )


def sent(context: Context, about: Subject, way: Way, day: date, *, sure: bool = False) -> Step:
    """Marked as sent; asked first where the letter itself is dated later.

    A letter whose co-signers are still being asked is a draft, and not sent.
    """
    signing = about.open_signing
    if signing:
        notice = context._("The co-signers are still being asked: please close the signing first.")
        return looking(context, View("signing", signing), notice)
    if about.dated and day < about.dated and not sure:
        key = about.home.key
        return looking(context, View("sentearly", key, text=f"{way}|{day.isoformat()}"))
    if about.job:
        return all_sent(context, about.job, way, day)
    if about.draft is None:
        return looking(context, View("letters"))
    fate = replace(about.draft.fate, sent_on=day, sent_by=way)
    return marked(context, about.draft, fate)


class SentPage(Page):
    """The view's key is the id of a draft or a job, its text the way it was sent.

    Behind a bar the text holds the days that a typed date could be; the day that is asked about
    where the letter is dated later.
    """

    views = ("sentby", "senton", "sentearly", "answeredon")
    of_draft = False

    def screen(self, context: Context, notice: str = "") -> Screen:
        """A question about the sending, or the answer."""
        _ = context._
        about = subject(context, context.user.view.key)
        if about is None:
            return Screen(_("This letter is no longer there."), notice)
        if context.looks_at("sentby"):
            title = _("How were the letters sent?") if about.job else _("How was the letter sent?")
            ways = [context.button(label, "way", way) for way, label in way_names(_).items()]
            return Screen(title, lines(notice, about.name), in_rows(ways, 3))
        if context.looks_at("sentearly"):
            return _early_screen(context, about, notice)
        return _day_screen(context, about, notice)

    def tapped(self, context: Context, action: str, value: str) -> Step:
        """The way, or the day."""
        view = context.user.view
        about = subject(context, view.key)
        if about is None:
            return looking(context, View("letters"))
        if action == "way":
            return looking(context, View("senton", view.key, text=value))
        if action == "early":
            way, _bar, day = view.text.partition("|")
            return sent(context, about, Way(way), date.fromisoformat(day), sure=True)
        if action == "otherday":
            return looking(context, View("senton", view.key, text=view.text.partition("|")[0]))
        today = now(context, about)
        return _dated(context, about, today if action == "today" else date.fromisoformat(value))

    def typed(self, context: Context, event: Typed | FileSent) -> Step | None:
        """A date."""
        view = context.user.view
        about = subject(context, view.key)
        if not isinstance(event, Typed) or about is None or context.looks_at("sentby"):
            return None
        if context.looks_at("sentearly"):
            view = View("senton", view.key, text=view.text.partition("|")[0])
            context = context.moved(context.session.looking(view))
        found = understand(event.text, context.library.today(), past=True)
        if is_to_come(event.text, context.library.today()):
            return looking(context, view, _still_to_come(context))
        if found is None:
            return looking(context, view, not_understood(context))
        days = [day for day in found.days if within_reach(day)]
        if not days:
            return looking(context, view, out_of_reach(context))
        if len(days) == 1 and found.weekday is None:
            return _dated(context, about, days[0])
        way = view.text.partition("|")[0]
        text = f"{way}|{' '.join(day.isoformat() for day in days)}"
        return looking(context, replace(view, text=text), doubt(context, found))


def _day_screen(context: Context, about: Subject, notice: str) -> Screen:
    _ = context._
    today = now(context, about)
    title = _("When was the letter answered?")
    if context.looks_at("senton"):
        title = _("When were the letters sent?") if about.job else _("When was the letter sent?")
    days = [date.fromisoformat(day) for day in context.user.view.text.partition("|")[2].split()]
    buttons = [
        context.button(on_its_weekday(context, day), "day", day.isoformat()) for day in days
    ] or [context.button(_("Today: %(date)s", date=context.day(today)), "today")]
    asked = lines(notice, about.name, _("Tap, or type another date."))
    return Screen(title, asked, in_rows(buttons, 1), _("A date"))


def _early_screen(context: Context, about: Subject, notice: str) -> Screen:
    """The letter is dated later than it is said to have been sent."""
    _ = context._
    day = date.fromisoformat(context.user.view.text.partition("|")[2])
    dated = context.day(about.dated or day)
    said = (
        _("The letters are dated %(date)s: were they sent before?", date=dated)
        if about.job
        else _("The letter is dated %(date)s: was it sent before?", date=dated)
    )
    rows = in_rows(
        [
            context.button(_("Yes, on %(date)s", date=context.day(day)), "early"),
            context.button(_("Choose another day"), "otherday"),
        ],
        1,
    )
    return Screen(said, lines(notice, about.name), rows, _("A date"))


def _dated(context: Context, about: Subject, day: date) -> Step:
    _ = context._
    view = context.user.view
    if not has_come(day, context.library.today()):
        return looking(context, view, _still_to_come(context))
    if context.looks_at("senton"):
        return sent(context, about, Way(view.text.partition("|")[0]), day)
    return answered(context, about, day)


def answered(context: Context, about: Subject, day: date) -> Step:
    """Marked as answered, on no day before it was sent."""
    if about.draft is None:
        return looking(context, View("letters"))
    fate = about.draft.fate
    if fate.sent_on and day < fate.sent_on:
        notice = context._("That is before the letter was sent. Please give a later date.")
        return looking(context, context.user.view, notice)
    return marked(context, about.draft, replace(fate, answered_on=day))


def _still_to_come(context: Context) -> str:
    return context._("That day is still to come. Please give the day itself.")


def now(context: Context, about: Subject) -> date:
    """Today; tomorrow where the letter was sent tomorrow by this computer's clock."""
    today = context.library.today()
    return max(today, about.draft.fate.sent_on or today) if about.draft else today
