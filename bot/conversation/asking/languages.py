"""In which languages the user writes to missions, where it is not what is known of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.talk.context import LANGUAGE_NAMES
from bot.conversation.talk.correspondence import (
    correspondence_with,
    keeping,
    known_correspondence,
    origin_line,
    without,
)
from bot.conversation.talk.events import Typed
from bot.conversation.talk.names import by_name
from bot.conversation.talk.page import Page, Step, blocks, looking
from bot.conversation.talk.paging import in_rows, paged
from bot.conversation.talk.understood import no_state_line
from bot.conversation.talk.values import Screen, View
from bot.letters.correspondence import Origin
from bot.letters.model import Language

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.events import FileSent
    from bot.conversation.talk.values import User
    from bot.letters.model import State

LANGUAGES = View("languages")
PAGE = 12
MOST_FOUND = 8


class LanguagesPage(Page):
    """All that were set, and one of them; the first one's text holds what was found by typing."""

    views = ("languages", "languageof")
    of_draft = False

    def screen(self, context: Context, notice: str = "") -> Screen:
        """The list, or the State's languages."""
        state = context.library.records.states.get(context.user.view.key)
        if context.looks_at("languageof") and state:
            return _state_screen(context, state, notice)
        _ = context._
        view, states = context.user.view, context.library.records.states
        found = [states[iso3] for iso3 in view.text.split() if iso3 in states]
        shown = found or [states[one] for one in context.user.correspondence if one in states]
        buttons = [
            context.button(_label(context, state), "languageof", state.iso3)
            for state in (found or by_name(context, shown))
        ]
        text = _(
            "The languages you have set for letters to single States. They hold for new letters, "
            "for “As last time” and for “Many States”. Type a State’s name to set its language."
        )
        empty = "" if buttons else _("You have set none yet.")
        return Screen(
            _("Languages of missions"),
            blocks(notice, text, empty),
            paged(context, buttons, view.page, size=PAGE, width=1),
            _("Type a State’s name"),
        )

    def tapped(self, context: Context, action: str, value: str) -> Step:
        """Look at a State; set its language, or take it away."""
        if action == "languageof":
            return looking(context, View(action, value))
        iso3 = context.user.view.key
        if action == "setlanguage":
            return _set(context, keeping(context, {iso3: Language(value)}))
        return _set(context, without(context, iso3))

    def typed(self, context: Context, event: Typed | FileSent) -> Step | None:
        """A State's name: what it could mean is offered, never taken."""
        if not isinstance(event, Typed):
            return None
        match = context.library.find.states(event.text)
        found = match.found[:MOST_FOUND]
        if not found and match.other:
            return looking(context, LANGUAGES, no_state_line(context._, match.other))
        if not found:
            notice = context._("No State of that name is known. Please try another spelling.")
            return looking(context, LANGUAGES, notice)
        codes = " ".join(state.iso3 for state in found)
        return looking(context, View("languages", text=codes))


def _state_screen(context: Context, state: State, notice: str) -> Screen:
    """What is known of it, and the three languages."""
    _ = context._
    found = correspondence_with(context, state)
    buttons = [
        context.button(
            f"{'●' if one is found.language else '○'} {LANGUAGE_NAMES[one]}", "setlanguage", one
        )
        for one in Language
    ]
    if found.origin is Origin.SET:
        buttons.append(context.button(_("Take the setting away"), "unsetlanguage"))
    known = known_correspondence(context, state)
    return Screen(
        _("Language of the mission: %(state)s", state=context.state_name(state)),
        blocks(notice, origin_line(context, state, known)),
        in_rows(buttons, 1),
    )


def _label(context: Context, state: State) -> str:
    language = LANGUAGE_NAMES[correspondence_with(context, state).language]
    return f"{context.state_name(state)} – {language}"


def _set(context: Context, user: User) -> Step:
    """Set, and back in the list, where it is seen."""
    session = replace(context.session, user=user)
    return Step(session.looking(LANGUAGES))
