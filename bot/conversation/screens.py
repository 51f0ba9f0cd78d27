"""From where the user is looking to what is seen: a question or a page, with Back and Home."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.answers import answers_line, take_back
from bot.conversation.context import has_joined
from bot.conversation.news import items
from bot.conversation.pages.table import HOME, is_home, page_of
from bot.conversation.questions.table import current, last_answered

if TYPE_CHECKING:
    from bot.conversation.context import Context
    from bot.conversation.questions.base import Question
    from bot.conversation.values import Button, Screen


def asked(context: Context) -> Question | None:
    """The question that is put now; the screens of a letter wait until its draft is complete."""
    draft = context.session.draft
    if draft is None or not page_of(context).of_draft or is_stopped(context):
        return None
    return current(context) if context.looks_at("draft") or not draft.is_complete else None


def screen_of(context: Context, notice: str = "") -> Screen:
    """The screen of the session's view, with the ways back; at home there is none."""
    question = asked(context)
    _ = context._
    if question is None and is_home(context):
        screen = HOME.screen(context, notice)
        row: list[Button] = []
    else:
        screen = (question or page_of(context)).screen(context, notice)
        given = answers_line(context, question)
        text = "\n".join(part for part in (given, screen.text) if part)
        back = take_back(context, question)
        screen = replace(screen, text=text, rows=(*screen.rows, back) if back else screen.rows)
        row = [context.button(_("⌂ Home"), "home")]
        if _has_back(context):
            row.insert(0, context.button(_("‹ Back"), "back"))
    rows = list(screen.rows)
    if not context.looks_at("news") and items(context):
        rows.append((context.button(_("● What has changed"), "news"),))
    if row:
        rows.append(tuple(row))
    return replace(screen, rows=tuple(rows))


def _has_back(context: Context) -> bool:
    view = context.user.view
    return view.name != "draft" or bool(view.key) or last_answered(context) is not None


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
