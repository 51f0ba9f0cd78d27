"""A link that invites; and what it comes to for whom it was sent to."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.conversation.coalitions.choosing import reading_line, shown_as_screen, working
from bot.conversation.coalitions.kept import (
    COALITIONS,
    Invitation,
    InvitationsWithdrawn,
    Invited,
    Joined,
    Member,
    digest_of,
    invitation_of,
    members_of,
    membership_of,
    memberships_of,
)
from bot.conversation.coalitions.members import gone_screen
from bot.conversation.coalitions.words import (
    MOST_COALITIONS,
    MOST_MEMBERS,
    name_of,
    role_lines,
    role_names,
)
from bot.conversation.talk.effects import SendText
from bot.conversation.talk.events import Typed
from bot.conversation.talk.membership import Membership, Role
from bot.conversation.talk.page import Page, Step, blocks, looking
from bot.conversation.talk.values import Screen, View

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.events import FileSent
    from bot.conversation.talk.values import Button

LETTER = "c"
"""Tokens that invite to a coalition begin so."""

DAYS = 14
"""So long a link works."""


class InvitePage(Page):
    """The view's key is the coalition's id."""

    views = ("invitemember",)
    of_draft = False

    def screen(self, context: Context, notice: str = "") -> Screen:
        """As what to invite, and the links that are out."""
        _ = context._
        own = membership_of(context, context.user.view.key)
        if own is None or own.role is not Role.OWNER:
            return gone_screen(context, notice)
        names = role_names(_)
        ask = _(
            "As what do you invite? You get a message to forward, with a link that works once, "
            "within %(days)s days.",
            days=DAYS,
        )
        rows: list[tuple[Button, ...]] = [
            (context.button(names[role], "inviteas", f"{own.coalition}.{role}"),) for role in Role
        ]
        out = _out(context, own.coalition)
        if out:
            label = _.plural("Take back %(count)s open link", "Take back %(count)s open links", out)
            rows.append((context.button(label, "withdraw", own.coalition),))
        return Screen(_("Invite"), blocks(notice, ask, role_lines(_)), tuple(rows))

    def tapped(self, context: Context, action: str, value: str) -> Step:
        """A link, or none any more."""
        coalition = context.user.view.key
        if action == "withdraw":
            notice = context._("No link that you gave out works any more.")
            session = context.session.looking(View("coalition", coalition))
            return Step(session, notice, (InvitationsWithdrawn(coalition),))
        return _invited(context, coalition, Role(value.rpartition(".")[2]))


class JoiningPage(Page):
    """What a link invites to; the view's key is the token's digest."""

    views = ("joining", "joinas")
    of_draft = False

    def screen(self, context: Context, notice: str = "") -> Screen:
        """The invitation, or the question for one's name."""
        _ = context._
        found = invitation_of(context, context.user.view.key)
        if found is None:
            return Screen(_("Coalitions"), blocks(notice, _("This invitation is no longer open.")))
        if context.looks_at("joinas"):
            return shown_as_screen(context, found.name, notice)
        role = role_names(_)[found.role]
        said = _(
            "%(by)s invites you to the coalition “%(name)s”, as: %(role)s.",
            by=found.by,
            name=found.name,
            role=role,
        )
        shared = _(
            "Its members share letters, sets of co-signers and a letterhead. Your own stay yours: "
            "nobody there sees them."
        )
        return Screen(
            _("You are invited to “%(name)s”", name=found.name),
            blocks(notice, said, role_lines(_), shared),
            (
                (context.button(_("Join"), "joinas", found.digest[:8], main=True),),
                (context.button(_("No, thank you"), "home"),),
            ),
        )

    def tapped(self, context: Context, action: str, value: str) -> Step:
        """On to the name."""
        del action, value
        return looking(context, View("joinas", context.user.view.key))

    def typed(self, context: Context, event: Typed | FileSent) -> Step | None:
        """The name by which the members see the person: with it they join."""
        found = invitation_of(context, context.user.view.key)
        if not isinstance(event, Typed) or not context.looks_at("joinas") or found is None:
            return None
        name, wrong = name_of(context, event.text)
        if wrong:
            return looking(context, context.user.view, wrong)
        return _joined(context, found, name)


def opened(context: Context, token: str) -> Step | None:
    """What a link comes to: the invitation, or nothing, without a word on why."""
    found = invitation_of(context, digest_of(token))
    if found is None:
        return None
    _ = context._
    own = membership_of(context, found.coalition)
    if own:
        notice = _("You are a member of “%(name)s” already.", name=own.name)
        return looking(context, View("coalition", own.coalition), notice)
    if len(memberships_of(context)) >= MOST_COALITIONS:
        return looking(context, View("coalitions"), _("You are in many coalitions already."))
    return looking(context, View("joining", found.digest))


def _out(context: Context, coalition: str) -> int:
    if any(isinstance(one, InvitationsWithdrawn) for one in context.pending):
        return 0
    new = sum(isinstance(one, Invited) for one in context.pending)
    return new + COALITIONS.of(context).open_invitations(coalition, context.library.now())


def _invited(context: Context, coalition: str, role: Role) -> Step:
    """A link of its own, in a message to forward; what is kept of it is its digest."""
    _, library, view = context._, context.library, context.user.view
    members = members_of(context, coalition)
    if len(members) + _out(context, coalition) >= MOST_MEMBERS:
        notice = _(
            "A coalition has at most %(count)s members, with those invited.", count=MOST_MEMBERS
        )
        return looking(context, view, notice)
    token = library.new_token(LETTER)
    own = membership_of(context, coalition)
    by = next((one.shown_as for one in members if one.is_user), "")
    expires = library.now() + timedelta(days=DAYS)
    name = own.name if own else ""
    invitation = Invitation(digest_of(token), coalition, name, role, by, expires)
    notice = _("The message above is for one person: please forward it to them alone.")
    return Step(
        context.session,
        notice,
        (Invited(coalition, invitation),),
        (SendText(_message(context, token), secret=True),),
    )


def _message(context: Context, token: str) -> str:
    _ = context._
    link = context.library.chat_link(token)
    if not link:
        return _(
            "I invite you to write letters to Permanent Missions with me. On the page of Démarche, "
            "please type this within %(days)s days; it works once:\n\n/start %(token)s",
            days=DAYS,
            token=token,
        )
    return _(
        "I invite you to write letters to Permanent Missions with me. Please open this link within "
        "%(days)s days; it works once:\n\n%(link)s",
        days=DAYS,
        link=link,
    )


def _joined(context: Context, found: Invitation, shown_as: str) -> Step:
    library = context.library
    membership = Membership(found.coalition, found.name, found.role)
    member = Member(library.new_id(), shown_as, found.role, library.today(), is_user=True)
    notice = context._("You are a member of “%(name)s”, and work for it now.", name=found.name)
    if found.role is Role.READER:
        notice = f"{notice} {reading_line(context)}"
    step = working(context, membership, View("coalition", found.coalition), notice)
    return Step(step.session, step.notice, (Joined(membership, member, found.digest),))
