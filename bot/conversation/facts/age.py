"""How old the facts of a letter are: a short line on the letter, and the page that it opens."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.talk.context import own_campaign
from bot.conversation.talk.page import Page, Step, blocks, drafted, looking
from bot.conversation.talk.paging import in_rows
from bot.conversation.talk.values import Screen, View
from bot.letters.campaign import FRAME
from bot.letters.facts import is_stale
from bot.letters.model import Letter

if TYPE_CHECKING:
    from datetime import date

    from bot.conversation.talk.context import Context
    from bot.conversation.talk.paging import Rows


class FactsAgePage(Page):
    """What old facts mean for the letter, and what can be done."""

    views = ("factsage",)

    def screen(self, context: Context, notice: str = "") -> Screen:
        """Whether the letter says of which day they are."""
        _ = context._
        as_of = _old(context)
        if as_of is None:
            fine = _("The facts of this letter are not older than three months.")
            return Screen(_("How old the facts are"), blocks(notice, fine))
        day = context.day(as_of)
        buttons = []
        if _says_so(context):
            label = (
                _("Say “as at %(date)s”", date=day)
                if context.draft.undated
                else _("Leave out “as at %(date)s”", date=day)
            )
            buttons.append(context.button(label, "undated"))
        if context.library.is_administrator(context.user.id):
            buttons.append(context.button(_("Renew the status of treaties"), "facts"))
        said = _age_line(context, as_of)
        return Screen(_("How old the facts are"), blocks(notice, said), in_rows(buttons, 1))

    def tapped(self, context: Context, action: str, value: str) -> Step:
        """Say of which day they are, or leave it out."""
        if action != "undated":
            return looking(context, View(action, value))
        draft = replace(context.draft, undated=not context.draft.undated)
        return drafted(context, draft, context.user.view)


def age_button(context: Context) -> Rows:
    """The line that opens the page, where the facts are old."""
    as_of = _old(context)
    if as_of is None:
        return ()
    label = context._("⚠ Facts of %(date)s", date=context.day(as_of))
    return ((context.button(label, "factsage"),),)


def _old(context: Context) -> date | None:
    """Of which day the letter's facts are; None where they are not old."""
    letter = context.compose(context.draft)
    if isinstance(letter, Letter) and is_stale(letter.as_of, letter.date):
        return letter.as_of
    return None


def _says_so(context: Context) -> bool:
    """Whether the letter can say of which day its facts are: a campaign's own need not."""
    campaign = own_campaign(context.draft, context.library)
    return campaign is None or "as_at" in campaign.template or FRAME not in campaign.template


def _age_line(context: Context, as_of: date) -> str:
    _ = context._
    if not _says_so(context):
        return _(
            "This letter rests on facts of %(date)s, more than three months before its own date. "
            "Please check at treaties.un.org whether they still hold.",
            date=context.day(as_of),
        )
    if context.draft.undated:
        return _(
            "The letter does not say that its facts are of %(date)s. Please check the State’s "
            "status and the number of parties at treaties.un.org before sending.",
            date=context.day(as_of),
        )
    return _(
        "The letter says that its facts are as at %(date)s, more than three months before its own "
        "date. Please check at treaties.un.org whether they still hold.",
        date=context.day(as_of),
    )
