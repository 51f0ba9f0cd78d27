"""The order of the co-signers, one of them moved or removed, and the ticks in a set."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.paging import paged
from bot.conversation.questions.signatory_joining import joining, looking_at, shortened
from bot.conversation.values import Answer, Screen
from bot.letters.sorting import by_name, by_organisation

if TYPE_CHECKING:
    from bot.conversation.context import Context
    from bot.conversation.paging import Rows
    from bot.conversation.values import SignatorySet

PARTS = ("tick", "order", "one")
ACTIONS = (
    *("order", "one", "up", "down", "top", "remove", "page", "list"),
    *("tick", "toggle", "byorganisation", "byname"),
)
PAGE = 8
FROM = 3
"""A list of fewer needs no sorting."""


def screen(context: Context, part: str, notice: str) -> Screen | None:
    """The screen of that part; None where there is none."""
    value = context.user.view.text.partition(":")[2]
    signatories = context.draft.signatories
    if part == "tick" and (chosen := context.session.set_of(value)):
        return _tick_screen(context, chosen, notice)
    if part == "order" and signatories:
        return _order_screen(context, notice)
    if part == "one" and value.isdecimal() and int(value) < len(signatories):
        return _one_screen(context, int(value), notice)
    return None


def typed(context: Context, text: str) -> Answer:
    """A number: that co-signer, or its new place. Anything else adds nobody here."""
    _, view = context._, context.user.view
    part, _colon, value = view.text.partition(":")
    number = text.strip().removeprefix("#").rstrip(".")
    count = len(context.draft.signatories)
    if number.isdecimal() and 1 <= int(number[:9]) <= count:
        if part == "order":
            return Answer(view=looking_at(context, f"one:{int(number) - 1}"))
        if part == "one" and value.isdecimal():
            return _put(context, int(value), int(number) - 1)
    if part == "tick":
        notice = _("Nobody was added. To type names, go back to the list first.")
    elif part == "one":
        notice = _(
            "Nobody was added. Type the number of the new place here, or go back to the list to "
            "add co-signers."
        )
    else:
        notice = _(
            "Nobody was added. Type the number of a co-signer here, or go back to the list to add "
            "some."
        )
    return Answer(notice=notice, view=view)


def tapped(context: Context, action: str, value: str) -> Answer:
    """Look elsewhere, tick, move, remove or sort."""
    draft, view = context.draft, context.user.view
    if action == "toggle":
        return _toggled(context, int(value))
    if action == "page":
        return Answer(view=replace(view, page=int(value)))
    if action in {"tick", "one"}:
        return Answer(view=looking_at(context, f"{action}:{value}"))
    if action == "top":
        return _put(context, int(value), 0)
    if action in {"up", "down"}:
        return _put(context, int(value), int(value) + (1 if action == "down" else -1))
    if action == "remove":
        left = tuple(s for n, s in enumerate(draft.signatories) if n != int(value))
        return Answer(
            replace(draft, signatories=left), view=looking_at(context, "order" if left else "")
        )
    if action in {"byorganisation", "byname"}:
        ordered = (by_organisation if action == "byorganisation" else by_name)(draft.signatories)
        return Answer(
            replace(draft, signatories=ordered),
            notice=context._("Sorted."),
            view=looking_at(context, "order"),
        )
    return Answer(view=looking_at(context, "" if action == "list" else action))


def _tick_screen(context: Context, chosen: SignatorySet, notice: str) -> Screen:
    _ = context._
    ticked = set(context.draft.signatories)
    buttons = [
        context.button(f"{'☑' if s in ticked else '☐'} {shortened(s.line)}", "toggle", str(number))
        for number, s in enumerate(chosen.signatories)
    ]
    rows = paged(context, buttons, context.user.view.page, size=PAGE)
    return Screen(
        _("Tick those who sign: %(set)s", set=chosen.name),
        notice,
        (*rows, (context.button(_("Back to the list"), "list"),)),
    )


def _order_screen(context: Context, notice: str) -> Screen:
    _ = context._
    signatories = context.draft.signatories
    buttons = [
        context.button(f"{number}. {shortened(s.line)}", "one", str(number - 1))
        for number, s in enumerate(signatories, start=1)
    ]
    rows = paged(context, buttons, context.user.view.page, size=PAGE)
    sorting: Rows = ()
    if len(signatories) >= FROM:
        sorting = (
            (
                context.button(_("Sort by organization"), "byorganisation"),
                context.button(_("Sort by name"), "byname"),
            ),
        )
    return Screen(
        _("Whom would you like to move or remove?"),
        notice,
        (*rows, *sorting, (context.button(_("Back to the list"), "list"),)),
        _("Number of a co-signer"),
    )


def _one_screen(context: Context, index: int, notice: str) -> Screen:
    _ = context._
    signatories = context.draft.signatories
    moves = []
    if index > 0:
        moves.append(context.button(_("▲ Up"), "up", str(index)))
    if index < len(signatories) - 1:
        moves.append(context.button(_("▼ Down"), "down", str(index)))
    if index > 1:
        moves.append(context.button(_("To the top"), "top", str(index)))
    rows: Rows = (
        *((tuple(moves),) if moves else ()),
        (context.button(_("Remove"), "remove", str(index)),),
        (context.button(_("Back to the list"), "list"),),
    )
    lines = [notice, f"{index + 1}. {signatories[index].line}"]
    text = "\n".join(line for line in lines if line)
    return Screen(_("Move or remove"), text, rows, _("Number of the new place"))


def _put(context: Context, index: int, place: int) -> Answer:
    draft = context.draft
    order = list(draft.signatories)
    if not (0 <= index < len(order) and 0 <= place < len(order)):
        return Answer(view=looking_at(context, "order"))
    order.insert(place, order.pop(index))
    return Answer(
        replace(draft, signatories=tuple(order)), view=looking_at(context, f"one:{place}")
    )


def _toggled(context: Context, index: int) -> Answer:
    draft, view = context.draft, context.user.view
    chosen = context.session.set_of(view.text.partition(":")[2])
    if chosen is None or index >= len(chosen.signatories):
        return Answer(view=looking_at(context))
    one = chosen.signatories[index]
    if one in draft.signatories:
        kept = tuple(s for s in draft.signatories if s != one)
        return Answer(replace(draft, signatories=kept), view=view)
    return replace(joining(context, (one,)), view=view)
