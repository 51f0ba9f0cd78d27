"""One event in, a turn out: what changed, and what the channel shows and sends."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation import review, sets
from bot.conversation.context import Context
from bot.conversation.questions.base import action_of
from bot.conversation.questions.table import current, last_answered, question_of
from bot.conversation.screens import screen_of
from bot.conversation.values import (
    Changes,
    Command,
    Draft,
    FileSent,
    Last,
    SendFiles,
    SendLetter,
    Session,
    Show,
    Tap,
    Toast,
    Turn,
    Typed,
    Unsupported,
    User,
    View,
)
from bot.letters.model import Language, Letter

if TYPE_CHECKING:
    from bot.conversation.library import Library
    from bot.conversation.values import Effect, Event

COMMANDS = ("start", "new", "letters", "sets", "settings", "help", "privacy", "cancel")
DRAFT = View("draft")

_BACK = {
    "edit": "draft",
    "sections": "draft",
    "saveset": "draft",
    "set": "sets",
    "renameset": "sets",
    "deleteset": "sets",
    "forget": "privacy",
}


def turn(session: Session, event: Event, library: Library) -> Turn:
    """What the event comes to. The session is the user's own; nothing else is looked at."""
    context = Context.of(session, library)
    if isinstance(event, Command):
        return _command(context, event.name)
    if isinstance(event, Tap):
        if event.data not in screen_of(context).offered:
            stale = context._("That button is from an earlier screen. Here is where you are now.")
            return Turn(session, (Toast(stale), Show(screen_of(context))))
        return _tapped(context, event)
    if isinstance(event, Typed) and not event.text.strip():
        return _again(context, context._("That message was empty. Please type your answer."))
    return _typed(context, event)


def shown_again(session: Session, library: Library) -> Turn:
    """The current screen once more, for an update seen twice: nothing changes."""
    return Turn(session, (Show(screen_of(Context.of(session, library))),))


def _again(context: Context, notice: str) -> Turn:
    """The same screen below what was typed, with a line that helps."""
    return Turn(context.session, (Show(screen_of(context, notice), below=True),))


def _looking(context: Context, view: View, notice: str = "", *, below: bool = False) -> Turn:
    session = context.session.looking(view)
    screen = screen_of(context.moved(session), notice)
    return Turn(session, (Show(screen, below=below),))


def _command(context: Context, name: str) -> Turn:
    if name == "new":
        return _new(context, below=True)
    if name in {"letters", "sets", "settings", "help", "privacy"}:
        return _looking(context, View(name), below=True)
    if name == "cancel":
        return _cancelled(context)
    notice = (
        "" if name == "start" else context._("I do not know that command. /help says what I do.")
    )
    return _looking(context, View("home"), notice, below=True)


def _new(context: Context, *, below: bool = False) -> Turn:
    dropped = _dropped(context)
    draft = Draft(context.library.new_id(), updated=context.library.today())
    session = context.session.with_draft(draft).looking(DRAFT)
    screen = screen_of(context.moved(session))
    return Turn(session, (Show(screen, below=below),), Changes(removed_drafts=dropped))


def _dropped(context: Context) -> tuple[str, ...]:
    """A draft that holds no answer is not kept."""
    draft = context.session.draft
    return (draft.id,) if draft and draft.treaty is None else ()


def _cancelled(context: Context) -> Turn:
    """Leave the letter; what was answered is kept among the letters."""
    draft = context.session.draft
    kept = draft is not None and draft.treaty is not None
    notice = context._("The letter is kept under “My letters”.") if kept else ""
    session = context.session.with_draft(None).looking(View("home"))
    screen = screen_of(context.moved(session), notice)
    return Turn(session, (Show(screen, below=True),), Changes(removed_drafts=_dropped(context)))


def _typed(context: Context, event: Event) -> Turn:
    view = context.user.view
    question = current(context) if context.session.draft and view.name == "draft" else None
    if isinstance(event, Unsupported) or (
        isinstance(event, FileSent) and not (question and question.key == "signatories")
    ):
        return _again(context, _what_would_work(context, question.key if question else ""))
    if question:
        return _answered(context, event, below=True)
    if isinstance(event, Typed) and view.name == "saveset" and context.session.draft:
        return _with_sets(context, sets.named(context, event.text), below=True)
    saved = context.session.set_of(view.key)
    if isinstance(event, Typed) and view.name == "renameset" and saved:
        return _with_sets(context, sets.named(context, event.text, renaming=saved), below=True)
    return _again(context, context._("Please tap one of the buttons below."))


def _what_would_work(context: Context, question: str) -> str:
    _ = context._
    if question == "signatories":
        return _("I can read only text and CSV files here: one co-signer to a line, please.")
    if question:
        return _("I can read only text here: please type your answer or tap a button.")
    return _("I can read only text. Please tap one of the buttons below.")


def _answered(context: Context, event: Event, *, below: bool) -> Turn:
    """An event to the current question; then the next question, or the letter."""
    question = current(context)
    if question is None:
        return _again(context, "")
    answer = question.answer(context, event)
    session = context.session
    if answer.draft is None:
        if answer.view is not None:
            session = session.looking(answer.view)
        elif not answer.notice:
            return _again(context, _what_would_work(context, question.key))
        screen = screen_of(context.moved(session), answer.notice)
        return Turn(session, (Show(screen, below=below),))
    draft = replace(answer.draft, updated=context.library.today())
    session = session.with_draft(draft)
    stays = answer.view is not None and not question.is_answered(draft)
    session = session.looking(answer.view if stays and answer.view else DRAFT)
    return _arrived(context.moved(session), answer.notice, below=below)


