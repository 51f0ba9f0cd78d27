"""The letter in two languages as one document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.conversation.letter.handing_out import guarded, sent_bilingual
from bot.conversation.talk.context import LANGUAGE_NAMES
from bot.conversation.talk.page import Page, Step, blocks
from bot.conversation.talk.paging import in_rows
from bot.conversation.talk.values import Screen
from bot.letters.model import Language

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context


class BilingualPage(Page):
    """Which second language, and how the two stand."""

    views = ("bilingual",)

    def screen(self, context: Context, notice: str = "") -> Screen:
        """Two other languages, two ways of setting them."""
        _ = context._
        own = context.draft.language or Language.EN
        buttons = []
        for other in context.languages():
            if other is own:
                continue
            pair = f"{LANGUAGE_NAMES[own]} + {LANGUAGE_NAMES[other]}"
            after = _("%(languages)s: one after the other", languages=pair)
            beside = _("%(languages)s: side by side", languages=pair)
            buttons.append(context.button(after, "bilingual", f"{other}-after"))
            buttons.append(context.button(beside, "bilingual", f"{other}-beside"))
        text = _(
            "The letter and its courtesy translation in one file, as Word and PDF. The first "
            "language is the letter’s own."
        )
        return Screen(_("Two languages in one file"), blocks(notice, text), in_rows(buttons, 1))

    def tapped(self, context: Context, action: str, value: str) -> Step:
        """The files, or a warning that words are not translated."""
        language, _dash, layout = value.partition("-")
        own, second = context.draft.language or Language.EN, Language(language)
        return guarded(context, action, value, (own, second)) or sent_bilingual(
            context, second, beside=layout == "beside"
        )
