"""Which language is the letter in? Apart from the interface's."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.context import LANGUAGE_NAMES
from bot.conversation.paging import in_rows
from bot.conversation.questions.base import action_of
from bot.conversation.values import Answer, Screen, Tap, Typed
from bot.letters.model import Language

if TYPE_CHECKING:
    from bot.conversation.context import Context
    from bot.conversation.draft import Draft
    from bot.conversation.values import Event

_TYPED = {
    "en": Language.EN,
    "english": Language.EN,
    "anglais": Language.EN,
    "inglés": Language.EN,
    "ingles": Language.EN,
    "fr": Language.FR,
    "french": Language.FR,
    "français": Language.FR,
    "francais": Language.FR,
    "francés": Language.FR,
    "frances": Language.FR,
    "es": Language.ES,
    "spanish": Language.ES,
    "espagnol": Language.ES,
    "español": Language.ES,
    "espanol": Language.ES,
}


class LanguageQuestion:
    """The letter's language; the last one used stands first."""

    key = "language"

    def name(self, context: Context) -> str:
        """See `Question`."""
        return context._("Language")

    def applies(self, context: Context) -> bool:
        """Always."""
        return context is not None

    def is_answered(self, draft: Draft) -> bool:
        """See `Question`."""
        return draft.language is not None

    def shown(self, context: Context) -> str:
        """See `Question`."""
        return LANGUAGE_NAMES[context.draft.language or Language.EN]

    def screen(self, context: Context, notice: str = "") -> Screen:
        """A button each."""
        _ = context._
        first = context.user.last.language or context.user.language
        known = context.languages()
        languages = [one for one in dict.fromkeys([first, *known]) if one in known]
        return Screen(
            _("In which language is the letter?"),
            notice,
            in_rows(
                [context.button(LANGUAGE_NAMES[code], "language", code) for code in languages], 1
            ),
        )

    def answer(self, context: Context, event: Event) -> Answer:
        """A tap, or the language's name typed."""
        if isinstance(event, Tap):
            return Answer(replace(context.draft, language=Language(action_of(event.data)[1])))
        if isinstance(event, Typed):
            language = _TYPED.get(event.text.strip().casefold())
            if language and language in context.languages():
                return Answer(replace(context.draft, language=language))
            return Answer(
                notice=context._(
                    "Letters are written in English, French or Spanish: please tap one."
                )
                if not context.campaign()
                else context._("This campaign has these languages: please tap one.")
            )
        return Answer()

    def cleared(self, draft: Draft) -> Draft:
        """See `Question`."""
        return replace(draft, language=None)
