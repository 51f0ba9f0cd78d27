"""The screens beside a letter: home, my letters, settings, help, privacy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.conversation.context import LANGUAGE_NAMES
from bot.conversation.paging import in_rows, paged
from bot.conversation.values import Screen
from bot.letters.model import Language

if TYPE_CHECKING:
    from bot.conversation.context import Context
    from bot.conversation.values import Button, Draft

PAGE = 8


def home_screen(context: Context, notice: str = "") -> Screen:
    """What the bot is for, and the ways in."""
    _ = context._
    draft = context.session.draft
    rows: list[tuple[Button, ...]] = [(context.button(_("New letter"), "new"),)]
    if draft and draft.treaty:
        rows.append(
            (
                context.button(
                    _("Continue: %(letter)s", letter=draft_label(context, draft)), "continue"
                ),
            )
        )
    rows += [
        (context.button(_("My letters"), "letters"), context.button(_("Co-signer sets"), "sets")),
        (context.button(_("Settings"), "settings"), context.button(_("Help"), "help")),
    ]
    text = _(
        "I help you write to a State’s Permanent Mission and ask it to join a human-rights treaty: "
        "in English, French or Spanish, as text, Word and PDF."
    )
    return Screen(
        _("Démarche: letters to Permanent Missions"),
        _noted(notice, text),
        tuple(rows),
    )


def draft_label(context: Context, draft: Draft) -> str:
    """A draft in a few words: State, treaty, language."""
    _ = context._
    parts = []
    if draft.state:
        parts.append(context.state_name(context.state(draft)))
    parts.append(draft.treaty or _("no treaty yet"))
    if draft.language:
        parts.append(LANGUAGE_NAMES[draft.language])
    return " · ".join(parts)


def letters_screen(context: Context, notice: str = "") -> Screen:
    """The user's drafts, the latest first."""
    _ = context._
    drafts = [draft for draft in context.library.drafts(context.user.id) if draft.treaty]
    buttons = [context.button(draft_label(context, draft), "open", draft.id) for draft in drafts]
    text = notice
    if not drafts:
        text = _("You have no letters yet. Tap New letter to begin one.")
    rows = paged(context, buttons, context.user.view.page, size=PAGE)
    return Screen(_("My letters"), text, (*rows, (context.button(_("New letter"), "new"),)))


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
    rows = (*in_rows(buttons, 1), (context.button(_("Privacy"), "privacy"),))
    return Screen(_("Settings"), "\n".join(line for line in lines if line), rows)


def help_screen(context: Context, notice: str = "") -> Screen:
    """How it works, on one screen."""
    _ = context._
    text = _(
        "1. Choose the treaty and the State. Type any name of the State, in any of the three "
        "languages.\n"
        "2. Choose the letter’s language, paste the co-signers, choose the mission, the place and "
        "the date.\n"
        "3. You get the page as a picture and the text. Tap Word, PDF or Text for the files, or "
        "another language to translate the letter.\n\n"
        "/new begins a letter, /letters lists yours, /sets keeps co-signers for next time, "
        "/settings changes my language, /privacy says what I keep, /cancel leaves a letter."
    )
    return Screen(_("Help"), _noted(notice, text), ((context.button(_("New letter"), "new"),),))


def privacy_screen(context: Context, notice: str = "") -> Screen:
    """What is kept, and the way to delete it."""
    _ = context._
    text = _(
        "I keep your drafts, your co-signer sets, your language and your last choices, so that "
        "nothing is lost. I keep no messages and no contacts, and I pass nothing on. The people "
        "who run this bot can read what it keeps. Telegram carries the messages and has its own "
        "rules."
    )
    return Screen(
        _("Privacy"),
        _noted(notice, text),
        ((context.button(_("Delete everything about me"), "forget"),),),
    )


def forget_screen(context: Context, notice: str = "") -> Screen:
    """Ask before everything is deleted."""
    _ = context._
    return Screen(
        _("Delete everything?"),
        _noted(
            notice,
            _("All your letters, sets and settings will be deleted. This cannot be undone."),
        ),
        (
            (context.button(_("Yes, delete everything"), "forget-yes"),),
            (context.button(_("No, keep it"), "privacy"),),
        ),
    )


def _noted(notice: str, text: str) -> str:
    return f"{notice}\n\n{text}" if notice else text
