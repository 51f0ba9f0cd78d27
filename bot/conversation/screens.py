"""From where the user is looking to what is seen: a question or a page, with Back and Home."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.pages.table import HOME, is_home, page_of
from bot.conversation.questions.table import current, last_answered

if TYPE_CHECKING:
    from bot.conversation.context import Context
    from bot.conversation.questions.base import Question
    from bot.conversation.values import Screen


def asked(context: Context) -> Question | None:
    """The question that is put now; the screens of a letter wait until its draft is complete."""
    draft = context.session.draft
    if draft is None or not page_of(context).of_draft:
        return None
    return current(context) if context.looks_at("draft") or not draft.is_complete else None


def screen_of(context: Context, notice: str = "") -> Screen:
    """The screen of the session's view, with the ways back; at home there is none."""
    question = asked(context)
    if question is None and is_home(context):
        return HOME.screen(context, notice)
    screen = (question or page_of(context)).screen(context, notice)
    _ = context._
    row = [context.button(_("⌂ Home"), "home")]
    if _has_back(context):
        row.insert(0, context.button(_("‹ Back"), "back"))
    return replace(screen, rows=(*screen.rows, tuple(row)))


def _has_back(context: Context) -> bool:
    view = context.user.view
    return view.name != "draft" or bool(view.key) or last_answered(context) is not None
