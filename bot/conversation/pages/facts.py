"""The status of treaties, renewed by the bot's administrator: shown, asked for, then stored."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from bot.conversation.dates import not_understood
from bot.conversation.names import labelled
from bot.conversation.pages.base import Page, Step, blocks, lines, looking
from bot.conversation.proposals import counted, doubtful_lines, fault_line, shown
from bot.conversation.values import Changes, FileSent, Renewal, Screen, Typed, View
from bot.letters.days import is_two_days, parse_date
from bot.letters.differences import moves
from bot.letters.facts import is_stale
from bot.letters.faults import Fault, Refused

if TYPE_CHECKING:
    from bot.conversation.context import Context
    from bot.conversation.library import Translator
    from bot.letters.status import Version

PAGES = (".html", ".htm", ".mht", ".mhtml", ".xml", ".aspx")
FACTS = View("facts")
MOST_SHOWN = 3000
"""So many characters of changes fit on a screen; of more, only how many there are is said."""

MOST_KNOWN = 20
SEEN = "seen"
"""The view's key once the administrator has seen which known facts would change."""


def is_page(event: FileSent) -> bool:
    """Whether a file looks like a saved page, by its name or its beginning."""
    start = (event.data or b"")[:200].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    markup = start.startswith((b"<!doctype html", b"<html")) or b"saved from url" in start
    return markup or event.name.lower().endswith(PAGES)


def sent_page(context: Context, event: FileSent) -> Step:
    """A page from the administrator: kept as a proposal, or refused in one line."""
    _ = context._
    view = context.user.view if context.looks_at("facts") else FACTS
    read: Version | Refused = Refused(Fault.TOO_LARGE)
    if event.data is not None:
        read = context.library.read_status(event.data, _withdrawn(view))
    if isinstance(read, Refused):
        notice = "⚠ " + lines(fault_line(context, read), _("Nothing was stored."))
        return looking(context, view, notice)
    step = looking(context, FACTS)
    return Step(step.session, changes=Changes(proposed=(read,)))


class FactsPage(Page):
    """How old the facts are; what pages that were sent would change."""

    views = ("facts",)
    of_draft = False

    def screen(self, context: Context, notice: str = "") -> Screen:
        """What the pages sent would change, or how old the facts are."""
        _ = context._
        if not context.library.is_administrator(context.user.id):
            said = _("Only whoever runs this bot can renew the status of treaties.")
            return Screen(_("Status of treaties"), said)
        proposed = context.proposals()
        if not proposed:
            return Screen(_("Status of treaties"), blocks(notice, _dates(context), _how(_)))
        records = context.library.records
        after = records.with_versions(proposed)
        changes = [shown(context, one, records, after) for one in proposed]
        if sum(map(len, changes)) > MOST_SHOWN:
            changes = [counted(context, one, records, after) for one in proposed]
        known = doubtful_lines(context, proposed, records, after)
        if known and context.user.view.key != SEEN:
            return self._known_screen(context, notice, known)
        older = any(one.as_of.date() < records.dated(one.treaty) for one in proposed)
        label = _("Store it, though it is older") if older else _("Store it")
        stamp = ".".join(map(str, context.library.stamp()))
        rows = (
            (
                context.button(label, "storefacts", stamp),
                context.button(_("Leave it"), "leavefacts"),
            ),
        )
        return Screen(_("What these pages would change"), blocks(notice, *changes), rows)

    def _known_screen(self, context: Context, notice: str, known: list[str]) -> Screen:
        """A step of its own before known facts are changed: each is shown whole."""
        _ = context._
        why = _(
            "Facts that were known would be gone or others, or are unlike all others. Please "
            "compare each with the page and its notes."
        )
        more = _("And %(count)s more.", count=len(known) - MOST_KNOWN)
        text = lines(*known[:MOST_KNOWN], more if len(known) > MOST_KNOWN else "")
        rows = (
            (context.button(_("They are right: go on"), "seenfacts"),),
            (context.button(_("Leave it"), "leavefacts"),),
        )
        return Screen(_("Known facts would change"), blocks(notice, why, text), rows)

    def tapped(self, context: Context, action: str, value: str) -> Step:
        """Store what was shown, or leave it; where other facts hold, the button is another."""
        del value
        if action == "seenfacts":
            return looking(context, replace(FACTS, key=SEEN))
        _ = context._
        step = looking(context, FACTS)
        proposed = context.proposals()
        allowed = context.library.is_administrator(context.user.id)
        if action == "leavefacts" or not allowed or not proposed:
            return Step(step.session, _("Nothing was stored."), Changes(no_proposals=True))
        before = context.library.records
        after = before.with_versions(proposed)
        moved = moves(before, after, [version.treaty for version in proposed])
        renewal = Renewal(proposed, moved, context.library.today(), context.library.stamp())
        notice = _("Stored. Everyone whose letters this concerns is told.")
        changes = Changes(no_proposals=True, renewal=renewal)
        return Step(context.session.looking(View("settings")), notice, changes)

    def typed(self, context: Context, event: Typed | FileSent) -> Step | None:
        """Whatever is sent here is taken for a page; what is typed, for a withdrawal."""
        if not context.library.is_administrator(context.user.id):
            return None
        if isinstance(event, FileSent):
            return sent_page(context, event)
        return _typed(context, event)

    def back(self, context: Context) -> View:
        """To the settings."""
        del context
        return View("settings")


def _withdrawn(view: View) -> dict[str, date]:
    """The withdrawals that were typed, which the view carries until the page is sent."""
    pairs = (one.partition("=") for one in view.text.split())
    return {iso3: date.fromisoformat(day) for iso3, _equals, day in pairs}


def _typed(context: Context, event: Typed) -> Step:
    """A State and the day from which it is no longer party."""
    _ = context._
    text = " ".join(event.text.split())
    for position, char in enumerate(text):
        day = parse_date(text[position + 1 :]) if char in " =,:" else None
        states = context.library.find_states(text[:position]) if day else ()
        if day and len(states) == 1:
            known = _withdrawn(context.user.view) | {states[0].iso3: day}
            carried = " ".join(f"{iso3}={one.isoformat()}" for iso3, one in known.items())
            notice = _(
                "Noted: %(state)s is no longer party from %(date)s. Now send the page again.",
                state=context.state_name(states[0]),
                date=context.day(day),
            )
            return looking(context, View("facts", text=carried), notice)
        if char in " =,:" and is_two_days(text[position + 1 :]):
            return looking(context, context.user.view, not_understood(context))
    notice = _(
        "Please send the page as a file; or type a State and the day from which it is no longer "
        "party."
    )
    return looking(context, context.user.view, notice)


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
