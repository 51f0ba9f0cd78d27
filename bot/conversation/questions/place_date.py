"""From where, and on which date? One tap for today; any place and date by typing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.context import local_place
from bot.conversation.paging import in_rows
from bot.conversation.questions.base import action_of
from bot.conversation.refusals import refusal_line
from bot.conversation.values import Answer, Screen, Tap, Typed
from bot.letters.compose import AlreadyParty, BeforeAdoption, NotParty
from bot.letters.days import parse_date
from bot.letters.model import Stage
from bot.letters.signatories import clean

if TYPE_CHECKING:
    from datetime import date

    from bot.conversation.context import Context
    from bot.conversation.draft import Draft
    from bot.conversation.values import Event

MAX_PLACE = 60
_OFFERED = ("Geneva", "New York")


class PlaceDateQuestion:
    """The place line. A place alone means today; a date alone keeps the place."""

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
        """The last place and the seats, today."""
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

    def answer(self, context: Context, event: Event) -> Answer:
        """A tap on a place today, or a place and a date typed."""
        if isinstance(event, Tap):
            place = self._places(context)[int(action_of(event.data)[1])]
            return self._given(context, place, context.library.today())
        if not isinstance(event, Typed):
            return Answer()
        _ = context._
        place, day = _understood(event.text)
        if day is None and any(char.isdigit() for char in event.text):
            example = self._example(context)
            return Answer(
                notice=_(
                    "That date was not understood. A date looks like this: %(example)s",
                    example=example,
                )
            )
        place, _removed = clean(place)
        if len(place) > MAX_PLACE:
            return Answer(notice=_("A place has at most %(count)s characters.", count=MAX_PLACE))
        default = context.draft.place or self._places(context)[0]
        return self._given(
            context, self._known(context, place) or default, day or context.library.today()
        )

    def cleared(self, draft: Draft) -> Draft:
        """See `Question`."""
        return replace(draft, place=None, date=None)

    def _given(self, context: Context, place: str, day: date) -> Answer:
        draft = replace(context.draft, place=place, date=day, dated=context.library.today())
        treaty = context.library.records.treaties[draft.treaty or ""]
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
        return Answer(draft)

    def _places(self, context: Context) -> list[str]:
        last = context.user.last.place
        return list(dict.fromkeys(place for place in (last, *_OFFERED) if place))

    def _place(self, context: Context, place: str) -> str:
        return local_place(place, context.user.language, context.library)

    def _known(self, context: Context, place: str) -> str:
        """A known place by its English name, however it was typed; any other as typed."""
        wanted = place.casefold()
        for names in context.library.places():
            if wanted in [name.casefold() for name in names.values()]:
                return next(iter(names.values()))
        return place

    def _example(self, context: Context) -> str:
        return f"{self._place(context, 'Brussels')}, {context.day(context.library.today())}"


def _understood(text: str) -> tuple[str, date | None]:
    """The place and the date in what was typed, either of them alone or both."""
    text = " ".join(text.split())
    whole = parse_date(text)
    if whole:
        return "", whole
    for position, char in enumerate(text):
        if char in ", ":
            day = parse_date(text[position + 1 :])
            if day:
                return text[:position].strip(" ,"), day
    return text.strip(" ,"), None
