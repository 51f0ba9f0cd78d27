"""From where, and on which date? One tap for today; any place and date by typing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from bot.conversation.asking.place_doubts import doubt_of, known_place
from bot.conversation.talk.context import local_place, own_campaign
from bot.conversation.talk.dates import (
    doubt,
    far_ahead,
    not_understood,
    on_its_weekday,
    out_of_reach,
)
from bot.conversation.talk.events import Tap, Typed
from bot.conversation.talk.paging import in_rows
from bot.conversation.talk.question import action_of
from bot.conversation.talk.recipients import refused_by_campaign
from bot.conversation.talk.refusals import refusal_line
from bot.conversation.talk.values import Answer, Screen, View
from bot.letters.days import is_vague, within_reach
from bot.letters.model import Stage
from bot.letters.place_line import place_and_days
from bot.letters.request import AlreadyParty, BeforeAdoption, NoStatus, NotParty
from bot.letters.signatories import clean

if TYPE_CHECKING:
    from bot.conversation.asking.place_doubts import Doubt
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.draft import Draft
    from bot.conversation.talk.events import Event
    from bot.letters.days import Days

MAX_PLACE = 60
_DOUBT = "?"
"""In the view's text: an uncertain text, and below it the days and places that it may mean."""

_OFFERED = ("Geneva", "New York")


