"""What is needed of a finished letter now and then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.conversation.coalitions.copying import copy_buttons
from bot.conversation.endorsing.ways import signing_rows, to_signing
from bot.conversation.talk.context import LANGUAGE_NAMES
from bot.conversation.talk.page import Page, Step, looking
from bot.conversation.talk.paging import in_rows
from bot.conversation.talk.values import Screen, View
from bot.conversation.wording.translating import turned
from bot.letters.model import Language

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context


class MorePage(Page):
    """The other languages, and the ways to what is rarely wanted."""

    views = ("more",)

    def screen(self, context: Context, notice: str = "") -> Screen:
        """The languages first: a letter is often wanted in another one."""
        _ = context._
        draft = context.draft
        others = [one for one in context.languages() if one is not draft.language]
        languages = [context.button("→ " + LANGUAGE_NAMES[one], "translate", one) for one in others]
        buttons = [
            context.button(_("Two languages in one file"), "bilingual"),
            context.button(_("Where the State stands"), "statusof", draft.state or ""),
            context.button(_("Sent, answered, archive, delete"), "fate", draft.id),
        ]
        buttons = [*(one for row in signing_rows(context) for one in row), *buttons]
        if draft.signatories:
            buttons.insert(-2, context.button(_("Save the co-signers as a set"), "saveset"))
        buttons += copy_buttons(context, "copyletter", draft.id)
        return Screen(
            _("What else would you like to do?"),
            notice,
            (*in_rows(languages, 2), *in_rows(buttons, 1)),
        )

    def tapped(self, context: Context, action: str, value: str) -> Step:
        """Turn the letter into another language, or look on."""
        if action == "translate":
            return turned(context, Language(value))
        if action == "cosign":
            return to_signing(context)
        return looking(context, View(action, value))
