"""Command menus and descriptions of the bot, per language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.letters.model import Language

if TYPE_CHECKING:
    from telegram import Bot

    from bot.conversation.talk.library import Translator
    from bot.desk import Desk


def command_menu(_: Translator) -> list[tuple[str, str]]:
    """The commands with a word on each."""
    return [
        ("new", _("Begin a letter")),
        ("letters", _("My letters")),
        ("status", _("Where States stand")),
        ("sets", _("Sets of co-signers")),
        ("settings", _("My language")),
        ("help", _("How it works")),
        ("privacy", _("What is kept about me")),
        ("export", _("All of it as a file")),
        ("delete", _("Delete all of it")),
        ("cancel", _("Leave this letter")),
    ]


async def set_menus(bot: Bot, desk: Desk) -> None:
    """Tell Telegram the menus and descriptions; English is for every other language too."""
    for language in Language:
        _ = desk.translator(language)
        code = None if language is Language.EN else str(language)
        await bot.set_my_commands(command_menu(_), language_code=code)
        await bot.set_my_description(
            _(
                "I help campaigners write to the Permanent Missions of States at the United "
                "Nations, asking them to join treaties. Choose the State, the "
                "language and the co-signers: you get the letter as text, Word, PDF and a picture "
                "of the page."
            ),
            language_code=code,
        )
        await bot.set_my_short_description(
            _("Letters to Permanent Missions, in English, French and Spanish."), language_code=code
        )
