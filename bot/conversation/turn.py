"""One event in, a turn out: what changed, and what the channel shows and sends."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.access.kept import Counted
from bot.conversation.answers import said_back, saying, without
from bot.conversation.asking.language import reconsidered
from bot.conversation.backwards import back
from bot.conversation.coalitions.telling import is_lost
from bot.conversation.counting import is_reached, limited, reached_line
from bot.conversation.endorsing.asking import nothing_there
from bot.conversation.facts.importing import is_page, sent_page
from bot.conversation.gate import barred, let_in, seen
from bot.conversation.leaving import asks_again, begun, gone, put_away
from bot.conversation.person.leaving import FORGET, KEEP, LATER, NOW, SURE
from bot.conversation.person.privacy import greeted
from bot.conversation.person.taking import EXPORT, exported
from bot.conversation.questions import current
from bot.conversation.roles import allowed, released
from bot.conversation.screens import is_of_another_screen, screen_of
from bot.conversation.steps import again, done, shown_below
from bot.conversation.subjects import ENDINGS, LINKS, page_of
from bot.conversation.talk.context import Context
from bot.conversation.talk.draft import Draft
from bot.conversation.talk.effects import Show, Toast, Turn
from bot.conversation.talk.events import (
    Command,
    Ended,
    FileSent,
    LeftOut,
    Tap,
    Typed,
    Unsupported,
)
from bot.conversation.talk.limits import Kind
from bot.conversation.talk.page import DRAFT, Step, clipped, looking
from bot.conversation.talk.question import action_of
from bot.conversation.talk.unusable import unusable
from bot.conversation.talk.values import Session, View
from bot.conversation.trail import PARTED
from bot.conversation.whereabouts import asked
from bot.conversation.wording.section import answered_elsewhere
from bot.conversation.wording.wording import stepped_back

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.conversation.talk.events import Event
    from bot.conversation.talk.library import Library

COMMANDS = (
    "start",
    "new",
    "letters",
    "status",
    "sets",
    "settings",
    "help",
    "privacy",
    "export",
    "delete",
    "cancel",
)
BY_COMMAND = frozenset({"letters", "status", "sets", "settings", "help", "privacy", "letterhead"})
ELSEWHERE = BY_COMMAND | {
    *("forget", "news", "facts", "languages", "noanswer", "expiring", "coalitions", "signings"),
    *("myasked", "missions", "people"),
}
"""Taps that look at a page of that name, wherever they stand."""


def turn(session: Session, event: Event, library: Library) -> Turn:
    """What the event comes to. The session is the user's own; nothing else is looked at.

    Where somebody is not let in, a role does not allow what it would change, or it is more than one
    person may do in a day, nothing is changed, and why is said.
    """
    context = Context.of(session, library)
    if session.leaving:
        return put_away(context, event)
    return limited(context, event, let_in(context, event, lambda: _of_role(context, event)))


def _of_role(context: Context, event: Event) -> Turn:
    if is_lost(context):
        return released(context, event)
    return allowed(context, event, _turned(context, event))


def _turned(context: Context, event: Event) -> Turn:
    session = context.session
    if isinstance(event, Command):
        return _command(context, event.name, event.argument)
    if isinstance(event, Tap):
        if not _is_offered(context, event.data):
            stale = context._("That button is from an earlier screen. Here is where you are now.")
            return Turn(session, (Toast(stale), Show(screen_of(context))))
        return _tapped(context, event)
    if isinstance(event, Ended):
        ending = ENDINGS[type(event)]
        step = ending.comes_to(context, event)
        if step is None:
            effects = (Show(screen_of(context), below=True),) if ending.below else ()
            return Turn(session, effects)
        return done(context, step, below=ending.below)
    notice = unusable(context, event)
    if notice or isinstance(event, LeftOut):
        return again(context, notice)
    return _typed(context, event)


def shown_again(session: Session, library: Library, notice: str = "") -> Turn:
    """The current screen once more, for an update seen twice: nothing changes."""
    context = seen(Context.of(session, library))
    if session.leaving:
        return put_away(context, None)
    closed = barred(context)
    if closed:
        return Turn(session, (Show(closed),))
    if is_lost(context):
        return released(context, None)
    return Turn(session, (Show(screen_of(context, notice)),))


def _is_offered(context: Context, data: str) -> bool:
    """Whether the button stands where the user is."""
    return asks_again(context, data) or data in screen_of(context).offered


def _command(context: Context, name: str, argument: str) -> Turn:
    if name == "new":
        return _new(context, below=True)
    if name in BY_COMMAND:
        return done(context, looking(context, View(name)), below=True)
    if name == "delete":
        return done(context, looking(context, View("forget")), below=True)
    if name == EXPORT:
        return done(context, exported(context), below=True)
    if name == "cancel":
        return _cancelled(context)
    if name == "start":
        step = _linked(context, argument) if argument else looking(context, View("home"))
        return done(context, greeted(context, step), below=True)
    notice = context._("I do not know that command. /help says what I do.")
    return done(context, looking(context, View("home"), notice), below=True)


def _linked(context: Context, token: str) -> Step:
    """What a link comes to that the chat was opened with. One that opens nothing has one answer.

    Who has tried many is not listened to any more today.
    """
    if is_reached(context, Kind.TOKENS):
        return looking(context, View("home"), reached_line(context, Kind.TOKENS))
    link = LINKS.get(token[:1])
    step = link(context, token) if link else None
    if step is None:
        step = looking(context, View("home"), nothing_there(context))
        step = replace(step, changes=(Counted(Kind.TOKENS),))
    return step


def _new(context: Context, *, below: bool = False) -> Turn:
    draft = Draft(context.library.new_id(), updated=context.library.today())
    session = context.session.with_draft(draft).looking(DRAFT)
    return done(context, Step(session), below=below)


def _cancelled(context: Context) -> Turn:
    """Leave the letter; what was answered is kept among the letters."""
    draft = context.session.draft
    kept = draft is not None and bool(draft.has_subject or draft.state)
    notice = context._("The letter is kept under “My letters”.") if kept else ""
    session = context.session.with_draft(None).looking(View("home"))
    return done(context, Step(session, notice), below=True)


def _typed(context: Context, event: Typed | FileSent | Unsupported) -> Turn:
    elsewhere = _of_another_place(context, event)
    if elsewhere is not None:
        return elsewhere
    if isinstance(event, FileSent) and _renews(context, event):
        return done(context, sent_page(context, event), below=True)
    question = asked(context)
    key = question.key if question else ""
    if isinstance(event, Unsupported):
        return again(context, _what_would_work(context, key))
    if question:
        if isinstance(event, FileSent) and key != "signatories":
            return again(context, _what_would_work(context, key))
        return _answered(context, event, below=True)
    step = page_of(context).typed(context, event)
    if step is not None:
        return done(context, step, below=True)
    if isinstance(event, FileSent):
        return again(context, _what_would_work(context, key))
    return again(context, context._("Please tap one of the buttons below."))


def _of_another_place(context: Context, event: Typed | FileSent | Unsupported) -> Turn | None:
    """What was typed or sent at an earlier screen, on another device perhaps, is asked about."""
    if isinstance(event, Unsupported) or not event.about:
        return None
    elsewhere = answered_elsewhere(context, event) if isinstance(event, Typed) else None
    if elsewhere is not None:
        return done(context, elsewhere, below=True)
    if not is_of_another_screen(context, event.about):
        return None
    _ = context._
    if isinstance(event, FileSent):
        notice = _(
            "You sent “%(name)s” from an earlier screen, so it was not used. Here is where you are "
            "now: if it belongs here, please send it again.",
            name=clipped(event.name, 80),
        )
        return again(context, notice)
    notice = _(
        "You typed “%(text)s” at an earlier screen, so it was not used. Here is where you are now: "
        "if it belongs here, please send it again.",
        text=clipped(" ".join(event.text.split()), 80),
    )
    screen = replace(screen_of(context, notice), kept=True)
    return Turn(context.session, (Show(screen, below=True),))


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
        return again(context, "")
    answer = question.answer(context, event)
    if answer.back:
        return shown_below(back(context))
    session = context.session
    said = saying(context, question, event, answered=answer.draft is not None)
    if answer.draft is None:
        if answer.view is not None:
            session = session.looking(replace(answer.view, said=said))
        elif not answer.notice:
            return again(context, _what_would_work(context, question.key))
        return done(context, Step(session, answer.notice, answer.changes), below=below)
    draft = replace(reconsidered(context, answer.draft), updated=context.library.today())
    session = replace(session, user=answer.user or session.user).with_draft(draft)
    view = answer.view or _landing(context)
    if not (answer.view and question.key == "signatories"):
        view = replace(view, said=said)  # a list of co-signers is said back when it is done
    session = session.looking(view)
    step = Step(session, answer.notice, answer.changes, arrives=True)
    return done(context, step, below=below)


def _landing(context: Context) -> View:
    """Where an answer leads: on; of a finished letter, to the last look that it was mended from."""
    # The parts of a question are places of their own.
    trail = [one for one in context.user.trail if one.view.key != PARTED]
    last = trail[-1] if trail else None
    if last and last.view.name == "sending" and last.draft_id == context.draft.id:
        return last.view
    return DRAFT


def _tapped(context: Context, event: Tap) -> Turn:
    action, value = action_of(event.data)
    view = context.user.view
    ways: dict[str, Callable[[Context], Turn]] = {
        "back": back,
        "new": _new,
        "unsay": _taken_back,
        LATER: begun,
        **dict.fromkeys((FORGET, KEEP, NOW, SURE), gone),
    }
    if action in ways:
        return ways[action](context)
    if action in ELSEWHERE | {"home"}:
        return done(context, looking(context, View(action)))
    if action in {"continue", "keepanswer"}:
        return done(context, Step(context.session.looking(DRAFT), arrives=True))
    if action == "toletter":
        again = asked(context) is not None
        return done(context, replace(looking(context, DRAFT), renews=again))
    if asked(context) is not None:
        return _answered(context, event, below=False)
    if action == "page":
        return done(context, looking(context, replace(view, page=int(value))))
    if action == "show":
        return done(context, Step(context.session.looking(DRAFT), arrives=True))
    if action in {"undo", "redo"}:
        return done(context, stepped_back(context, -1 if action == "undo" else 1))
    return done(context, page_of(context).tapped(context, action, value))


def _taken_back(context: Context) -> Turn:
    """What was typed was understood wrongly: its question again, without the answer."""
    said = said_back(context, asked(context))
    return again(context, "") if said is None else done(context, without(context, said))
