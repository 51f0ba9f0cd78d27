"""Words instead of buttons: on a letter “pdf”, “français”, “Ghana”, “undo”; at home a new one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.asking.language import reconsidered
from bot.conversation.asking.state import StateQuestion
from bot.conversation.letter.handing_out import guarded, sent_files
from bot.conversation.talk.booked import booked
from bot.conversation.talk.context import LANGUAGE_NAMES
from bot.conversation.talk.draft import Draft
from bot.conversation.talk.drafts import drafts_of
from bot.conversation.talk.events import Typed
from bot.conversation.talk.page import DRAFT, Step, looking
from bot.conversation.talk.values import View
from bot.conversation.wording.translating import turned
from bot.conversation.wording.wording import can_redo, can_undo, stepped_back
from bot.letters.day_words import NO, YES, folded
from bot.letters.language_words import LANGUAGE_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.conversation.talk.context import Context
    from bot.letters.model import Language, State

FILES = {
    **dict.fromkeys(("pdf",), "pdf"),
    **dict.fromkeys(("word", "docx"), "docx"),
    **dict.fromkeys(("text", "txt", "texte", "texto"), "txt"),
    **dict.fromkeys(("email", "e-mail", "mail", "courriel", "correo"), "eml"),
    **dict.fromkeys(("all", "all files", "tout", "todo"), "all"),
}
"""How files are asked for, folded."""

UNDO = frozenset({"undo", "annuler", "deshacer"})
REDO = frozenset({"redo", "retablir", "rehacer"})
MOST_WORDS = 12
SAID_STATE = replace(DRAFT, said="state")


def on_letter(context: Context, text: str, another: Callable[[Context], Draft]) -> Step | None:
    """What a word typed at a finished letter asks for; None where it asks for nothing."""
    word = folded(text).strip()
    if word in FILES:
        kind = FILES[word]
        return guarded(context, "file", kind) or sent_files(context, kind)
    if word in UNDO | REDO:
        return _stepped(context, back=word in UNDO)
    language = LANGUAGE_WORDS.get(word)
    if language and language in context.languages():
        if language is context.draft.language:
            name = LANGUAGE_NAMES[language]
            notice = context._("The letter is in %(language)s already.", language=name)
            return looking(context, DRAFT, notice)
        return turned(context, language)
    if word in YES | NO:
        return None  # "no" is not Norway here
    state = context.library.find.states(text, whole=True).exact
    if state is None:
        return None
    if not context.draft.is_complete:  # it was stopped: another State lets this very one go on
        asked = context.moved(context.session.looking(View("draft", "state")))
        return _stated(asked, text, keeps_language=False)
    if state == context.state():
        return looking(context, DRAFT, context._("This letter is to that State already."))
    moved = context.moved(context.session.with_draft(another(context)).looking(DRAFT))
    return _stated(moved, text, keeps_language=False)


def at_home(context: Context, text: str) -> Step:
    """A new letter from what is typed at home: a State, a treaty, a language, in any order."""
    found = _parsed(context, text)
    if found is None:
        notice = context._(
            "To begin a letter, type a State, a treaty and a language, as in “Kenya OPSC fr”; or "
            "tap a button."
        )
        return looking(context, View("home"), notice)
    state, treaty, language = found
    today = context.library.today()
    draft = Draft(context.library.new_id(), treaty=treaty, language=language, updated=today)
    if state and treaty is None:
        draft = _begun(context, state.iso3) or replace(draft, state=state.iso3)
    said = "treaty" if treaty else "state"
    session = context.session.with_draft(draft).looking(replace(DRAFT, said=said))
    if state is None or treaty is None:
        return Step(session, arrives=True)
    name = context.state_name(state)
    return _stated(context.moved(session), name, keeps_language=True)


def _begun(context: Context, iso3: str) -> Draft | None:
    """A draft of which nothing but that State is known yet: another is not needed."""
    return next(
        (
            one
            for one in drafts_of(context)
            if one.state == iso3 and one.treaty is None and not one.signatories
        ),
        None,
    )


def _stepped(context: Context, *, back: bool) -> Step:
    draft = context.draft
    if can_undo(draft) if back else can_redo(draft):
        return stepped_back(context, -1 if back else 1)
    notice = context._("There is nothing to undo.") if back else context._("Nothing was undone.")
    return looking(context, DRAFT, notice)


def _stated(context: Context, name: str, *, keeps_language: bool) -> Step:
    """The State of a new letter, as its question understands it."""
    answer = StateQuestion().answer(context, Typed(name))
    if answer.draft is None:
        return Step(context.session.looking(answer.view or DRAFT), answer.notice)
    draft = answer.draft if keeps_language else reconsidered(context, answer.draft)
    draft = booked(context, draft)
    return Step(context.session.with_draft(draft).looking(SAID_STATE), arrives=True)


def _parsed(context: Context, text: str) -> tuple[State | None, str | None, Language | None] | None:
    """A State, a treaty and a language, where the whole text is made of them."""
    words = text.replace(",", " ").split()
    if not 0 < len(words) <= MOST_WORDS or folded(text).strip() in LANGUAGE_WORDS:
        return None  # a language alone is no letter: "fr" is not France here
    for number in reversed(range(len(words))):
        language = LANGUAGE_WORDS.get(folded(words[number]))
        if language:
            rest = [*words[:number], *words[number + 1 :]]
            found = _state_and_treaty(context, rest)
            if found:
                return (*found, language)
    found = _state_and_treaty(context, words)
    return (*found, None) if found else None


def _state_and_treaty(context: Context, words: list[str]) -> tuple[State | None, str | None] | None:
    """The two in either order, or one of them."""
    library = context.library
    for cut in range(len(words) + 1):
        first, second = " ".join(words[:cut]), " ".join(words[cut:])
        for named, coded in ((first, second), (second, first)):
            treaty = library.find.treaties(coded, whole=True).exact if coded else None
            if coded and treaty is None:
                continue
            state = library.find.states(named, whole=True).exact if named else None
            if (named and state is None) or not (named or coded):
                continue
            return state, treaty.code if treaty else None
    return None
