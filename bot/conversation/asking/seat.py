"""Which office is addressed: a mission in one tap, any other, an address of one's own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.asking.office_words import embassy_in, office_of
from bot.conversation.asking.place_date import MAX_PLACE
from bot.conversation.asking.place_doubts import known_place, near_places
from bot.conversation.talk.events import Tap, Typed
from bot.conversation.talk.offices import is_to_mission, office_label, seat_name, whom
from bot.conversation.talk.page import lines
from bot.conversation.talk.paging import in_rows
from bot.conversation.talk.question import action_of
from bot.conversation.talk.understood import meant_line
from bot.conversation.talk.values import Answer, Screen, View
from bot.letters.day_words import folded
from bot.letters.language import is_holy_see
from bot.letters.model import MISSIONS, NOBODY, Addressee, Kind, Office, Rank
from bot.letters.signatories import clean

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.draft import Draft
    from bot.conversation.talk.events import Event

MAX_LINES = 8
MAX_LINE = 120

OTHERS, CITY, ADDRESS = "others", "city", "address"
"""In the view's text: the other offices; where the embassy is, and behind a bar what is not certain
of it; the address of one's own."""

BAR = "|"
CITIES = ("Brussels", "Bern", "London", "Paris", "Washington", "Vienna", "Rome", "Madrid")
"""Offered first; any other is typed."""


class SeatQuestion:
    """The office. About a dozen Members have no mission in Geneva: the user chooses.

    Of the Cook Islands and Niue, which are no Members, none is known in New York: the letter goes
    to Geneva, to another office, or to an address of the user's own.
    """

    key = "seat"

    def name(self, context: Context) -> str:
        """See `Question`."""
        _ = context._
        return _("Mission") if is_to_mission(context.draft) else _("Addressee")

    def applies(self, context: Context) -> bool:
        """Always."""
        return context is not None

    def is_answered(self, draft: Draft) -> bool:
        """See `Question`."""
        return draft.seat is not None

    def shown(self, context: Context) -> str:
        """See `Question`."""
        return whom(context, context.draft)

    def screen(self, context: Context, notice: str = "") -> Screen:
        """The missions, the office of last time, the way to the others; or one of these."""
        part = context.user.view.text
        if part == OTHERS:
            return _others(context, notice)
        if part == ADDRESS:
            return _address(context, notice)
        if part.partition(BAR)[0] == CITY:
            return _city(context, notice, part.partition(BAR)[2])
        _, draft, last = context._, context.draft, context.user.last
        first = last.seat if last.seat in MISSIONS else Office.GENEVA
        seats = [first, first.other]
        doubt = _("A few States have no mission in Geneva: if in doubt, choose New York.")
        if _is_no_member(context):
            seats = [Office.GENEVA]
            doubt = _(
                "No mission of %(state)s in New York is known. Choose Geneva, or type an address "
                "of your own, as it is to stand in the letter.",
                state=context.state_name(context.state()),
            )
        rows = [tuple(context.button(seat_name(context, one), "seat", one) for one in seats)]
        if last.seat and not last.seat.is_mission:
            label = seat_name(context, last.seat, last.city, draft.state or "")
            rows.append((context.button(label, "seat", last.seat),))
        rows.append((context.button(_("Another addressee"), "addressee", OTHERS),))
        return Screen(
            _("Which Permanent Mission is the letter to?"),
            lines(notice, doubt),
            tuple(rows),
            _("Type an address") if _is_no_member(context) else "",
        )

    def answer(self, context: Context, event: Event) -> Answer:
        """A tap; a city, an office or an address typed."""
        if isinstance(event, Tap):
            return _tapped(context, *action_of(event.data))
        if not isinstance(event, Typed):
            return Answer()
        part = context.user.view.text.partition(BAR)[0]
        if part == ADDRESS:
            return _addressed(context, event.text)
        if part == CITY:
            return _in_city(context, event.text)
        return _typed(context, event.text)

    def cleared(self, draft: Draft) -> Draft:
        """See `Question`."""
        return replace(draft, seat=None, address="", city="")


def _others(context: Context, notice: str) -> Screen:
    _, state = context._, context.state()
    buttons = [
        context.button(office_label(_, office, state), "seat", office)
        for office in (Office.MINISTRY, Office.HEAD_OF_STATE, Office.HEAD_OF_GOVERNMENT)
    ]
    embassy = office_label(_, Office.EMBASSY, state)
    buttons += [
        context.button(f"{embassy}…", "addressee", CITY),
        context.button(_("Another address…"), "addressee", ADDRESS),
    ]
    ask = _(
        "Where an office has a name of its own, such as a Department of State, choose “Another "
        "address”, or change the line “Addressee” of the finished letter."
    )
    return Screen(_("Whom is the letter addressed to?"), lines(notice, ask), in_rows(buttons, 1))


