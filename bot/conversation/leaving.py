"""Everything about a person deleted: at once, or put away for a day in which it may be undone.

While it is put away the person has one screen, whatever they do, and nothing else of theirs
answers. Nothing of it is changed, so that to undo it gives back what there was.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.person.kept import UNDO, DeletionBegun, DeletionUndone, Forgotten
from bot.conversation.person.leaving import (
    FORGET,
    KEEP,
    NOW,
    SURE,
    forgotten,
    is_forgotten,
    nothing_known,
    sure_screen,
    undone_notice,
)
from bot.conversation.screens import screen_of
from bot.conversation.steps import done
from bot.conversation.talk.effects import Show, Turn
from bot.conversation.talk.events import Ended, Tap
from bot.conversation.talk.page import Step
from bot.conversation.talk.question import action_of
from bot.conversation.talk.values import View

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.events import Event


def gone(context: Context) -> Turn:
    """Everything deleted at once."""
    step = Step(nothing_known(context), forgotten(context), (Forgotten(),))
    return done(context, step)


def begun(context: Context) -> Turn:
    """All is put away from now on, as it is."""
    asked = context.library.now()
    session = replace(context.session, leaving=asked + UNDO)
    return Turn(session, (Show(screen_of(context.moved(session))),), (DeletionBegun(asked),))


def put_away(context: Context, event: Event | None) -> Turn:
    """What a person may do whose data is put away: have it back, or have it deleted now."""
    if isinstance(event, Ended):
        return Turn(context.session)
    screen, sure = screen_of(context), sure_screen(context)
    if isinstance(event, Tap) and event.data in screen.offered | sure.offered:
        action = action_of(event.data)[0]
        if action == NOW:
            return Turn(context.session, (Show(sure),))
        if action in {KEEP, SURE}:
            return gone(context) if action == SURE else _undone(context)
    return Turn(context.session, (Show(screen, below=not isinstance(event, Tap | None)),))


def _undone(context: Context) -> Turn:
    session = replace(context.session, leaving=None).looking(View("privacy"))
    moved = context.moved(session)
    return done(moved, Step(session, undone_notice(context), (DeletionUndone(),)))


def asks_again(context: Context, data: str) -> bool:
    """Whether it is the button of a deletion that is over: it is answered as it was then.

    The answer may not have arrived, or the update may come once more.
    """
    ends = tuple(f":{action}:" for action in (FORGET, SURE, NOW, KEEP))
    return data.endswith(ends) and is_forgotten(context.session)
