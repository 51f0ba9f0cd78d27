"""Both treaties, or the one alone? Put where the State may join the treaty only after another."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.talk.context import lacking_first
from bot.conversation.talk.events import Tap
from bot.conversation.talk.paging import in_rows
from bot.conversation.talk.question import action_of
from bot.conversation.talk.values import Answer, Screen

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.draft import Draft
    from bot.conversation.talk.events import Event


class FirstQuestion:
    """Its answer is in the draft's treaties: it is put as long as the one to join first is not."""

    key = "first"

    def name(self, context: Context) -> str:
        """It is not listed among the answers."""
        return context._("Treaty")

    def applies(self, context: Context) -> bool:
        """Whether the State would have to join another treaty first."""
        return lacking_first(context.draft, context.library) is not None

    def is_answered(self, draft: Draft) -> bool:
        """Never by itself: see `applies`."""
        return draft is None

    def shown(self, context: Context) -> str:
        """It is not listed among the answers."""
        return self.name(context)

    def screen(self, context: Context, notice: str = "") -> Screen:
        """What has to be joined first, and what the letter may ask for."""
        _ = context._
        treaty, parent = lacking_first(context.draft, context.library) or ("", "")
        why = _(
            "%(state)s has to join %(parent)s before it may join %(treaty)s.",
            state=context.state_name(context.state()),
            parent=parent,
            treaty=treaty,
        )
        both = _("Both: %(parent)s, then %(treaty)s", parent=parent, treaty=treaty)
        buttons = [
            context.button(both, "first", "both"),
            context.button(_("%(parent)s alone", parent=parent), "first", "alone"),
            context.button(_("Another State"), "first", "state"),
        ]
        said = "\n".join(line for line in (notice, why) if line)
        return Screen(_("What does the letter ask for?"), said, in_rows(buttons, 1))

    def answer(self, context: Context, event: Event) -> Answer:
        """Another treaty beside it or in its place, or another State."""
        found = lacking_first(context.draft, context.library)
        if not isinstance(event, Tap) or found is None:
            return Answer(notice=context._("Please tap one of the buttons below."))
        (treaty, parent), choice = found, action_of(event.data)[1]
        draft = context.draft
        if choice == "state":
            return Answer(replace(draft, state=None))
        if choice == "both":
            return Answer(replace(draft, also=(*draft.also, parent)))
        codes = [parent if code == treaty else code for code in (draft.treaty, *draft.also)]
        first, *also = [code for code in codes if code]
        return Answer(replace(draft, treaty=first, also=tuple(also), campaign=""))

    def cleared(self, draft: Draft) -> Draft:
        """See `Question`."""
        return draft
