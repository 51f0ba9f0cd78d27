"""Where the user is: at a question, on a page, at home."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.mine.expiring import kept
from bot.conversation.questions import current
from bot.conversation.subjects import is_home, page_of
from bot.conversation.talk.context import Context, has_joined
from bot.conversation.talk.values import Place, View

if TYPE_CHECKING:
    from bot.conversation.talk.effects import Turn
    from bot.conversation.talk.library import Library
    from bot.conversation.talk.question import Question


def asked(context: Context) -> Question | None:
    """The question that is put now; the screens of a letter wait until its draft is complete."""
    if "asked" not in context.memo:
        context.memo["asked"] = _asked(context)
    found: Question | None = context.memo["asked"]
    return found


def _asked(context: Context) -> Question | None:
    draft = context.session.draft
    if draft is None or not page_of(context).of_draft or is_stopped(context):
        return None
    return current(context) if context.looks_at("draft") or not draft.is_complete else None


def is_stopped(context: Context) -> bool:
    """Whether the State has joined while the questions were being answered."""
    draft = context.draft
    reopened = context.looks_at("draft") and context.user.view.key
    return bool(
        draft.state
        and draft.treaty
        and not draft.is_complete
        and not draft.congratulates
        and not reopened
        and has_joined(draft, context.library, context.letter_date(draft))
    )


def here(context: Context) -> Place:
    """The place where the user is."""
    view, draft = context.user.view, context.session.draft
    question = asked(context)
    if question and draft:
        return Place(View("draft", question.key, view.page, view.text), draft.id)
    if is_home(context):
        return Place(View("home"))
    return Place(view, draft.id if draft and page_of(context).of_draft else "")


def is_letter(context: Context) -> bool:
    """Whether the user looks at a finished letter."""
    draft, view = context.session.draft, context.user.view
    finished = draft is not None and draft.is_complete
    return finished and asked(context) is None and view.name == "draft"


def looked_at(turned: Turn, library: Library) -> Turn:
    """The turn; a letter that is looked at after it is counted from now on."""
    context = Context.of(turned.session, library)
    draft = turned.session.draft
    if draft is None or not page_of(context).of_draft:
        return turned
    return replace(turned, changes=(*turned.changes, *kept(context, draft.id)))
