"""The members of a saved set: added, changed, ordered and removed as the co-signers of a letter."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.signing.kept import SetKept
from bot.conversation.signing.signatories import SignatoriesQuestion
from bot.conversation.talk.draft import Draft
from bot.conversation.talk.events import FileSent, Reader, Tap
from bot.conversation.talk.page import Page, Step, lines, looking
from bot.conversation.talk.values import Screen, View

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.events import Typed
    from bot.conversation.talk.values import Answer, SignatorySet

QUESTION = SignatoriesQuestion()
MOST_NAMED = 3


class SetMembersPage(Page):
    """The view's key is the set's id; its text says which part is looked at, as in the question."""

    views = ("members",)
    of_draft = False

    def screen(self, context: Context, notice: str = "") -> Screen:
        """The question of who signs, put of the set."""
        saved = context.session.set_of(context.user.view.key)
        if saved is None:
            return Screen(context._("This set is no longer there."), notice)
        shown = QUESTION.screen(_inside(context, saved), notice)
        return shown if context.user.view.text else replace(shown, title=saved.name)

    def tapped(self, context: Context, action: str, value: str) -> Step:
        """A tap is answered as it is in a letter."""
        return self._answered(context, Tap(f"-:{action}:{value}"))

    def typed(self, context: Context, event: Typed | FileSent) -> Step | None:
        """Lines, or a file of them."""
        return self._answered(context, event)

    def reads(self, context: Context, event: FileSent) -> Reader | None:
        """A list of co-signers."""
        del context, event
        return Reader.SIGNATORIES

    def _answered(self, context: Context, event: Tap | Typed | FileSent) -> Step:
        saved = context.session.set_of(context.user.view.key)
        if saved is None:
            return looking(context, View("sets"))
        return _stepped(context, saved, QUESTION.answer(_inside(context, saved), event))


def _inside(context: Context, saved: SignatorySet) -> Context:
    """The context of a letter that the set's members sign."""
    draft = Draft("-", signatories=saved.signatories)
    others = tuple(one for one in context.session.sets if one.id != saved.id)
    session = replace(context.session, draft=draft, sets=others)
    return context.moved(session, context.pending)


def _stepped(context: Context, saved: SignatorySet, answer: Answer) -> Step:
    """What the answer changes, in the set. What is not clear is said, not kept open."""
    view = answer.view or context.user.view
    if answer.back or (answer.draft and answer.draft.signatories_done):
        view = View("set", saved.id)
    notice = answer.notice
    session, changes = context.session, answer.changes
    if answer.draft:
        notice = lines(notice, _unclear_line(context, answer.draft))
        new = replace(saved, signatories=answer.draft.signatories)
        kept = tuple(new if one.id == saved.id else one for one in session.sets)
        session = replace(session, sets=kept)
        changes = (*changes, SetKept(new)) if new != saved else changes
    return Step(session.looking(view), notice, changes)


def _unclear_line(context: Context, draft: Draft) -> str:
    if not draft.doubts:
        return ""
    named = "; ".join(f"“{one.text}”" for one in draft.doubts[:MOST_NAMED])
    return context._(
        "Not clear, so not added: %(lines)s. Please write each as Name; Organization.",
        lines=named if len(draft.doubts) <= MOST_NAMED else f"{named} …",
    )