class PlaceDateQuestion:
    """The place line. A place alone means today, in an edit the date it had; a date, its place."""

    key = "place_date"

    def name(self, context: Context) -> str:
        """See `Question`."""
        return context._("Place and date")

    def applies(self, context: Context) -> bool:
        """Always."""
        return context is not None

    def is_answered(self, draft: Draft) -> bool:
        """See `Question`."""
        return draft.place is not None and draft.date is not None

    def shown(self, context: Context) -> str:
        """See `Question`."""
        place = self._place(context, context.draft.place or "")
        return f"{place}, {context.day(context.letter_date())}"

    def screen(self, context: Context, notice: str = "") -> Screen:
        """The last place and the seats, today; or the days that what was typed could mean."""
        if context.user.view.text.startswith(_DOUBT):
            return self._which_meaning(context, notice)
        if context.user.view.text:
            return self._which_day(context, notice)
        _ = context._
        today = context.day(context.library.today())
        places = [place for place in self._places(context) if place]
        lines = [
            notice,
            _(
                "Tap, or type another place and date: “%(example)s”.",
                example=self._example(context),
            ),
        ]
        return Screen(
            _("From where is the letter written, and on which date?"),
            "\n".join(line for line in lines if line),
            in_rows(
                [
                    context.button(f"{self._place(context, place)}, {today}", "today", str(number))
                    for number, place in enumerate(places)
                ],
                1,
            ),
            _("Type a place and a date"),
        )

    def _which_meaning(self, context: Context, notice: str) -> Screen:
        _ = context._
        today = _(
            "Tap, or type another place and date: “%(example)s”.",
            example=self._example(context),
        )
        buttons = [
            context.button(f"{self._place(context, place)}, {context.day(day)}", "meant", str(n))
            for n, (place, day) in enumerate(self._meant(context))
        ]
        return Screen(
            _("From where is the letter written, and on which date?"),
            "\n".join(line for line in (notice, today) if line),
            in_rows(buttons, 1),
            _("Type a place and a date"),
        )

    def _meant(self, context: Context) -> list[tuple[str, date]]:
        """What an uncertain text may mean, as the view keeps it."""
        lines = context.user.view.text.removeprefix(_DOUBT).splitlines()
        pairs = (line.partition("|") for line in lines)
        return [(place or self._kept(context), date.fromisoformat(day)) for day, _, place in pairs]

    def _kept(self, context: Context) -> str:
        return context.draft.place or self._places(context)[0]

    def _which_day(self, context: Context, notice: str) -> Screen:
        """The view's text holds the days, and behind a bar the place that was typed with them."""
        _ = context._
        days, _bar, place = context.user.view.text.partition("|")
        lines = [notice, place and _("Place: %(place)s", place=self._place(context, place))]
        return Screen(
            _("Which day do you mean?"),
            "\n".join(line for line in lines if line),
            in_rows(
                [
                    context.button(on_its_weekday(context, date.fromisoformat(day)), "day", day)
                    for day in days.split()
                ],
                1,
            ),
            _("Type a place and a date"),
        )

    def answer(self, context: Context, event: Event) -> Answer:
        """A tap on a place today or on a day, or a place and a date typed."""
        if isinstance(event, Tap):
            action, value = action_of(event.data)
            if action == "day":
                place = context.user.view.text.partition("|")[2]
                return self._given(context, place, date.fromisoformat(value))
            if action == "meant":
                return self._given(context, *self._meant(context)[int(value)])
            return self._given(context, self._places(context)[int(value)], context.library.today())
        if not isinstance(event, Typed):
            return Answer()
        _ = context._
        today = context.library.today()
        place, found = place_and_days(
            event.text, today, lambda text: known_place(context, text) is not None
        )
        place, _removed = clean(place)
        if len(place) > MAX_PLACE:
            return Answer(notice=_("A place has at most %(count)s characters.", count=MAX_PLACE))
        uncertain = doubt_of(context, event.text, place, found)
        if uncertain:
            return self._asked(context, uncertain)
        place = known_place(context, place) or place
        if found is None:
            no_date = any(char.isdigit() for char in event.text) or is_vague(event.text)
            notice = not_understood(context) if no_date else ""
            return (
                Answer(notice=notice)
                if no_date
                else self._given(context, place, context.draft.date or today)
            )
        return self._on(context, place, found)

    def _asked(self, context: Context, uncertain: Doubt) -> Answer:
        """The meanings as buttons; where there is none, what a date looks like."""
        if not uncertain.meant:
            return Answer(notice=not_understood(context))
        text = _DOUBT + "\n".join(f"{day.isoformat()}|{place}" for place, day in uncertain.meant)
        view = context.user.view
        return Answer(notice=uncertain.notice, view=View(view.name, view.key, text=text))

    def _on(self, context: Context, place: str, found: Days) -> Answer:
        """The day, or a question where there are several."""
        days = [day for day in found.days if within_reach(day)]
        if not days:
            return Answer(notice=out_of_reach(context))
        if len(days) == 1 and found.weekday is None:
            return self._given(context, place, days[0])
        view = context.user.view
        text = f"{' '.join(day.isoformat() for day in days)}|{place}"
        return Answer(notice=doubt(context, found), view=View(view.name, view.key, text=text))

    def cleared(self, draft: Draft) -> Draft:
        """See `Question`."""
        return replace(draft, place=None, date=None)

    def _given(self, context: Context, place: str, day: date) -> Answer:
        place = place or self._kept(context)
        draft = replace(context.draft, place=place, date=day, dated=context.library.today())
        if own_campaign(draft, context.library) or not draft.treaty:
            refusal = draft.state and refused_by_campaign(draft, draft.state, context.library, day)
            notice = refusal_line(context, draft, refusal) if refusal else ""
            return Answer(notice=notice) if refusal else Answer(draft, far_ahead(context, day))
        if not context.library.records.has_status(draft.treaty):
            return Answer(notice=refusal_line(context, draft, NoStatus(draft.treaty)))
        treaty = context.library.records.treaties[draft.treaty]
        if day < treaty.adopted_on:
            return Answer(notice=refusal_line(context, draft, BeforeAdoption(treaty.adopted_on)))
        if draft.state:
            records, codes = context.library.records, (treaty.code, *draft.also)
            standings = [records.standing(code, draft.state, day) for code in codes]
            party = all(standing.stage is Stage.PARTY for standing in standings)
            if draft.congratulates and not party:
                return Answer(notice=refusal_line(context, draft, NotParty(standings[0])))
            if party and not draft.congratulates:
                return Answer(notice=refusal_line(context, draft, AlreadyParty(standings[0])))
        return Answer(draft, far_ahead(context, day))

    def _places(self, context: Context) -> list[str]:
        last = context.user.last.place
        return list(dict.fromkeys(place for place in (last, *_OFFERED) if place))

    def _place(self, context: Context, place: str) -> str:
        return local_place(place, context.user.language, context.library)

    def _example(self, context: Context) -> str:
        return f"{self._place(context, 'Brussels')}, {context.day(context.library.today())}"
