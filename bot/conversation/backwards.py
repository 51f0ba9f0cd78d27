"""Back: what it comes to, and what is not kept of what was only begun."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.letter.review import for_another_state
from bot.conversation.steps import done
from bot.conversation.talk.drafts import DraftRemoved
from bot.conversation.talk.page import Step
from bot.conversation.trail import gone_back
from bot.conversation.whereabouts import asked, is_letter

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.draft import Draft
    from bot.conversation.talk.effects import Turn
    from bot.conversation.talk.values import Changes


def back(context: Context) -> Turn:
    """The screen before this one. No answer is lost, and a finished letter stays finished.

    A letter for another State of which nothing was answered yet is not kept, nor a change of what
    was sent that is not made to its end.
    """
    session = gone_back(context)
    moved = context.moved(session)
    left, draft = context.session.draft, session.draft
    changes: Changes = ()
    if left and draft and left.id != draft.id and _is_begun_only(context, moved):
        changes = (DraftRemoved(left.id),)
    other = is_letter(moved) and (left is None or draft is None or left.id != draft.id)
    asked_again = draft is not None and draft.is_complete and asked(context) is not None
    step = Step(session, changes=changes, arrives=other, renews=asked_again and not asked(moved))
    return done(context, step, back=True)


def _is_begun_only(context: Context, moved: Context) -> bool:
    """Whether what is left is no letter yet of its own."""
    left, question = context.draft, asked(context)
    if question and question.key in {"treaty", "state", "language"} and moved.draft.fate.sent_on:
        return not left.is_complete and not left.revision
    return _is_untouched(moved, left)


def _is_untouched(context: Context, left: Draft) -> bool:
    """Whether the draft that was left is what “Another State” made of the current one, no more."""
    if left.state is not None or not context.draft.is_complete:
        return False
    return left == replace(for_another_state(context), id=left.id, updated=left.updated)
