"""What can be changed in a finished letter: its text, and every answer it was made of."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.facts.age import age_button
from bot.conversation.letter.addressed import form_name
from bot.conversation.questions import EDITABLE
from bot.conversation.talk.names import labelled
from bot.conversation.talk.offices import head_label
from bot.conversation.talk.page import DRAFT, Page, Step, drafted, looking
from bot.conversation.talk.paging import in_rows
from bot.conversation.talk.values import Screen, View
from bot.conversation.wording.wording import LATE, history_row

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.values import Button


class ChangePage(Page):
    """A tap opens one thing and keeps the rest."""

    views = ("edit",)

    def screen(self, context: Context, notice: str = "") -> Screen:
        """The text first, then the answers as they stand."""
        _ = context._
        draft = context.draft
        buttons: list[Button] = [context.button(_("The text, section by section"), "sections")]
        buttons += [
            context.button(
                labelled(_, question.name(context), question.shown(context)),
                "reopen",
                question.key,
            )
            for question in EDITABLE
            if not (draft.congratulates and question.key in {"treaty", "state"})
        ]
        head = labelled(_, head_label(context), form_name(context))
        buttons.append(context.button(head, "addressed"))
        if not draft.congratulates and draft.treaty and not context.campaign():
            buttons.append(context.button(_("Add or remove treaties"), "treaties"))
        buttons += [
            context.button(_("Letterhead"), "letterhead"),
            context.button(_("Layout of the page"), "layout"),
        ]
        return Screen(
            _("What would you like to change?"),
            notice,
            (*in_rows(buttons, 1), *age_button(context), *history_row(context)),
        )

    def tapped(self, context: Context, action: str, value: str) -> Step:
        """Look at one of them."""
        # A text that is on its way for a section changed just now may find the list of sections.
        late = context.user.view.text if action == "sections" else ""
        return opened(context, action, value, late)


def opened(context: Context, action: str, value: str, late: str = "") -> Step:
    """What is to be changed: a question again, which keeps the other answers, or a page."""
    if action == "reopen":
        return looking(context, View("draft", value))
    if action == "redate":
        today = context.library.today()
        draft = replace(context.draft, date=today, dated=today)
        return drafted(context, draft, context.user.view)
    text = late if late.startswith(LATE) else ""
    return looking(context, View(action, value, text=text) if action != "draft" else DRAFT)
