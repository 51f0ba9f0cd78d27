"""What stands beside a State in the list: that it has signed, and that it was written to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.conversation.many.kept import jobs_of
from bot.conversation.talk.context import own_campaign
from bot.conversation.talk.drafts import drafts_of
from bot.conversation.talk.standings import MARKS
from bot.letters.model import Stage

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.draft import Draft
    from bot.letters.model import State

SIGNED = MARKS[Stage.SIGNED]
WRITTEN = "✉"


def marks_of(context: Context, states: list[State]) -> dict[str, str]:
    """The marks behind the names, by the State's code; empty where there is nothing to say."""
    code, on = context.draft.treaty or "", context.letter_date()
    written = _written_to(context)
    found = {}
    for state in states:
        standing = context.library.records.standing(code, state.iso3, on)
        marks = [SIGNED] if standing.stage is Stage.SIGNED else []
        marks += [WRITTEN] if state.iso3 in written else []
        found[state.iso3] = "".join(f" {mark}" for mark in marks)
    return found


def legend_of(context: Context, states: list[State]) -> str:
    """What the marks mean, as far as there are any."""
    _, found = context._, "".join(marks_of(context, states).values())
    parts = []
    if SIGNED in found:
        parts.append(_("%(mark)s signed, not ratified", mark=SIGNED))
    if WRITTEN in found:
        parts.append(_("%(mark)s you have written to it", mark=WRITTEN))
    return " · ".join(parts)


def _written_to(context: Context) -> frozenset[str]:
    """The States to which the user has a finished letter on the treaty, or had one of many.

    Where a campaign asks for something else, one of that campaign.
    """
    code, now = context.draft.treaty, context.draft.id
    key = context.draft.campaign if own_campaign(context.draft, context.library) else ""

    def is_alike(draft: Draft) -> bool:
        own = own_campaign(draft, context.library)
        if key or own:
            return draft.campaign == key
        return code in (draft.treaty, *draft.also)

    letters = {
        one.state
        for one in drafts_of(context)
        if one.is_complete and one.id != now and is_alike(one)
    }
    many = {
        target.state for job in jobs_of(context) if is_alike(job.draft) for target in job.targets
    }
    return frozenset(state for state in letters | many if state)
