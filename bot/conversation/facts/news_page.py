"""What has changed: States that moved, with the way to each letter and to a congratulation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.conversation.facts.kept import NoticesRead
from bot.conversation.facts.news import MOST, congratulation, item_lines, items
from bot.conversation.talk.drafts import drafts_of
from bot.conversation.talk.names import agreeing_line, draft_label
from bot.conversation.talk.page import DRAFT, Page, Step, blocks, looking
from bot.conversation.talk.values import Screen, View

if TYPE_CHECKING:
    from bot.conversation.facts.news import Item
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.draft import Draft
    from bot.conversation.talk.values import Button

MOST_DRAFTS = 3
"""Of one State; all of them stand under My letters."""


class NewsPage(Page):
    """The moves that concern the user's letters, until they are put away."""

    views = ("news",)
    of_draft = False

    def screen(self, context: Context, notice: str = "") -> Screen:
        """Each move with what can be done about it."""
        _ = context._
        found = items(context)
        if not found:
            nothing = _("Nothing has changed for your letters.")
            return Screen(_("What has changed"), blocks(notice, nothing))
        rows: list[tuple[Button, ...]] = []
        for item in found[:MOST]:
            rows += self._rows(context, item)
        rows.append((context.button(_("I have read this"), "read"),))
        said = [item_lines(context, item) for item in found[:MOST]]
        return Screen(_("What has changed"), blocks(notice, *said), tuple(rows))

    def _rows(self, context: Context, item: Item) -> list[tuple[Button, ...]]:
        _ = context._
        rows: list[tuple[Button, ...]] = [
            (context.button(draft_label(context, draft), "open", draft.id),)
            for draft in item.open[:MOST_DRAFTS]
        ]
        if item.joined and item.sent:
            state = context.library.records.states[item.notice.state]
            label = _("Congratulate: %(state)s", state=context.state_name(state))
            value = f"{item.notice.treaty}.{item.notice.state}"
            rows.append((context.button(f"{label} · {item.notice.treaty}", "congratulate", value),))
        return rows

    def tapped(self, context: Context, action: str, value: str) -> Step:
        """Open a draft, congratulate, or put all of it away."""
        if action == "read":
            notice = context._("Noted.")
            found = items(context)
            view = View("news") if len(found) > MOST else View("home")
            step = looking(context, view, notice)
            read = tuple(item.notice for item in found[:MOST] if item.notice.told)
            return Step(step.session, step.notice, (NoticesRead(read),))
        if action == "open":
            draft = next((one for one in drafts_of(context) if one.id == value), None)
            if draft is None:
                return looking(context, View("news"))
            return Step(context.session.with_draft(draft).looking(DRAFT), arrives=True)
        treaty, _dot, iso3 = value.partition(".")
        for item in items(context):
            if (item.notice.treaty, item.notice.state) == (treaty, iso3) and item.sent:
                return congratulated(context, item.sent[0], treaty)
        return looking(context, View("news"))


def congratulated(context: Context, base: Draft, treaty: str) -> Step:
    """The letter of congratulation, ready; its co-signers agreed to another."""
    draft = congratulation(context, base, treaty)
    notice = agreeing_line(context, draft)
    return Step(context.session.with_draft(draft).looking(DRAFT), notice, arrives=True)
