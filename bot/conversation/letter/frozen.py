"""A letter that was sent stays as it went out: what is changed then goes into a copy of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.talk.draft import Fate
from bot.conversation.talk.page import lines

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.page import Step


def copied(context: Context, step: Step) -> Step:
    """The step; where it changes a letter that was sent, in a letter of its own."""
    old, new = context.session.draft, step.session.draft
    if old is None or new is None or old.id != new.id:
        return step
    if not old.fate.sent_on and not (old.fate.signed and new.fate.signed):
        return step
    if new == replace(old, updated=new.updated, fate=new.fate):
        return step
    copy = replace(new, id=context.library.new_id(), fate=Fate(), revision=0, revisions=0)
    user = step.session.user
    if copy.is_complete:  # one that still asks for something is gone back from to what was sent
        trail = tuple(
            replace(one, draft_id=copy.id) if one.draft_id == old.id else one for one in user.trail
        )
        user = replace(user, trail=trail)
    session = replace(step.session, user=user).with_draft(copy)
    _ = context._
    notice = (
        _(
            "This letter was sent, so it stays as it is: your change is in a copy of it, which is "
            "a letter of its own."
        )
        if old.fate.sent_on
        else _(
            "This letter was signed, so it stays as it is: your change is in a copy of it, which "
            "is a letter of its own."
        )
    )
    return replace(step, session=session, notice=lines(step.notice, notice))