def _arrived(context: Context, notice: str = "", *, below: bool = False) -> Turn:
    """At the next question; or at the finished letter, which is then sent."""
    if current(context) is not None:
        return Turn(context.session, (Show(screen_of(context, notice), below=below),))
    return _finished(context, notice)


def _finished(context: Context, notice: str = "") -> Turn:
    draft = context.draft
    letter = context.compose(draft)
    if not isinstance(letter, Letter):
        return Turn(context.session, (Show(screen_of(context, notice), below=True),))
    last = Last(
        draft.treaty or "", draft.language, draft.signatories, draft.seat, draft.place or ""
    )
    session = replace(context.session, user=replace(context.user, last=last))
    screen = screen_of(context.moved(session), notice)
    return Turn(session, (SendLetter(draft), Show(screen, below=True)))


def _tapped(context: Context, event: Tap) -> Turn:
    action, value = action_of(event.data)
    steps = {
        "home": lambda: _looking(context, View("home")),
        "back": lambda: _back(context),
        "new": lambda: _new(context),
        "continue": lambda: _arrived(context.moved(context.session.looking(DRAFT))),
        "open": lambda: _opened(context, value),
        "page": lambda: _looking(context, replace(context.user.view, page=int(value))),
        "interface": lambda: _interface(context, Language(value)),
        "forget-yes": lambda: _forgotten(context),
    }
    if action in steps and not (action == "page" and context.user.view.name == "draft"):
        return steps[action]()
    if action in {"letters", "sets", "settings", "help", "privacy", "forget"}:
        return _looking(context, View(action))
    if action.partition("-")[0] in {"openset", "renameset", "deleteset", "saveset", "overwrite"}:
        return _set_tapped(context, action, value)
    if context.user.view.name == "draft" and current(context) is not None:
        return _answered(context, event, below=False)
    return _review_tapped(context, action, value)


def _review_tapped(context: Context, action: str, value: str) -> Turn:
    session = context.session
    if action == "file":
        formats = review.ALBUM if value == "all" else (value,)
        effects: tuple[Effect, ...] = (
            SendFiles(context.draft, formats),
            Show(screen_of(context), below=True),
        )
        return Turn(session, effects)
    if action == "translate":
        draft = review.translated(context, value)
        return _finished(context.moved(session.with_draft(draft).looking(DRAFT)))
    if action == "another":
        draft = review.for_another_state(context)
        return _arrived(context.moved(session.with_draft(draft).looking(DRAFT)))
    if action == "section":
        draft = review.toggled(context, value)
        return _looking(context.moved(session.with_draft(draft)), context.user.view)
    if action == "reopen":
        return _reopened(context, value)
    if action == "show":
        return _finished(context.moved(session.looking(DRAFT)))
    views = {"edit": View("edit"), "sections": View("sections")}
    return _looking(context, views.get(action, DRAFT))


def _reopened(context: Context, key: str) -> Turn:
    """Ask again and keep the rest; the list of co-signers is open until it is done."""
    question = question_of(key)
    if question is not None and key == "signatories":
        session = context.session.with_draft(question.cleared(context.draft))
        return _looking(context.moved(session), DRAFT)
    return _looking(context, View("draft", key))


def _set_tapped(context: Context, action: str, value: str) -> Turn:
    if action == "saveset":
        return _looking(context, View("saveset"))
    saved = context.session.set_of(value)
    if saved is None:
        return _looking(context, View("sets"))
    if action == "overwrite":
        return _with_sets(context, sets.overwritten(context, saved))
    if action == "deleteset-yes":
        return _with_sets(context, sets.deleted(context, saved))
    return _looking(context, View("set" if action == "openset" else action, value))


def _with_sets(context: Context, step: sets.SetsTurn, *, below: bool = False) -> Turn:
    screen = screen_of(context.moved(step.session), step.notice)
    return Turn(step.session, (Show(screen, below=below),), step.changes)


def _back(context: Context) -> Turn:
    """One step back: from a question it takes the answer before it away."""
    view = context.user.view
    if view.name != "draft":
        return _looking(context, View(_BACK.get(view.name, "home")))
    if view.text:
        return _looking(context, View("draft", view.key))
    if view.key:
        return _looking(context, View("edit"))
    question = last_answered(context)
    if question is None:
        return _looking(context, View("home"))
    session = context.session.with_draft(question.cleared(context.draft))
    return _looking(context.moved(session), DRAFT)


def _opened(context: Context, draft_id: str) -> Turn:
    """One of the user's own drafts: the button stood in the user's own list."""
    drafts = context.library.drafts(context.user.id)
    draft = next((one for one in drafts if one.id == draft_id), None)
    if draft is None:
        return _looking(context, View("letters"))
    turned = _arrived(context.moved(context.session.with_draft(draft).looking(DRAFT)))
    return replace(turned, changes=Changes(removed_drafts=_dropped(context)))


def _interface(context: Context, language: Language) -> Turn:
    user = replace(context.user, language=language, language_chosen=True)
    moved = context.moved(replace(context.session, user=user))
    return _looking(moved, View("settings"))


def _forgotten(context: Context) -> Turn:
    user = User(context.user.id, context.user.language)
    session = Session(user)
    screen = screen_of(context.moved(session), context._("Everything about you was deleted."))
    return Turn(session, (Show(screen),), Changes(forget=True))
