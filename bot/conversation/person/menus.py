"""The screens beside a letter: home, settings, help, privacy."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.access.door import door_screen
from bot.conversation.access.kept import is_let_in
from bot.conversation.access.people import people_button
from bot.conversation.coalitions.choosing import working_button
from bot.conversation.coalitions.kept import COALITIONS
from bot.conversation.endorsing.ways import home_rows
from bot.conversation.facts.importing import reminder
from bot.conversation.letter.shortcuts import at_home
from bot.conversation.mine.reminders import overdue_rows
from bot.conversation.missions.page import missions_button
from bot.conversation.person.kept import Forgotten
from bot.conversation.talk.context import LANGUAGE_NAMES
from bot.conversation.talk.draft import Draft
from bot.conversation.talk.events import Typed
from bot.conversation.talk.names import draft_label
from bot.conversation.talk.page import DRAFT, Page, Step, blocks, looking
from bot.conversation.talk.paging import in_rows
from bot.conversation.talk.values import Screen, Session, User, View
from bot.letters.model import Language

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.events import FileSent
    from bot.conversation.talk.values import Button


def home_screen(context: Context, notice: str = "") -> Screen:
    """What the bot is for, and the ways in; the door, to who is not let in."""
    _ = context._
    if not is_let_in(context):
        return door_screen(context, notice)
    draft = context.session.draft
    begin = [context.button(_("New letter"), "new", main=True)]
    last = context.user.last.treaty
    if last in context.library.records.treaties:
        begin.append(context.button(_("New letter on %(treaty)s", treaty=last), "newon", last))
    working = [row for row in (working_button(context),) if row]
    rows: list[tuple[Button, ...]] = [
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
        facts = context.button(_("Status of treaties"), "facts")
        rows = (*rows, (facts, *people_button(context)))
    return Screen(_("Settings"), "\n".join(line for line in lines if line), rows)


def help_screen(context: Context, notice: str = "") -> Screen:
    """How it works, on one screen."""
    _ = context._
    text = _(
        "1. Choose the treaty and the State. Type any name of the State, in any of the three "
        "languages.\n"
        "2. Choose the letter’s language, paste the co-signers, choose the mission (or another "
        "addressee), the place and the date.\n"
        "3. You get the page as a picture and the text. Tap PDF or Word for the file; Share looks "
        "the letter over before it goes out, and has an e-mail draft and the text to copy.\n"
        "4. Change puts your own words in it; Many States writes to all you choose; under More are "
        "the other languages. You may also type: pdf, français, Ghana or undo at a letter, and "
        "“Kenya OPSC fr” at home.\n\n"
        "/new begins a letter, /letters lists yours, /status shows where States stand, /sets keeps "
        "co-signers for next time, /settings changes my language, /privacy says what I keep, "
        "/cancel leaves a letter."
    )
    return Screen(_("Help"), blocks(notice, text), ((context.button(_("New letter"), "new"),),))


def privacy_screen(context: Context, notice: str = "") -> Screen:
    """What is kept, and the way to delete it."""
    _ = context._
    text = _(
        "I keep your letters with every step of their history, your co-signer sets, your "
        "letterhead, your language, the languages you set for missions and your last choices, so "
        "that nothing is lost. I keep no messages and no contacts, and I pass nothing on. The "
        "people who run this bot can read what it keeps."
    )
    if not context.is_on_page:
        carrier = _("Telegram carries the messages and has its own rules.")
        text = f"{text} {carrier}"
    deleted = _(
        "If you have everything about you deleted, it is also overwritten, at once: no trace of it "
        "is left in the database. Only backups that were made before still have it, until they are "
        "replaced: as a rule after 14 nights."
    )
    signed = _(
        "A letter that is open for signing keeps what its co-signers gave until it is deleted. "
        "What you give as a co-signer is yours: you can delete it at any time. The record then "
        "keeps your organization, what you decided, when, and the digest of the text."
    )
    text = f"{text}\n\n{signed}"
    shared = _(
        "Of a coalition I keep its name, who its members are, and by which names they see each "
        "other. What belongs to a coalition stays with it when you leave; one without anybody else "
        "in it is deleted with you."
    )
    booked = _(
        "A mission book holds addresses, and the names and ranks of those at the head of missions, "
        "ministries and embassies, as whoever runs this bot, or a coalition, has entered them; a "
        "letter keeps what it took from it. Who stands in it can ask them to mend or delete that. "
        "A coalition’s book is deleted with the coalition."
    )
    text = f"{text}\n\n{deleted}\n\n{shared}\n\n{booked}"
    if context.library.has_translator:
        machine = _(
            "Only if you ask a machine for a proposal does the text of that section go to a "
            "translation service, which the people who run this bot have chosen."
        )
        text = f"{text}\n\n{machine}"
    return Screen(
        _("Privacy"),
        blocks(notice, text),
        ((context.button(_("Delete everything about me"), "forget"),),),
    )


def forget_screen(context: Context, notice: str = "") -> Screen:
    """Ask before everything is deleted."""
    _ = context._
    what = _(
        "All your letters, sets and settings and your letterhead will be deleted. This cannot be "
        "undone."
    )
    if not context.is_on_page:
        shown = _(
            "The letter that I showed you last is taken out of this chat, too, if I sent it within "
            "the last two days."
        )
        what = f"{what} {shown}"
    if not COALITIONS.is_empty(context):
        left = _(
            "You leave your coalitions. What belongs to one stays with it; where you are its only "
            "member, it is closed and deleted. Where you are the last owner, whoever has been a "
            "member for the longest time becomes the owner, and is told so."
        )
        what = blocks(what, left)
    return Screen(
        _("Delete everything?"),
        blocks(notice, what),
        (
            (context.button(_("Yes, delete everything"), FORGET),),
            (context.button(_("No, keep it"), "privacy"),),
        ),
    )


FORGET = "forget-yes"


def is_forgotten(session: Session) -> bool:
    """Whether nothing is known of the user, as of one whose data was all deleted."""
    return session == Session(User(session.user.id, session.user.language))


def forgotten(context: Context, *, at_once: bool = True) -> str:
    """What is said when everything was deleted, and where it still is.

    Not `at_once`: what was deleted could not be written over yet.
    """
    _ = context._
    said = [_("Everything about you was deleted.")]
    if not at_once:
        said = [
            _(
                "Your letters, sets and settings and your letterhead were deleted. To overwrite "
                "them has to wait a little, as another program is using the database or the disk "
                "is full: until then, parts of them can still be found in the database’s files. It "
                "is done as soon as it can be, and you need do nothing."
            )
        ]
    if context.is_on_page:
        said.append(
            _(
                "This page was cleared as well. Files that you saved from it are still where you "
                "saved them."
            )
        )
    else:
        said.append(
            _(
                "Please clear this chat, too: only you can delete the messages and files that "
                "remain in it. Open its menu and choose to clear the history, or delete the chat."
            )
        )
    said.append(_("Backups that were made before still have it until they are replaced."))
    return " ".join(said)


SCREENS = {
    "home": home_screen,
    "settings": settings_screen,
    "help": help_screen,
    "privacy": privacy_screen,
    "forget": forget_screen,
}


class MenusPage(Page):
    """Home, and what is said and set for the user."""

    views = tuple(SCREENS)
    of_draft = False

    def screen(self, context: Context, notice: str = "") -> Screen:
        """The one that is looked at."""
        return SCREENS.get(context.user.view.name, home_screen)(context, notice)

    def tapped(self, context: Context, action: str, value: str) -> Step:
        """The interface's language, or everything deleted."""
        if action == "newon":
            draft = Draft(context.library.new_id(), value, updated=context.library.today())
            return Step(context.session.with_draft(draft).looking(DRAFT), arrives=True)
        if action == FORGET:
            nothing = frozenset({"notices", "reminders", "jobs", "signings"})
            session = Session(User(context.user.id, context.user.language), empty=nothing)
            return Step(session, forgotten(context), (Forgotten(),))
        user = replace(context.user, language=Language(value), language_chosen=True)
        moved = context.moved(replace(context.session, user=user))
        return looking(moved, View("settings"))

    def typed(self, context: Context, event: Typed | FileSent) -> Step | None:
        """At home, a new letter."""
        elsewhere = context.user.view.name in SCREENS and not context.looks_at("home")
        return None if elsewhere or not isinstance(event, Typed) else at_home(context, event.text)
