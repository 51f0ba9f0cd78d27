"""To leave a coalition, or to close it: both ask first, and say what is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.conversation.coalitions.choosing import working
from bot.conversation.coalitions.kept import (
    COALITIONS,
    Closed,
    Left,
    is_last_owner,
    members_of,
    membership_of,
)
from bot.conversation.coalitions.members import gone_screen, last_owner_line
from bot.conversation.coalitions.words import held_line
from bot.conversation.talk.membership import Role
from bot.conversation.talk.page import Page, Step, blocks, looking
from bot.conversation.talk.values import Screen, View

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.membership import Membership
    from bot.conversation.talk.values import Session


class PartingPage(Page):
    """The view's key is the coalition's id."""

    views = ("leavecoalition", "closecoalition")
    of_draft = False

    def screen(self, context: Context, notice: str = "") -> Screen:
        """Ask; the last owner of others hands over first, and who is alone closes."""
        own = membership_of(context, context.user.view.key)
        if own is None:
            return gone_screen(context, notice)
        members = members_of(context, own.coalition)
        me = next((one for one in members if one.is_user), None)
        if context.looks_at("leavecoalition") and len(members) > 1:
            if is_last_owner(members, me):
                return _stuck_screen(context, own, notice)
            return _leave_screen(context, own, notice)
        if own.role is not Role.OWNER:
            return gone_screen(context, notice)
        return _close_screen(context, own, notice)

    def tapped(self, context: Context, action: str, value: str) -> Step:
        """Gone; or not."""
        own = membership_of(context, value)
        if own and action == "leave-yes":
            notice = context._("You have left “%(name)s”.", name=own.name)
            return _parted(context, own, notice, Left(own.coalition))
        if own and action == "close-yes":
            notice = context._("“%(name)s” is closed, and what it held is deleted.", name=own.name)
            return _parted(context, own, notice, Closed(own.coalition))
        return looking(context, View(action, value))


def _parted(context: Context, own: Membership, notice: str, change: Left | Closed) -> Step:
    session: Session = context.session
    if session.membership and session.membership.coalition == own.coalition:
        session = working(context, None, View("coalitions"), notice).session
    return Step(session.looking(View("coalitions")), notice, (change,))


def _leave_screen(context: Context, own: Membership, notice: str) -> Screen:
    _ = context._
    ask = _(
        "You no longer see anything of “%(name)s”: to come back takes a new invitation. Its "
        "letters, sets and letterhead stay with it, those that you wrote, too.",
        name=own.name,
    )
    return Screen(
        _("Leave the coalition?"),
        blocks(notice, ask),
        (
            (context.button(_("Yes, leave"), "leave-yes", own.coalition),),
            (context.button(_("No, stay"), "coalition", own.coalition),),
        ),
    )


def _stuck_screen(context: Context, own: Membership, notice: str) -> Screen:
    """The last owner hands over first, or closes the coalition for all."""
    _ = context._
    way = _(
        "Tap a member to hand the coalition over. Or close it for everybody: then all that it "
        "holds is deleted."
    )
    return Screen(
        _("You are the last owner"),
        blocks(notice, last_owner_line(context), way),
        (
            (context.button(_("To the members"), "coalition", own.coalition),),
            (context.button(_("Close the coalition"), "closecoalition", own.coalition),),
        ),
    )


def _close_screen(context: Context, own: Membership, notice: str) -> Screen:
    _ = context._
    held = COALITIONS.of(context).held(own.coalition)
    others = len(members_of(context, own.coalition)) - 1
    for_all = (
        _.plural(
            "%(count)s other member loses it, too.", "%(count)s other members lose it, too.", others
        )
        if others
        else ""
    )
    gone = _("This cannot be undone.")
    return Screen(
        _("Close “%(name)s”?", name=own.name),
        blocks(notice, held_line(context, held), for_all, gone),
        (
            (context.button(_("Yes, close and delete"), "close-yes", own.coalition),),
            (context.button(_("No, keep it"), "coalition", own.coalition),),
        ),
    )
