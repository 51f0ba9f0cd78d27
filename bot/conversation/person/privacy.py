"""What is kept, how long, and who can read it: a short screen, and its parts behind buttons."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.person.how_long import how_long
from bot.conversation.person.leaving import forget_screen
from bot.conversation.person.taking import EXPORT, asked_by_word, exported
from bot.conversation.talk.events import Typed
from bot.conversation.talk.page import Page, Step, blocks, looking
from bot.conversation.talk.values import Screen, View

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.conversation.talk.context import Context
    from bot.conversation.talk.events import FileSent

PART = "privacypart"


def read_by_telegram(context: Context) -> str:
    """Who else can read what is written here."""
    if context.is_on_page:
        return context._(
            "This page comes from the computer on which this program runs: what you write in it "
            "goes there, and not through Telegram."
        )
    return context._(
        "Telegram can read what is written in this chat: chats with bots are not encrypted from "
        "end to end. Please do not write here what nobody else may know."
    )


def greeted(context: Context, step: Step) -> Step:
    """The step that the very first /start comes to, with a word on who can read the chat."""
    if context.user.greeted:
        return step
    session = replace(step.session, user=replace(step.session.user, greeted=True))
    if context.is_on_page:
        return replace(step, session=session)
    said = context._(
        "Good to know: Telegram can read what is written in chats with bots, for they are not "
        "encrypted from end to end. /privacy says what I keep, and for how long."
    )
    return replace(step, session=session, notice=blocks(step.notice, said))


def privacy_screen(context: Context, notice: str = "") -> Screen:
    """What counts most, and the ways to all else."""
    _ = context._
    kept = _(
        "I keep your letters and what belongs to them, so that nothing is lost, and I pass nothing "
        "on. It is in one database, on the computer on which this bot runs."
    )
    yours = _("It is yours: take all of it with you, or have it deleted, whenever you like.")
    return Screen(
        _("Privacy"),
        blocks(notice, kept, read_by_telegram(context), yours),
        (
            (
                context.button(_("What I keep"), "part", "kept"),
                context.button(_("How long"), "part", "long"),
            ),
            (
                context.button(_("Who can read it"), "part", "read"),
                context.button(_("Co-signers"), "part", "signers"),
            ),
            (context.button(_("Export everything"), EXPORT),),
            (context.button(_("Delete everything about me"), "forget"),),
        ),
    )


def _kept(context: Context) -> tuple[str, ...]:
    _ = context._
    return (
        _(
            "Of you: your letters with every step of their history and what became of them, your "
            "co-signers and sets of co-signers, your letterhead, letters to many States, "
            "reminders, your language, the languages you set for missions, and your last choices. "
            "What you have sent and not yet added or stored waits with them."
        ),
        _(
            "Of a letter that is open for signing: its text, who is asked, and what each gave and "
            "said."
        ),
        _(
            "Of a coalition: its name, who its members are, and by which names they see each "
            "other. What belongs to a coalition stays with it when you leave; one without anybody "
            "else in it is deleted with you."
        ),
        _(
            "A mission book holds addresses, and the names and ranks of those at the head of "
            "missions, ministries and embassies, as whoever runs this bot, or a coalition, has "
            "entered them; a letter keeps what it took from it. Who stands in it can ask them to "
            "mend or delete that. A coalition’s book is deleted with the coalition."
        ),
        _(
            "Where: in one database file on the computer on which this bot runs, and in its "
            "backups. I keep no messages and no contacts. My log holds no names and no texts."
        ),
    )


def _read(context: Context) -> tuple[str, ...]:
    _ = context._
    found = [read_by_telegram(context)]
    if not context.is_on_page:
        found.append(
            _(
                "Telegram keeps the messages of this chat by its own rules, until you clear it. A "
                "link to sign opens a page that does not pass through Telegram, where those who "
                "run this bot have set one up."
            )
        )
    found += [
        _("The people who run this bot can read its database and its backups."),
        _(
            "The members of a coalition see what belongs to it. Nobody else who uses this bot sees "
            "anything of yours, but for a letter that you open for signing: whoever has its link "
            "reads it."
        ),
    ]
    if context.library.has_translator:
        found.append(
            _(
                "Only if you ask a machine for a proposal does the text of that section go to a "
                "translation service, which the people who run this bot have chosen."
            )
        )
    return tuple(found)


def _signers(context: Context) -> tuple[str, ...]:
    _ = context._
    return (
        _(
            "Whoever is asked to sign by a link needs no account. Its page shows the letter, who "
            "asks, and until when; who asks sees what was said, and when."
        ),
        _(
            "What you give as a co-signer is yours: you can withdraw it, or delete it, at any "
            "time. The record then keeps your organization, what you decided, when, and the digest "
            "of the text."
        ),
        _(
            "Somebody may also have put your name under a letter by hand. Please ask them, or "
            "those who run this bot, to take it away."
        ),
    )


PARTS: dict[str, Callable[[Context], tuple[str, ...]]] = {
    "kept": _kept,
    "long": how_long,
    "read": _read,
    "signers": _signers,
}


def _titles(context: Context) -> dict[str, str]:
    _ = context._
    return {
        "kept": _("What I keep"),
        "long": _("How long"),
        "read": _("Who can read it"),
        "signers": _("Co-signers"),
    }


def part_screen(context: Context, notice: str = "") -> Screen:
    """One of the parts."""
    key = context.user.view.key if context.user.view.key in PARTS else "kept"
    return Screen(_titles(context)[key], blocks(notice, *PARTS[key](context)))


SCREENS = {"privacy": privacy_screen, PART: part_screen, "forget": forget_screen}


class PrivacyPage(Page):
    """What is kept of the user, and what the user may do about it."""

    views = tuple(SCREENS)
    of_draft = False

    def screen(self, context: Context, notice: str = "") -> Screen:
        """The one that is looked at."""
        return SCREENS[context.user.view.name](context, notice)

    def tapped(self, context: Context, action: str, value: str) -> Step:
        """A part of it, or all that is kept as a file."""
        return exported(context) if action == EXPORT else looking(context, View(PART, value))

    def typed(self, context: Context, event: Typed | FileSent) -> Step | None:
        """To export or to delete, in words."""
        return asked_by_word(context, event.text) if isinstance(event, Typed) else None
