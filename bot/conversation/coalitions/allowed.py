"""What a role does not allow, of whatever a turn came to: looked at in one place, for all pages."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.coalitions.kept import (
    Closed,
    Copied,
    Founded,
    Joined,
    Left,
    MemberRemoved,
    OwnersOnly,
    RoleGiven,
    members_of,
    membership_of,
)
from bot.conversation.coalitions.members import last_owner_line
from bot.conversation.talk.drafts import DraftRemoved, draft_of
from bot.conversation.talk.effects import Propose
from bot.conversation.talk.membership import Role
from bot.conversation.talk.values import Owned

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.draft import Draft
    from bot.conversation.talk.effects import Turn


def refusal(context: Context, turned: Turn) -> str:
    """Why the turn is not to be; empty where it may be."""
    _, own = context._, context.session.membership
    for change in turned.changes:
        if isinstance(change, OwnersOnly):
            there = membership_of(context, change.coalition)
            if there is None or there.role is not Role.OWNER:
                return _("Only an owner of the coalition can do that.")
        if isinstance(change, Copied) and change.owner != context.user.id:
            there = membership_of(context, change.owner)
            if there is None or there.role is Role.READER:
                return _("Only an editor or an owner of the coalition can do that.")
    if _is_left_alone(context, turned):
        return last_owner_line(context)
    if own and own.role is Role.READER and _changes(context, turned):
        return _(
            "You are a reader in “%(name)s”: you see all of it and get the files. Only editors "
            "and owners change something.",
            name=own.name,
        )
    return ""


def _is_left_alone(context: Context, turned: Turn) -> bool:
    """Whether a coalition would be there without anybody who is responsible for it."""
    touched = {
        one.coalition for one in turned.changes if isinstance(one, Left | RoleGiven | MemberRemoved)
    }
    closed = {one.coalition for one in turned.changes if isinstance(one, Closed)}
    after = replace(context, pending=turned.changes, memo={})
    return any(
        all(member.role is not Role.OWNER for member in members_of(after, coalition))
        for coalition in touched - closed
    )


def _changes(context: Context, turned: Turn) -> bool:
    """Whether anything of the coalition's would be another.

    A draft that was begun before one became a reader, and holds nothing yet, may go.
    """
    if any(isinstance(one, Propose) for one in turned.effects):
        return True  # its text would go to another service
    at_hand, draft = context.session.draft, turned.session.draft
    for change in turned.changes:
        empty = at_hand is not None and not (at_hand.has_subject or at_hand.state)
        begun = empty and at_hand is not None and change == DraftRemoved(at_hand.id)
        if isinstance(change, Owned) and not begun:
            return True
    if draft is None or any(isinstance(one, Founded | Joined) for one in turned.changes):
        return False
    known = draft_of(context, draft.id)
    return known is None or _content(known) != _content(draft)


def _content(draft: Draft) -> Draft:
    """The draft without when it was last looked at, and where in its history it stands first."""
    return replace(draft, updated=None, revisions=0, revision=draft.revision or 1)
