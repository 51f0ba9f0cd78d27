"""The order of the co-signers, one of them moved or removed, and the ticks in a set."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.signing.joining import ON_PAGE, joining, looking_at, shortened
from bot.conversation.talk.paging import paged
from bot.conversation.talk.values import Answer, Screen
from bot.letters.signatory_lines import read_lines
from bot.letters.signatory_words import command_of, folded
from bot.letters.sorting import by_name, by_organisation, joined

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.paging import Rows
    from bot.conversation.talk.values import SignatorySet
    from bot.letters.model import Signatory

PARTS = ("tick", "order", "sorted", "one", "clear")
ACTIONS = (
    *("order", "one", "up", "down", "top", "remove", "page", "list", "clear", "cleared"),
    *("tick", "toggle", "byorganisation", "byname", "unsorted"),
)
SORTINGS = {"byorganisation": by_organisation, "byname": by_name}
LONGEST_WORD = 60
"""Characters of what is looked for."""

PAGE = 8
FROM = 3
"""A list of fewer needs no sorting."""


def screen(context: Context, part: str, notice: str) -> Screen | None:
    """The screen of that part; None where there is none."""
    value = context.user.view.text.partition(":")[2]
    signatories = context.draft.signatories
    if part == "tick" and (chosen := context.session.set_of(value)):
        return _tick_screen(context, chosen, notice)
    if part in {"order", "sorted"} and signatories:
        return _order_screen(context, value if part == "order" else "", notice)
    if part == "clear" and signatories:
        return _clear_screen(context, notice)
    if part == "one" and value.isdecimal() and int(value) < len(signatories):
        return _one_screen(context, int(value), notice)
    return None


def typed(context: Context, text: str) -> Answer:
    """A number: that co-signer, or its new place. A name is looked for; it adds nobody here."""
    _, view = context._, context.user.view
    part, _colon, value = view.text.partition(":")
    number = text.strip().removeprefix("#").rstrip(".")
    count = len(context.draft.signatories)
    if number.isdecimal() and 1 <= int(number[:9]) <= count:
        if part in {"order", "sorted"}:
            return Answer(view=looking_at(context, f"one:{int(number) - 1}"))
        if part == "one" and value.isdecimal():
            return _put(context, int(value), int(number) - 1)
    if command_of(text) == "back":
        return Answer(view=looking_at(context))
    if part == "one" and value.isdecimal() and int(value) < count:
        return _changed(context, int(value), text)
    if part in {"order", "sorted"} and _found(context, text):
        return Answer(view=looking_at(context, f"order:{text.strip()[:LONGEST_WORD]}"))
    if part in {"order", "sorted"}:
        notice = _(
            "Nobody of that name is listed, and nobody was added. Type a number or a name of the "
            "list here, or go back to the list to add co-signers."
        )
    else:
        notice = _("Nobody was added. To type names, go back to the list first.")
    return Answer(notice=notice, view=view)


def _found(context: Context, text: str) -> list[int]:
    """The places of those in whose line the text stands, whatever its capitals and accents."""
    wanted = folded(text[:LONGEST_WORD])
    listed = enumerate(context.draft.signatories)
    return [number for number, one in listed if wanted and wanted in folded(one.line)]


def _changed(context: Context, index: int, text: str) -> Answer:
    """Another line in the place of one: nothing else moves."""
    _, draft = context._, context.draft
    found = read_lines(text)
    if len(found.taken) != 1 or found.doubts:
        notice = _(
            "That is not clear, so nothing was changed. Please type one co-signer: Name; Role; "
            "Organization – or Name; Organization."
        )
        return Answer(notice=notice, view=context.user.view)
    order = list(draft.signatories)
    others = [*order[:index], *order[index + 1 :]]
    everybody, twice = joined(others, found.taken)
    if twice:
        notice = _("These were listed already: %(names)s", names=shortened(twice[0].line))
        return Answer(notice=notice, view=context.user.view)
    changed = (*everybody[:index], found.taken[0], *everybody[index:-1])
    view = looking_at(context, page=index // ON_PAGE)
    return Answer(replace(draft, signatories=changed), notice=_("Changed."), view=view)


def tapped(context: Context, action: str, value: str) -> Answer:
    """Look elsewhere, tick, move, remove or sort."""
    draft, view = context.draft, context.user.view
    if action == "toggle":
        return _toggled(context, int(value))
    if action == "page":
        return Answer(view=replace(view, page=int(value)))
    if action == "cleared":
        return Answer(replace(draft, signatories=()), view=looking_at(context))
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
    if action in SORTINGS:
        return _sorted(context, action)
    if action == "unsorted":
        return _unsorted(context)
    return Answer(view=looking_at(context, "" if action == "list" else action))


def _sorted(context: Context, action: str) -> Answer:
    """The list in another order; the view keeps where each stood, to go back to in a tap."""
    draft = context.draft
    ordered = SORTINGS[action](draft.signatories)
    places = {one: number for number, one in enumerate(ordered)}
    before = ",".join(str(places[one]) for one in draft.signatories)
    return Answer(
        replace(draft, signatories=ordered),
        notice=context._("Sorted."),
        view=looking_at(context, f"sorted:{before}"),
    )


def _unsorted(context: Context) -> Answer:
    """The order before it was sorted."""
    draft, before = context.draft, context.user.view.text.partition(":")[2]
    places = [int(one) for one in before.split(",") if one.isdecimal()]
    if sorted(places) != [*range(len(draft.signatories))]:
        return Answer(view=looking_at(context, "order"))
    kept = tuple(draft.signatories[place] for place in places)
    return Answer(replace(draft, signatories=kept), view=looking_at(context, "order"))


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
        rows,
        back=_("Done: %(count)s ticked", count=len(ticked & set(chosen.signatories))),
    )


def _order_screen(context: Context, wanted: str, notice: str) -> Screen:
    """Everybody, or those in whose line a word stands."""
    _ = context._
    signatories = context.draft.signatories
    places = _found(context, wanted) if wanted else range(len(signatories))
    buttons = [
        context.button(f"{place + 1}. {shortened(signatories[place].line)}", "one", str(place))
        for place in places
    ]
    rows = paged(context, buttons, context.user.view.page, size=PAGE)
    others: Rows = ()
    if wanted:
        others = ((context.button(_("All co-signers"), "order"),),)
    elif len(signatories) >= FROM:
        others = (
            (
                context.button(_("Sort by organization"), "byorganisation"),
                context.button(_("Sort by name"), "byname"),
            ),
            (context.button(_("Remove all"), "clear"),),
        )
    if context.user.view.text.startswith("sorted:"):
        others = ((context.button(_("↶ The order before"), "unsorted"),), *others)
    return Screen(
        _("Whom would you like to change, move or remove?"),
        notice,
        (*rows, *others),
        _("Number or name of a co-signer"),
    )


def _clear_screen(context: Context, notice: str) -> Screen:
    _ = context._
    count = len(context.draft.signatories)
    return Screen(
        _.plural("Remove %(count)s co-signer?", "Remove all %(count)s co-signers?", count),
        notice,
        (
            (context.button(_("Yes, remove all"), "cleared"),),
            (context.button(_("No, keep them"), "order"),),
        ),
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
    )
    ask = _("Type the line as it should stand, or the number of its new place.")
    filled = _written(signatories[index])
    lines = [notice, f"{index + 1}. {filled}", ask]
    text = "\n".join(line for line in lines if line)
    hint = _("Name; Organization")
    return Screen(_("Change, move or remove"), text, rows, hint, filled=filled)


def _written(one: Signatory) -> str:
    """The co-signer as a line that reads as the same one again."""
    parts = (one.name, one.role, one.organisation) if one.role else (one.name, one.organisation)
    return "; ".join(part for part in parts if part)


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