def _city(context: Context, notice: str, doubtful: str) -> Screen:
    """Known cities, the last one first; or those that an uncertain one may be."""
    _ = context._
    if is_holy_see(context.state()):
        title, ask = _("In which city is the nunciature?"), ""
    else:
        title = _("In which city is the embassy?")
        ask = _(
            "Between States of the Commonwealth it is a High Commission: choose “Another address” "
            "for it."
        )
    cities = dict.fromkeys(one for one in (context.user.last.city, *CITIES) if one)
    if doubtful:
        cities = dict.fromkeys((*near_places(context, doubtful), doubtful))
    buttons = [context.button(context.place_name(one), "city", one) for one in cities]
    return Screen(title, lines(notice, ask), in_rows(buttons, 2), _("Type a city"))


def _address(context: Context, notice: str) -> Screen:
    _ = context._
    ask = _(
        "Type it as it is to stand in the letter, with its lines. The letter then says “Sir or "
        "Madam”, until you say whom it addresses."
    )
    if _is_no_member(context):
        ask = _("Type it as it is to stand in the letter, with its lines.")
    return Screen(
        _("To which address does the letter go?"),
        lines(notice, ask),
        (),
        _("Type an address"),
        filled=context.draft.address,
    )


def _tapped(context: Context, action: str, value: str) -> Answer:
    view = context.user.view
    if action == "addressee":
        return Answer(view=View(view.name, view.key, text=value))
    if action == "city":
        return Answer(to_office(context.draft, Office.EMBASSY, city=value))
    office = Office(value)
    city = context.user.last.city if office is Office.EMBASSY else ""
    return Answer(to_office(context.draft, office, city=city))


def _typed(context: Context, text: str) -> Answer:
    """A city of the missions or an office; of who is no Member, else an address."""
    _, view = context._, context.user.view
    office = _seat_of(context, text) or office_of(text)
    city = embassy_in(text)
    if city or office is Office.EMBASSY:
        if city:
            return _in_city(context, city)
        return Answer(view=View(view.name, view.key, text=CITY))
    if _is_no_member(context) and (office is None or office is Office.NEW_YORK):
        return _addressed(context, "" if office else text)
    if office:
        return Answer(to_office(context.draft, office))
    return Answer(notice=_("Please tap one of the buttons below."))


def _in_city(context: Context, text: str) -> Answer:
    """Where the embassy is; what is one slip from a known city is asked about."""
    _, view = context._, context.user.view
    city = clean(text)[0]
    known = known_place(context, city)
    doubted = view.text.partition(BAR)[2]
    if known or (city and folded(city) == folded(doubted)):
        return Answer(to_office(context.draft, Office.EMBASSY, city=known or city))
    if not city or len(city) > MAX_PLACE or not any(char.isalpha() for char in city):
        notice = _("Please type the city’s name, of at most %(count)s characters.", count=MAX_PLACE)
        return Answer(notice=notice)
    near = near_places(context, city)
    if near:
        names = [context.place_name(one) for one in near]
        asked = View(view.name, view.key, text=f"{CITY}{BAR}{city}")
        return Answer(notice=meant_line(_, names), view=asked)
    return Answer(to_office(context.draft, Office.EMBASSY, city=city))


def _addressed(context: Context, text: str) -> Answer:
    """An address of the user's own; New York alone is none."""
    found = [clean(line)[0] for line in text.splitlines()]
    found = [line for line in found if line]
    too_long = len(found) > MAX_LINES or any(len(line) > MAX_LINE for line in found)
    if not found or too_long:
        notice = context._(
            "An address has at most %(lines)s lines of %(count)s characters.",
            lines=MAX_LINES,
            count=MAX_LINE,
        )
        return Answer(notice=notice if too_long else context._("Please type an address."))
    draft = to_office(context.draft, Office.GENEVA, address="\n".join(found))
    if not _is_no_member(context) and draft.addressee.rank is None:
        # Whoever it is, a mission's or not: nobody is an Excellency by living somewhere.
        draft = replace(draft, addressee=Addressee(Rank.UNTITLED))
    return Answer(draft)


def to_office(draft: Draft, office: Office, *, city: str = "", address: str = "") -> Draft:
    """The draft addressed to it; another office has another head, the two missions as it was."""
    same = draft.seat is office or (draft.seat in MISSIONS and office in MISSIONS)
    known = same and bool(draft.address) == bool(address) and draft.city == city
    addressee = draft.addressee if known or draft.seat is None else NOBODY
    return replace(draft, seat=office, city=city, address=address, addressee=addressee)


def _is_no_member(context: Context) -> bool:
    return context.state().kind is Kind.OTHER


def _seat_of(context: Context, text: str) -> Office | None:
    """The mission whose city it is, in any language, with or without its accents."""
    wanted = folded(text).strip()
    for seat, city in ((Office.GENEVA, "Geneva"), (Office.NEW_YORK, "New York")):
        for names in context.library.find.places():
            known = [folded(name) for name in names.values()]
            if folded(city) in known and wanted in known:
                return seat
    return None
