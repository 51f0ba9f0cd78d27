"""How the letter is laid out: the columns of its co-signers, their lines, its paper."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.letterhead.kept import letterhead_of
from bot.conversation.talk.page import Page, Step, blocks, drafted
from bot.conversation.talk.paging import in_rows
from bot.conversation.talk.values import Screen
from bot.letters.layout import COLUMNS_FROM, SIGNED_BY_HAND, Columns, Paper

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.library import Translator


def column_names(_: Translator) -> dict[Columns, str]:
    """How the co-signers may stand."""
    return {
        Columns.AUTOMATIC: _("Two columns from %(count)s co-signers on", count=COLUMNS_FROM),
        Columns.ONE: _("One column"),
        Columns.TWO: _("Two columns"),
    }


def paper_names(_: Translator) -> dict[Paper, str]:
    """What the letter may be printed on."""
    return {Paper.A4: "A4", Paper.LETTER: _("US Letter")}


class LayoutPage(Page):
    """Every choice by a tap; the words of the letter stay the same."""

    views = ("layout",)

    def screen(self, context: Context, notice: str = "") -> Screen:
        """The choices, each with its mark."""
        _ = context._
        layout = context.draft.layout
        columns = [
            context.button(f"{'●' if one is layout.columns else '○'} {name}", "columns", one)
            for one, name in column_names(_).items()
        ]
        papers = tuple(
            context.button(f"{'●' if one is layout.paper else '○'} {name}", "paper", one)
            for one, name in paper_names(_).items()
        )
        stacked = context.button(
            f"{'☑' if layout.stacked else '☐'} " + _("Role and organization below the name"),
            "stacked",
        )
        head = letterhead_of(context)
        own = head is not None and bool(head.word)
        ask = _(
            "This is for Word, the PDF and the picture. Up to %(count)s co-signers have room to "
            "sign by hand above their names.",
            count=SIGNED_BY_HAND,
        )
        follows = _("Your Word letterhead has its own paper: the letter keeps to it.")
        return Screen(
            _("How the letter is laid out"),
            blocks(notice, ask, follows if own else ""),
            (
                *in_rows(columns, 1),
                (stacked,),
                *(() if own else (papers,)),
            ),
        )

    def tapped(self, context: Context, action: str, value: str) -> Step:
        """One choice changed; the letter that stands in the chat is renewed."""
        layout = context.draft.layout
        if action == "columns":
            layout = replace(layout, columns=Columns(value))
        elif action == "paper":
            layout = replace(layout, paper=Paper(value))
        else:
            layout = replace(layout, stacked=not layout.stacked)
        return drafted(context, replace(context.draft, layout=layout), context.user.view)
