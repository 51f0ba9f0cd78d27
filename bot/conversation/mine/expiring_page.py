"""Letters that are deleted soon, with the way to each, and to keep them all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.conversation.mine.expiring import MOST, kept, soon, soon_line
from bot.conversation.talk.page import DRAFT, Page, Step, blocks, looking
from bot.conversation.talk.values import Screen, View

if TYPE_CHECKING:
    from bot.conversation.mine.expiring import Soon
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.paging import Rows
    from bot.conversation.talk.values import Button


def expiring_rows(context: Context) -> Rows:
    """The way to what is deleted soon, where there is something."""
    count = len(soon(context))
    if not count:
        return ()
    label = context._("Deleted soon (%(count)s)", count=count)
    return ((context.button(f"● {label}", "expiring"),),)


class ExpiringPage(Page):
    """What is deleted within a week, until it is kept or gone."""

    views = ("expiring",)
    of_draft = False

    def screen(self, context: Context, notice: str = "") -> Screen:
        """Each letter with its day."""
        _ = context._
        found = soon(context)[:MOST]
        title = _("Deleted soon")
        if not found:
            return Screen(title, blocks(notice, _("No letter is deleted soon.")))
        keep = _.plural("Keep it", "Keep them", len(found))
        rows = ((context.button(keep, "keep", main=True),), *((_way(context, o),) for o in found))
        said = "\n".join(soon_line(context, one) for one in found)
        why = _(
            "Letters that nobody opens are deleted after some time; how long I keep what stands "
            "under /privacy. What you keep or open is counted from today."
        )
        return Screen(title, blocks(notice, said, why), rows)

    def tapped(self, context: Context, action: str, value: str) -> Step:
        """Keep all that is shown, or open one of them."""
        found = soon(context)[:MOST]
        if action == "keep":
            changes = kept(context, *(one.expiring.letter_id for one in found))
            notice = context._.plural(
                "The letter is kept, and counted from today.",
                "The letters are kept, and counted from today.",
                len(found),
            )
            return Step(context.session.looking(View("letters")), notice, changes)
        one = next((one for one in found if one.expiring.letter_id == value), None)
        if one is None:
            return looking(context, View("expiring"))
        if one.draft:
            return Step(context.session.with_draft(one.draft).looking(DRAFT), arrives=True)
        step = looking(context, View("many", value))
        return Step(step.session, changes=kept(context, value))


def _way(context: Context, one: Soon) -> Button:
    return context.button(one.name(context), "openold", one.expiring.letter_id)
