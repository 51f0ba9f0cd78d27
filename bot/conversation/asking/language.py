"""Which language is the letter in? Apart from the interface's."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.talk.context import LANGUAGE_NAMES
from bot.conversation.talk.correspondence import (
    correspondence_with,
    keeping,
    kept_line,
    marked,
    origin_line,
)
from bot.conversation.talk.events import Tap, Typed
from bot.conversation.talk.question import action_of
from bot.conversation.talk.values import Answer, Screen
from bot.letters.language_words import LANGUAGE_WORDS
from bot.letters.model import Language

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.draft import Draft
    from bot.conversation.talk.events import Event


class LanguageQuestion:
    """The letter's language; that of the State's mission stands first."""

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
        """A button each, the State's own first; beside another one, the button that keeps it."""
        _ = context._
        known = context.languages()
        own = correspondence_with(context, context.state())
        last = context.user.last.language or context.user.language
        rows = []
        for code in [one for one in dict.fromkeys([own.language, last, *known]) if one in known]:
            row = [context.button(marked(context, context.state(), code), "language", code)]
            if code is not own.language:
                always = _("Always %(language)s", language=LANGUAGE_NAMES[code])
                row.append(context.button(always, "always", code))
            rows.append(tuple(row))
        lines = [notice, origin_line(context, context.state())]
        if own.is_own and own.language not in known:
            lines.append(_("This campaign has no letter in that language."))
        if len(rows) > 1:
            lines.append(_("“Always” keeps a language for all your later letters to this State."))
        return Screen(
            _("In which language is the letter?"),
            "\n".join(line for line in lines if line),
            tuple(rows),
        )

    def answer(self, context: Context, event: Event) -> Answer:
        """A tap, or the language's name typed."""
        if isinstance(event, Tap):
            action, value = action_of(event.data)
            chosen = Language(value)
            answered = Answer(replace(context.draft, language=chosen))
            if action == "always":
                kept = {context.state().iso3: chosen}
                user, notice = keeping(context, kept), kept_line(context, kept)
                return replace(answered, user=user, notice=notice)
            return answered
        if isinstance(event, Typed):
            language = LANGUAGE_WORDS.get(event.text.strip().casefold())
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


def reconsidered(context: Context, draft: Draft) -> Draft:
    """The draft, asking for its language again where another State has another one of its own.

    So a letter that was in French does not go on to Ghana in French without a word; nor to Egypt,
    of which no language is known, so that English would be offered first.
    """
    before = context.draft
    if draft.state in {None, before.state} or draft.language is not before.language:
        return draft
    own = correspondence_with(context, context.state(draft))
    offered = own.language if own.language in context.languages(draft) else Language.EN
    return draft if draft.language is offered else replace(draft, language=None)
