"""From where the user is looking to what is seen: a question or a page, with Back and Home."""

from __future__ import annotations

import zlib
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.answers import answers_line, take_back
from bot.conversation.facts.news import items
from bot.conversation.person.leaving import leaving_screen
from bot.conversation.subjects import HOME, is_home, page_of
from bot.conversation.trail import PARTED, has_parts, target
from bot.conversation.whereabouts import asked, here, is_letter

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.question import Question
    from bot.conversation.talk.values import Button, Place, Screen

ELSEWHERE = "@"
"""In a topic: the place follows, not a section of a letter."""

PART = 20
"""So much of a place's text tells the parts of a list apart, and is short in a topic."""


def screen_of(context: Context, notice: str = "") -> Screen:
    """The screen of the session's view, with the ways back; at home there is none.

    What has changed stands first where the user comes to a letter or home. While everything about
    the user is put away there is one screen.
    """
    if context.session.leaving:
        return leaving_screen(context, notice)
    question = asked(context)
    if question is None and is_home(context):
        screen = HOME.screen(context, notice)
        text, rows = screen.text, screen.rows
        ways: tuple[Button, ...] = ()
    else:
        screen = (question or page_of(context)).screen(context, notice)
        given = answers_line(context, question)
        text = "\n".join(part for part in (given, screen.text) if part)
        again = (take_back(context, question), _keeping(context, question))
        rows = (*screen.rows, *(row for row in again if row))
        ways = _ways_back(context, screen)
    rows = (*rows, ways) if ways else rows
    if not context.looks_at("news") and items(context):
        news = (context.button(context._("● What has changed"), "news"),)
        first = is_letter(context) or not ways
        rows = (news, *rows) if first else (*rows[:-1], news, rows[-1])
    topic = screen.topic or topic_of(context, screen.filled)
    return replace(screen, text=text, rows=rows, topic=topic)


def topic_of(context: Context, filled: str) -> str:
    """What a text typed where the user is would belong to, as it stands there.

    Another State or language, another line that is asked about, or other words than those in the
    field make it another.
    """
    place = here(context)
    view = place.view
    topic = f"{place.draft_id or '-'}:{ELSEWHERE}{view.name}:{view.key}"
    # A list of co-signers has parts, of which one asks for new ones and others for one's new words.
    parted = has_parts(view) or (view.key == PARTED and view.text)
    topic = f"{topic}:{view.text[:PART]}" if parted else topic
    draft = context.session.draft if place.draft_id else None
    stands = [filled]
    if draft:
        stands += [draft.state or "", draft.language or ""]
        stands += [one.text for one in draft.doubts[:1] if view.key == "signatories"]
    return f"{topic}:{zlib.crc32('|'.join(stands).encode()):08x}"


def is_of_another_screen(context: Context, about: str) -> bool:
    """Whether a text that is about such a place was typed at another one than the user's."""
    return about != screen_of(context).topic


def _keeping(context: Context, question: Question | None) -> tuple[Button, ...]:
    """On a question that was gone back to: the button that keeps its answer and goes on."""
    draft, view = context.session.draft, context.user.view
    if question is None or draft is None or draft.is_complete or not view.key or view.text:
        return ()
    if question.key in {"again", "signatories"} or not question.is_answered(draft):
        return ()
    label = context._("Keep: %(answer)s", answer=question.shown(context))
    return (context.button(label, "keepanswer"),)


def _ways_back(context: Context, screen: Screen) -> tuple[Button, ...]:
    """Back, named by where it goes, and Home; one of them where both are the same."""
    _ = context._
    home = context.button(_("⌂ Home"), "home")
    place = target(context)
    if place is None:
        return (home,)
    back = context.button(screen.back or _back_label(context, place), "back")
    if _is_deep_inside(context, place):
        return (back, context.button(_("The letter"), "toletter"), home)
    return (back, home)


def _is_deep_inside(context: Context, place: Place) -> bool:
    """Whether a finished letter is more than one screen back."""
    draft = context.session.draft
    if draft is None or not draft.is_complete or here(context).draft_id != draft.id:
        return False
    letter = (draft.id, "draft", "")
    ways = [(one.draft_id, one.view.name, one.view.key) for one in context.user.trail]
    return letter in ways and (place.draft_id, place.view.name, place.view.key) != letter


def _back_label(context: Context, place: Place) -> str:
    _ = context._
    view = place.view
    if view.name == "letters":
        return _("‹ My letters")
    if view.name == "draft" and not view.key:
        return _("‹ The letter")
    return _("‹ Back")
