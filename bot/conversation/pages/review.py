"""The finished letter: what it is, what it warns of, and what can be done with it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.context import LANGUAGE_NAMES, chosen_also
from bot.conversation.events import Typed
from bot.conversation.mailing import naming
from bot.conversation.names import labelled, treaties_label
from bot.conversation.pages.base import DRAFT, Page, Step, blocks, drafted, lines, looking
from bot.conversation.pages.fate import fate_line
from bot.conversation.pages.letter_lines import (
    campaign_line,
    facts_line,
    own_words_line,
    stage_lines,
)
from bot.conversation.pages.news import congratulated
from bot.conversation.pages.section import arrived_late, has_moved_on, moved_on_lines
from bot.conversation.pages.selecting import naming_lines
from bot.conversation.pages.translating import turned, unfit, unfit_lines
from bot.conversation.pages.wording import LATE, history_row, section_name
from bot.conversation.paging import in_rows
from bot.conversation.questions.table import EDITABLE, question_of
from bot.conversation.refusals import refusal_line
from bot.conversation.values import Screen, SendFiles, View
from bot.letters import own_words
from bot.letters.compose import AlreadyParty
from bot.letters.facts import is_stale
from bot.letters.model import NOBODY, Language, Letter, Purpose, Stage

if TYPE_CHECKING:
    from bot.conversation.context import Context
    from bot.conversation.draft import Draft
    from bot.conversation.events import FileSent
    from bot.conversation.paging import Rows
    from bot.letters.compose import Refusal

ALBUM = ("png", "pdf", "docx", "txt")


class ReviewPage(Page):
    """The letter, its answers, and what stands behind "More"."""

    views = ("draft", "edit", "more", "unready")

    def screen(self, context: Context, notice: str = "") -> Screen:
        """The part that is looked at."""
        if context.looks_at("edit"):
            return _edit_screen(context, notice)
        if context.looks_at("more"):
            return _more_screen(context, notice)
        if context.looks_at("unready") and _unready_languages(context):
            return _unready_screen(context, notice)
        return _review_screen(context, notice)

    def tapped(self, context: Context, action: str, value: str) -> Step:
        """Files, languages, the way to everything else."""
        if action == "file":
            return guarded(context, action, value) or sent_files(context, value)
        if action == "anyway":
            return _anyway(context)
        if action == "translate":
            return turned(context, Language(value))
        if action == "translatewords":
            return turned(context, context.draft.language or Language.EN)
        if action == "another":
            draft = for_another_state(context)
            return Step(context.session.with_draft(draft).looking(DRAFT), arrives=True)
        if action == "undated":
            return drafted(context, replace(context.draft, undated=not context.draft.undated))
        if action == "redate":
            today = context.library.today()
            draft = replace(context.draft, date=today, dated=today, updated=today)
            return Step(context.session.with_draft(draft).looking(DRAFT), arrives=True)
        if action == "congratulate":
            return congratulated(context, context.draft, _joined(context))
        if action == "reopen":
            return _reopened(context, value)
        # A text that is on its way for a section changed just now may find the list of sections.
        late = context.user.view.text if action == "sections" else ""
        return looking(context, View(action, value, text=late))

    def typed(self, context: Context, event: Typed | FileSent) -> Step | None:
        """Only a text that was meant for the section changed just now."""
        text = context.user.view.text
        if isinstance(event, Typed) and context.looks_at("draft") and text.startswith(LATE):
            return arrived_late(context, text.removeprefix(LATE), event.text)
        return None


def _review_screen(context: Context, notice: str) -> Screen:
    """The letter's facts and the buttons; or why there is no letter (a date that moved on)."""
    _ = context._
    draft = context.draft
    letter = context.compose(draft)
    title = _("Letter to %(state)s", state=context.state_name(context.state()))
    if not isinstance(letter, Letter):
        said = lines(notice, refusal_line(context, draft, letter))
        return Screen(title, said, _refused_rows(context, letter))
    text = lines(
        notice,
        f"{treaties_label(_, letter.treaties)} · {LANGUAGE_NAMES[letter.language]}",
        campaign_line(context),
        _("A letter of congratulation.") if draft.congratulates else "",
        *stage_lines(context, draft, letter.treaties),
        _("Status of treaties as at %(date)s.", date=context.day(letter.as_of)),
        facts_line(context, letter),
        own_words_line(context),
        unfit_lines(context),
        *(f"⚠ {line}" for line in naming_lines(context, naming(draft, context.library))),
        fate_line(context, draft),
    )
    moved_on = [
        f"“{section_name(_, change.key)}”: {moved_on_lines(context, change, 400)}"
        for change in draft.changes
        if has_moved_on(context, change)
    ]
    return Screen(title, blocks(text, *moved_on), _rows(context, draft, letter))


