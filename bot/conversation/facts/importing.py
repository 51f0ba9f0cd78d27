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
from bot.conversation.facts.refusing import refusal_lines
from bot.conversation.facts.shown import changes_shown, dates_alone, known_shown
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


def is_page(event: FileSent) -> bool:
    """Whether a file looks like a saved page, by its name or its beginning."""
    start = (event.data or b"")[:200].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    markup = start.startswith((b"<!doctype html", b"<html")) or b"saved from url" in start
    return markup or event.name.lower().endswith(PAGES)


def sent_page(context: Context, event: FileSent) -> Step:
    """A page from the administrator: kept as a proposal, or refused with the reason."""
    view = context.user.view if context.looks_at("facts") else FACTS
    read = event.found
    if not isinstance(read, Version):
        read = read if isinstance(read, Refused) else Refused(Fault.TOO_LARGE)
        notice = "⚠ " + lines(*refusal_lines(context, read), context._("Nothing was stored."))
        return looking(context, view, notice)
    step = looking(context, FACTS)
    return Step(step.session, changes=(Proposal(read),))


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
            return self._known(context, notice, known)
        warning = ""
        button = _store(context, known=False)
        if known and dates_alone(context, proposed):
            warning = "⚠ " + _(
                "Some States stand in brackets, and since when is read from the page’s notes. The "
                "next screen asks whether these days are right, before anything is stored."
            )
            button = context.button(_("See the days of withdrawal"), "knownfacts")
        elif known:
            warning = "⚠ " + _(
                "The next screen shows what was known and would change, before anything is stored."
            )
            button = context.button(_("See the known facts that change"), "knownfacts")
        said = blocks(notice, *changes_shown(context, proposed), warning)
        rows = (*_meant(context), (button, leave))
        return Screen(_("What these pages would change"), said, rows)

    def _known(self, context: Context, notice: str, known: list[str]) -> Screen:
        """What wants a yes of its own, screen by screen, the yes on the last."""
        _ = context._
        page = min(context.user.view.page, len(known) - 1)
        further = context.button(_("Next ▶"), "page", str(page + 1))
        button = further if page < len(known) - 1 else _store(context, known=True)
        title = _("These known facts would change")
        ask = _(
            "A page of the Treaty Collection adds to what is known and seldom changes it. "
            "Please compare these with treaties.un.org before you store them."
        )
        if dates_alone(context, proposals_of(context)):
            title = _("Since when are they no longer parties?")
            ask = _(
                "The page brackets what is no longer in force; since when, only its notes say. "
                "Please compare each day with its note before you store it."
            )
        leave = context.button(_("Leave it"), "leavefacts")
        return Screen(title, blocks(notice, ask, known[page]), ((button,), (leave,)))

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
    proposed = proposals_of(context)
    older = any(records.is_newer(one) for one in proposed)
    if known and not older and dates_alone(context, proposed):
        yes = _("These days are right: store it")
        return context.button(yes, "storefacts", ".".join(map(str, context.library.stamp())))
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
    unknown = [code for code in records.treaties if not records.has_status(code)]
    for code in (one for one in records.treaties if one not in unknown):
        by_day.setdefault(records.dated(code), []).append(code)
    return lines(
        *(
            ("⚠ " if is_stale(day, today) else "")
            + labelled(_, context.day(day), ", ".join(by_day[day]))
            for day in sorted(by_day)
        ),
        labelled(_, _("No status yet"), ", ".join(unknown)) if unknown else "",
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
