"""The finished letter: what it is, what it warns of, and what is done with it most."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.facts.age import age_button
from bot.conversation.facts.news_page import congratulated
from bot.conversation.letter.change import opened
from bot.conversation.letter.handing_out import guarded, sent_files
from bot.conversation.letter.letter_lines import (
    as_of_line,
    campaign_line,
    moved_on_line,
    own_words_line,
    signing_line,
    stage_lines,
)
from bot.conversation.letter.shortcuts import on_letter
from bot.conversation.many.mailing import naming
from bot.conversation.many.selecting import naming_lines
from bot.conversation.mine.fate import fate_line
from bot.conversation.missions.used import booked_line, booked_rows
from bot.conversation.talk.context import LANGUAGE_NAMES, chosen_also
from bot.conversation.talk.events import Typed
from bot.conversation.talk.names import treaties_label
from bot.conversation.talk.offices import is_to_mission, to_line
from bot.conversation.talk.page import DRAFT, Page, Step, lines, looking
from bot.conversation.talk.paging import in_rows
from bot.conversation.talk.refusals import refusal_line
from bot.conversation.talk.values import Screen
from bot.conversation.wording.section import arrived_late
from bot.conversation.wording.translating import turned, unfit, unfit_lines
from bot.conversation.wording.wording import LATE, history_row
from bot.letters import own_words
from bot.letters.model import NOBODY, Language, Letter, Purpose, Stage
from bot.letters.request import AlreadyParty, NotAddressed

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.draft import Draft
    from bot.conversation.talk.events import FileSent
    from bot.conversation.talk.paging import Rows
    from bot.letters.request import Refusal


class ReviewPage(Page):
    """The letter, and the ways on: out of the house, to a change, to other States."""

    views = ("draft",)

    def screen(self, context: Context, notice: str = "") -> Screen:
        """The letter's facts and the buttons; or why there is no letter (a date that moved on)."""
        _ = context._
        draft = context.draft
        letter = context.compose(draft)
        title = _("Letter to %(state)s", state=context.state_name(context.state()))
        if not isinstance(letter, Letter):
            said = lines(notice, refusal_line(context, draft, letter))
            return Screen(title, said, _refused_rows(context, letter))
        named = treaties_label(_, context.library.records, letter.treaties)
        text = lines(
            notice,
            " · ".join(filter(None, (named, LANGUAGE_NAMES[letter.language]))),
            campaign_line(context),
            "" if is_to_mission(draft) else to_line(context, draft),
            _("A letter of congratulation.") if draft.congratulates else "",
            *stage_lines(context, draft, letter.treaties),
            signing_line(context),
            as_of_line(context, letter),
            booked_line(context),
            own_words_line(context),
            unfit_lines(context),
            moved_on_line(context),
            *(f"⚠ {line}" for line in naming_lines(context, naming(draft, context.library))),
            fate_line(context, draft),
        )
        return Screen(
            title, text, _rows(context, draft), _("Type pdf, français, a State’s name, undo")
        )

    def tapped(self, context: Context, action: str, value: str) -> Step:
        """Files, another State, the way to everything else."""
        if action == "file":
            return guarded(context, action, value) or sent_files(context, value)
        if action == "translatewords":
            return turned(context, context.draft.language or Language.EN)
        if action == "another":
            draft = for_another_state(context)
            return Step(context.session.with_draft(draft).looking(DRAFT), arrives=True)
        if action == "redate":
            today = context.library.today()
            draft = replace(context.draft, date=today, dated=today, updated=today)
            return Step(context.session.with_draft(draft).looking(DRAFT), arrives=True)
        if action == "congratulate":
            return congratulated(context, context.draft, _joined(context))
        return opened(context, action, value, context.user.view.text)

    def typed(self, context: Context, event: Typed | FileSent) -> Step | None:
        """A text that was meant for the section changed just now; or a word for a button."""
        if not isinstance(event, Typed):
            return None
        understood = on_letter(context, event.text, for_another_state)
        text = context.user.view.text
        if understood is None and text.startswith(LATE):
            return arrived_late(context, text.removeprefix(LATE), event.text)
        if understood is None:
            notice = context._(
                "That is nothing I can do with a letter. Type pdf, word, a language, undo, or the "
                "name of another State; or tap a button."
            )
            return looking(context, context.user.view, notice)
        return understood


def _refused_rows(context: Context, refusal: Refusal) -> Rows:
    """What can be done where there is no such letter."""
    _ = context._
    draft = context.draft
    buttons = []
    if draft.is_complete:
        buttons.append(context.button(_("Change"), "edit"))
    overtaken = context.overtaken(draft)
    if overtaken and overtaken.left:
        buttons.insert(0, context.button(_("Date it today"), "redate"))
    if isinstance(refusal, NotAddressed) and draft.is_complete:
        buttons.append(context.button(_("Another State"), "another"))
    elif isinstance(refusal, AlreadyParty) and draft.is_complete:
        buttons.append(context.button(_("Another State"), "another"))
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


def _rows(context: Context, draft: Draft) -> Rows:
    """What is wanted of most letters, and behind it the rest."""
    _ = context._
    change = [context.button(_("Change"), "edit")]
    change += [button for row in history_row(context) for button in row]
    rows = [
        (
            context.button(_("PDF"), "file", "pdf", main=True),
            context.button(_("Word"), "file", "docx", main=True),
            context.button(_("Share"), "sending", main=True),
        ),
        tuple(change),
        *age_button(context),
        *booked_rows(context),
        (context.button(_("More"), "more"),),
    ]
    if not draft.congratulates:
        another = context.button(_("Another State"), "another")
        rows.insert(2, (another, context.button(_("Many States"), "mailing")))
    if unfit(draft):
        rows.insert(0, (context.button(_("Translate your words"), "translatewords"),))
    return tuple(rows)


def for_another_state(context: Context) -> Draft:
    """A new draft with every answer but the State and whom it addresses, dated today."""
    return replace(
        context.draft,
        id=context.library.new_id(),
        state=None,
        date=context.library.today(),
        addressee=NOBODY,
        address="",
        booked=None,
        undated=False,
        also=chosen_also(context.draft, context.library),
        changes=own_words.for_another_state(context.draft.changes),
        fate=type(context.draft.fate)(),
        doubts=(),
        purpose=Purpose.REQUEST,
        revision=0,
        revisions=0,
    )