def _refused_rows(context: Context, refusal: Refusal) -> Rows:
    """What can be done where there is no such letter."""
    _ = context._
    draft = context.draft
    buttons = []
    if draft.is_complete:
        buttons.append(context.button(_("Edit an answer"), "edit"))
    overtaken = context.overtaken(draft)
    if overtaken and overtaken.left:
        buttons.insert(0, context.button(_("Date it today"), "redate"))
    if isinstance(refusal, AlreadyParty) and draft.is_complete:
        buttons.append(context.button(_("New for another State"), "another"))
        buttons.append(context.button(_("A letter of congratulation instead"), "congratulate"))
    elif not draft.is_complete:
        buttons.append(context.button(_("Choose another State"), "reopen", "state"))
        buttons.append(context.button(_("Choose another treaty"), "reopen", "treaty"))
    return (*in_rows(buttons, 1), *history_row(context))


def _joined(context: Context) -> str:
    """The first of the letter's treaties that the State has joined."""
    draft, records, today = context.draft, context.library.records, context.library.today()
    codes = [code for code in (draft.treaty, *draft.also) if code]
    stages = {code: records.standing(code, draft.state or "", today).stage for code in codes}
    return next((code for code in codes if stages[code] is Stage.PARTY), codes[0])


def _rows(context: Context, draft: Draft, letter: Letter) -> Rows:
    _ = context._
    others = [one for one in context.languages() if one is not draft.language]
    rows = [
        (
            context.button(_("Word"), "file", "docx"),
            context.button(_("PDF"), "file", "pdf"),
            context.button(_("Text"), "file", "txt"),
            context.button(_("All"), "file", "all"),
        ),
        *(
            [
                tuple(
                    context.button("→ " + LANGUAGE_NAMES[language], "translate", language)
                    for language in others
                )
            ]
            if others
            else []
        ),
        (
            context.button(_("Edit an answer"), "edit"),
            context.button(_("Edit the text"), "sections"),
        ),
        (context.button(_("More"), "more"),),
    ]
    if not draft.congratulates:
        another = context.button(_("New for another State"), "another")
        rows.insert(-1, (another, context.button(_("To many States"), "mailing")))
    if is_stale(letter.as_of, letter.date):
        day = context.day(letter.as_of)
        say, leave = _("Say “as at %(date)s”", date=day), _("Leave out “as at %(date)s”", date=day)
        rows.insert(-1, (context.button(say if draft.undated else leave, "undated"),))
    if unfit(draft):
        rows.insert(0, (context.button(_("Translate your words"), "translatewords"),))
    return (*rows, *history_row(context))


def _more_screen(context: Context, notice: str) -> Screen:
    """What is needed now and then."""
    _ = context._
    draft = context.draft
    buttons = [
        context.button(_("Two languages in one file"), "bilingual"),
        context.button(_("Whom the letter addresses"), "addressed"),
        context.button(_("Letterhead"), "letterhead"),
        context.button(_("Layout of the page"), "layout"),
        context.button(_("E-mail draft with the PDF"), "file", "eml"),
        context.button(_("Where the State stands"), "statusof", draft.state or ""),
        context.button(_("Sent, answered, archive, delete"), "fate", draft.id),
    ]
    if not draft.congratulates and not context.campaign():
        buttons.insert(0, context.button(_("Add or remove treaties"), "treaties"))
    if draft.signatories:
        buttons.append(context.button(_("Save the co-signers as a set"), "saveset"))
    return Screen(_("What else would you like to do?"), notice, in_rows(buttons, 1))


