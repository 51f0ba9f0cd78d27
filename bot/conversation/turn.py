"""One event in, a turn out: what changed, and what the channel shows and sends."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.answers import said_back, saying, without
from bot.conversation.context import Context
from bot.conversation.draft import Draft, Last
from bot.conversation.events import (
    Command,
    FileSent,
    JobEnded,
    LeftOut,
    Proposed,
    Tap,
    Typed,
    Unsupported,
)
from bot.conversation.pages.base import DRAFT, Step, looking
from bot.conversation.pages.facts import is_page, sent_page
from bot.conversation.pages.job import ended
from bot.conversation.pages.menus import FORGET, is_forgotten
from bot.conversation.pages.section import answered_elsewhere
from bot.conversation.pages.table import page_of
from bot.conversation.pages.translating import proposed
from bot.conversation.pages.wording import stepped_back
from bot.conversation.questions.base import action_of
from bot.conversation.questions.language import reconsidered
from bot.conversation.questions.table import current, last_answered
from bot.conversation.screens import asked, is_stopped, screen_of
from bot.conversation.unusable import unusable
from bot.conversation.values import (
    Changes,
    SendChart,
    SendFiles,
    SendLetter,
    SendText,
    Session,
    Show,
    Toast,
    Turn,
    View,
)
from bot.letters.model import Letter

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.conversation.events import Event
    from bot.conversation.library import Library

COMMANDS = (
    "start",
    "new",
    "letters",
    "status",
    "sets",
    "settings",
    "help",
    "privacy",
    "cancel",
)
BY_COMMAND = frozenset({"letters", "status", "sets", "settings", "help", "privacy", "letterhead"})
ELSEWHERE = BY_COMMAND | {"forget", "news", "facts", "languages", "noanswer"}
"""Taps that look at a page of that name, wherever they stand."""


def turn(session: Session, event: Event, library: Library) -> Turn:
    """What the event comes to. The session is the user's own; nothing else is looked at."""
    context = Context.of(session, library)
    if isinstance(event, Command):
        return _command(context, event.name)
    if isinstance(event, Tap):
        if not _is_offered(context, event.data):
            stale = context._("That button is from an earlier screen. Here is where you are now.")
            return Turn(session, (Toast(stale), Show(screen_of(context))))
        return _tapped(context, event)
    if isinstance(event, Proposed | JobEnded):
        step = proposed(context, event) if isinstance(event, Proposed) else ended(context, event)
        below = isinstance(event, JobEnded)
        if step is None:
            effects = (Show(screen_of(context), below=True),) if below else ()
            return Turn(session, effects)
        return _done(context, step, below=below)
    notice = unusable(context, event)
    if notice or isinstance(event, LeftOut):
        return _again(context, notice)
    return _typed(context, event)


def shown_again(session: Session, library: Library, notice: str = "") -> Turn:
    """The current screen once more, for an update seen twice: nothing changes."""
    return Turn(session, (Show(screen_of(Context.of(session, library), notice)),))


def _is_offered(context: Context, data: str) -> bool:
    """Whether the button stands where the user is.

    To delete everything can be asked for twice: where the answer did not arrive, or the update
    comes again after it.
    """
    again = data.endswith(f":{FORGET}:") and is_forgotten(context.session)
    return again or data in screen_of(context).offered


def _again(context: Context, notice: str) -> Turn:
    """The same screen below what was typed, with a line that helps."""
    return Turn(context.session, (Show(screen_of(context, notice), below=True),))


def _below(turned: Turn) -> Turn:
    """The same, shown below what was typed."""
    effects = (replace(one, below=True) if isinstance(one, Show) else one for one in turned.effects)
    return replace(turned, effects=tuple(effects))


def _done(context: Context, step: Step, *, below: bool = False) -> Turn:
    """A step as a turn: the letter it finishes or renews, then the screen."""
    step = replace(
        step, session=_numbered(context.session, step.session), changes=_tidied(context, step)
    )
    moved = context.moved(step.session, step.changes)
    if step.arrives:
        return _arrived(moved, step, below=below)
    effects = list(step.effects)
    draft = step.session.draft
    if step.renews and draft and draft.is_complete and isinstance(moved.compose(draft), Letter):
        effects.append(SendLetter(draft, renews=True))
    below = below or any(isinstance(one, SendFiles | SendText | SendChart) for one in effects)
    shown = Show(screen_of(moved, step.notice), below=below)
    return Turn(step.session, (*effects, shown), step.changes)


def _command(context: Context, name: str) -> Turn:
    if name == "new":
        return _new(context, below=True)
    if name in BY_COMMAND:
        return _done(context, looking(context, View(name)), below=True)
    if name == "cancel":
        return _cancelled(context)
    notice = (
        "" if name == "start" else context._("I do not know that command. /help says what I do.")
    )
    return _done(context, looking(context, View("home"), notice), below=True)


def _new(context: Context, *, below: bool = False) -> Turn:
    draft = Draft(context.library.new_id(), updated=context.library.today())
    session = context.session.with_draft(draft).looking(DRAFT)
    return _done(context, Step(session), below=below)


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
    if left is None or left.treaty is not None or step.session.user.draft_id == left.id:
        return changes
    return replace(changes, removed_drafts=(*changes.removed_drafts, left.id))


