"""The finished letter: what it is, what it warns of, and what can be done with it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.context import LANGUAGE_NAMES, in_language, request_of
from bot.conversation.names import treaty_label, where_it_stands
from bot.conversation.paging import in_rows
from bot.conversation.questions.table import EDITABLE
from bot.conversation.refusals import refusal_line
from bot.conversation.values import Screen
from bot.letters.facts import is_stale
from bot.letters.model import SECTION_KEYS, Language, Letter

if TYPE_CHECKING:
    from bot.conversation.context import Context
    from bot.conversation.library import Translator
    from bot.conversation.paging import Rows
    from bot.conversation.values import Draft

FORMATS = ("docx", "pdf", "txt")
ALBUM = ("png", "pdf", "docx", "txt")

OPTIONAL = tuple(
    key for key in SECTION_KEYS if key not in {"place_date", "salutation", "ask", "signatories"}
)
"""Sections that can be switched off; a letter needs the others."""


def section_names(_: Translator) -> dict[str, str]:
    """What the sections are called when one is switched on or off."""
    return {
        "addressee": _("Addressee"),
        "reference": _("Subject"),
        "occasion": _("Occasion"),
        "support": _("What the treaty has achieved"),
        "record": _("What the State has done"),
        "regret": _("Regret"),
        "opportunity": _("When to act"),
        "hope": _("Hope"),
        "thanks": _("Thanks"),
        "closing": _("Closing"),
        "contact": _("Contact"),
        "copies": _("Copy to the other mission"),
    }


def review_screen(context: Context, notice: str = "") -> Screen:
    """The letter's facts and the buttons; or why there is no letter (a date that moved on)."""
    _ = context._
    draft = context.draft
    letter = context.compose(draft)
    title = _(
        "Letter to %(state)s",
        state=context.state_name(context.state()),
    )
    if not isinstance(letter, Letter):
        rows = in_rows([context.button(_("Edit an answer"), "edit")], 1)
        return Screen(title, refusal_line(context, draft, letter), rows)
    lines = [
        notice,
        f"{treaty_label(_, draft.treaty or '')} · {LANGUAGE_NAMES[letter.language]}",
        _stage_line(context, draft),
        _("Status of treaties as at %(date)s.", date=context.day(letter.as_of)),
        _stale_line(context, letter),
    ]
    return Screen(title, "\n".join(line for line in lines if line), _rows(context, draft))


def _stage_line(context: Context, draft: Draft) -> str:
    state = context.state()
    standing = context.library.records.standing(
        draft.treaty or "", state.iso3, context.letter_date()
    )
    return where_it_stands(context, state, standing) + "."


def _stale_line(context: Context, letter: Letter) -> str:
    _ = context._
    if not is_stale(letter.as_of, letter.date):
        return ""
    return "⚠ " + _(
        "These facts are more than three months older than the letter. Please check the State’s "
        "status and the number of parties at treaties.un.org before sending."
    )


def _rows(context: Context, draft: Draft) -> Rows:
    _ = context._
    others = [language for language in Language if language is not draft.language]
    rows = [
        (
            context.button(_("Word"), "file", "docx"),
            context.button(_("PDF"), "file", "pdf"),
            context.button(_("Text"), "file", "txt"),
            context.button(_("All"), "file", "all"),
        ),
        tuple(
            context.button("→ " + LANGUAGE_NAMES[language], "translate", language)
            for language in others
        ),
        (
            context.button(_("Edit an answer"), "edit"),
            context.button(_("Sections"), "sections"),
        ),
        (context.button(_("New for another State"), "another"),),
    ]
    if draft.signatories:
        rows.append((context.button(_("Save the co-signers as a set"), "saveset"),))
    return tuple(rows)


def edit_screen(context: Context, notice: str = "") -> Screen:
    """Every answer; a tap reopens one and keeps the rest."""
    _ = context._
    buttons = [
        context.button(
            f"{question.name(context)}: {question.shown(context)}", "reopen", question.key
        )
        for question in EDITABLE
    ]
    return Screen(_("Which answer would you like to change?"), notice, in_rows(buttons, 1))


def sections_screen(context: Context, notice: str = "") -> Screen:
    """Sections to switch off and on."""
    _ = context._
    without = request_of(context.draft, context.library).without
    names = section_names(_)
    buttons = [
        context.button(f"{'☐' if key in without else '☑'} {names[key]}", "section", key)
        for key in OPTIONAL
    ]
    done = context.button(_("Done: show the letter"), "show")
    return Screen(
        _("Which sections stand in the letter?"),
        "\n".join(
            line
            for line in (
                notice,
                _("A copy goes to the State’s other mission; not every State has one in Geneva."),
            )
            if line
        ),
        (*in_rows(buttons, 2), (done,)),
    )


def toggled(context: Context, key: str) -> Draft:
    """The draft with one section switched."""
    without = request_of(context.draft, context.library).without
    return replace(context.draft, without=without ^ {key})


def translated(context: Context, language: str) -> Draft:
    """The same draft in another language."""
    return in_language(context.draft, Language(language))


def for_another_state(context: Context) -> Draft:
    """A new draft with every answer but the State, dated today."""
    draft = context.draft
    return replace(
        draft, id=context.library.new_id(), state=None, date=context.library.today(), without=None
    )
