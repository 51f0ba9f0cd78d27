"""One coalition: its members, and what an owner does about them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.coalitions.choosing import working
from bot.conversation.coalitions.kept import (
    MemberRemoved,
    Renamed,
    RoleGiven,
    is_last_owner,
    members_of,
    membership_of,
)
from bot.conversation.coalitions.words import member_line, name_of, role_lines, role_names
from bot.conversation.talk.events import Typed
from bot.conversation.talk.membership import Role
from bot.conversation.talk.page import Page, Step, blocks, looking
from bot.conversation.talk.paging import paged
from bot.conversation.talk.values import Screen, View

if TYPE_CHECKING:
    from bot.conversation.coalitions.kept import Member
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.events import FileSent
    from bot.conversation.talk.membership import Membership
    from bot.conversation.talk.values import Button

PAGE = 8


class CoalitionPage(Page):
    """The view's key is the coalition's id, its text a member's."""

    views = ("coalition", "member", "handover", "removemember", "renamecoalition")
    of_draft = False

    def screen(self, context: Context, notice: str = "") -> Screen:
        """The coalition, or one of its members, as far as the person may see them."""
        own = membership_of(context, context.user.view.key)
        if own is None:
            return gone_screen(context, notice)
        if own.role is Role.OWNER:
            member = _member(context)
            if context.looks_at("renamecoalition"):
                return _rename_screen(context, own, notice)
            if context.looks_at("member") and member:
                return _member_screen(context, member, notice)
            if context.looks_at("handover") and member:
                return _handover_screen(context, own, member, notice)
            if context.looks_at("removemember") and member:
                return _remove_screen(context, member, notice)
        return _coalition_screen(context, own, notice)

    def tapped(self, context: Context, action: str, value: str) -> Step:
        """To what is asked next; a role given, a member removed."""
        coalition = context.user.view.key
        if action in {"member", "handover", "removemember"}:
            return looking(context, View(action, coalition, text=value))
        if action == "workhere":
            return working(context, membership_of(context, coalition))
        if action == "giverole":
            member, _dot, role = value.rpartition(".")
            return _given(context, coalition, member, Role(role))
        if action == "handover-yes":
            return _handed_over(context, coalition, value)
        if action == "removemember-yes":
            return _removed(context, coalition, value)
        return looking(context, View(action, coalition))

    def typed(self, context: Context, event: Typed | FileSent) -> Step | None:
        """The coalition's new name."""
        if not isinstance(event, Typed) or not context.looks_at("renamecoalition"):
            return None
        name, wrong = name_of(context, event.text)
        if wrong:
            return looking(context, context.user.view, wrong)
        coalition = context.user.view.key
        session = context.session.looking(View("coalition", coalition))
        if session.membership and session.membership.coalition == coalition:
            session = replace(session, membership=replace(session.membership, name=name))
        return Step(session, changes=(Renamed(coalition, name),))


def gone_screen(context: Context, notice: str = "") -> Screen:
    """Where the person is no member, or no longer one."""
    _ = context._
    return Screen(_("Coalitions"), blocks(notice, _("You are no member of that coalition.")))


def _member(context: Context) -> Member | None:
    view = context.user.view
    return next((one for one in members_of(context, view.key) if one.id == view.text), None)


def _coalition_screen(context: Context, own: Membership, notice: str) -> Screen:
    _ = context._
    members = members_of(context, own.coalition)
    listed = "\n".join(member_line(context, one) for one in members)
    at_hand = context.session.membership
    rows: list[tuple[Button, ...]] = []
    if at_hand is None or at_hand.coalition != own.coalition:
        rows.append((context.button(_("Work for this coalition"), "workhere", own.coalition),))
    if own.role is Role.OWNER:
        rows.append((context.button(_("Invite"), "invitemember", own.coalition),))
        others = [
            context.button(f"{one.shown_as} ›", "member", one.id)
            for one in members
            if not one.is_user
        ]
        rows += paged(context, others, context.user.view.page, size=PAGE, width=2)
        rows.append(
            (
                context.button(_("Rename"), "renamecoalition", own.coalition),
                context.button(_("Close the coalition"), "closecoalition", own.coalition),
            )
        )
    rows.append((context.button(_("Leave the coalition"), "leavecoalition", own.coalition),))
    return Screen(own.name, blocks(notice, listed), tuple(rows))


