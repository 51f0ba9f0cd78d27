"""One section of the letter: its words, an own paragraph's place, what the template says now."""

from __future__ import annotations

import zlib
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.talk.context import LANGUAGE_NAMES
from bot.conversation.talk.effects import SendText
from bot.conversation.talk.events import Typed
from bot.conversation.talk.page import Page, Step, blocks, clipped, drafted, looking
from bot.conversation.talk.values import Screen, View
from bot.conversation.wording.wording import (
    LATE,
    LONG,
    NEEDED,
    SECTIONS,
    history_row,
    keys_in_order,
    left_out,
    notice_kind,
    section_name,
    text_of,
    toggled,
    understood,
)
from bot.letters import own_words
from bot.letters.model import BODY_KEYS, Language
from bot.letters.own_words import Change, Fit

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.draft import Draft
    from bot.conversation.talk.events import FileSent
    from bot.conversation.talk.paging import Rows
    from bot.conversation.talk.values import Button


def opened(context: Context, key: str) -> Step:
    """One section; a long one is sent as a text of its own, too, to read it whole and copy it."""
    step = looking(context, View("section", key))
    text = text_of(context, key)
    if text and clipped(text) != text:
        return replace(step, effects=(SendText(text),))
    return step


class SectionPage(Page):
    """One section: its words, and what can be done with it. The view's key is the section's."""

    views = ("section", "conflict")

    def screen(self, context: Context, notice: str = "") -> Screen:
        """The section as it stands; or two texts of which one may stay."""
        _ = context._
        view = context.user.view
        if context.looks_at("conflict"):
            return _conflict_screen(context, notice)
        change = context.draft.change(view.key)
        ask = _("Send the new text as a message, or tap a button.")
        if view.text == LONG:
            ask = _("Tap “Write it again” before you send the text again.")
        elif view.key in left_out(context):
            ask = _("This section is left out of the letter.") + " " + ask
        text = text_of(context, view.key)
        shown = clipped(text) or _("(nothing stands here in this letter)")
        return Screen(
            section_name(_, view.key),
            blocks(notice, shown, _beside(context, change) if change else "", ask),
            self._rows(context, change),
            _("The new text"),
            topic=topic_of(context, view.key),
            filled="" if view.text == LONG else text,
        )

    def _rows(self, context: Context, change: Change | None) -> Rows:
        _ = context._
        key = context.user.view.key
        rows: list[tuple[Button, ...]] = []
        if context.user.view.text == LONG:
            rows.append((context.button(_("Write it again"), "again"),))
        if key in {"addressee", "salutation"}:
            rows.append((context.button(_("Whom the letter addresses"), "addressed"),))
        if change and change.is_own:
            up, down = context.button(_("▲ Up"), "up"), context.button(_("▼ Down"), "down")
            rows += [
                (up, down),
                (context.button(_("Add another paragraph"), "addparagraph"),),
            ]
        elif change:
            rows.append((context.button(_("Restore the standard text"), "restore"),))
        if change and has_moved_on(context, change):
            rows.append((context.button(_("My words still fit"), "fits"),))
        if key not in NEEDED:
            label = _("Put back") if key in left_out(context) else _("Leave out")
            buttons = [context.button(label, "leaveout")]
            if change and change.is_own:
                buttons.append(context.button(_("Remove"), "remove"))
            rows.append(tuple(buttons))
        return (*rows, *history_row(context))

    def tapped(self, context: Context, action: str, value: str) -> Step:
        """Leave out, restore, move, remove, or choose between two texts."""
        del value
        draft, view = context.draft, context.user.view
        key = view.key
        if action == "again":
            return looking(context, View("section", key))
        if action in {"addressed", "addparagraph"}:
            return looking(context, View(action))
        if action == "leaveout":
            draft = toggled(context, key)
        elif action == "restore":
            draft = _restored(context, key)
        elif action == "remove":
            changes = own_words.without(draft.changes, key)
            draft = replace(draft, changes=changes, without=draft.without - {key})
        elif action in {"up", "down"}:
            standing = {one for one in BODY_KEYS if text_of(context, one)} - left_out(context)
            step = -1 if action == "up" else 1
            draft = replace(draft, changes=own_words.moved(draft.changes, key, step, standing))
        elif action == "fits":
            draft = _kept_in_sight(context, key)
        elif action == "take":
            return changed(context, key, view.text)
        elif action == "keep":
            return looking(context, View("section", key))
        stays = View("section", key) if action != "remove" else SECTIONS
        return drafted(context, draft, stays)

    def typed(self, context: Context, event: Typed | FileSent) -> Step | None:
        """The section's new words."""
        if not isinstance(event, Typed) or context.looks_at("conflict"):
            return None
        view = context.user.view
        if view.text == LONG:
            return None
        text, notice = understood(context, event.text)
        if not text:
            return looking(context, View("section", view.key, text=notice_kind(event.text)), notice)
        return changed(context, view.key, text, notice)


