"""Where States stand: one State on every treaty, one treaty in every State."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.conversation.asking.state_party import lacking_of, one_letter, together
from bot.conversation.talk.draft import Draft
from bot.conversation.talk.effects import SendChart
from bot.conversation.talk.events import Typed
from bot.conversation.talk.names import CAMPAIGNS, region_names, treaty_label
from bot.conversation.talk.page import DRAFT, Page, Step, blocks, looking
from bot.conversation.talk.paging import in_rows, paged
from bot.conversation.talk.refusals import no_status_line
from bot.conversation.talk.standings import (
    dated_line,
    of_state,
    region_blocks,
    region_lines,
    state_blocks,
)
from bot.conversation.talk.understood import meant_line, no_state_line
from bot.conversation.talk.values import Screen, View
from bot.letters.model import Stage

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.events import FileSent
    from bot.conversation.talk.values import Button

PAGE = 9
STATUS = View("status")


class StatusPage(Page):
    """The view's key is a State's or a treaty's code, its text a region or what was found."""

    views = ("status", "statusof", "statusin")
    of_draft = False

    def screen(self, context: Context, notice: str = "") -> Screen:
        """A State, a treaty, a region of a treaty, or the way to each."""
        view, records = context.user.view, context.library.records
        if view.name == "statusof" and view.key in records.states:
            return _state_screen(context, notice)
        if view.name == "statusin" and view.key in records.treaties:
            return _treaty_screen(context, notice)
        _ = context._
        found = [
            context.button(context.state_name(records.states[code]), "statusof", code)
            if code in records.states
            else context.button(treaty_label(context, code), "statusin", code)
            for code in view.text.split()
        ]
        buttons: list[Button] = found or [
            context.button(treaty_label(context, code), "statusin", code)
            for code in dict.fromkeys((*CAMPAIGNS, *records.treaties))
        ]
        ask = _("Type a State’s name to see where it stands on every treaty, or choose a treaty.")
        said = meant_line(_, [button.label for button in found]) if found else ask
        rows = in_rows(buttons, 1) if found else paged(context, buttons, view.page, size=PAGE)
        return Screen(_("Where States stand"), blocks(notice, said), rows, _("Type a State’s name"))

    def tapped(self, context: Context, action: str, value: str) -> Step:
        """Look on, send a picture, or begin a letter."""
        view = context.user.view
        if action == "chart":
            of_state = view.name == "statusof"
            chart = SendChart(state=view.key) if of_state else SendChart(treaty=view.key)
            return Step(context.session, effects=(chart,))
        if action == "region":
            return looking(context, View(view.name, view.key, text=value))
        if action == "writeto":
            return _begun(context, value, state=view.key)
        if action == "writeall":
            state = context.library.records.states[view.key]
            lacking = lacking_of(context, state, context.library.today())
            return _begun(context, *together(context, lacking), state=view.key)
        if action == "writeon":
            return _begun(context, view.key)
        return looking(context, View(action, value))

    def typed(self, context: Context, event: Typed | FileSent) -> Step | None:
        """A State's name, or a treaty's."""
        if not isinstance(event, Typed):
            return None
        states = context.library.find.states(event.text)
        treaties = context.library.find.treaties(event.text)
        if treaties.exact:
            return looking(context, View("statusin", treaties.exact.code))
        if states.exact:
            return looking(context, View("statusof", states.exact.iso3))
        if states.other:
            return looking(context, STATUS, no_state_line(context._, states.other))
        near = [one.iso3 for one in states.near] + [one.code for one in treaties.near]
        if near:
            return looking(context, View("status", text=" ".join(near)))
        notice = context._("No State of that name is known. Please try another spelling.")
        return looking(context, context.user.view, notice)


def _state_screen(context: Context, notice: str) -> Screen:
    _ = context._
    state = context.library.records.states[context.user.view.key]
    standings = of_state(context, state)
    party = sum(one.stage is Stage.PARTY for one in standings.values())
    head = _.plural(
        "Party to %(party)s of %(count)s treaty.",
        "Party to %(party)s of %(count)s treaties.",
        len(standings),
        party=party,
    )
    lacking = lacking_of(context, state, context.library.today())
    rows = [(context.button(_("As a picture"), "chart"),)]
    if len(every_one := together(context, lacking)) > 1:
        every = f"✎ {one_letter(context, every_one, lacking)}"
        rows.append((context.button(every, "writeall"),))
    write = [context.button(f"✎ {code}", "writeto", code) for code in lacking]
    said = _("Tap ✎ to write to it about a treaty.") if write else ""
    return Screen(
        context.state_name(state),
        blocks(notice, f"{head}\n{dated_line(context)}", *state_blocks(context, state), said),
        (*rows, *in_rows(write, 2)),
        _("Type a State’s name"),
    )


def _treaty_screen(context: Context, notice: str) -> Screen:
    _ = context._
    view, records, today = context.user.view, context.library.records, context.library.today()
    treaty = records.treaties[view.key]
    names = region_names(_)
    regions = in_rows([context.button(name, "region", key) for key, name in names.items()], 3)
    rows = (
        *regions,
        (context.button(_("As a picture"), "chart"), context.button(_("New letter"), "writeon")),
    )
    title = treaty_label(context, treaty.code)
    if not records.has_status(treaty.code):
        said = f"{treaty.titles[context.user.language]}.\n{no_status_line(context, treaty.code)}"
        return Screen(title, blocks(notice, said), (), _("Type a State’s name"))
    hint = _("Type a State’s name")
    if view.text in names:
        lists = region_blocks(context, view.text, treaty.code)
        head = f"{names[view.text]}. {dated_line(context, treaty.code)}"
        return Screen(title, blocks(notice, head, *lists), rows, hint)
    count = records.parties(treaty.code, today)
    facts = [
        treaty.titles[context.user.language] + ".",
        _("Adopted on %(date)s.", date=context.day(treaty.adopted_on)),
        _("In force since %(date)s.", date=context.day(treaty.entry_into_force))
        if treaty.entry_into_force and treaty.entry_into_force <= today
        else _("Not yet in force."),
        _.plural("%(count)s party.", "%(count)s parties.", count),
        dated_line(context, treaty.code),
    ]
    said = "\n".join(line for line in facts if line)
    return Screen(
        title, blocks(notice, said, "\n".join(region_lines(context, treaty.code))), rows, hint
    )


def _begun(context: Context, treaty: str, *also: str, state: str | None = None) -> Step:
    """A letter that begins with what was looked at."""
    today = context.library.today()
    draft = Draft(context.library.new_id(), treaty=treaty, state=state, also=also, updated=today)
    return Step(context.session.with_draft(draft).looking(DRAFT), arrives=True)
