"""Whom the letter addresses: rank and gender where they are known, and a name if wanted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.talk.events import Typed
from bot.conversation.talk.offices import head_question
from bot.conversation.talk.page import Page, Step, blocks, drafted, looking
from bot.conversation.talk.paging import in_rows
from bot.conversation.talk.values import Screen
from bot.letters.model import Addressee, Gender, Office, Rank
from bot.letters.offices import known_office, ranks_of
from bot.letters.signatories import clean

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.events import FileSent
    from bot.conversation.talk.library import Translator

MAX_NAME = 120

FORMS: dict[str, tuple[Rank | None, Gender | None]] = {
    "unknown": (None, None),
    "untitled": (Rank.UNTITLED, None),
    "untitled-woman": (Rank.UNTITLED, Gender.WOMAN),
    "untitled-man": (Rank.UNTITLED, Gender.MAN),
    "ambassador-woman": (Rank.AMBASSADOR, Gender.WOMAN),
    "ambassador-man": (Rank.AMBASSADOR, Gender.MAN),
    "ambassador": (Rank.AMBASSADOR, None),
    "charge-woman": (Rank.CHARGE, Gender.WOMAN),
    "charge-man": (Rank.CHARGE, Gender.MAN),
    "charge": (Rank.CHARGE, None),
    "minister-woman": (Rank.MINISTER, Gender.WOMAN),
    "minister-man": (Rank.MINISTER, Gender.MAN),
    "prime-minister-woman": (Rank.PRIME_MINISTER, Gender.WOMAN),
    "prime-minister-man": (Rank.PRIME_MINISTER, Gender.MAN),
    "president-woman": (Rank.PRESIDENT, Gender.WOMAN),
    "president-man": (Rank.PRESIDENT, Gender.MAN),
    "president": (Rank.PRESIDENT, None),
    "queen": (Rank.MONARCH, Gender.WOMAN),
    "king": (Rank.MONARCH, Gender.MAN),
    "monarch": (Rank.MONARCH, None),
    "nuncio": (Rank.NUNCIO, None),
}


def form_names(_: Translator) -> dict[str, str]:
    """Rank and gender in a few words."""
    return {
        "unknown": _("Not known (the neutral form)"),
        "untitled": _("Sir or Madam"),
        "untitled-woman": _("Madam, without a title"),
        "untitled-man": _("Sir, without a title"),
        "ambassador-woman": _("Ambassador, a woman"),
        "ambassador-man": _("Ambassador, a man"),
        "ambassador": _("Ambassador, gender not known"),
        "charge-woman": _("Chargée d’affaires, a woman"),
        "charge-man": _("Chargé d’affaires, a man"),
        "charge": _("Chargé(e) d’affaires, gender not known"),
        "minister-woman": _("Minister, a woman"),
        "minister-man": _("Minister, a man"),
        "prime-minister-woman": _("Prime Minister, a woman"),
        "prime-minister-man": _("Prime Minister, a man"),
        "president-woman": _("President, a woman"),
        "president-man": _("President, a man"),
        "president": _("President, gender not known"),
        "queen": _("Queen"),
        "king": _("King"),
        "monarch": _("King or Queen, not known which"),
        "nuncio": _("Apostolic Nuncio"),
    }


def form_name(context: Context) -> str:
    """How the head of the office is addressed: by name where one was given."""
    addressee = context.draft.addressee
    if addressee.name and not context.draft.address:
        return addressee.name
    held = _holding(context)
    return context._("not known") if held == "unknown" else form_names(context._)[held]


def _holding(context: Context) -> str:
    """The form that the letter has."""
    addressee = context.draft.addressee
    given, offered = (addressee.rank, addressee.gender), _offered(context)
    return next((key for key in offered if FORMS[key] == given), offered[0])


def _offered(context: Context) -> tuple[str, ...]:
    """The forms that may be right for the office and the State."""
    draft, state = context.draft, context.state()
    office = known_office(state, draft.seat)
    ranks = ranks_of(state, office, address=bool(draft.address))
    alone = len(ranks) == 1
    return tuple(
        key
        for key, (rank, _gender) in FORMS.items()
        # Of a kingdom's head the neutral form says as much.
        if rank is None or (rank in ranks and not (key == "monarch" and alone))
    )


class AddressedPage(Page):
    """Rank and gender by a tap, the name by typing."""

    views = ("addressed",)

    def screen(self, context: Context, notice: str = "") -> Screen:
        """The forms of address, with the one that holds."""
        _ = context._
        addressee = context.draft.addressee
        offered, names = _offered(context), form_names(_)
        holds = _holding(context)
        buttons = [
            context.button(f"{'●' if key == holds else '○'} {names[key]}", "form", key)
            for key in offered
        ]
        rows = in_rows(buttons, 1) if len(offered) > 1 else ()
        if context.draft.address:
            ask = _("Choose only what you know for certain. A name stands in the address itself.")
            return Screen(head_question(context), blocks(notice, ask), rows)
        name = ""
        if addressee.name:
            name = _("Name: %(name)s", name=addressee.name)
            rows = (*rows, (context.button(_("Take the name away"), "noname"),))
        ask = _(
            "Choose only what you know for certain. To put a name above the address, type it "
            "without a title; it stays with this letter only."
        )
        other = ""
        if context.draft.seat is Office.HEAD_OF_STATE and {"president", "king"} <= set(offered):
            other = _(
                "While it is not known who it is, the letter says “Sir or Madam”. For a Grand "
                "Duke, a Prince, an Emir or an Emperor put the salutation into your own words."
            )
        return Screen(
            head_question(context),
            blocks(notice, name, ask, other),
            rows,
            _("Name, without a title"),
            filled=addressee.name,
        )

    def tapped(self, context: Context, action: str, value: str) -> Step:
        """A form of address, or no name any more."""
        addressee = context.draft.addressee
        if action == "noname":
            new = replace(addressee, name="")
        else:
            rank, gender = FORMS.get(value, (None, None))
            new = Addressee(rank, gender, addressee.name)
        return self._addressed(context, new)

    def typed(self, context: Context, event: Typed | FileSent) -> Step | None:
        """The name."""
        if not isinstance(event, Typed):
            return None
        _ = context._
        if context.draft.address:
            notice = _("A name stands in the address that you typed: change it there.")
            return looking(context, context.user.view, notice)
        name, removed = clean(event.text)
        if not name or len(name) > MAX_NAME:
            notice = _("A name has at most %(count)s characters.", count=MAX_NAME)
            return looking(context, context.user.view, notice)
        notice = _("Hidden control or direction characters were removed.") if removed else ""
        return self._addressed(context, replace(context.draft.addressee, name=name), notice)

    def _addressed(self, context: Context, addressee: Addressee, notice: str = "") -> Step:
        draft = replace(context.draft, addressee=addressee)
        return drafted(context, draft, context.user.view, notice)
