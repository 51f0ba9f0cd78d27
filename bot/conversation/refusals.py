"""Why there is no such letter, in a sentence that says what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.letters.compose import AlreadyParty, NotParty

if TYPE_CHECKING:
    from bot.conversation.context import Context
    from bot.conversation.draft import Draft
    from bot.letters.compose import Refusal


def refusal_line(context: Context, draft: Draft, refusal: Refusal) -> str:
    """The reason, with the date behind it."""
    _ = context._
    overtaken = context.overtaken(draft)
    if overtaken and overtaken.left:
        return _(
            "%(state)s became party to %(treaty)s on %(date)s, after this letter was dated. Please "
            "date the letter anew: it then passes over that treaty.",
            state=context.state_name(context.state(draft)),
            treaty=overtaken.treaty,
            date=context.day(overtaken.standing.party_since or context.library.today()),
        )
    if isinstance(refusal, AlreadyParty) and overtaken:
        return _(
            "%(state)s became party on %(date)s, after this letter was dated: the letter is "
            "stopped, since there is nothing left to ask for. Please choose another State.",
            state=context.state_name(context.state(draft)),
            date=context.day(refusal.standing.party_since or context.library.today()),
        )
    if isinstance(refusal, AlreadyParty) and refusal.standing.party_since:
        return _(
            "%(state)s has been party to %(treaty)s since %(date)s: there is nothing left to "
            "ask for. Please choose another State or an earlier date.",
            state=context.state_name(context.state(draft)),
            treaty=draft.treaty,
            date=context.day(refusal.standing.party_since),
        )
    if isinstance(refusal, NotParty):
        return _(
            "%(state)s is not party to %(treaty)s on that date: there is nothing to congratulate "
            "on. Please give a later date, or delete this letter.",
            state=context.state_name(context.state(draft)),
            treaty=draft.treaty,
        )
    adopted_on = context.library.records.treaties[draft.treaty or ""].adopted_on
    return _(
        "%(treaty)s was adopted only on %(date)s. Please give that date or a later one.",
        treaty=draft.treaty,
        date=context.day(adopted_on),
    )
