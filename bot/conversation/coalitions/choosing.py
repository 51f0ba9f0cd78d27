"""For whom the person works: for themself, or for one of their coalitions; a new coalition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.conversation.coalitions.kept import (
    COALITIONS,
    Founded,
    Member,
    membership_of,
    memberships_of,
)
from bot.conversation.coalitions.words import MOST_COALITIONS, name_of, role_lines
from bot.conversation.talk.events import Typed
from bot.conversation.talk.membership import Membership, Role
from bot.conversation.talk.page import Page, Step, blocks, looking
from bot.conversation.talk.values import Screen, View

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.events import FileSent
    from bot.conversation.talk.values import Button

PREFIX = "coalition:"
"""No channel's users have ids that begin so."""


def working_button(context: Context) -> tuple[Button, ...]:
    """Home's way to work for another; none for who is a member of nothing."""
    if COALITIONS.is_empty(context) or not memberships_of(context):
        return ()
    _ = context._
    own = context.session.membership
    label = _("Working for: %(name)s", name=own.name) if own else _("Working for: myself")
    return (context.button(label, "coalitions"),)


class CoalitionsPage(Page):
    """The person's coalitions; two questions found a new one: its name, and the person's own."""

    views = ("coalitions", "foundcoalition", "foundas")
    of_draft = False

    def screen(self, context: Context, notice: str = "") -> Screen:
        """All of them, or a question."""
        if context.looks_at("foundcoalition"):
            return _name_screen(context, notice)
        if context.looks_at("foundas"):
            return shown_as_screen(context, context.user.view.text, notice)
        return _list_screen(context, notice)

    def tapped(self, context: Context, action: str, value: str) -> Step:
        """Work for another, look at one, or found one."""
        if action == "actfor":
            return working(context, membership_of(context, value) if value else None)
        if action == "opencoalition":
            return looking(context, View("coalition", value))
        _ = context._
        if len(memberships_of(context)) >= MOST_COALITIONS:
            return looking(context, context.user.view, _("You are in many coalitions already."))
        return looking(context, View("foundcoalition"))

    def typed(self, context: Context, event: Typed | FileSent) -> Step | None:
        """The new coalition's name, then the person's own."""
        if not isinstance(event, Typed) or context.looks_at("coalitions"):
            return None
        name, wrong = name_of(context, event.text)
        if wrong:
            return looking(context, context.user.view, wrong)
        if context.looks_at("foundcoalition"):
            return looking(context, View("foundas", text=name))
        return _founded(context, context.user.view.text, name)


def working(
    context: Context, membership: Membership | None, view: View | None = None, notice: str = ""
) -> Step:
    """The step to work for another; nothing moves where that is so already."""
    session = context.session
    if membership != session.membership:
        session = session.working_for(membership)
        notice = notice or _working_line(context, membership)
    return Step(session.looking(view or View("home")), notice)


def _working_line(context: Context, membership: Membership | None) -> str:
    _ = context._
    if membership is None:
        return _("You work for yourself now: your own letters, sets and letterhead.")
    line = _("You work for “%(name)s” now: its letters, sets and letterhead.", name=membership.name)
    if membership.role is Role.READER:
        return f"{line} {reading_line(context)}"
    return line


def reading_line(context: Context) -> str:
    """What a reader may do."""
    return context._("You see all of it and get the files, and change nothing.")


def _list_screen(context: Context, notice: str) -> Screen:
    _ = context._
    found, own = memberships_of(context), context.session.membership
    explained = _(
        "Those in a coalition share letters with their history, sets of co-signers and a "
        "letterhead. You work for yourself or for one coalition at a time."
    )
    rows: list[tuple[Button, ...]] = []
    myself = _("Myself")
    if found:
        rows.append((context.button(f"{'○' if own else '●'} {myself}", "actfor"),))
    for one in found:
        mark = "●" if own and own.coalition == one.coalition else "○"
        rows.append(
            (
                context.button(f"{mark} {one.name}", "actfor", one.coalition),
                context.button(_("Members"), "opencoalition", one.coalition),
            )
        )
    rows.append((context.button(_("Found a coalition"), "foundcoalition"),))
    return Screen(_("Coalitions"), blocks(notice, explained), tuple(rows))


def _name_screen(context: Context, notice: str) -> Screen:
    _ = context._
    ask = _("Type the name of the coalition. Its members see it, and whom you invite.")
    return Screen(
        _("A new coalition"), blocks(notice, ask, role_lines(_)), (), _("Name of the coalition")
    )


def shown_as_screen(context: Context, coalition: str, notice: str = "") -> Screen:
    """Ask for the name by which the members see the person."""
    _ = context._
    ask = _("Under which name do the members of “%(coalition)s” see you?", coalition=coalition)
    seen = _("Type it as they are to read it: every member sees it, nobody else.")
    return Screen(_("Your name"), blocks(notice, ask, seen), (), _("Your name"))


def _founded(context: Context, name: str, shown_as: str) -> Step:
    library = context.library
    membership = Membership(PREFIX + library.new_id(), name, Role.OWNER)
    member = Member(library.new_id(), shown_as, Role.OWNER, library.today(), is_user=True)
    notice = context._("The coalition is founded, and you work for it now. Invite others here.")
    step = working(context, membership, View("coalition", membership.coalition), notice)
    return Step(step.session, step.notice, (Founded(membership, member),))
