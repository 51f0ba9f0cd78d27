"""To which States a draft's letter may go: those not party, or whom its campaign writes to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.conversation.talk.context import own_campaign
from bot.letters import asked
from bot.letters.campaign import To

if TYPE_CHECKING:
    from datetime import date

    from bot.conversation.talk.context import Context
    from bot.conversation.talk.draft import Draft
    from bot.conversation.talk.library import Library
    from bot.letters.model import State
    from bot.letters.request import Refusal
    from bot.letters.status import Standing


def written_to(draft: Draft, library: Library, on: date) -> tuple[tuple[State, Standing], ...]:
    """The States, with where they stand; none where the campaign alone knew, and is gone."""
    campaign = own_campaign(draft, library)
    if campaign:
        return asked.written_to(library.records, campaign, on)
    return library.records.not_party(draft.treaty, on) if draft.treaty else ()


def refused_by_campaign(draft: Draft, iso3: str, library: Library, on: date) -> Refusal | None:
    """Why the draft's campaign does not write to the State; None where it does, or has none."""
    campaign = own_campaign(draft, library)
    if campaign is None:
        return None
    standing = asked.standing_of(library.records, campaign, iso3, on)
    return asked.refused(library.records, campaign, iso3, on, standing)


def count_line(context: Context, count: int) -> str:
    """How many States the letter may go to, and of which day that is known."""
    _, draft = context._, context.draft
    campaign = own_campaign(draft, context.library)
    if campaign is None and not draft.treaty:
        return _("The campaign of this letter is no longer there. Please choose another treaty.")
    day = context.day(context.library.records.dated(draft.treaty or ""))
    if campaign is None or (campaign.to is To.NOT_PARTY and not campaign.listed):
        return _.plural(
            "%(count)s State is not party to %(treaty)s (status of %(date)s).",
            "%(count)s States are not party to %(treaty)s (status of %(date)s).",
            count,
            treaty=draft.treaty,
            date=day,
        )
    if campaign.to is To.PARTIES:
        return _.plural(
            "This campaign writes to parties: to %(count)s State (status of %(treaty)s of "
            "%(date)s).",
            "This campaign writes to parties: to %(count)s States (status of %(treaty)s of "
            "%(date)s).",
            count,
            treaty=draft.treaty,
            date=day,
        )
    if campaign.to is To.SIGNATORIES:
        return _.plural(
            "This campaign writes to those that have signed and not ratified: to %(count)s State "
            "(status of %(treaty)s of %(date)s).",
            "This campaign writes to those that have signed and not ratified: to %(count)s States "
            "(status of %(treaty)s of %(date)s).",
            count,
            treaty=draft.treaty,
            date=day,
        )
    return _.plural(
        "This campaign writes to %(count)s State.",
        "This campaign writes to %(count)s States.",
        count,
    )
