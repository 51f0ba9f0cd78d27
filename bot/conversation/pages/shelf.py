"""My letters: all of them, found by State or treaty, and the archive."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.events import Typed
from bot.conversation.names import draft_label, folded, treaty_label
from bot.conversation.pages.base import DRAFT, Page, Step, blocks, looking
from bot.conversation.pages.fate import draft_of
from bot.conversation.paging import paged
from bot.conversation.values import Screen, View

if TYPE_CHECKING:
    from bot.conversation.context import Context
    from bot.conversation.draft import Draft
    from bot.conversation.events import FileSent
    from bot.conversation.values import Button

PAGE = 8
MOST_TYPED = 60


class ShelfPage(Page):
    """The user's letters, the latest first; the view's text is what they are found by."""

    views = ("letters", "archive")
    of_draft = False

    def screen(self, context: Context, notice: str = "") -> Screen:
        """Each letter, and beside it the way to what can be done with it."""
        _ = context._
        archive = context.looks_at("archive")
        wanted = context.user.view.text
        drafts = [draft for draft in context.drafts() if draft.treaty]
        archived = sum(draft.fate.archived for draft in drafts)
        here = [draft for draft in drafts if draft.fate.archived is archive]
        found = _found(context, here, wanted) if wanted else here
        buttons: list[Button] = []
        for draft in found:
            buttons += [
                context.button(_mark(draft) + draft_label(context, draft), "open", draft.id),
                context.button("⋯", "fate", draft.id),
            ]
        said = ""
        if wanted and not found:
            said = _("No letter was found by “%(text)s”.", text=wanted)
        elif not drafts:
            said = _("You have no letters yet. Tap New letter to begin one.")
        elif found:
            said = _("✉ sent, ✓ answered. Type a State or a treaty to find its letters.")
        rows = paged(context, buttons, context.user.view.page, size=2 * PAGE, width=2)
        more: list[Button] = [context.button(_("New letter"), "new")]
        if wanted:
            more.append(context.button(_("All letters"), "letters"))
        if archived and not archive:
            more.append(context.button(_("Archive (%(count)s)", count=archived), "archive"))
        title = _("The archive") if archive else _("My letters")
        return Screen(title, blocks(notice, said), (*rows, tuple(more)), _("State or treaty"))

    def tapped(self, context: Context, action: str, value: str) -> Step:
        """Open a letter, or look at what can be done with it."""
        if action == "fate":
            return looking(context, View("fate", value))
        if action != "open":
            return looking(context, View(action))
        draft = draft_of(context, value)
        if draft is None:
            return looking(context, View("letters"))
        return Step(context.session.with_draft(draft).looking(DRAFT), arrives=True)

    def typed(self, context: Context, event: Typed | FileSent) -> Step | None:
        """Find letters."""
        if not isinstance(event, Typed):
            return None
        text = " ".join(event.text.split())[:MOST_TYPED]
        return looking(context, replace(context.user.view, page=0, text=text))

    def back(self, context: Context) -> View:
        """From the archive to the letters; from them home."""
        return View("letters") if context.looks_at("archive") else View("home")


def _mark(draft: Draft) -> str:
    if draft.fate.answered_on:
        return "✓ "
    return "✉ " if draft.fate.sent_on else ""


def _found(context: Context, drafts: list[Draft], wanted: str) -> list[Draft]:
    """By any name of the State, by the treaty's code or subject, or by the letter's label."""
    states = {state.iso3 for state in context.library.find_states(wanted).found}
    treaties = {treaty.code for treaty in context.library.find_treaties(wanted).found}
    found = []
    for draft in drafts:
        codes = {code for code in (draft.treaty, *draft.also) if code}
        label = " ".join(
            (draft_label(context, draft), *(treaty_label(context._, code) for code in codes))
        )
        if draft.state in states or bool(codes & treaties) or folded(wanted) in folded(label):
            found.append(draft)
    return found
