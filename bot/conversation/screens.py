"""From where the user is looking to what is seen: each view's screen, with Back and Home."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation import menus, review, sets
from bot.conversation.questions.table import current, last_answered

if TYPE_CHECKING:
    from bot.conversation.context import Context
    from bot.conversation.values import Screen


def screen_of(context: Context, notice: str = "") -> Screen:
    """The screen of the session's view. A view that lost its draft or set is home."""
    screen = _screen(context, notice)
    if context.user.view.name == "home":
        return screen
    _ = context._
    row = [context.button(_("⌂ Home"), "home")]
    if _has_back(context):
        row.insert(0, context.button(_("‹ Back"), "back"))
    return replace(screen, rows=(*screen.rows, tuple(row)))


def _has_back(context: Context) -> bool:
    view = context.user.view
    return view.name != "draft" or bool(view.key) or last_answered(context) is not None


def _screen(context: Context, notice: str) -> Screen:
    view = context.user.view
    if context.session.draft and view.name in {"draft", "edit", "sections", "saveset"}:
        return _draft_screen(context, notice)
    saved = context.session.set_of(view.key)
    if saved and view.name == "set":
        return sets.set_screen(context, saved, notice)
    if saved and view.name == "renameset":
        return sets.rename_screen(context, saved, notice)
    if saved and view.name == "deleteset":
        return sets.delete_screen(context, saved, notice)
    if view.name == "letters":
        return menus.letters_screen(context, notice)
    if view.name in {"sets", "set", "renameset", "deleteset"}:
        return sets.sets_screen(context, notice)
    if view.name == "settings":
        return menus.settings_screen(context, notice)
    plain = {
        "help": menus.help_screen,
        "privacy": menus.privacy_screen,
        "forget": menus.forget_screen,
    }
    if view.name in plain:
        return plain[view.name](context, notice)
    return menus.home_screen(context, notice)


def _draft_screen(context: Context, notice: str) -> Screen:
    name = context.user.view.name
    question = current(context)
    if name == "draft" and question:
        return question.screen(context, notice)
    if name == "edit":
        return review.edit_screen(context, notice)
    if name == "sections":
        return review.sections_screen(context, notice)
    if name == "saveset":
        return sets.save_screen(context, notice)
    return review.review_screen(context, notice)
