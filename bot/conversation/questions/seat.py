"""Which Permanent Mission is addressed: Geneva or New York?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.paging import in_rows
from bot.conversation.questions.again import seat_name
from bot.conversation.questions.base import action_of
from bot.conversation.values import Answer, Screen, Tap, Typed
from bot.letters.model import Seat

if TYPE_CHECKING:
    from bot.conversation.context import Context
    from bot.conversation.draft import Draft
    from bot.conversation.values import Event


class SeatQuestion:
    """The seat. About a dozen Members have no mission in Geneva: the user chooses."""

    key = "seat"

    def name(self, context: Context) -> str:
        """See `Question`."""
        return context._("Mission")

    def applies(self, context: Context) -> bool:
        """Always."""
        return context is not None

    def is_answered(self, draft: Draft) -> bool:
        """See `Question`."""
        return draft.seat is not None

    def shown(self, context: Context) -> str:
        """See `Question`."""
        return seat_name(context, context.draft.seat or "")

    def screen(self, context: Context, notice: str = "") -> Screen:
        """Two buttons; the last seat stands first."""
        _ = context._
        first = context.user.last.seat or Seat.GENEVA
        lines = [
            notice,
            _("A few States have no mission in Geneva: if in doubt, choose New York."),
        ]
        return Screen(
            _("Which Permanent Mission is the letter to?"),
            "\n".join(line for line in lines if line),
            in_rows(
                [
                    context.button(seat_name(context, seat), "seat", seat)
                    for seat in (first, first.other)
                ],
                2,
            ),
        )

    def answer(self, context: Context, event: Event) -> Answer:
        """A tap, or the city typed in any language."""
        if isinstance(event, Tap):
            return Answer(replace(context.draft, seat=Seat(action_of(event.data)[1])))
        if isinstance(event, Typed):
            wanted = event.text.strip().casefold()
            for seat, city in ((Seat.GENEVA, "Geneva"), (Seat.NEW_YORK, "New York")):
                for names in context.library.places():
                    known = [name.casefold() for name in names.values()]
                    if city.casefold() in known and wanted in known:
                        return Answer(replace(context.draft, seat=seat))
            return Answer(notice=context._("Please tap Geneva or New York."))
        return Answer()

    def cleared(self, draft: Draft) -> Draft:
        """See `Question`."""
        return replace(draft, seat=None)