def _cancelled(context: Context) -> Turn:
    """Leave the letter; what was answered is kept among the letters."""
    draft = context.session.draft
    kept = draft is not None and draft.treaty is not None
    notice = context._("The letter is kept under “My letters”.") if kept else ""
    session = context.session.with_draft(None).looking(View("home"))
    return _done(context, Step(session, notice), below=True)


def _typed(context: Context, event: Typed | FileSent | Unsupported) -> Turn:
    if isinstance(event, Typed) and event.about:
        elsewhere = answered_elsewhere(context, event)
        if elsewhere is not None:
            return _done(context, elsewhere, below=True)
    if isinstance(event, FileSent) and _renews(context, event):
        return _done(context, sent_page(context, event), below=True)
    question = asked(context)
    key = question.key if question else ""
    if isinstance(event, Unsupported):
        return _again(context, _what_would_work(context, key))
    if question:
        if isinstance(event, FileSent) and key != "signatories":
            return _again(context, _what_would_work(context, key))
        return _answered(context, event, below=True)
    step = page_of(context).typed(context, event)
    if step is not None:
        return _done(context, step, below=True)
    if isinstance(event, FileSent):
        return _again(context, _what_would_work(context, key))
    return _again(context, context._("Please tap one of the buttons below."))


def _renews(context: Context, event: FileSent) -> bool:
    """Whether it is a page of the status of treaties, from one who may renew it."""
    return is_page(event) and context.library.is_administrator(context.user.id)


def _what_would_work(context: Context, question: str) -> str:
    _ = context._
    if question == "signatories":
        return _(
            "I can read text, lists (Excel, CSV) and shared contacts here: one co-signer to a "
            "line, please."
        )
    if question:
        return _("I can read only text here: please type your answer or tap a button.")
    if context.looks_at("letterhead"):
        return _("Please send the picture as a file: then it keeps its quality.")
    return _("I can read only text. Please tap one of the buttons below.")


def _answered(context: Context, event: Event, *, below: bool) -> Turn:
    """An event to the current question; then the next question, or the letter."""
    question = current(context)
    if question is None:
        return _again(context, "")
    answer = question.answer(context, event)
    if answer.back:
        return _below(_back(context))
    session = context.session
    said = saying(context, question, event, answered=answer.draft is not None)
    if answer.draft is None:
        if answer.view is not None:
            session = session.looking(replace(answer.view, said=said))
        elif not answer.notice:
            return _again(context, _what_would_work(context, question.key))
        return _done(context, Step(session, answer.notice, answer.changes), below=below)
    draft = replace(reconsidered(context, answer.draft), updated=context.library.today())
    session = replace(session, user=answer.user or session.user).with_draft(draft)
    stays = answer.view is not None and not question.is_answered(draft)
    session = session.looking(answer.view if stays and answer.view else replace(DRAFT, said=said))
    step = Step(session, answer.notice, answer.changes, arrives=True)
    return _done(context, step, below=below)


def _arrived(context: Context, step: Step, *, below: bool) -> Turn:
    """At the next question; or at the finished letter, which is then sent."""
    draft = context.draft
    letter = context.compose(draft) if asked(context) is None else None
    if not isinstance(letter, Letter):
        below = below or asked(context) is None
        shown = Show(screen_of(context, step.notice), below=below)
        return Turn(context.session, (*step.effects, shown), step.changes)
    last = Last(
        draft.treaty or "", draft.language, draft.signatories, draft.seat, draft.place or ""
    )
    session = replace(context.session, user=replace(context.user, last=last))
    screen = screen_of(context.moved(session, step.changes), step.notice)
    effects = (*step.effects, SendLetter(draft), Show(screen, below=True))
    return Turn(session, effects, step.changes)


def _tapped(context: Context, event: Tap) -> Turn:
    action, value = action_of(event.data)
    view = context.user.view
    ways: dict[str, Callable[[Context], Turn]] = {
        "back": _back,
        "new": _new,
        "unsay": _taken_back,
    }
    if action in ways:
        return ways[action](context)
    if action in ELSEWHERE | {"home"}:
        return _done(context, looking(context, View(action)))
    if action == "continue":
        return _done(context, Step(context.session.looking(DRAFT), arrives=True))
    if asked(context) is not None:
        return _answered(context, event, below=False)
    if action == "page":
        return _done(context, looking(context, replace(view, page=int(value))))
    if action == "show":
        return _done(context, Step(context.session.looking(DRAFT), arrives=True))
    if action == "done":
        return _done(context, looking(context, DRAFT))
    if action in {"undo", "redo"}:
        return _done(context, stepped_back(context, -1 if action == "undo" else 1))
    return _done(context, page_of(context).tapped(context, action, value))


def _taken_back(context: Context) -> Turn:
    """What was typed was understood wrongly: its question again, without the answer."""
    said = said_back(context, asked(context))
    return _again(context, "") if said is None else _done(context, without(context, said))


def _back(context: Context) -> Turn:
    view = context.user.view
    if asked(context) is None and view.name != "draft":
        return _done(context, looking(context, page_of(context).back(context)))
    if context.session.draft and is_stopped(context):
        return _done(context, looking(context, View("home")))
    if view.text and asked(context) is not None:
        return _done(context, looking(context, View("draft", view.key, said=view.said)))
    if view.key:
        return _done(context, looking(context, View("edit")))
    question = last_answered(context)
    if question is None:
        return _done(context, looking(context, View("home")))
    return _done(context, without(context, said_back(context, None) or question))
