"""A line of co-signers that is not clear: which part is the organisation, or is it one at all?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.questions.signatory_joining import joining, looking_at, shortened
from bot.conversation.values import Answer, Screen
from bot.letters.signatories import MAX_LENGTH
from bot.letters.signatory_lines import DoubtKind

if TYPE_CHECKING:
    from bot.conversation.context import Context
    from bot.conversation.values import Button
    from bot.letters.model import Signatory
    from bot.letters.signatory_lines import Doubt

ACTIONS = ("meant", "leaveout", "leaveall")
ROLE = 20
"""Characters of a role that stands behind the organisation on a button."""

MANY = 3
"""From so many open lines on they can be left out together."""


def screen(context: Context, notice: str) -> Screen:
    """The first of the open lines, and what it may mean."""
    _ = context._
    first, *others = context.draft.doubts
    more = ""
    if others:
        more = _.plural(
            "%(count)s more line is asked about after this one.",
            "%(count)s more lines are asked about after this one.",
            len(others),
        )
    text = "\n\n".join(
        part
        for part in (notice, _("“%(line)s”", line=first.text), _advice(context, first), more)
        if part
    )
    rows: list[tuple[Button, ...]] = [
        (context.button(_label(context, first, one), "meant", str(number)),)
        for number, one in enumerate(first.readings)
    ]
    rows.append((context.button(_("Leave it out"), "leaveout"),))
    if len(others) >= MANY - 1:
        label = _("Leave out all %(count)s lines", count=len(others) + 1)
        rows.append((context.button(label, "leaveall"),))
    return Screen(_title(context, first), text, tuple(rows), _("Name; Organization"))


def tapped(context: Context, action: str, value: str) -> Answer:
    """One of the readings, or none."""
    draft = context.draft
    if not draft.doubts:
        return Answer(view=looking_at(context))
    first, *others = draft.doubts
    if action == "leaveall":
        return Answer(replace(draft, doubts=()), view=looking_at(context))
    if action == "leaveout" or int(value) >= len(first.readings):
        return Answer(replace(draft, doubts=tuple(others)), view=looking_at(context))
    return joining(context, (first.readings[int(value)],), asked=tuple(others))


def _title(context: Context, doubt: Doubt) -> str:
    _ = context._
    return {
        DoubtKind.MANY_PARTS: _("Which part is the organization?"),
        DoubtKind.NO_SIGNATURE: _("Is this a co-signer?"),
        DoubtKind.TOO_LONG: _("This line is too long"),
        DoubtKind.NO_NAME: _("This line has no name"),
    }[doubt.kind]


def _advice(context: Context, doubt: Doubt) -> str:
    _ = context._
    if doubt.kind is DoubtKind.TOO_LONG:
        return _(
            "A name, a role or an organization has at most %(count)s characters. Please type the "
            "line again, shorter.",
            count=MAX_LENGTH,
        )
    if doubt.kind is DoubtKind.NO_NAME or not doubt.readings:
        return _("Please type it again: Name; Organization. Or leave it out.")
    if doubt.kind is DoubtKind.NO_SIGNATURE:
        return _("It does not look like one. Tap a button, or type the co-signer again.")
    return _("Please tap what is meant, or type it again with a semicolon: Name; Organization.")


def _label(context: Context, doubt: Doubt, one: Signatory) -> str:
    _ = context._
    if doubt.kind is DoubtKind.NO_SIGNATURE:
        return _("Add %(name)s", name=shortened(one.line))
    if not one.organisation:
        return _("All of it is one name")
    if one.role:
        organisation, role = shortened(one.organisation), shortened(one.role, ROLE)
        return _("%(organisation)s (role: %(role)s)", organisation=organisation, role=role)
    return shortened(one.organisation)