def changed(context: Context, key: str, text: str, notice: str = "") -> Step:
    """The draft with new words in a section; the template's own words are no change."""
    _ = context._
    draft = context.draft
    language = draft.language or Language.EN
    name = section_name(_, key)
    if text == text_of(context, key):
        return looking(context, View("section", key), _("That is how it reads already."))
    if key in left_out(context):
        draft = toggled(context, key)
    original = context.original(key)
    change = draft.change(key)
    if text == original:
        draft = replace(draft, changes=_restored(context, key).changes)
    else:
        # Where the source's words wait for a translation, this is one.
        waits = change is not None and change.fit(language) is not Fit.GOOD
        put_into = own_words.translated if waits else own_words.written
        change = put_into(change or Change(key, ()), language, text, original)
        draft = replace(draft, changes=own_words.put(draft.changes, change))
    said = _("“%(section)s” now reads as you wrote it.", section=name)
    return drafted(context, draft, View("draft", text=LATE + key), blocks(notice, said))


def _restored(context: Context, key: str) -> Draft:
    """The draft with the original's words in a section; a translation's source keeps its own."""
    draft = context.draft
    language = draft.language or Language.EN
    change = draft.change(key)
    if change is None or change.is_own:
        return draft
    if change.source.language is language:
        return replace(draft, changes=own_words.without(draft.changes, key))
    change = own_words.translated(change, language, "", context.original(key))
    return replace(draft, changes=own_words.put(draft.changes, change))


def topic_of(context: Context, key: str) -> str:
    """A section of a draft as it stands: another text in it is another topic."""
    digest = zlib.crc32(text_of(context, key).encode())
    return f"{context.draft.id}:{key}:{digest:08x}"


def answered_elsewhere(context: Context, event: Typed) -> Step | None:
    """A text for a section that was changed, or left, since its screen was shown to its writer."""
    draft_id, _colon, rest = event.about.partition(":")
    key = rest.partition(":")[0]
    draft = context.session.draft
    if draft is None or draft.id != draft_id or not draft.is_complete:
        return None
    if key not in keys_in_order(draft):
        return None
    if event.about != topic_of(context, key):
        return arrived_late(context, key, event.text)
    if context.looks_at("section") and context.user.view.key == key:
        return None
    text, notice = understood(context, event.text)
    return (
        changed(context, key, text, notice)
        if text
        else looking(context, View("section", key), notice)
    )


def arrived_late(context: Context, key: str, typed: str) -> Step:
    """Another text for a section that was changed just now: both are shown, and one is chosen."""
    text, notice = understood(context, typed)
    if not text:
        return looking(context, View("section", key, text=notice_kind(typed)), notice)
    if text == text_of(context, key):
        return looking(context, context.user.view, context._("That is how it reads already."))
    return looking(context, View("conflict", key, text=text))


def _conflict_screen(context: Context, notice: str) -> Screen:
    _ = context._
    view = context.user.view
    return Screen(
        _("Two texts for “%(section)s”", section=section_name(_, view.key)),
        blocks(
            notice,
            _("The section was changed a moment ago, perhaps on another device. Which text stays?"),
            "1. " + clipped(text_of(context, view.key)),
            "2. " + clipped(view.text),
        ),
        (
            (context.button(_("Keep the first"), "keep"),),
            (context.button(_("Take the second"), "take"),),
        ),
    )


def has_moved_on(context: Context, change: Change) -> bool:
    """Whether the template says something else now than when the own words were written."""
    wording = change.wording(context.draft.language or Language.EN)
    if change.is_own or wording is None or not wording.text:
        return False
    return context.original(change.key) != wording.original


def _kept_in_sight(context: Context, key: str) -> Draft:
    draft = context.draft
    change = draft.change(key)
    if change is None:
        return draft
    language = draft.language or Language.EN
    change = own_words.noted(change, language, context.original(key))
    return replace(draft, changes=own_words.put(draft.changes, change))


def _beside(context: Context, change: Change) -> str:
    """What stands beside own words: the original, then and now, or that they await translation."""
    _ = context._
    language = context.draft.language or Language.EN
    wording = change.wording(language)
    if change.fit(language) is Fit.MISSING:
        return "⚠ " + _(
            "Not translated yet: these are your words in %(language)s.",
            language=LANGUAGE_NAMES[change.source.language],
        )
    if change.is_own or wording is None:
        return ""
    now = clipped(context.original(change.key), 900)
    if has_moved_on(context, change):
        return moved_on_lines(context, change)
    return _("The standard text: %(text)s", text=now or "–")


def moved_on_lines(context: Context, change: Change, most: int = 600) -> str:
    """What the original said when the own words were written, and what it says now."""
    _ = context._
    wording = change.wording(context.draft.language or Language.EN)
    then = wording.original if wording else ""
    return "\n".join(
        (
            "⚠ " + _("The facts in the standard text of this section have moved on."),
            _("Before: %(text)s", text=clipped(then, most) or "–"),
            _("Now: %(text)s", text=clipped(context.original(change.key), most) or "–"),
        )
    )
