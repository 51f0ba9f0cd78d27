"""Whom the letter addresses: rank and gender where they are known, and a name if wanted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.talk.events import Typed
from bot.conversation.talk.page import Page, Step, blocks, drafted, looking
from bot.conversation.talk.paging import in_rows
from bot.conversation.talk.values import Screen
from bot.letters.language import is_holy_see
from bot.letters.model import Addressee, Gender, Rank
from bot.letters.signatories import clean

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.events import FileSent
    from bot.conversation.talk.library import Translator

MAX_NAME = 120

FORMS: dict[str, tuple[Rank | None, Gender | None]] = {
    "unknown": (None, None),
    "ambassador-woman": (Rank.AMBASSADOR, Gender.WOMAN),
    "ambassador-man": (Rank.AMBASSADOR, Gender.MAN),
    "ambassador": (Rank.AMBASSADOR, None),
    "charge-woman": (Rank.CHARGE, Gender.WOMAN),
    "charge-man": (Rank.CHARGE, Gender.MAN),
    "charge": (Rank.CHARGE, None),
    "nuncio": (Rank.NUNCIO, None),
}
OF_HOLY_SEE = ("unknown", "nuncio")
"""The Holy See is represented by an archbishop, its nuncio: nothing else is offered."""


def form_names(_: Translator) -> dict[str, str]:
    """Rank and gender in a few words."""
    return {
        "unknown": _("Not known (the neutral form)"),
        "ambassador-woman": _("Ambassador, a woman"),
        "ambassador-man": _("Ambassador, a man"),
        "ambassador": _("Ambassador, gender not known"),
        "charge-woman": _("Chargée d’affaires, a woman"),
        "charge-man": _("Chargé d’affaires, a man"),
        "charge": _("Chargé(e) d’affaires, gender not known"),
        "nuncio": _("Apostolic Nuncio"),
    }


def form_name(context: Context) -> str:
    """How the head of the mission is addressed: by name where one was given."""
    addressee = context.draft.addressee
    if addressee.name:
        return addressee.name
    held = _holding(context)
    return context._("not known") if held == "unknown" else form_names(context._)[held]


def _holding(context: Context) -> str:
    """The form that the letter has."""
    addressee = context.draft.addressee
    given, offered = (addressee.rank, addressee.gender), _offered(context)
    return next((key for key in offered if FORMS[key] == given), offered[0])


def _offered(context: Context) -> tuple[str, ...]:
    """The forms that may be right for the State."""
    if is_holy_see(context.state()):
        return OF_HOLY_SEE
    return tuple(key for key in FORMS if key != "nuncio")


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
        rows = in_rows(buttons, 1)
        name = ""
        if addressee.name:
            name = _("Name: %(name)s", name=addressee.name)
            rows = (*rows, (context.button(_("Take the name away"), "noname"),))
        ask = _(
            "Choose only what you know for certain. To put a name above the address, type it "
            "without a title; it stays with this letter only."
        )
        return Screen(
            _("Who is the head of the mission?"),
            blocks(notice, name, ask),
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
        name, removed = clean(event.text)
        if not name or len(name) > MAX_NAME:
            notice = _("A name has at most %(count)s characters.", count=MAX_NAME)
            return looking(context, context.user.view, notice)
        notice = _("Hidden control or direction characters were removed.") if removed else ""
        return self._addressed(context, replace(context.draft.addressee, name=name), notice)

    def _addressed(self, context: Context, addressee: Addressee, notice: str = "") -> Step:
        draft = replace(context.draft, addressee=addressee)
        return drafted(context, draft, context.user.view, notice)
