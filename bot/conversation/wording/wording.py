"""What the screens on a letter's text share: names of sections, their words, the history."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.talk.context import request_of
from bot.conversation.talk.drafts import earlier
from bot.conversation.talk.page import Step, looking
from bot.conversation.talk.values import View
from bot.letters import own_words
from bot.letters.model import SECTION_KEYS, Language, Letter
from bot.letters.own_words import MAX_TEXT

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.draft import Draft
    from bot.conversation.talk.library import Translator
    from bot.conversation.talk.paging import Rows

ANSWERS = frozenset({"place_date", "signatories"})
"""Sections that are answers: they are changed where they were given."""

NEEDED = ANSWERS | {"salutation", "ask"}
"""A letter needs these; the others can be left out."""

SECTIONS = View("sections")
LATE = "late:"
"""In a view's text: a section was changed just now, and another text for it may be on its way."""

LONG = "long"


def section_names(_: Translator) -> dict[str, str]:
    """What the sections are called."""
    return {
        "addressee": _("Addressee"),
        "reference": _("Subject"),
        "place_date": _("Place and date"),
        "salutation": _("Salutation"),
        "occasion": _("Occasion"),
        "support": _("What the treaty has achieved"),
        "record": _("What the State has done"),
        "regret": _("Regret"),
        "ask": _("The request"),
        "opportunity": _("When to act"),
        "hope": _("Hope"),
        "thanks": _("Thanks"),
        "closing": _("Closing"),
        "signatories": _("Co-signers"),
        "contact": _("Contact"),
        "copies": _("Copy to others"),
        "source": _("Source of the facts"),
    }


def section_name(_: Translator, key: str) -> str:
    """A section's name; own paragraphs are counted."""
    if key.startswith(own_words.OWN):
        return _("Own paragraph %(number)s", number=key.removeprefix(own_words.OWN))
    return section_names(_)[key]


def keys_in_order(draft: Draft) -> list[str]:
    """Every section and own paragraph as it stands, or would stand, in the letter."""
    return [
        one
        for key in SECTION_KEYS
        for one in (key, *(change.key for change in draft.changes if change.after == key))
    ]


def left_out(context: Context) -> frozenset[str]:
    """The sections that are not in the letter."""
    return request_of(context.draft, context.library).without


def toggled(context: Context, key: str) -> Draft:
    """The draft with a section left out, or put back."""
    draft = context.draft
    if key not in left_out(context):
        return replace(draft, without=draft.without | {key}, within=draft.within - {key})
    back = replace(draft, without=draft.without - {key})
    default = key in request_of(back, context.library).without
    return replace(back, within=draft.within | {key}) if default else back


def text_of(context: Context, key: str) -> str:
    """A section as it stands, or would stand if it were not left out."""
    draft = context.draft
    request = request_of(draft, context.library)
    letter = context.library.letters.compose(replace(request, without=request.without - {key}))
    return letter.text_of(key) if isinstance(letter, Letter) else ""


def texts_of(context: Context) -> dict[str, str]:
    """Every section as it stands, or would stand, and every own paragraph."""
    keys = keys_in_order(context.draft)
    request = replace(request_of(context.draft, context.library), without=frozenset())
    letter = context.library.letters.compose(request)
    return {key: letter.text_of(key) if isinstance(letter, Letter) else "" for key in keys}


def can_undo(draft: Draft) -> bool:
    """Whether there is an earlier text to go back to; what was sent is not changed any more."""
    return draft.revision > 1 and not draft.fate.sent_on


def can_redo(draft: Draft) -> bool:
    """Whether there is a later text to go to again; what was sent is not changed any more."""
    return draft.revision < draft.revisions and not draft.fate.sent_on


def history_row(context: Context) -> Rows:
    """Undo and redo, where there is something to undo or redo."""
    _ = context._
    draft = context.draft
    buttons = []
    if can_undo(draft):
        buttons.append(context.button(_("↶ Undo"), "undo"))
    if can_redo(draft):
        buttons.append(context.button(_("↷ Redo"), "redo"))
    return (tuple(buttons),) if buttons else ()


def stepped_back(context: Context, by: int) -> Step:
    """The draft as it was one step before (-1), or after (1) in its history."""
    draft = context.draft
    before = earlier(context, draft, draft.revision + by)
    if before is None:
        return looking(context, context.user.view)
    stays = context.looks_at("draft", "sections", "edit", "sending")
    view = context.user.view if stays else SECTIONS
    view = View(view.name)
    return Step(context.session.with_draft(before).looking(view), renews=True)


def understood(context: Context, typed: str) -> tuple[str, str]:
    """The text as it stands in a letter and a line on it; no text where it cannot stand there."""
    _ = context._
    text, removed = own_words.tidy(typed, context.draft.language or Language.EN)
    if not text.strip():
        return "", _("That text was empty. Nothing was changed.")
    if len(text) > MAX_TEXT:
        return "", _(
            "A section has at most %(count)s characters; this text has %(length)s. Nothing was "
            "changed. Please shorten it and send it again.",
            count=MAX_TEXT,
            length=len(text),
        )
    return text, _("Hidden control or direction characters were removed.") if removed else ""


def notice_kind(typed: str) -> str:
    """Whether what was typed is too long: then its rest may come as a message of its own."""
    return LONG if len(typed) > MAX_TEXT else ""
