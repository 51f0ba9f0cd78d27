"""The screens beside a letter: home, settings, help."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.coalitions.choosing import working_button
from bot.conversation.endorsing.ways import home_rows
from bot.conversation.facts.importing import reminder
from bot.conversation.letter.shortcuts import at_home
from bot.conversation.mine.expiring_page import expiring_rows
from bot.conversation.mine.reminders import overdue_rows
from bot.conversation.missions.page import missions_button
from bot.conversation.person.taking import asked_by_word
from bot.conversation.talk.context import LANGUAGE_NAMES
from bot.conversation.talk.draft import Draft
from bot.conversation.talk.events import Typed
from bot.conversation.talk.names import draft_label
from bot.conversation.talk.page import DRAFT, Page, Step, blocks, looking
from bot.conversation.talk.paging import in_rows
from bot.conversation.talk.values import Screen, View
from bot.letters.model import Language

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.events import FileSent
    from bot.conversation.talk.values import Button


def home_screen(context: Context, notice: str = "") -> Screen:
    """What the bot is for, and the ways in."""
    _ = context._
    draft = context.session.draft
    begin = [context.button(_("New letter"), "new", main=True)]
    last = context.user.last.treaty
    if last in context.library.records.treaties:
        begin.append(context.button(_("New letter on %(treaty)s", treaty=last), "newon", last))
    working = [row for row in (working_button(context),) if row]
    rows: list[tuple[Button, ...]] = [
        *expiring_rows(context),
        *overdue_rows(context),
        *working,
        *home_rows(context),
        tuple(begin),
    ]
    if draft and draft.has_subject:
        label = draft_label(context, draft)
        said = (
            _("Open: %(letter)s", letter=label)
            if draft.is_complete
            else _("Continue: %(letter)s", letter=label)
        )
        rows.append((context.button(said, "continue"),))
    rows += [
        (context.button(_("My letters"), "letters"), context.button(_("Co-signer sets"), "sets")),
        (context.button(_("Where States stand"), "status"),),
        (context.button(_("Settings"), "settings"), context.button(_("Help"), "help")),
    ]
    text = _(
        "I help you write to a State’s Permanent Mission and ask it to join a treaty: "
        "in English, French or Spanish, as text, Word and PDF."
    )
    if context.library.is_administrator(context.user.id):
        text = blocks(text, reminder(context))
    return Screen(
        _("Démarche: letters to Permanent Missions"),
        blocks(notice, text),
        tuple(rows),
        _("State, treaty, language: “Kenya OPSC fr”"),
    )


def settings_screen(context: Context, notice: str = "") -> Screen:
    """The interface's language."""
    _ = context._
    buttons = [
        context.button(
            f"{'● ' if language is context.user.language else '○ '}{LANGUAGE_NAMES[language]}",
            "interface",
            language,
        )
        for language in Language
    ]
    lines = [notice, _("The language I speak with you. Letters have a language of their own.")]
    more = (
        context.button(_("Letterhead"), "letterhead"),
        context.button(_("Privacy"), "privacy"),
    )
    others = (
        context.button(_("Languages of missions"), "languages"),
        context.button(_("Coalitions"), "coalitions"),
    )
    books = tuple(row for row in (missions_button(context),) if row)
    rows = (*in_rows(buttons, 1), others, *books, more)
    if context.library.is_administrator(context.user.id):
        rows = (*rows, (context.button(_("Status of treaties"), "facts"),))
    return Screen(_("Settings"), "\n".join(line for line in lines if line), rows)


def help_screen(context: Context, notice: str = "") -> Screen:
    """How it works, on one screen."""
    _ = context._
    text = _(
        "1. Choose the treaty and the State. Type any name of the State, in any of the three "
        "languages.\n2. Choose the letter’s language, paste the co-signers, choose the mission (or "
        "another addressee), the place and the date.\n3. You get the page as a picture and the "
        "text. Tap PDF or Word for the file; Share looks the letter over before it goes out, and "
        "has an e-mail draft and the text to copy.\n4. Change puts your own words in it; Many "
        "States writes to all you choose; under More are the other languages. You may also type: "
        "pdf, français, Ghana or undo at a letter, and “Kenya OPSC fr” at home.\n\n/new begins a "
        "letter, /letters lists yours, /status shows where States stand, /sets keeps co-signers "
        "for next time, /settings changes my language, /cancel leaves a letter. /privacy says what "
        "I keep of you, /export gives it to you as a file, /delete deletes it."
    )
    return Screen(_("Help"), blocks(notice, text), ((context.button(_("New letter"), "new"),),))


SCREENS = {
    "home": home_screen,
    "settings": settings_screen,
    "help": help_screen,
}


class MenusPage(Page):
    """Home, and what is said and set for the user."""

    views = tuple(SCREENS)
    of_draft = False

    def screen(self, context: Context, notice: str = "") -> Screen:
        """The one that is looked at."""
        return SCREENS.get(context.user.view.name, home_screen)(context, notice)

    def tapped(self, context: Context, action: str, value: str) -> Step:
        """The interface's language."""
        if action == "newon":
            draft = Draft(context.library.new_id(), value, updated=context.library.today())
            return Step(context.session.with_draft(draft).looking(DRAFT), arrives=True)
        user = replace(context.user, language=Language(value), language_chosen=True)
        moved = context.moved(replace(context.session, user=user))
        return looking(moved, View("settings"))

    def typed(self, context: Context, event: Typed | FileSent) -> Step | None:
        """At home, a new letter; or what is kept of the person, to take along or to delete."""
        elsewhere = context.user.view.name in SCREENS and not context.looks_at("home")
        if elsewhere or not isinstance(event, Typed):
            return None
        return asked_by_word(context, event.text) or at_home(context, event.text)
