"""What a member is told once: that somebody gave them another role; that they are none any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.conversation.coalitions.kept import COALITIONS, MembershipTold, memberships_of
from bot.conversation.coalitions.words import role_names

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.conversation.talk.context import Context
    from bot.conversation.talk.values import Changes


def roles_told(context: Context) -> tuple[str, Changes]:
    """The roles that the person has not heard of, and that they have now."""
    if COALITIONS.is_empty(context):
        return "", ()
    _, names = context._, role_names(context._)
    new = [one for one in memberships_of(context) if not one.told]
    said = [
        _(
            "Your role in the coalition “%(name)s” is now: %(role)s.",
            name=one.name,
            role=names[one.role],
        )
        for one in new
    ]
    return "\n".join(said), tuple(MembershipTold(one.coalition) for one in new)


def is_lost(context: Context) -> bool:
    """Whether the person worked for a coalition that they are no member of any more."""
    return bool(context.user.acting) and context.session.membership is None


def lost_line(context: Context) -> str:
    """What they are told then."""
    return context._(
        "You are no longer a member of the coalition that you worked for: it was closed, or you "
        "were taken out of it. You work for yourself again. What you just did was not used."
    )


def for_each(context: Context, says: Callable[[Context], str]) -> str:
    """What there is to say of the letters at hand; then of all others that the person works on."""
    said = [says(context)]
    own, session = context.session.membership, context.session
    others = () if COALITIONS.is_empty(context) else memberships_of(context)
    for other in (None, *others) if others else ():
        if (other and other.coalition) == (own and own.coalition):
            continue
        text = says(context.moved(session.working_for(other)))
        if text:
            _ = context._
            head = _("For “%(name)s”:", name=other.name) if other else _("For yourself:")
            said.append(f"{head}\n{text}")
    return "\n\n".join(filter(None, said))
