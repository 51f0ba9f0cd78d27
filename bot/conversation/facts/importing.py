"""The status of treaties, renewed by the bot's administrator: shown, asked for, then stored."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from bot.conversation.facts.kept import (
    FactsRenewed,
    Proposal,
    ProposalsDropped,
    Renewal,
    proposals_of,
)
from bot.conversation.facts.shown import changes_shown, known_shown
from bot.conversation.talk.dates import not_understood, out_of_reach
from bot.conversation.talk.events import FileSent, Reader, Typed
from bot.conversation.talk.names import labelled
from bot.conversation.talk.page import Page, Step, blocks, lines, looking
from bot.conversation.talk.paging import in_rows
from bot.conversation.talk.understood import no_state_line
from bot.conversation.talk.values import Screen, View
from bot.letters.days import FIRST_OF_FACTS, LAST_YEAR, is_two_days, parse_date
from bot.letters.differences import moves
from bot.letters.facts import is_stale
from bot.letters.faults import Fault, Refused
from bot.letters.status import Version

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.library import Translator
    from bot.conversation.talk.paging import Rows
    from bot.conversation.talk.values import Button

PAGES = (".html", ".htm", ".mht", ".mhtml", ".xml", ".aspx")
FACTS = View("facts")
KNOWN = View("knownfacts")
MEANT = "?"
"""Before a withdrawal in the view's text: of a State that was near to what was typed."""


def fault_lines(_: Translator) -> dict[Fault, str]:
    """Why nothing was taken from a file, and what would work."""
    return {
        Fault.TOO_LARGE: _("That file is larger than any status page."),
        Fault.CROWDED: _(
            "That file has far more rows, tags or parts than any status page: please save the page "
            "again from treaties.un.org."
        ),
        Fault.SPREADSHEET: _(
            "That is a spreadsheet: please save the page of treaties.un.org as HTML."
        ),
        Fault.NOT_TEXT: _(
            "That is no web page: please save the status page of treaties.un.org as HTML."
        ),
        Fault.SAVED_AS_TEXT: _(
            "The page was saved as text, which loses its table: please save it as a web page "
            "(HTML)."
        ),
        Fault.ENCODING: _("The text’s encoding is broken: please save the page again."),
        Fault.NO_PAGE: _(
            "That is no status page of treaties.un.org: the site may have been out of service or "
            "asked for a login when it was saved. Please save it again."
        ),
        Fault.OTHER_LANGUAGE: _("That is the French page: please save the English one."),
        Fault.CUT_OFF: _("The page is cut off: please save it again."),
        Fault.NO_TREATY: _("The page does not say which treaty it is on."),
        Fault.OTHER_TREATY: _("That page is not on one of the eighteen treaties: %(what)s."),
        Fault.NO_DATE: _(
            "The page has no “status as at”: please save the HTML page, which has it."
        ),
        Fault.FUTURE: _("The page’s “status as at” is in the future: %(what)s."),
        Fault.NO_TOTALS: _("The page does not say how many parties there are."),
        Fault.UNKNOWN: _("No State is known by the name of these participants: %(what)s."),
        Fault.TWICE: _("This participant stands twice in the table: %(what)s."),
        Fault.CELL: _("This date cannot be right: %(what)s."),
        Fault.PARTIES: _("The parties in the table and in the headline disagree: %(what)s."),
        Fault.SIGNATORIES: _(
            "The signatories in the table and in the headline disagree: %(what)s."
        ),
        Fault.WITHDRAWN: _(
            "These stand in brackets and are no longer in force, since when only the page’s notes "
            "say: %(what)s. Please type each with the day from which it is no longer party, such "
            "as “%(example)s”, and send the page again."
        ),
        Fault.WITHDRAWN_LATE: _(
            "That day is after the page’s own, %(date)s, when the State stood in brackets already: "
            "%(what)s. Please look the day up again in the page’s notes, type the State with a day "
            "no later than the page’s, such as “%(example)s”, and send the page again."
        ),
        Fault.NOT_WITHDRAWN: _(
            "These do not stand in brackets on that page, so there is nothing to date: %(what)s. "
            "Please tap Back, come here again and type the right State, then send the page again."
        ),
        Fault.COUNT: _(
            "With that page the facts would have other parties on its day than its headline says: "
            "%(what)s. Please save the page again, and look at the days you typed."
        ),
    }


