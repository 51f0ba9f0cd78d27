"""The sections of the letter, and a new paragraph among them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.events import Typed
from bot.conversation.pages.base import Page, Step, blocks, drafted, looking
from bot.conversation.pages.section import arrived_late, opened
from bot.conversation.pages.wording import (
    LATE,
    LONG,
    SECTIONS,
    history_row,
    keys_in_order,
    left_out,
    notice_kind,
    section_name,
    text_of,
    understood,
)
from bot.conversation.paging import in_rows
from bot.conversation.values import Screen, View
from bot.letters import own_words
from bot.letters.model import BODY_KEYS, Language
from bot.letters.own_words import MAX_OWN, Change

if TYPE_CHECKING:
    from bot.conversation.context import Context
    from bot.conversation.events import FileSent
    from bot.conversation.values import Button


class SectionsPage(Page):
    """The list of sections; a tap opens one."""

    views = ("sections", "addparagraph")

    def screen(self, context: Context, notice: str = "") -> Screen:
        """Every section with what was done to it; or the request for a new paragraph."""
        _ = context._
        if context.looks_at("addparagraph"):
            ask = _("Send the paragraph as a message. It is put before the thanks.")
            return Screen(
                _("A paragraph of your own"), blocks(notice, ask), (), _("Your paragraph")
            )
        rows = in_rows([self._button(context, key) for key in keys_in_order(context.draft)], 2)
        add = context.button(_("Add a paragraph"), "addparagraph")
        done = context.button(_("Done"), "done")
        legend = _("Tap a section to change it. ✎ your own words, ☐ left out.")
        copy = _("A copy goes to the State’s other mission; not every State has one in Geneva.")
        return Screen(
            _("Which section would you like to change?"),
            blocks(notice, f"{legend}\n{copy}"),
            (*rows, (add,), *history_row(context), (done,)),
        )

    def tapped(self, context: Context, action: str, value: str) -> Step:
        """Open a section, or ask for a new paragraph."""
        _ = context._
        if action == "addparagraph":
            if sum(change.is_own for change in context.draft.changes) >= MAX_OWN:
                notice = _("A letter has at most %(count)s own paragraphs.", count=MAX_OWN)
                return looking(context, SECTIONS, notice)
            return looking(context, View("addparagraph"))
        return opened(context, value)

    def typed(self, context: Context, event: Typed | FileSent) -> Step | None:
        """A new paragraph."""
        if not isinstance(event, Typed):
            return None
        if context.looks_at("sections"):
            late = context.user.view.text.removeprefix(LATE)
            return arrived_late(context, late, event.text) if late else None
        text, notice = understood(context, event.text)
        if not text:
            view = SECTIONS if LONG in notice_kind(event.text) else context.user.view
            return looking(context, view, notice)
        draft = context.draft
        language = draft.language or Language.EN
        standing = {key for key in BODY_KEYS if text_of(context, key)} - left_out(context)
        after = [key for key in BODY_KEYS if key in standing and key != "thanks"][-1]
        key = own_words.next_key(draft.changes)
        change = own_words.written(Change(key, (), after), language, text, "")
        draft = replace(draft, changes=(*draft.changes, change))
        return drafted(context, draft, View("section", key), notice)

    def back(self, context: Context) -> View:
        """From a new paragraph to the list; from the list to the letter."""
        return SECTIONS if context.looks_at("addparagraph") else View("draft")

    def _button(self, context: Context, key: str) -> Button:
        mark = "☑"
        if key in left_out(context):
            mark = "☐"
        elif context.draft.change(key):
            mark = "✎"
        return context.button(f"{mark} {section_name(context._, key)}", "section", key)
