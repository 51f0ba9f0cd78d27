"""A last look before the letter goes out: what it is, what is wrong with it, how to send it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.conversation.endorsing.ways import signing_line, signing_rows, to_signing
from bot.conversation.facts.age import age_button
from bot.conversation.letter.addressed import form_name
from bot.conversation.letter.change import opened
from bot.conversation.letter.handing_out import guarded, sent_files
from bot.conversation.letter.letter_lines import moved_on_line
from bot.conversation.letter.review import for_another_state
from bot.conversation.letter.shortcuts import on_letter
from bot.conversation.letterhead.kept import letterhead_of
from bot.conversation.many.mailing import naming
from bot.conversation.many.selecting import naming_lines
from bot.conversation.mine.fate import fate_line
from bot.conversation.missions.used import booked_line, booked_rows
from bot.conversation.talk.context import LANGUAGE_NAMES
from bot.conversation.talk.correspondence import correspondence_with, origin_line
from bot.conversation.talk.effects import SendLetter
from bot.conversation.talk.events import Typed
from bot.conversation.talk.names import labelled
from bot.conversation.talk.offices import head_label, to_line
from bot.conversation.talk.page import DRAFT, Page, Step, blocks, lines, looking
from bot.conversation.talk.paging import in_rows
from bot.conversation.talk.values import Screen
from bot.conversation.wording.translating import turned, unfit, unfit_lines
from bot.conversation.wording.wording import text_of
from bot.letters.model import Language, Letter

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.events import FileSent
    from bot.conversation.talk.paging import Rows
    from bot.conversation.talk.values import Button


class SendingPage(Page):
    """Each line mends what it says in one tap; below them stand the ways to pass the letter on."""

    views = ("sending",)

    def screen(self, context: Context, notice: str = "") -> Screen:
        """Whom it goes to, what stands in it, and what to look at first."""
        _ = context._
        ask = _("Tap a line to change it.")
        if context.draft.fate.sent_on:
            ask = _("It stays as it was sent: what you change goes into a copy of it.")
        else:
            ask = lines(signing_line(context), ask)
        warnings = lines(*(f"⚠ {line}" for line in _warnings(context)))
        told = lines(unfit_lines(context), moved_on_line(context), booked_line(context), warnings)
        return Screen(
            _("Before it goes out"),
            blocks(notice, told, fate_line(context, context.draft), ask),
            (*_checks(context), *_ways(context)),
        )

    def tapped(self, context: Context, action: str, value: str) -> Step:
        """Mend, pass on, or say that it was sent."""
        if not isinstance(context.compose(context.draft), Letter):
            return looking(context, DRAFT)
        if action == "file":
            return guarded(context, action, value) or sent_files(context, value)
        if action == "showletter":
            return Step(context.session, effects=(SendLetter(context.draft),))
        if action == "translatewords":
            return turned(context, context.draft.language or Language.EN)
        if action == "cosign":
            return to_signing(context)
        return opened(context, action, value)

    def typed(self, context: Context, event: Typed | FileSent) -> Step | None:
        """A word for a button, as on the letter's own screen."""
        if not isinstance(event, Typed):
            return None
        return on_letter(context, event.text, for_another_state)


def _checks(context: Context) -> Rows:
    """What the letter is, a line each, in the order of the letter."""
    _ = context._
    draft = context.draft
    head = labelled(_, head_label(context), form_name(context))
    first: Rows = (
        (context.button(to_line(context, draft), "reopen", "seat"),),
        (context.button(head, "addressed"),),
        (
            context.button(_language(context), "reopen", "language"),
            context.button(_signing(context), "reopen", "signatories"),
        ),
        (context.button(_date(context), "reopen", "place_date"),),
    )
    buttons: list[Button] = []
    if unfit(draft):
        buttons.append(context.button(_("Translate your words"), "translatewords"))
    if draft.changes and (moved_on_line(context) or naming(draft, context.library)):
        buttons.append(context.button(_("The text, section by section"), "sections"))
    if _has_word_letterhead(context):
        buttons.append(context.button(_("Letterhead"), "letterhead"))
    return (*first, *in_rows(buttons, 1), *age_button(context), *booked_rows(context))


def _ways(context: Context) -> Rows:
    _ = context._
    rows: Rows = (
        (
            context.button(_("E-mail draft"), "file", "eml", main=True),
            context.button(_("Text to copy"), "showletter", main=True),
        ),
        (
            context.button(_("Text file"), "file", "txt"),
            context.button(_("All files"), "file", "all"),
        ),
    )
    if context.draft.fate.sent_on:
        return rows
    return (
        *signing_rows(context),
        *rows,
        (context.button(_("Mark as sent"), "sentby", context.draft.id),),
    )


def _language(context: Context) -> str:
    name = LANGUAGE_NAMES[context.draft.language or Language.EN]
    said = labelled(context._, context._("Language"), name)
    return f"⚠ {said}" if _is_another_language(context) else said


def _date(context: Context) -> str:
    # The place stands as the letter has it, in the letter's language.
    said = labelled(context._, context._("Date"), text_of(context, "place_date"))
    return f"⚠ {said}" if _is_dated_otherwise(context) else said


def _is_dated_otherwise(context: Context) -> bool:
    """Whether a letter that is not sent yet has another date than today's."""
    draft = context.draft
    return bool(not draft.fate.sent_on and draft.date and draft.date != context.library.today())


def _signing(context: Context) -> str:
    _, count = context._, len(context.draft.signatories)
    if not count:
        return "⚠ " + _("No one signs yet")
    if context.draft.doubts:
        return "⚠ " + _("Signed by %(count)s; some lines are not clear yet", count=count)
    return _.plural("Signed by %(count)s person", "Signed by %(count)s people", count)


def _warnings(context: Context) -> list[str]:
    """What is perhaps wrong, and would be seen only at the mission."""
    _, draft = context._, context.draft
    found = naming_lines(context, naming(draft, context.library))
    if _is_another_language(context):
        found.append(origin_line(context, context.state()))
    if draft.date and _is_dated_otherwise(context):
        found.append(
            _(
                "The letter is dated %(date)s, and today is %(today)s.",
                date=context.day(draft.date),
                today=context.day(context.library.today()),
            )
        )
    if _has_word_letterhead(context):
        found.append(
            _(
                "Your Word letterhead stands in the Word file only; the PDF has the logo and the "
                "lines of name and address."
            )
        )
    return found


def _is_another_language(context: Context) -> bool:
    """Whether the mission is known to write in another language than the letter's."""
    own = correspondence_with(context, context.state())
    return own.is_own and own.language is not context.draft.language


def _has_word_letterhead(context: Context) -> bool:
    head = letterhead_of(context)
    return bool(head and head.word)