def is_page(event: FileSent) -> bool:
    """Whether a file looks like a saved page, by its name or its beginning."""
    start = (event.data or b"")[:200].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    markup = start.startswith((b"<!doctype html", b"<html")) or b"saved from url" in start
    return markup or event.name.lower().endswith(PAGES)


def sent_page(context: Context, event: FileSent) -> Step:
    """A page from the administrator: kept as a proposal, or refused in one line."""
    _ = context._
    view = context.user.view if context.looks_at("facts") else FACTS
    read = event.found
    if not isinstance(read, Version):
        read = read if isinstance(read, Refused) else Refused(Fault.TOO_LARGE)
        day = context.day(read.as_of or context.library.today())
        said = {"what": read.what or "–", "date": day, "example": f"{read.what[:3]} {day}"}
        reason = fault_lines(_)[read.fault] % said
        notice = "⚠ " + lines(reason, _notice_period(context, read), _("Nothing was stored."))
        return looking(context, view, notice)
    step = looking(context, FACTS)
    return Step(step.session, changes=(Proposal(read),))


def _notice_period(context: Context, refused: Refused) -> str:
    """That a denunciation takes effect only some time after its notification."""
    treaty = context.library.records.treaties.get(refused.treaty)
    if refused.fault is not Fault.WITHDRAWN or treaty is None or treaty.notice is None:
        return ""
    return context._(
        "A denunciation of %(treaty)s takes effect %(months)s months after its notification: the "
        "day of effect is meant.",
        treaty=treaty.code,
        months=treaty.notice.months,
    )


class FactsPage(Page):
    """How old the facts are; what pages that were sent would change."""

    views = ("facts", "knownfacts")
    of_draft = False

    def screen(self, context: Context, notice: str = "") -> Screen:
        """What the pages sent would change, what of it was known, or how old the facts are."""
        _ = context._
        if not context.library.is_administrator(context.user.id):
            said = _("Only whoever runs this bot can renew the status of treaties.")
            return Screen(_("Status of treaties"), said)
        proposed = proposals_of(context)
        if not proposed:
            said = blocks(notice, _dates(context), _how(_))
            return Screen(_("Status of treaties"), said, _meant(context))
        known = known_shown(context, proposed)
        leave = context.button(_("Leave it"), "leavefacts")
        if known and context.looks_at("knownfacts"):
            page = min(context.user.view.page, len(known) - 1)
            ask = _(
                "A page of the Treaty Collection adds to what is known and seldom changes it. "
                "Please compare these with treaties.un.org before you store them."
            )
            further = context.button(_("Next ▶"), "page", str(page + 1))
            button = further if page < len(known) - 1 else _store(context, known=True)
            said = blocks(notice, ask, known[page])
            return Screen(_("These known facts would change"), said, ((button,), (leave,)))
        warning = ""
        button = _store(context, known=False)
        if known:
            warning = "⚠ " + _(
                "The next screen shows what was known and would change, before anything is stored."
            )
            button = context.button(_("See the known facts that change"), "knownfacts")
        said = blocks(notice, *changes_shown(context, proposed), warning)
        rows = (*_meant(context), (button, leave))
        return Screen(_("What these pages would change"), said, rows)

    def tapped(self, context: Context, action: str, value: str) -> Step:
        """Store what was shown, or leave it; where other facts hold, the button is another."""
        _ = context._
        if action == "withdrawn":
            iso3, _equals, day = value.partition("=")
            return _noted(context, iso3, date.fromisoformat(day))
        if action == "knownfacts":
            return looking(context, KNOWN)
        step = looking(context, FACTS)
        proposed = proposals_of(context)
        allowed = context.library.is_administrator(context.user.id)
        if action == "leavefacts" or not allowed or not proposed:
            return Step(step.session, _("Nothing was stored."), (ProposalsDropped(),))
        before = context.library.records
        after = before.with_versions(proposed)
        moved = moves(before, after, [version.treaty for version in proposed])
        renewal = Renewal(proposed, moved, context.library.today(), context.library.stamp())
        notice = _("Stored. Everyone whose letters this concerns is told.")
        changes = (ProposalsDropped(), FactsRenewed(renewal))
        return Step(context.session.looking(View("settings")), notice, changes)

    def typed(self, context: Context, event: Typed | FileSent) -> Step | None:
        """Whatever is sent here is taken for a page; what is typed, for a withdrawal."""
        if not context.library.is_administrator(context.user.id):
            return None
        if isinstance(event, FileSent):
            return sent_page(context, event)
        return _typed(context, event)

    def reads(self, context: Context, event: FileSent) -> Reader | None:
        """A page of the status of treaties."""
        del event
        return Reader.STATUS if context.library.is_administrator(context.user.id) else None


