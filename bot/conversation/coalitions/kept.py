"""What is kept of coalitions: their names, their members, and the links that invite to them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from bot.conversation.talk.membership import Membership, Role
from bot.conversation.talk.shelf import Shelf
from bot.conversation.talk.values import Change, of_kind

if TYPE_CHECKING:
    from datetime import date, datetime

    from bot.conversation.talk.context import Context
    from bot.conversation.talk.draft import Draft
    from bot.conversation.talk.values import SignatorySet


@dataclass(frozen=True, slots=True)
class Member:
    """A member as the others see them: `id` is the membership's, and says nothing of the person."""

    id: str
    shown_as: str
    role: Role
    joined: date
    is_user: bool = False


@dataclass(frozen=True, slots=True)
class Invitation:
    """What a link invites to: of which only its digest is known. `by` invites, by their name."""

    digest: str
    coalition: str
    name: str
    role: Role
    by: str
    expires: datetime


@dataclass(frozen=True, slots=True)
class Held:
    """How much belongs to a coalition."""

    letters: int = 0
    sets: int = 0
    letterhead: bool = False
    signings: int = 0
    missions: bool = False


@dataclass(frozen=True, slots=True)
class OwnersOnly(Change):
    """A change of a coalition that only those may make who are responsible for it."""

    coalition: str


@dataclass(frozen=True, slots=True)
class Founded(Change):
    """A new coalition, of which the user is the one who is responsible."""

    membership: Membership
    member: Member


@dataclass(frozen=True, slots=True)
class Renamed(OwnersOnly):
    """It has another name."""

    name: str


@dataclass(frozen=True, slots=True)
class Invited(OwnersOnly):
    """A link that works once, until it expires."""

    invitation: Invitation


@dataclass(frozen=True, slots=True)
class InvitationsWithdrawn(OwnersOnly):
    """No link that was given out works any more."""


@dataclass(frozen=True, slots=True)
class RoleGiven(OwnersOnly):
    """A member has another role, of which they are to hear."""

    member: str
    role: Role


@dataclass(frozen=True, slots=True)
class MemberRemoved(OwnersOnly):
    """A member is one no more."""

    member: str


@dataclass(frozen=True, slots=True)
class Closed(OwnersOnly):
    """The coalition and all that belongs to it is deleted."""


@dataclass(frozen=True, slots=True)
class Joined(Change):
    """The user has taken up an invitation, which is used by that."""

    membership: Membership
    member: Member
    digest: str


@dataclass(frozen=True, slots=True)
class Left(Change):
    """The user has left the coalition."""

    coalition: str


@dataclass(frozen=True, slots=True)
class Copied(Change):
    """A new letter or set of another for whom the user works: a coalition, or the user alone."""

    owner: str
    draft: Draft | None = None
    saved: SignatorySet | None = None


@dataclass(frozen=True, slots=True)
class MembershipTold(Change):
    """The user has heard of their role."""

    coalition: str


class Coalitions(Protocol):
    """What is asked of the store."""

    def of(self, user_id: str) -> tuple[Membership, ...]:
        """The coalitions of which the user is a member, by name."""
        ...

    def members(self, coalition: str, user_id: str) -> tuple[Member, ...]:
        """The coalition's members, the longest first; which of them the user is."""
        ...

    def invitation(self, digest: str) -> Invitation | None:
        """What the link of that digest invites to, be it that it has expired."""
        ...

    def open_invitations(self, coalition: str, now: datetime) -> int:
        """How many links are out that still work."""
        ...

    def set_names(self, owner: str) -> tuple[str, ...]:
        """What the sets of a coalition, or of the user, are called."""
        ...

    def held(self, coalition: str) -> Held:
        """How much belongs to the coalition."""
        ...


COALITIONS = Shelf[Coalitions]("coalitions")


def digest_of(token: str) -> str:
    """What is kept of a link's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def memberships_of(context: Context) -> tuple[Membership, ...]:
    """The coalitions of which the user is a member, by name."""
    known = () if COALITIONS.is_empty(context) else COALITIONS.of(context).of(context.user.id)
    found = {one.coalition: one for one in known}
    for change in context.pending:
        if isinstance(change, Founded | Joined):
            found[change.membership.coalition] = change.membership
        elif isinstance(change, Left | Closed):
            found.pop(change.coalition, None)
        elif isinstance(change, Renamed) and change.coalition in found:
            found[change.coalition] = replace(found[change.coalition], name=change.name)
        elif isinstance(change, RoleGiven) and change.coalition in found:
            own = next((one for one in members_of(context, change.coalition) if one.is_user), None)
            role = own.role if own else found[change.coalition].role
            found[change.coalition] = replace(found[change.coalition], role=role)
    return tuple(sorted(found.values(), key=lambda one: (one.name.casefold(), one.coalition)))


def membership_of(context: Context, coalition: str) -> Membership | None:
    """What the user is in that coalition; None for no member."""
    own = context.session.membership
    if own and own.coalition == coalition and not context.pending:
        return own
    return next((one for one in memberships_of(context) if one.coalition == coalition), None)


def members_of(context: Context, coalition: str) -> tuple[Member, ...]:
    """The coalition's members, the longest first."""
    found = {one.id: one for one in COALITIONS.of(context).members(coalition, context.user.id)}
    for change in context.pending:
        if isinstance(change, Founded | Joined) and change.membership.coalition == coalition:
            found[change.member.id] = change.member
        elif isinstance(change, RoleGiven) and change.member in found:
            found[change.member] = replace(found[change.member], role=change.role)
        elif isinstance(change, MemberRemoved):
            found.pop(change.member, None)
        elif isinstance(change, Left | Closed) and change.coalition == coalition:
            found = {} if isinstance(change, Closed) else _without_user(found)
    return tuple(found.values())


def _without_user(members: dict[str, Member]) -> dict[str, Member]:
    return {key: one for key, one in members.items() if not one.is_user}


def invitation_of(context: Context, digest: str) -> Invitation | None:
    """What the link of that digest invites to now; None where it opens nothing (any more)."""
    if any(one.digest == digest for one in of_kind(context.pending, Joined)):
        return None
    found = COALITIONS.of(context).invitation(digest)
    return found if found and found.expires > context.library.now() else None


def is_last_owner(members: tuple[Member, ...], member: Member | None) -> bool:
    """Whether nobody would be responsible any more without that member."""
    owners = [one for one in members if one.role is Role.OWNER]
    return member in owners and len(owners) == 1
