"""The same letter to many States: which, and in which language each."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.many.mailing import dated, offered
from bot.conversation.many.selecting import (
    NAMES_SHOWN,
    chosen_of,
    code_names,
    group_label,
    selection_of,
    summary,
    targets_of,
)
from bot.conversation.talk.context import own_campaign
from bot.conversation.talk.correspondence import correspondence_with, keeping, kept_line
from bot.conversation.talk.events import Typed
from bot.conversation.talk.names import by_name, folded, region_names, stale_line
from bot.conversation.talk.page import Page, Step, blocks, lines, looking
from bot.conversation.talk.paging import in_rows, paged
from bot.conversation.talk.refusals import barred_line
from bot.conversation.talk.selection import ALL, CODES, OWN, Selection
from bot.conversation.talk.understood import (
    EVERYONE,
    joined_line,
    meant_line,
    no_states_lines,
    states_in,
)
from bot.conversation.talk.values import Screen, View
from bot.letters.model import Language, Stage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.conversation.talk.context import Context
    from bot.conversation.talk.events import FileSent
    from bot.conversation.talk.paging import Rows
    from bot.conversation.talk.values import Button
    from bot.letters.matching import NoState
    from bot.letters.model import State

PAGE = 8
NEAR_SHOWN = 8
BARRED_SHOWN = 3


class MailingPage(Page):
    """By group or one by one; the view's text holds the States that typed names were near to."""

    views = ("mailing", "mailingstates", "mailinglanguages")

    def screen(self, context: Context, notice: str = "") -> Screen:
        """The part that is looked at."""
        if context.looks_at("mailingstates"):
            return self._states_screen(context, notice)
        if context.looks_at("mailinglanguages"):
            return self._languages_screen(context, notice)
        return self._main_screen(context, notice)

    def _main_screen(self, context: Context, notice: str) -> Screen:
        _ = context._
        open_to = offered(context.draft, context.library)
        every = [state for state, _standing in open_to]
        chosen = chosen_of(context, every)
        found = targets_of(context, chosen)
        near = _near(context, every)
        signed = [state for state, standing in open_to if standing.stage is Stage.SIGNED]
        unsigned = [state for state, standing in open_to if standing.stage is not Stage.SIGNED]
        regions: dict[str, list[State]] = {}
        for state, _standing in open_to:
            regions.setdefault(state.region, []).append(state)
        names = region_names(_)
        groups = [
            (_("All that are not party"), "all", every),
            (_("Signed but not party"), "signed", signed),
            (_("Not signed"), "unsigned", unsigned),
        ]
        if own_campaign(context.draft, context.library):
            groups = [(_("All that the campaign writes to"), "all", every)]
        rows: list[tuple[Button, ...]] = []
        if found:
            label = _.plural("Write %(count)s letter", "Write %(count)s letters", len(found))
            rows.append((context.button(label, "mailingcheck"),))
        rows += [
            (context.button(group_label(context, label, members), "group", key),)
            for label, key, members in groups
            if members
        ]
        rows += in_rows(
            [
                context.button(group_label(context, names[region], members), "region", region)
                for region, members in sorted(regions.items(), key=lambda pair: names[pair[0]])
            ],
            2,
        )
        rows.append((context.button(_("Tick States one by one"), "mailingstates"),))
        if found:
            rows.append(
                (
                    context.button(_("Languages"), "mailinglanguages"),
                    context.button(_("None"), "group", "none"),
                )
            )
        as_of = _as_of(context)
        ask = _("Tap a group to add its States; tap it again to take them away. Or type names.")
        return Screen(
            _("To which States does the letter go?"),
            blocks(
                notice, _meant(context, near), summary(context, chosen, found), lines(ask, as_of)
            ),
            (*_near_rows(context, near), *rows),
            _("Names of States, separated by commas"),
        )

    def _states_screen(self, context: Context, notice: str) -> Screen:
        _ = context._
        names = code_names(_)
        rows = []
        states = [state for state, _ in offered(context.draft, context.library)]
        chosen, near = chosen_of(context, states), _near(context, states)
        for state in by_name(context, states):
            rows += [
                _tick(context, state),
                context.button(names[_code(context, state)], "language", state.iso3),
            ]
        page = context.user.view.page
        end = []
        if _unkept(context):
            end = [context.button(_("Keep these languages for next time"), "keeplanguages")]
        ask = _("Left: tick a State. Right: its letter’s language, the next one with each tap.")
        return Screen(
            _("Tick the States"),
            blocks(
                notice,
                _meant(context, near),
                summary(context, chosen, targets_of(context, chosen)),
                ask,
            ),
            (
                *_near_rows(context, near),
                *paged(context, rows, page, size=2 * PAGE, width=2),
                *in_rows(end, 1),
            ),
            _("Names of States, separated by commas"),
            back=_("Done"),
        )

    def _languages_screen(self, context: Context, notice: str) -> Screen:
        _ = context._
        selection = selection_of(context)
        names, regions = code_names(_), region_names(_)
        chosen = chosen_of(context)
        present = {state.region for state in chosen.values()}
        buttons = [
            context.button(
                f"{regions[region]} – {names[selection.regions.get(region, OWN)]}",
                "regionlanguage",
                region,
            )
            for region in sorted(present, key=regions.__getitem__)
        ]
        # The choice that holds for all of them, where one does.
        codes = {selection.code(state) for state in chosen.values()}
        everywhere = in_rows(
            [
                context.button(f"{'●' if codes == {code} else '○'} {name}", "everywhere", code)
                for code, name in names.items()
            ],
            2,
        )
        text = _(
            "Tap a region to change the language of its letters, or choose one for all States. "
            "Its own language: the one you have set for that State; if none, that of its documents "
            "at the United Nations where I know it, or its official one among English, French and "
            "Spanish; otherwise English."
        )
        return Screen(
            _("In which language does each State get its letter?"),
            blocks(notice, summary(context, chosen, targets_of(context, chosen)), text),
            (
                *in_rows(buttons, 1),
                *everywhere,
            ),
            back=_("Done"),
        )

    def tapped(self, context: Context, action: str, value: str) -> Step:
        """Choose States and languages; begin."""
        if action in {*self.views, "mailingcheck"}:
            return looking(context, View(action))
        if action == "keeplanguages":
            return _kept(context)
        selection = selection_of(context)
        if action == "tick":
            selection = replace(selection, states=selection.states ^ {value})
        elif action in {"group", "region"}:
            selection = replace(selection, states=_toggled(context, selection, action, value))
        elif action == "everywhere":
            regions = dict.fromkeys(region_names(context._), value)
            selection = replace(selection, regions=regions, languages={})
        elif action == "regionlanguage":
            code = _next_code(selection.regions.get(value, OWN))
            members = {
                s.iso3 for s, _ in offered(context.draft, context.library) if s.region == value
            }
            kept = {k: v for k, v in selection.languages.items() if k not in members}
            selection = replace(
                selection, regions={**selection.regions, value: code}, languages=kept
            )
        elif action == "language":
            state = context.library.records.states[value]
            code = _next_code(_code(context, state))
            selection = replace(selection, languages={**selection.languages, value: code})
        return _selected(context, selection)

    def typed(self, context: Context, event: Typed | FileSent) -> Step | None:
        """Names of States: those named in full are ticked; the view's text holds near ones."""
        if not isinstance(event, Typed) or not context.looks_at("mailing", "mailingstates"):
            return None
        _ = context._
        may = {state.iso3 for state, _ in offered(context.draft, context.library)}
        found: set[str] = set()
        near: dict[str, None] = {}
        others: list[NoState] = []
        unknown: list[str] = []
        party: list[str] = []
        joined: list[str] = []
        barred: list[str] = []
        for name, match in states_in(context.library, event.text):
            offered_here = [state.iso3 for state in match.found if state.iso3 in may]
            if folded(name) in EVERYONE:
                found.update(may)
            elif match.other:
                others.append(match.other)
            elif not match.found:
                unknown.append(name[:40])
            elif not offered_here and (line := barred_line(context, match.found[0])):
                barred.append(line)
            elif not offered_here:
                name_here = context.state_name(match.found[0])
                (party if match.exact else joined).append(name_here)
            elif match.exact:
                found.update(offered_here)
            else:
                near.update(dict.fromkeys(offered_here))
        selection = selection_of(context)
        notice = lines(
            *no_states_lines(_, others),
            *barred[:BARRED_SHOWN],
            _("Not found: %(names)s.", names=", ".join(unknown[:NAMES_SHOWN])) if unknown else "",
            _("Nothing left to ask of: %(names)s.", names=", ".join(party[:NAMES_SHOWN]))
            if party
            else "",
            joined_line(_, ", ".join(joined[:NAMES_SHOWN])) if joined else "",
        )
        step = _selected(context, replace(selection, states=selection.states | found), notice)
        view = replace(context.user.view, text=" ".join(list(near)[:NEAR_SHOWN]))
        return replace(step, session=step.session.looking(view))