def _store(context: Context, *, known: bool) -> Button:
    """The button that stores, which says what is special about it."""
    _, records = context._, context.library.records
    older = any(one.as_of.date() < records.dated(one.treaty) for one in proposals_of(context))
    label = {
        (False, False): _("Store it"),
        (False, True): _("Store it, though it is older"),
        (True, False): _("Change these and store it"),
        (True, True): _("Change these and store it, though it is older"),
    }[known, older]
    return context.button(label, "storefacts", ".".join(map(str, context.library.stamp())))


def withdrawn(view: View) -> dict[str, date]:
    """The withdrawals that were typed, which the view carries until the page is sent."""
    pairs = (one.partition("=") for one in view.text.split() if MEANT not in one)
    return {iso3: date.fromisoformat(day) for iso3, _equals, day in pairs}


def _typed(context: Context, event: Typed) -> Step:
    """A State and the day from which it is no longer party; what was asked before is dropped."""
    _ = context._
    known = _carried(withdrawn(context.user.view))
    asked_nothing = View("facts", text=" ".join(known))
    text = " ".join(event.text.split())
    for position, char in enumerate(text):
        if char not in " =,:":
            continue
        rest = text[position + 1 :]
        if is_two_days(rest):
            return looking(context, asked_nothing, not_understood(context))
        day = parse_date(rest)
        if day is None:
            continue
        if not FIRST_OF_FACTS <= day.year <= LAST_YEAR:
            return looking(context, asked_nothing, out_of_reach(context, FIRST_OF_FACTS))
        match = context.library.find.states(text[:position])
        if match.exact:
            return _noted(context, match.exact.iso3, day)
        if match.near:
            asked = [f"{MEANT}{state.iso3}={day.isoformat()}" for state in match.near]
            view = View("facts", text=" ".join([*known, *asked]))
            date_said = context.day(day)
            meant = _("Did you mean one of these, no longer party from %(date)s?", date=date_said)
            return looking(context, view, meant)
        if match.other:
            return looking(context, asked_nothing, no_state_line(_, match.other))
    notice = _(
        "Please send the page as a file; or type a State and the day from which it is no longer "
        "party."
    )
    return looking(context, asked_nothing, notice)


def _noted(context: Context, iso3: str, day: date) -> Step:
    known = withdrawn(context.user.view) | {iso3: day}
    notice = context._(
        "Noted: %(state)s is no longer party from %(date)s. Now send the page again.",
        state=context.state_name(context.library.records.states[iso3]),
        date=context.day(day),
    )
    return looking(context, View("facts", text=" ".join(_carried(known))), notice)


def _carried(known: dict[str, date]) -> list[str]:
    return [f"{iso3}={day.isoformat()}" for iso3, day in known.items()]


def _meant(context: Context) -> Rows:
    """A button for each State that a typed name was near to."""
    asked = [one.removeprefix(MEANT) for one in context.user.view.text.split() if MEANT in one]
    states = context.library.records.states
    return in_rows(
        [context.button(context.state_name(states[one[:3]]), "withdrawn", one) for one in asked], 1
    )


def _how(_: Translator) -> str:
    return _(
        "To renew it, open a treaty’s status page in English at treaties.un.org, save it from the "
        "browser as HTML and send me the file. I show what would change before anything is "
        "stored. You can send several pages one after the other."
    )


def _dates(context: Context) -> str:
    """Which treaties are of which date, the oldest first."""
    _ = context._
    records, today = context.library.records, context.library.today()
    by_day: dict[date, list[str]] = {}
    for code in records.treaties:
        by_day.setdefault(records.dated(code), []).append(code)
    return lines(
        *(
            ("⚠ " if is_stale(day, today) else "")
            + labelled(_, context.day(day), ", ".join(by_day[day]))
            for day in sorted(by_day)
        )
    )


def reminder(context: Context) -> str:
    """To the administrator, where facts are more than three months old."""
    _ = context._
    dated = context.library.records.dated()
    if not is_stale(dated, context.library.today()):
        return ""
    return "⚠ " + _(
        "The status of some treaties is of %(date)s, more than three months ago. Please renew it: "
        "Settings, Status of treaties.",
        date=context.day(dated),
    )
