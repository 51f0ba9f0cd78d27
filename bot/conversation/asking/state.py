"""Which State is the letter to? Only those not party on the letter's date are offered."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.asking import state_party as party
from bot.conversation.asking.state_marks import legend_of, marks_of
from bot.conversation.talk.context import own_campaign
from bot.conversation.talk.draft import addressed_to
from bot.conversation.talk.events import Tap, Typed
from bot.conversation.talk.names import by_name, region_names, where_it_stands
from bot.conversation.talk.paging import in_rows, paged
from bot.conversation.talk.question import action_of
from bot.conversation.talk.recipients import count_line, written_to
from bot.conversation.talk.refusals import barred_line
from bot.conversation.talk.understood import joined_line, meant_line, no_state_line
from bot.conversation.talk.values import Answer, Screen, View
from bot.letters.model import Stage

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.draft import Draft
    from bot.conversation.talk.events import Event
    from bot.conversation.talk.paging import Rows
    from bot.conversation.talk.values import Button
    from bot.letters.matching import Match
    from bot.letters.model import State
    from bot.letters.status import Standing

PAGE = 16
WITHOUT_REGIONS = 24
"""So many States fit on two pages; more are offered by region."""


class StateQuestion:
    """The State, by region or by typing.

    The view's text holds a region, the codes found, or behind "party:" a State that has joined;
    behind "lacking:", one whose other treaties are looked at.
    """

    key = "state"

    def name(self, context: Context) -> str:
        """See `Question`."""
        return context._("State")

    def applies(self, context: Context) -> bool:
        """Always."""
        return context is not None

    def is_answered(self, draft: Draft) -> bool:
        """See `Question`."""
        return draft.state is not None

    def shown(self, context: Context) -> str:
        """See `Question`."""
        return context.state_name(context.state())

    def screen(self, context: Context, notice: str = "") -> Screen:
        """Regions with how many States, one region's States, or what was found by typing."""
        if (joined := party.of_view(context)) is not None:
            return party.screen(context, joined, notice)
        _ = context._
        offered = self._offered(context)
        lines = [notice] if notice else []
        lines.append(count_line(context, len(offered)))
        if not self._shown(context, offered):
            lines.append(_("Type its name, or choose a region."))
        else:
            lines.append(_("Type its name, or choose it below."))
        legend = legend_of(context, self._shown(context, offered))
        lines += [legend] if legend else []
        return Screen(
            _("Which State is the letter to?"),
            "\n".join(lines),
            self._rows(context, offered),
            _("Type a State’s name"),
        )

    def answer(self, context: Context, event: Event) -> Answer:
        """A State tapped or typed, a region, a page."""
        view = context.user.view
        if isinstance(event, Tap):
            action, value = action_of(event.data)
            if action in party.ACTIONS:
                return party.tapped(context, action, value)
            if action == "state":
                return Answer(addressed_to(context.draft, value))
            if action == "page":
                return Answer(view=replace(view, page=int(value)))
            return Answer(view=View(view.name, view.key, text=value))
        if isinstance(event, Typed):
            return self._typed(context, event.text)
        return Answer()

    def cleared(self, draft: Draft) -> Draft:
        """See `Question`."""
        return replace(draft, state=None)

    def _offered(self, context: Context) -> tuple[tuple[State, Standing], ...]:
        return written_to(context.draft, context.library, context.letter_date())

    def _rows(self, context: Context, offered: tuple[tuple[State, Standing], ...]) -> Rows:
        _ = context._
        view = context.user.view
        states = [state for state, _standing in offered]
        names = region_names(_)
        everywhere = in_rows([context.button(_("All regions"), "region")], 1)
        here = self._shown(context, offered)
        if view.text and view.text not in names:
            return in_rows(self._buttons(context, here), 2) + everywhere
        if here:
            return self._list(context, here) + (everywhere if view.text else ())
        counts = Counter(state.region for state in states)
        return in_rows(
            [
                context.button(f"{name} ({counts[region]})", "region", region)
                for region, name in names.items()
                if counts[region]
            ],
            2,
        )

    def _shown(self, context: Context, offered: tuple[tuple[State, Standing], ...]) -> list[State]:
        """The States that have a button now: of a region, found by typing, or all of a few."""
        text = context.user.view.text
        states = [state for state, _standing in offered]
        if text in region_names(context._):
            return [state for state in states if state.region == text]
        if text:
            return [context.library.records.states[code] for code in text.split()]
        return states if len(states) <= WITHOUT_REGIONS else []

    def _list(self, context: Context, states: list[State]) -> Rows:
        buttons = self._buttons(context, by_name(context, states))
        return paged(context, buttons, context.user.view.page, size=PAGE, width=2)

    def _buttons(self, context: Context, states: list[State]) -> list[Button]:
        """Each with what it has signed and whether it was written to."""
        marks = marks_of(context, states)
        return [
            context.button(context.state_name(one) + marks[one.iso3], "state", one.iso3)
            for one in states
        ]

    @staticmethod
    def _of_campaign(context: Context, match: Match[State]) -> Answer:
        """Of what was typed, those that the campaign writes to; of the others, why it does not."""
        view = context.user.view
        barred = {state.iso3: barred_line(context, state) for state in match.found}
        may = [state for state in match.found if not barred[state.iso3]]
        if match.exact and may:
            return Answer(addressed_to(context.draft, match.exact.iso3))
        if not may:
            notice = "\n".join(list(barred.values())[:3])
            return Answer(notice=notice, view=View(view.name, view.key))
        notice = meant_line(context._, [context.state_name(state) for state in may])
        codes = " ".join(state.iso3 for state in may)
        return Answer(notice=notice, view=View(view.name, view.key, text=codes))

    def _typed(self, context: Context, text: str) -> Answer:
        _ = context._
        view = context.user.view
        records, on = context.library.records, context.letter_date()
        match = context.library.find.states(text)
        found = match.found
        if match.other:
            notice = no_state_line(_, match.other)
            return Answer(notice=notice, view=View(view.name, view.key))
        if not found:
            notice = _("No State of that name is known. Please try another spelling.")
            return Answer(notice=notice, view=View(view.name, view.key))
        if own_campaign(context.draft, context.library) or not context.draft.treaty:
            return self._of_campaign(context, match)
        standings = [(s, records.standing(context.draft.treaty or "", s.iso3, on)) for s in found]
        parties = [pair for pair in standings if pair[1].stage is Stage.PARTY]
        others = [state for state, standing in standings if standing.stage is not Stage.PARTY]
        notes = [where_it_stands(context, state, standing) for state, standing in parties[:3]]
        barred = [line for state in others if (line := barred_line(context, state))]
        others = [state for state in others if not barred_line(context, state)]
        if match.exact and others:
            return Answer(addressed_to(context.draft, others[0].iso3))
        if not others:
            if notes and not match.exact:
                names = ", ".join(context.state_name(state) for state, _standing in parties[:3])
                notes.insert(0, joined_line(_, names))
            elif notes:
                joined = View(view.name, view.key, text=f"party:{parties[0][0].iso3}")
                return Answer(notice="\n".join(notes), view=joined)
            return Answer(notice="\n".join((*notes, *barred[:3])), view=View(view.name, view.key))
        notes.append(meant_line(_, [context.state_name(state) for state in others]))
        codes = " ".join(state.iso3 for state in others)
        return Answer(notice="\n".join(notes), view=View(view.name, view.key, text=codes))