def _as_of(context: Context) -> str:
    """Of which day it is known where the States stand; nothing where that is no question."""
    if not context.draft.treaty:
        return ""
    day = dated(context.draft, context.library)
    return lines(
        context._("Status of treaties as at %(date)s.", date=context.day(day)),
        stale_line(context, day, context.letter_date()),
    )


def _near(context: Context, may: Iterable[State]) -> list[State]:
    """What was typed and is not certain, as long as it may be written to."""
    states = {state.iso3: state for state in may}
    return [states[iso3] for iso3 in context.user.view.text.split() if iso3 in states]


def _meant(context: Context, near: list[State]) -> str:
    names = [context.state_name(state) for state in near]
    return meant_line(context._, names) if names else ""


def _near_rows(context: Context, near: list[State]) -> Rows:
    return in_rows([_tick(context, state) for state in near], 1)


def _tick(context: Context, state: State) -> Button:
    mark = "☑" if state.iso3 in selection_of(context).states else "☐"
    return context.button(f"{mark} {context.state_name(state)}", "tick", state.iso3)


def _code(context: Context, state: State) -> str:
    """The language a State's letter has: its own is named by what it is."""
    code = selection_of(context).code(state)
    return str(correspondence_with(context, state).language) if code == OWN else code


def _unkept(context: Context) -> dict[str, Language]:
    """The languages given to ticked States one by one that are not those of their missions."""
    selection = selection_of(context)
    return {
        iso3: Language(code)
        for iso3, state in chosen_of(context).items()
        if (code := selection.languages.get(iso3, OWN)) not in {OWN, ALL}
        and code != correspondence_with(context, state).language
    }


def _kept(context: Context) -> Step:
    """Keep them, and say so."""
    found = _unkept(context)
    user = keeping(context, found)
    return Step(replace(context.session, user=user), kept_line(context, found))


def _next_code(code: str) -> str:
    return str(CODES[(CODES.index(code) + 1) % len(CODES)])


def _selected(context: Context, selection: Selection, notice: str = "") -> Step:
    user = replace(context.user, selection=selection)
    return Step(replace(context.session, user=user), notice)


def _toggled(context: Context, selection: Selection, action: str, value: str) -> frozenset[str]:
    """The States with a whole group added; without it, if all of it was there."""
    if value == "none":
        return frozenset()
    members = frozenset(
        state.iso3
        for state, standing in offered(context.draft, context.library)
        if value == "all"
        or (action == "region" and state.region == value)
        or (value == "signed" and standing.stage is Stage.SIGNED)
        or (value == "unsigned" and standing.stage is not Stage.SIGNED)
    )
    if members <= selection.states:
        return selection.states - members
    return selection.states | members
