"""Which Permanent Mission is addressed: Geneva or New York?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.asking.again import seat_name
from bot.conversation.talk.events import Tap, Typed
from bot.conversation.talk.paging import in_rows
from bot.conversation.talk.question import action_of
from bot.conversation.talk.values import Answer, Screen
from bot.letters.day_words import folded
from bot.letters.model import Kind, Office
from bot.letters.signatories import clean

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.draft import Draft
    from bot.conversation.talk.events import Event


SHORT = {"ny": Office.NEW_YORK, "nyc": Office.NEW_YORK, "gva": Office.GENEVA, "genf": Office.GENEVA}
MAX_LINES = 8
MAX_LINE = 120


class SeatQuestion:
    """The seat. About a dozen Members have no mission in Geneva: the user chooses.

    Of the Cook Islands and Niue, which are no Members, none is known in New York: the letter goes
    to Geneva, or to an address of the user's own.
    """

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
        if context.draft.address:
            return context.draft.address.partition("\n")[0]
        return seat_name(context, context.draft.seat or "")

    def screen(self, context: Context, notice: str = "") -> Screen:
        """Two buttons; the last seat stands first."""
        _ = context._
        if _is_no_member(context):
            return self._without_new_york(context, notice)
        first = context.user.last.seat or Office.GENEVA
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

    def _without_new_york(self, context: Context, notice: str) -> Screen:
        _ = context._
        known = _(
            "No mission of %(state)s in New York is known. Choose Geneva, or type an address of "
            "your own, as it is to stand in the letter.",
            state=context.state_name(context.state()),
        )
        geneva = context.button(seat_name(context, Office.GENEVA), "seat", Office.GENEVA)
        return Screen(
            _("Which Permanent Mission is the letter to?"),
            "\n".join(line for line in (notice, known) if line),
            ((geneva,),),
            _("Type an address"),
        )

    def answer(self, context: Context, event: Event) -> Answer:
        """A tap, or the city typed in any language."""
        if isinstance(event, Tap):
            tapped = Office(action_of(event.data)[1])
            return Answer(replace(context.draft, seat=tapped, address=""))
        if not isinstance(event, Typed):
            return Answer()
        seat = _seat_of(context, event.text)
        if _is_no_member(context) and seat is not Office.GENEVA:
            return self._addressed(context, event.text, seat)
        if seat:
            return Answer(replace(context.draft, seat=seat, address=""))
        return Answer(notice=context._("Please tap Geneva or New York."))

    def _addressed(self, context: Context, text: str, seat: Office | None) -> Answer:
        """An address of the user's own; New York alone is none."""
        lines = [clean(line)[0] for line in text.splitlines()]
        lines = [line for line in lines if line]
        too_long = len(lines) > MAX_LINES or any(len(line) > MAX_LINE for line in lines)
        if seat or not lines or too_long:
            notice = context._(
                "An address has at most %(lines)s lines of %(count)s characters.",
                lines=MAX_LINES,
                count=MAX_LINE,
            )
            return Answer(notice=notice if too_long else context._("Please type an address."))
        return Answer(replace(context.draft, seat=Office.GENEVA, address="\n".join(lines)))

    def cleared(self, draft: Draft) -> Draft:
        """See `Question`."""
        return replace(draft, seat=None, address="")


def _is_no_member(context: Context) -> bool:
    return context.state().kind is Kind.OTHER


def _seat_of(context: Context, text: str) -> Office | None:
    """The seat whose city it is, in any language, with or without its accents."""
    wanted = folded(text).strip()
    for seat, city in ((Office.GENEVA, "Geneva"), (Office.NEW_YORK, "New York")):
        for names in context.library.find.places():
            known = [folded(name) for name in names.values()]
            if folded(city) in known and wanted in known:
                return seat
    return SHORT.get(wanted)