def _member_screen(context: Context, member: Member, notice: str) -> Screen:
    _ = context._
    names = role_names(_)
    roles = tuple(
        context.button(
            f"{'●' if role is member.role else '○'} {names[role]}",
            "giverole",
            f"{member.id}.{role}",
        )
        for role in Role
    )
    rows: list[tuple[Button, ...]] = [roles]
    if not member.is_user:
        rows.append((context.button(_("Hand the coalition over"), "handover", member.id),))
        rows.append((context.button(_("Remove"), "removemember", member.id),))
    said = blocks(notice, member_line(context, member), role_lines(_))
    return Screen(member.shown_as, said, tuple(rows))


def _handover_screen(context: Context, own: Membership, member: Member, notice: str) -> Screen:
    _ = context._
    ask = _(
        "%(name)s becomes an owner, and you an editor: only an owner can give you another role "
        "then.",
        name=member.shown_as,
    )
    return Screen(
        _("Hand over “%(name)s”?", name=own.name),
        blocks(notice, ask),
        (
            (context.button(_("Yes, hand it over"), "handover-yes", member.id),),
            (context.button(_("No, I stay the owner"), "coalition"),),
        ),
    )


def _remove_screen(context: Context, member: Member, notice: str) -> Screen:
    _ = context._
    ask = _(
        "%(name)s no longer sees anything of the coalition. What they wrote for it stays.",
        name=member.shown_as,
    )
    return Screen(
        _("Remove this member?"),
        blocks(notice, ask),
        (
            (context.button(_("Yes, remove"), "removemember-yes", member.id),),
            (context.button(_("No, keep them"), "coalition"),),
        ),
    )


def _rename_screen(context: Context, own: Membership, notice: str) -> Screen:
    _ = context._
    ask = _("Type the new name of the coalition “%(name)s”.", name=own.name)
    return Screen(
        _("Rename the coalition"),
        blocks(notice, ask),
        ((context.button(_("Keep the name"), "coalition"),),),
        _("Name of the coalition"),
        filled=own.name,
    )


def last_owner_line(context: Context) -> str:
    """Why a coalition is not left without anybody who is responsible for it."""
    return context._("A coalition needs an owner: please make somebody else an owner first.")


def _given(context: Context, coalition: str, member_id: str, role: Role) -> Step:
    members = members_of(context, coalition)
    member = next((one for one in members if one.id == member_id), None)
    view = View("coalition", coalition)
    if member is None:
        return looking(context, view)
    if role is not Role.OWNER and is_last_owner(members, member):
        return looking(context, view, last_owner_line(context))
    notice = context._(
        "%(name)s: %(role)s.", name=member.shown_as, role=role_names(context._)[role]
    )
    step = looking(context, view, notice)
    return replace(step, changes=(RoleGiven(coalition, member_id, role),))


def _handed_over(context: Context, coalition: str, member_id: str) -> Step:
    """Another is the owner, and the person an editor."""
    members = members_of(context, coalition)
    member = next((one for one in members if one.id == member_id), None)
    own = next((one for one in members if one.is_user), None)
    if member is None or own is None:
        return looking(context, View("coalition", coalition))
    changes = (
        RoleGiven(coalition, member.id, Role.OWNER),
        RoleGiven(coalition, own.id, Role.EDITOR),
    )
    session = context.session.looking(View("coalition", coalition))
    if session.membership and session.membership.coalition == coalition:
        session = replace(session, membership=replace(session.membership, role=Role.EDITOR))
    notice = context._("%(name)s is an owner now, and you are an editor.", name=member.shown_as)
    return Step(session, notice, changes)


def _removed(context: Context, coalition: str, member_id: str) -> Step:
    view = View("coalition", coalition)
    found = (one for one in members_of(context, coalition) if one.id == member_id)
    member = next(found, None)
    if member is None or member.is_user:
        return looking(context, view)
    notice = context._("%(name)s was removed.", name=member.shown_as)
    return replace(looking(context, view, notice), changes=(MemberRemoved(coalition, member_id),))
