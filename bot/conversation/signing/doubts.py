"""A line of co-signers that is not clear: which part is the organisation, or is it one at all?"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.signing.joining import joining, looking_at, shortened
from bot.conversation.talk.values import Answer, Screen
from bot.letters.signatories import MAX_LENGTH
from bot.letters.signatory_lines import DoubtKind, read_lines
from bot.letters.signatory_words import folded

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.values import Button
    from bot.letters.model import Signatory
    from bot.letters.signatory_lines import Doubt

ACTIONS = ("meant", "leaveout", "leaveall")
ROLE = 20
"""Characters of a role that stands behind the organisation on a button."""

LAST = 2
"""So many of those who are listed are shown while a line is asked about."""

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
        part for part in (notice, _listed(context), _line(context, first), more) if part
    )
    rows: list[tuple[Button, ...]] = [
        (context.button(_label(context, first, one), "meant", str(number)),)
        for number, one in enumerate(first.readings)
    ]
    rows.append(
        (
            context.button(_("Leave it out"), "leaveout"),
            context.button(_("Later"), "list"),
        )
    )
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


def said(context: Context, *, agreed: bool, declined: bool = False) -> Answer:
    """A yes takes the one thing that the line may mean, a no leaves it out."""
    readings = context.draft.doubts[0].readings
    if declined:
        return tapped(context, "leaveout", "")
    if agreed and len(readings) == 1:
        return tapped(context, "meant", "0")
    return Answer(notice=context._("First this line, please: tap one of the buttons."))


def with_new(open_lines: tuple[Doubt, ...], text: str, new: tuple[Doubt, ...]) -> tuple[Doubt, ...]:
    """The open lines after another message; the first is gone where that was typed again.

    It was if one line was typed that has the same name or mostly the same words, or if nothing
    could be made of it. Any other line is another co-signer's, and the first stays open: nothing
    that was sent is lost.
    """
    if not open_lines or "\n" in text.strip():
        return (*open_lines, *new)
    first, *others = open_lines
    if not first.readings or _is_same_line(first, text):
        return (*new, *others)
    return (*open_lines, *new)


def _is_same_line(doubt: Doubt, text: str) -> bool:
    before, now = _words(doubt.text), _words(text)
    if len(before & now) * 2 > len(before | now):
        return True
    found = read_lines(text)
    read = (*found.taken, *(one for new in found.doubts for one in new.readings))
    return bool({folded(one.name) for one in doubt.readings} & {folded(one.name) for one in read})


def _words(text: str) -> set[str]:
    return set(re.findall(r"[^\W_]+", folded(text)))


def _line(context: Context, doubt: Doubt) -> str:
    quoted = context._("“%(line)s”", line=shortened(doubt.text, 2 * MAX_LENGTH))
    return f"{quoted}\n{_advice(context, doubt)}"


def _listed(context: Context) -> str:
    """The list so far, in short."""
    _, listed = context._, context.draft.signatories
    if not listed:
        return ""
    names = "; ".join(shortened(one.line) for one in listed[-LAST:])
    count = _.plural("%(count)s co-signer:", "%(count)s co-signers:", len(listed))
    return f"{count} {'… ' if len(listed) > LAST else ''}{names}"


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
