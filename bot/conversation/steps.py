"""A step as a turn: the letter that it finishes or renews, what is saved, the screen after it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.letter.frozen import copied
from bot.conversation.screens import screen_of
from bot.conversation.talk.booked import booked
from bot.conversation.talk.draft import Last
from bot.conversation.talk.drafts import DraftRemoved
from bot.conversation.talk.effects import (
    SendChart,
    SendExport,
    SendFiles,
    SendInvitation,
    SendLetter,
    SendNotes,
    SendSigned,
    SendTemplate,
    SendText,
    Show,
    Turn,
)
from bot.conversation.trail import after
from bot.conversation.whereabouts import asked
from bot.letters.model import Letter

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.page import Step
    from bot.conversation.talk.values import Changes, Session


APART = (
    SendFiles
    | SendText
    | SendChart
    | SendInvitation
    | SendSigned
    | SendTemplate
    | SendNotes
    | SendExport
)
"""What is a message of its own: the card stands below it."""


def again(context: Context, notice: str) -> Turn:
    """The same screen below what was typed, with a line that helps."""
    return Turn(context.session, (Show(screen_of(context, notice), below=True),))


def shown_below(turned: Turn) -> Turn:
    """The same, shown below what was typed."""
    effects = (replace(one, below=True) if isinstance(one, Show) else one for one in turned.effects)
    return replace(turned, effects=tuple(effects))


def done(context: Context, step: Step, *, below: bool = False, back: bool = False) -> Turn:
    """A step as a turn: the letter it finishes or renews, then the screen.

    The way back is the longer by the screen that was left; `back` says that it was gone.
    """
    step = replace(step, session=_booked(context, step.session))
    copy = copied(context, step)
    was = context if copy is step else _as_copied(context, copy)
    step = copy
    session, changes = _numbered(context.session, step.session), _tidied(context, step)
    moved = context.moved(session, changes)
    if not back:
        trail = after(was, moved, session.user.trail)
        session = replace(session, user=replace(session.user, trail=trail))
        moved = context.moved(session, changes)
    step = replace(step, session=session, changes=changes)
    if step.arrives:
        return _arrived(moved, step, below=below)
    effects = list(step.effects)
    draft = step.session.draft
    if step.renews and draft and draft.is_complete and isinstance(moved.compose(draft), Letter):
        effects.append(SendLetter(draft, renews=True))
    below = below or any(isinstance(one, APART) for one in effects)
    shown = Show(screen_of(moved, step.notice), below=below)
    return Turn(step.session, (*effects, shown), step.changes)


def _booked(context: Context, session: Session) -> Session:
    if session.draft is None:
        return session
    draft = booked(context, session.draft)
    return session if draft is session.draft else replace(session, draft=draft)


def _as_copied(context: Context, copy: Step) -> Context:
    """Where the user was, as a place of the copy: Back from it does not lead to what was sent."""
    draft = copy.session.draft
    if draft is None or not draft.is_complete:
        return context
    before = replace(context.draft, id=draft.id, fate=draft.fate)
    return context.moved(context.session.with_draft(before), context.pending)


def _arrived(context: Context, step: Step, *, below: bool) -> Turn:
    """At the next question; or at the finished letter, which is then sent."""
    draft = context.draft
    letter = context.compose(draft) if asked(context) is None else None
    if not isinstance(letter, Letter):
        below = below or asked(context) is None
        shown = Show(screen_of(context, step.notice), below=below)
        return Turn(context.session, (*step.effects, shown), step.changes)
    last = Last(
        draft.treaty or "",
        draft.language,
        draft.signatories,
        draft.seat,
        draft.place or "",
        draft.city,
    )
    session = replace(context.session, user=replace(context.user, last=last))
    screen = screen_of(context.moved(session, step.changes), step.notice)
    effects = (*step.effects, SendLetter(draft), Show(screen, below=True))
    return Turn(session, effects, step.changes)


def _numbered(before: Session, after: Session) -> Session:
    """The session with its draft at the step of its history that it will be stored as."""
    old, new = before.draft, after.draft
    if new is None:
        return after
    if not new.is_complete:
        return after
    if new.revision == 0:
        new = replace(new, revision=1, revisions=1)
    elif old is None or old.id != new.id:
        return after
    elif new.revision == old.revision and new != replace(old, updated=new.updated, fate=new.fate):
        new = replace(new, revision=old.revision + 1, revisions=old.revision + 1)
    return replace(after, draft=new)


def _tidied(context: Context, step: Step) -> Changes:
    """The changes; a draft that is left without an answer in it is not kept."""
    left, changes = context.session.draft, step.changes
    answered = left is not None and (left.has_subject or left.state)
    if left is None or answered or step.session.user.draft_id == left.id:
        return changes
    return (*changes, DraftRemoved(left.id))
