"""A finished letter is opened for signing: until when, who asks, and whether names are shown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from bot.conversation.endorsing.freezing import basis_of, left_out, letters_by, texts_of, titles_of
from bot.conversation.endorsing.kept import SigningOpened
from bot.conversation.endorsing.words import moment, zone_names
from bot.conversation.many.kept import JobKept
from bot.conversation.many.written import letters_of
from bot.conversation.talk.context import LANGUAGE_NAMES
from bot.conversation.talk.dates import not_understood
from bot.conversation.talk.drafts import DraftKept
from bot.conversation.talk.events import Typed
from bot.conversation.talk.page import Page, Step, blocks, lines, looking
from bot.conversation.talk.paging import in_rows
from bot.conversation.talk.values import Screen, View
from bot.letters.days import understand
from bot.letters.model import Language, Office
from bot.letters.signatories import clean
from bot.signings.deadlines import USUAL_DAYS, ZONES, end_of
from bot.signings.tokens import PREFIX
from bot.signings.values import Endorser, Signing

if TYPE_CHECKING:
    from bot.conversation.endorsing.freezing import Letters
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.draft import Draft
    from bot.conversation.talk.events import FileSent
    from bot.conversation.talk.values import Button, Changes
    from bot.signings.texts import Text

CHOICES = (7, 14, 30)
LONGEST_DAYS = 365
MOST_ASKS = 120
BAR = "|"


@dataclass(frozen=True, slots=True)
class Plan:
    """What is chosen before a letter is opened."""

    day: date
    zone: str
    shows: bool = True
    asks: str = ""

    def to_text(self) -> str:
        """For a view."""
        return BAR.join((self.day.isoformat(), self.zone, "1" if self.shows else "0", self.asks))


def plan_of(context: Context, letters: Letters) -> Plan:
    """What stands in the view, or what is usual: two weeks, where the Mission is."""
    text = context.user.view.text
    if text.count(BAR) >= 3:  # noqa: PLR2004 -- the four parts of a plan
        day, zone, shows, asks = text.split(BAR, 3)
        return Plan(date.fromisoformat(day), zone, shows == "1", asks)
    first = letters.signatories[0].line if letters.signatories else ""
    zone = ZONES.get(letters.base.seat or Office.GENEVA, "UTC")
    return Plan(context.library.today() + timedelta(days=USUAL_DAYS), zone, asks=first)


class OpenPage(Page):
    """The view's key is the letter's id, its text the plan."""

    views = ("opensign", "signasks", "signuntil")
    of_draft = False

    def screen(self, context: Context, notice: str = "") -> Screen:
        """What will happen, and what can be chosen; or a question about one of these."""
        _ = context._
        letters = letters_by(context, context.user.view.key)
        if letters is None:
            return Screen(_("This letter is no longer there."), notice)
        if letters.fate.signing:
            way = context.button(_("The signing of this letter"), "opensign")
            return Screen(_("This letter was opened for signing already."), notice, ((way,),))
        plan = plan_of(context, letters)
        if context.looks_at("signasks"):
            ask = _("Who asks the co-signers? Type your name and organization, as they know you.")
            return Screen(
                _("Who asks?"), lines(notice, ask), (), _("Name, Organization"), filled=plan.asks
            )
        if context.looks_at("signuntil"):
            ask = _("Type the last day on which one may confirm: it ends at 23:59.")
            return Screen(_("Open until when?"), lines(notice, ask), _days(context), _("A date"))
        texts = texts_of(context, letters)
        return Screen(
            _("Ask the co-signers to confirm"),
            blocks(notice, *_said(context, letters, texts)),
            _rows(context, plan, ready=bool(texts)),
        )

    def tapped(self, context: Context, action: str, value: str) -> Step:
        """Choose, or open."""
        view = context.user.view
        letters = letters_by(context, view.key)
        if letters is None:
            return looking(context, View("letters"))
        if letters.fate.signing:
            return looking(context, View("signing", letters.fate.signing))
        plan = plan_of(context, letters)
        if action == "opennow":
            return opened(context, letters, plan)
        if action in {"signasks", "signuntil"}:
            return looking(context, View(action, view.key, text=plan.to_text()))
        if action == "zone":
            names = tuple(zone_names(context._))
            known = plan.zone in names
            plan = replace(
                plan, zone=names[(names.index(plan.zone) + 1) % len(names) if known else 0]
            )
        if action == "shows":
            plan = replace(plan, shows=not plan.shows)
        if action == "days":
            plan = replace(plan, day=context.library.today() + timedelta(days=int(value)))
        return looking(context, View("opensign", view.key, text=plan.to_text()))

    def typed(self, context: Context, event: Typed | FileSent) -> Step | None:
        """A name, or a day."""
        view = context.user.view
        letters = letters_by(context, view.key)
        at_plan = context.looks_at("opensign")
        if letters is None or letters.fate.signing or not isinstance(event, Typed) or at_plan:
            return None
        plan = plan_of(context, letters)
        if context.looks_at("signasks"):
            name, _removed = clean(event.text.replace("\n", " "))
            if not name or len(name) > MOST_ASKS:
                return looking(
                    context,
                    view,
                    context._(
                        "Please type one line of at most %(count)s characters.", count=MOST_ASKS
                    ),
                )
            plan = replace(plan, asks=name)
            return looking(context, View("opensign", view.key, text=plan.to_text()))
        day, notice = day_typed(context, event.text)
        if day is None:
            return looking(context, view, notice)
        plan = replace(plan, day=day)
        return looking(context, View("opensign", view.key, text=plan.to_text()))


def day_typed(context: Context, text: str) -> tuple[date | None, str]:
    """A last day that may be: from today on, within a year; else why not."""
    today = context.library.today()
    found = understand(text, today)
    known = found.days if found else ()
    days = [day for day in known if day >= today] or list(known)
    if not days:
        return None, not_understood(context)
    if not today <= days[0] <= today + timedelta(days=LONGEST_DAYS):
        return None, context._("Please name a day from today on, within a year.")
    return days[0], ""


def _said(context: Context, letters: Letters, texts: tuple[Text, ...]) -> tuple[str, ...]:
    _ = context._
    if not texts:
        return (_("There is no such letter today: please open it and see what it says."),)
    count = len(letters.signatories)
    who = _.plural(
        "Each co-signer gets a link and says whether the name may stand below this very text: "
        "%(count)s is asked. More can join by an open link.",
        "Each co-signer gets a link and says whether the name may stand below this very text: "
        "%(count)s are asked. More can join by an open link.",
        count,
    )
    if letters.job:
        text = _.plural(
            "The text of %(count)s letter is frozen.",
            "The texts of %(count)s letters are frozen: one yes holds for all of them.",
            len(texts),
        )
    else:
        names = ", ".join(LANGUAGE_NAMES[one.language] for one in texts)
        text = _("The text is frozen in: %(languages)s.", languages=names)
    without = ", ".join(LANGUAGE_NAMES[one] for one in left_out(context, letters))
    missing = (
        _("Not in %(languages)s: your own words are not translated yet.", languages=without)
        if without
        else ""
    )
    marked = _("Until you close it, every page says that it is a draft, not for sending.")
    return (who, lines(text, missing), marked)


def _rows(context: Context, plan: Plan, *, ready: bool) -> tuple[tuple[Button, ...], ...]:
    _ = context._
    if not ready:
        return ()
    when = moment(_, end_of(plan.day, plan.zone), plan.zone)
    shows = (
        _("Those asked see who has confirmed") if plan.shows else _("Nobody sees who has confirmed")
    )
    asks = plan.asks or _("(nobody yet)")
    return (
        (context.button(_("Open for signing"), "opennow", main=True),),
        (context.button(_("Until %(when)s", when=when), "signuntil"),),
        (
            context.button(
                _("Time zone: %(zone)s", zone=zone_names(_).get(plan.zone, plan.zone)), "zone"
            ),
        ),
        (context.button(_("Who asks: %(name)s", name=asks), "signasks"),),
        (context.button(shows, "shows"),),
    )


def _days(context: Context) -> tuple[tuple[Button, ...], ...]:
    _ = context._
    return in_rows(
        [
            context.button(_("In %(count)s days", count=count), "days", str(count))
            for count in CHOICES
        ],
        3,
    )


def opened(context: Context, letters: Letters, plan: Plan) -> Step:
    """Open for signing: the texts are frozen, everybody proposed is waiting."""
    _, library = context._, context.library
    texts = texts_of(context, letters)
    if not texts:
        return looking(context, context.user.view)
    if not plan.asks:
        return looking(
            context,
            View("signasks", letters.id, text=plan.to_text()),
            _("Please say first who asks."),
        )
    now = library.now()
    deadline = end_of(plan.day, plan.zone)
    if deadline <= now:
        return looking(
            context,
            View("signuntil", letters.id, text=plan.to_text()),
            _("Please name a day from today on, within a year."),
        )
    signing = Signing(
        id=library.new_id(),
        owner=context.owner,
        letter_id=letters.id,
        treaties=tuple(filter(None, (letters.base.treaty, *letters.base.also))),
        states=tuple(dict.fromkeys(one.letter.state for one in texts)),
        asks=plan.asks,
        opened=now,
        deadline=deadline,
        zone=plan.zone,
        key=library.new_token(PREFIX).encode(),
        language=letters.base.language or Language.EN,
        is_many=letters.job is not None,
        shows=plan.shows,
        basis=basis_of(context, letters),
        titles=titles_of(context, letters.base),
    )
    asked = tuple(Endorser(library.new_id(), one) for one in letters.signatories)
    changes: Changes = (SigningOpened(signing, texts, asked),)
    step = marked_open(context, letters, signing.id)
    return replace(
        step,
        session=step.session.looking(View("signing", signing.id)),
        notice=_("It is open for signing. Send each co-signer an invitation now."),
        changes=(*step.changes, *changes),
    )


def marked_open(
    context: Context, letters: Letters, signing_id: str, *, signed: bool = False
) -> Step:
    """The letter, or all letters to many, as open for signing; or as `signed`, and final.

    Whose names stand below it, the signing alone knows: what they gave is in one place.
    """
    session = context.session

    def marked(draft: Draft) -> Draft:
        return replace(draft, fate=replace(draft.fate, signing=signing_id, signed=signed))

    if letters.job is None:
        drafts = [letters.base]
        changes: Changes = ()
    else:
        job = replace(letters.job, signing=signing_id, signed=signed)
        own = [one.draft for one in letters_of(context, letters.job) if one.draft]
        drafts = [one for one in own if one.id != letters.base.id]
        changes = (JobKept(job),)
    for draft in drafts:
        if session.draft and session.draft.id == draft.id:
            session = session.with_draft(marked(session.draft))
        else:
            changes = (DraftKept(marked(draft)), *changes)
    return Step(session, changes=changes)
