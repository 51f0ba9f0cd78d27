"""What the offices of a State are called in the chat, and whom a draft is addressed to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.letters.language import is_holy_see
from bot.letters.model import Office
from bot.letters.offices import known_office

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.draft import Draft
    from bot.conversation.talk.library import Translator
    from bot.letters.model import State

SHOWN = 40
"""Characters of an address's first line where it stands among other answers."""


def is_to_mission(draft: Draft) -> bool:
    """Whether it goes to a Permanent Mission, at the address that is known of it."""
    return not draft.address and (draft.seat is None or draft.seat.is_mission)


def office_label(_: Translator, office: Office, state: State | None = None) -> str:
    """An office that is no mission, as a button has it; the Holy See has others."""
    if state and is_holy_see(state):
        return {
            Office.MINISTRY: _("Secretary for Relations with States"),
            Office.HEAD_OF_STATE: _("The Pope"),
            Office.HEAD_OF_GOVERNMENT: _("Cardinal Secretary of State"),
            Office.EMBASSY: _("Apostolic Nunciature"),
        }[office]
    return {
        Office.MINISTRY: _("Minister for Foreign Affairs"),
        Office.HEAD_OF_STATE: _("Head of State"),
        Office.HEAD_OF_GOVERNMENT: _("Head of Government"),
        Office.EMBASSY: _("Embassy"),
    }[office]


def seat_name(context: Context, seat: Office | None, city: str = "", state: str = "") -> str:
    """Geneva or New York in the user's language; another office by its name, an embassy's city."""
    if seat is None or seat.is_mission:
        return context.place_name("Geneva" if seat is Office.GENEVA else "New York")
    known = context.library.records.states.get(state)
    label = office_label(context._, seat, known)
    return f"{label}, {context.place_name(city)}" if city and seat is Office.EMBASSY else label


def whom(context: Context, draft: Draft) -> str:
    """Whom the draft is addressed to in a few words."""
    if draft.address:
        first = draft.address.partition("\n")[0]
        return first if len(first) <= SHOWN else f"{first[: SHOWN - 1]}…"
    return seat_name(context, draft.seat, draft.city, draft.state or "")


def said_of(context: Context, draft: Draft) -> str:
    """The same behind the name of what it is: Mission: Geneva."""
    _ = context._
    if is_to_mission(draft):
        return _("Mission: %(seat)s", seat=whom(context, draft))
    return _("Addressee: %(whom)s", whom=whom(context, draft))


def to_line(context: Context, draft: Draft) -> str:
    """To: Kenya, the Minister for Foreign Affairs."""
    _, state = context._, context.state(draft)
    name = context.state_name(state)
    if draft.address:
        return _("To: %(state)s, %(address)s", state=name, address=draft.address.split("\n")[0])
    office = known_office(state, draft.seat)
    if office.is_mission:
        return _("To: %(state)s, mission in %(seat)s", state=name, seat=seat_name(context, office))
    return _("To: %(state)s, %(address)s", state=name, address=_the_office(context, office, draft))


def _the_office(context: Context, office: Office, draft: Draft) -> str:
    _, city = context._, context.place_name(draft.city)
    if is_holy_see(context.state(draft)):
        return {
            Office.MINISTRY: _("the Secretary for Relations with States"),
            Office.HEAD_OF_STATE: _("the Pope"),
            Office.HEAD_OF_GOVERNMENT: _("the Cardinal Secretary of State"),
            Office.EMBASSY: _("the nunciature in %(city)s", city=city),
        }[office]
    return {
        Office.MINISTRY: _("the Minister for Foreign Affairs"),
        Office.HEAD_OF_STATE: _("the Head of State"),
        Office.HEAD_OF_GOVERNMENT: _("the Head of Government"),
        Office.EMBASSY: _("the embassy in %(city)s", city=city),
    }[office]


def head_label(context: Context) -> str:
    """What the person is called whom the letter addresses."""
    _, office = context._, _office_of(context)
    if office is None or (is_holy_see(context.state()) and not office.is_mission):
        return _("Whom it addresses")
    return {
        Office.EMBASSY: _("Head of the embassy"),
        Office.MINISTRY: _("The Minister"),
        Office.HEAD_OF_STATE: _("The Head of State"),
        Office.HEAD_OF_GOVERNMENT: _("The Head of Government"),
    }.get(office, _("Head of the mission"))


def head_question(context: Context) -> str:
    """Who that is, as a question."""
    _, office = context._, _office_of(context)
    if office is None or (is_holy_see(context.state()) and not office.is_mission):
        return _("Whom does the letter address?")
    return {
        Office.EMBASSY: _("Who is the head of the embassy?"),
        Office.MINISTRY: _("Who is the Minister for Foreign Affairs?"),
        Office.HEAD_OF_STATE: _("Who is the Head of State?"),
        Office.HEAD_OF_GOVERNMENT: _("Who is the Head of Government?"),
    }.get(office, _("Who is the head of the mission?"))


def _office_of(context: Context) -> Office | None:
    """The office that the letter goes to; None where an address of the user's own stands for it."""
    draft = context.draft
    office = known_office(context.state(), draft.seat)
    return None if draft.address and office.is_mission else office
