"""What has changed for the user since: States that moved, and the letters that this concerns."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.conversation.facts.kept import notices_of
from bot.conversation.many.kept import jobs_of
from bot.conversation.many.mailing import for_target
from bot.conversation.many.written import places
from bot.conversation.talk.booked import anew
from bot.conversation.talk.context import concerns, has_joined, own_campaign
from bot.conversation.talk.draft import Fate
from bot.conversation.talk.drafts import drafts_of
from bot.conversation.talk.names import where_it_stands
from bot.letters.model import NOBODY, Purpose, Stage

if TYPE_CHECKING:
    from bot.conversation.facts.kept import Notice
    from bot.conversation.many.kept import Job
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.draft import Draft
    from bot.letters.status import Standing

MOST = 12
"""So many moves fit into one message."""


@dataclass(frozen=True, slots=True)
class Item:
    """One State's move, with the user's drafts that are open and the letters that went out."""

    notice: Notice
    standing: Standing
    open: tuple[Draft, ...]
    sent: tuple[Draft, ...]

    @property
    def joined(self) -> bool:
        """Whether the State is now party."""
        return self.standing.stage is Stage.PARTY


def items(context: Context, *, untold: bool = False) -> tuple[Item, ...]:
    """The moves that concern a letter the user still has; only those not yet told of if wanted."""
    found: list[Item] = []
    notices = [one for one in notices_of(context) if not (untold and one.told)]
    if not notices:
        return ()
    jobs = jobs_of(context)
    of_many = places(context)
    drafts = [
        draft for draft in drafts_of(context) if not draft.congratulates and draft.id not in of_many
    ]
    for notice in notices:
        standing = context.library.records.standing(
            notice.treaty, notice.state, context.library.today()
        )
        if standing.stage is notice.before:
            continue
        mine = [draft for draft in drafts if _is_on(context, draft, notice)]
        unsent = tuple(one for one in mine if not one.fate.sent_on and not one.fate.archived)
        sent = tuple(one for one in mine if one.fate.sent_on) + _of_many(context, jobs, notice)
        if unsent or sent:
            found.append(Item(notice, standing, unsent, sent))
    return tuple(found)


def _is_on(context: Context, draft: Draft, notice: Notice) -> bool:
    return draft.state == notice.state and concerns(draft, notice.treaty, context.library)


def _of_many(context: Context, jobs: tuple[Job, ...], notice: Notice) -> tuple[Draft, ...]:
    """Letters to the State among those that were written to many."""
    return tuple(
        for_target(job, target)
        for job in jobs
        for target in job.targets
        if target.state == notice.state and concerns(job.draft, notice.treaty, context.library)
    )


def item_lines(context: Context, item: Item) -> str:
    """What happened, and what to do."""
    _ = context._
    state = context.library.records.states[item.notice.state]
    lines = [f"• {item.notice.treaty} · {where_it_stands(context, state, item.standing)}."]
    library = context.library
    if (
        item.open
        and item.joined
        and not all(has_joined(one, library, library.today()) for one in item.open)
    ):
        lines.append(_("Your letter to it goes on without this treaty: please date it anew."))
    elif item.open and item.joined:
        lines.append(_("Your draft to it is stopped: there is nothing left to ask for."))
    elif item.open:
        lines.append(
            _("Your draft to it takes this up: please read it once more before you send it.")
        )
    if item.sent and item.joined:
        lines.append(_("You wrote to it: a letter of congratulation is ready."))
    elif item.sent:
        lines.append(_("You wrote to it: perhaps it is time to write again."))
    return "\n".join(lines)


def told(context: Context) -> str:
    """The message that tells the user once; empty where there is nothing to tell."""
    _ = context._
    found = items(context, untold=True)
    if not found:
        return ""
    parts = [
        _("The status of treaties was renewed. This concerns your letters:"),
        *(item_lines(context, item) for item in found[:MOST]),
    ]
    if len(found) > MOST:
        rest = len(found) - MOST
        parts.append(
            _.plural("… and %(count)s more change.", "… and %(count)s more changes.", rest)
        )
    parts.append(_("What you can do stands under “What has changed”."))
    return "\n\n".join(parts)


def congratulation(context: Context, base: Draft, treaty: str) -> Draft:
    """A letter that welcomes what the State has done, with the answers of one written before."""
    today = context.library.today()
    letter = replace(
        base,
        id=context.library.new_id(),
        treaty=treaty,
        campaign="" if own_campaign(base, context.library) else base.campaign,
        also=(),
        date=today,
        dated=today,
        updated=today,
        addressee=NOBODY,
        changes=(),
        without=frozenset(),
        within=frozenset(),
        fate=Fate(),
        purpose=Purpose.CONGRATULATION,
        revision=0,
        revisions=0,
    )
    return anew(context, letter)
