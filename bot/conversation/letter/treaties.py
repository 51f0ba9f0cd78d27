"""Several treaties in one letter: those that the State has not joined are ticked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.talk.context import lacking_first
from bot.conversation.talk.names import treaty_label
from bot.conversation.talk.page import Page, Step, blocks, drafted
from bot.conversation.talk.paging import paged
from bot.conversation.talk.values import Screen
from bot.letters.model import Stage

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.draft import Draft

PAGE = 10


class TreatiesPage(Page):
    """The treaties that the State may be asked to join."""

    views = ("treaties",)

    def screen(self, context: Context, notice: str = "") -> Screen:
        """A tick for each; at least one stays."""
        _ = context._
        draft = context.draft
        ticked = {draft.treaty, *draft.also}
        buttons = [
            context.button(
                f"{'☑' if code in ticked else '☐'} {treaty_label(context, code)}",
                "treaty",
                code,
            )
            for code in _open_to(context)
        ]
        text = _(
            "Treaties that %(state)s has not joined. Those that you tick stand in one letter.",
            state=context.state_name(context.state()),
        )
        rows = paged(context, buttons, context.user.view.page, size=PAGE)
        done = _.plural("Done: %(count)s treaty", "Done: %(count)s treaties", 1 + len(draft.also))
        return Screen(
            _("Which treaties does the letter name?"), blocks(notice, text), rows, back=done
        )

    def tapped(self, context: Context, action: str, value: str) -> Step:
        """Tick or untick a treaty."""
        del action
        draft, view = context.draft, context.user.view
        chosen = [draft.treaty or "", *draft.also]
        if value in chosen:
            chosen.remove(value)
        else:
            chosen.append(value)
        if not chosen:
            notice = context._("A letter names at least one treaty.")
            return drafted(context, draft, view, notice, renews=False)
        # One whose folder is gone may still be among the draft's: it stands last.
        order = [*context.library.records.treaties, *chosen]
        first, *also = sorted(chosen, key=order.index)
        draft, notice = _with_parents(context, replace(draft, treaty=first, also=tuple(also)))
        return drafted(context, draft, view, notice)


def _with_parents(context: Context, draft: Draft) -> tuple[Draft, str]:
    """The draft with what the State has to join before what is ticked, and a line that says so."""
    _ = context._
    notices = []
    while found := lacking_first(draft, context.library):
        treaty, parent = found
        draft = replace(draft, also=(*draft.also, parent))
        notices.append(
            _(
                "%(state)s has to join %(parent)s before it may join %(treaty)s: the letter asks "
                "for both.",
                state=context.state_name(context.state()),
                parent=parent,
                treaty=treaty,
            )
        )
    return draft, "\n".join(notices)


def _open_to(context: Context) -> list[str]:
    """Treaties that the State has not joined on the letter's date, and those chosen before."""
    draft, records, on = context.draft, context.library.records, context.letter_date()
    chosen = {draft.treaty, *draft.also}
    return [
        code
        for code, treaty in records.treaties.items()
        if code in chosen
        or (
            treaty.adopted_on <= on
            and records.has_status(code)
            and records.is_open(code, draft.state or "")
            and records.standing(code, draft.state or "", on).stage is not Stage.PARTY
        )
    ]
