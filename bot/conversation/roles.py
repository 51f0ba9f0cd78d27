"""What becomes of a turn that one's role in a coalition does not allow: nothing, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.conversation.coalitions.allowed import refusal
from bot.conversation.coalitions.telling import lost_line
from bot.conversation.screens import screen_of
from bot.conversation.steps import again
from bot.conversation.talk.effects import Show, Toast, Turn
from bot.conversation.talk.events import Ended, Tap

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.events import Event


def allowed(context: Context, event: Event, turned: Turn) -> Turn:
    """The turn; or, where a role does not allow what it would change, a line that says so."""
    refused = refusal(context, turned)
    if not refused:
        return turned
    if isinstance(event, Ended):
        return Turn(context.session)
    if isinstance(event, Tap):
        return Turn(context.session, (Toast(refused), Show(screen_of(context))))
    return again(context, refused)


def released(context: Context, event: Event | None) -> Turn:
    """At home, for themself again: the coalition is not theirs any more."""
    session = context.session.working_for(None)
    if isinstance(event, Ended):
        return Turn(context.session)
    moved = context.moved(session)
    below = not isinstance(event, Tap | None)
    return Turn(session, (Show(screen_of(moved, lost_line(context)), below=below),))
