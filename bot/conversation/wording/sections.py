"""The sections of the letter, and a new paragraph among them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.talk.events import Typed
from bot.conversation.talk.offices import is_to_mission
from bot.conversation.talk.page import Page, Step, blocks, clipped, drafted, lines, looking
from bot.conversation.talk.paging import in_rows
from bot.conversation.talk.values import Screen, View
from bot.conversation.wording.section import arrived_late, opened
from bot.conversation.wording.wording import (
    LATE,
    LONG,
    SECTIONS,
    history_row,
    keys_in_order,
    left_out,
    notice_kind,
    section_name,
    text_of,
    texts_of,
    understood,
)
from bot.letters import own_words
from bot.letters.model import BODY_KEYS, Language
from bot.letters.own_words import MAX_OWN, Change

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.events import FileSent
    from bot.conversation.talk.values import Button


FIRST_WORDS = 52
"""Characters of a section's text in the list: what a phone shows in a line or two."""


class SectionsPage(Page):
    """The list of sections; a tap opens one."""

    views = ("sections", "addparagraph")

    def screen(self, context: Context, notice: str = "") -> Screen:
        """Every section with what was done to it; or the request for a new paragraph."""
        _ = context._
        if context.looks_at("addparagraph"):
            return self._adding_screen(context, notice)
        texts = texts_of(context)
        draft = context.draft
        # Without a treaty there are no facts whose source could be told.
        keys = [key for key in keys_in_order(draft) if draft.treaty or key != "source"]
        rows = in_rows([self._button(context, key, texts[key]) for key in keys], 1)
        add = context.button(_("Add a paragraph"), "addparagraph")
        legend = _("Tap a section to change it. ✎ your own words, ☐ left out.")
        copy = _("A copy goes to the State’s other mission; not every State has one in Geneva.")
        if not is_to_mission(context.draft):
            copy = _("A copy goes to others of the State; not every State has a mission in Geneva.")
        if context.draft.address:
            copy = ""
        return Screen(
            _("Which section would you like to change?"),
            blocks(notice, lines(legend, copy)),
            (*rows, (add,), *history_row(context)),
        )

    def _adding_screen(self, context: Context, notice: str) -> Screen:
        """Ask for a paragraph; below one that was added just now, for the next."""
        _ = context._
        added = context.draft.change(context.user.view.key)
        if added is None:
            ask = _("Send the paragraph as a message. It is put before the thanks.")
            hint = _("Your paragraph")
            return Screen(_("A paragraph of your own"), blocks(notice, ask), (), hint)
        text = clipped(text_of(context, added.key))
        ask = _("It stands before the thanks. Send another paragraph, or change and move this one.")
        change = context.button(_("Change or move it"), "section", added.key)
        return Screen(
            _("Your paragraph is in the letter"),
            blocks(notice, text, ask),
            ((change,),),
            _("Another paragraph"),
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
        return drafted(context, draft, View("addparagraph", key), notice)

    def _button(self, context: Context, key: str, text: str) -> Button:
        """A section by its own first words; by its name where it has none in this letter."""
        mark = "☑"
        if key in left_out(context):
            mark = "☐"
        elif context.draft.change(key):
            mark = "✎"
        words = " ".join(text.split())
        if len(words) > FIRST_WORDS:
            words = words[:FIRST_WORDS].rsplit(" ", 1)[0].rstrip(",;:—–") + "…"
        return context.button(f"{mark} {words or section_name(context._, key)}", "section", key)