def _edit_screen(context: Context, notice: str) -> Screen:
    """Every answer; a tap reopens one and keeps the rest."""
    _ = context._
    buttons = [
        context.button(
            labelled(context._, question.name(context), question.shown(context)),
            "reopen",
            question.key,
        )
        for question in EDITABLE
        if not (context.draft.congratulates and question.key in {"treaty", "state"})
    ]
    return Screen(_("Which answer would you like to change?"), notice, in_rows(buttons, 1))


def guarded(
    context: Context, action: str, value: str, languages: tuple[Language, ...] = ()
) -> Step | None:
    """A clear warning where a letter would go out with words in another language."""
    languages = languages or (context.draft.language or Language.EN,)
    if any(unfit(context.draft, language) for language in languages):
        return looking(context, View("unready", action, text=value))
    return None


def _unready_screen(context: Context, notice: str) -> Screen:
    _ = context._
    wanted = _unready_languages(context)[0]
    return Screen(
        _("Some of your words are not translated"),
        blocks(notice, unfit_lines(context, wanted)),
        in_rows(
            [
                context.button(_("Translate now"), "translate", wanted),
                context.button(_("Go on all the same"), "anyway"),
            ],
            1,
        ),
    )


def _unready_languages(context: Context) -> list[Language]:
    """The languages of what was asked for in which some words are not."""
    view = context.user.view
    languages = [context.draft.language or Language.EN]
    if view.key == "bilingual":
        languages.append(Language(view.text.partition("-")[0]))
    return [one for one in languages if unfit(context.draft, one)]


def _anyway(context: Context) -> Step:
    """What was asked for before the warning."""
    view = context.user.view
    if view.key == "file":
        return sent_files(context, view.text)
    if view.key == "bilingual":
        language, _dash, layout = view.text.partition("-")
        return sent_bilingual(context, Language(language), beside=layout == "beside")
    return looking(context, View(view.key, text=view.text))


def sent_files(context: Context, kind: str) -> Step:
    """The letter as a file, or as all of them; no file of a letter that there is not any more."""
    if not isinstance(context.compose(context.draft), Letter):
        return looking(context, DRAFT)
    formats = ALBUM if kind == "all" else (kind,)
    step = looking(context, DRAFT)
    return replace(step, effects=(SendFiles(context.draft, formats),))


def sent_bilingual(context: Context, second: Language, *, beside: bool) -> Step:
    """The letter twice in each file, as Word and PDF."""
    if not isinstance(context.compose(context.draft), Letter):
        return looking(context, DRAFT)
    step = looking(context, DRAFT)
    files = SendFiles(context.draft, ("docx", "pdf"), second, beside)
    return replace(step, effects=(files,))


def _reopened(context: Context, key: str) -> Step:
    """Ask again and keep the rest; the list of co-signers is open until it is done."""
    question = question_of(key)
    if question is not None and key == "signatories":
        return Step(
            context.session.with_draft(question.cleared(context.draft)).looking(View("draft"))
        )
    return looking(context, View("draft", key))


def for_another_state(context: Context) -> Draft:
    """A new draft with every answer but the State and whom it addresses, dated today."""
    return replace(
        context.draft,
        id=context.library.new_id(),
        state=None,
        date=context.library.today(),
        addressee=NOBODY,
        address="",
        undated=False,
        also=chosen_also(context.draft, context.library),
        changes=own_words.for_another_state(context.draft.changes),
        fate=type(context.draft.fate)(),
        doubts=(),
        purpose=Purpose.REQUEST,
        revision=0,
        revisions=0,
    )
