"""Letters that are deleted soon: which, when, and that the user was told or keeps them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Protocol

from bot.conversation.many.kept import jobs_of
from bot.conversation.many.written import job_name
from bot.conversation.talk.drafts import drafts_of
from bot.conversation.talk.names import draft_label
from bot.conversation.talk.shelf import Shelf
from bot.conversation.talk.values import Change, of_kind
from bot.keeping.lifetimes import WARNED

if TYPE_CHECKING:
    from bot.conversation.many.kept import Job
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.draft import Draft
    from bot.conversation.talk.values import Changes

MOST = 12
"""So many letters fit into one message."""


@dataclass(frozen=True, slots=True)
class Expiring:
    """A letter, or letters to many States, that is deleted on a day unless it is kept.

    `owner` is whose it is: the user's own, or a coalition's; `told` once the user was.
    """

    letter_id: str
    day: date
    told: bool = False
    owner: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class ExpiryTold(Change):
    """The user is told that these letters are deleted, and on which days."""

    letters: tuple[Expiring, ...]


@dataclass(frozen=True, slots=True)
class LettersKept(Change):
    """Letters of an owner's are counted from now on: somebody opened them, or wants to keep them.

    Whoever may look at a coalition's letters renews them by that, as by opening one of them.
    """

    owner: str
    letters: tuple[str, ...]


class ExpiringLetters(Protocol):
    """What is asked of the store."""

    def of(self, user_id: str) -> tuple[Expiring, ...]:
        """What the user is to be told or was told, the earliest first."""
        ...


EXPIRING = Shelf[ExpiringLetters]("expiring")


@dataclass(frozen=True, slots=True)
class Soon:
    """A letter at hand that is deleted soon."""

    expiring: Expiring
    draft: Draft | None = None
    job: Job | None = None

    def name(self, context: Context) -> str:
        """What it is called."""
        if self.job:
            return job_name(context, self.job)
        return draft_label(context, self.draft) if self.draft else ""


def all_expiring_of(context: Context) -> tuple[Expiring, ...]:
    """What is deleted soon of all that the user works on, as it was before the turn.

    Who was not told yet has a week from today.
    """
    if EXPIRING.is_empty(context):
        return ()
    week = context.library.today() + timedelta(days=WARNED)
    return tuple(
        one if one.told else Expiring(one.letter_id, max(one.day, week), owner=one.owner)
        for one in EXPIRING.of(context).of(context.user.id)
    )


def soon(context: Context, *, untold: bool = False) -> tuple[Soon, ...]:
    """What is deleted soon of whom the user works for now; only what was not told yet if wanted."""
    known = [
        one
        for one in all_expiring_of(context)
        if one.owner == context.owner and not (untold and one.told)
    ]
    if not known:
        return ()
    kept = {letter for one in of_kind(context.pending, LettersKept) for letter in one.letters}
    jobs = {one.id: one for one in jobs_of(context)}
    drafts = {one.id: one for one in drafts_of(context)}
    found = (
        Soon(one, drafts.get(one.letter_id), jobs.get(one.letter_id))
        for one in known
        if one.letter_id not in kept
    )
    return tuple(one for one in found if one.draft or one.job)


def kept(context: Context, *letters: str) -> Changes:
    """The change that has these counted from now on."""
    return (LettersKept(context.owner, letters),) if letters else ()


def expiry_told(context: Context) -> str:
    """The message that tells the user once; empty where there is nothing to tell."""
    _ = context._
    found = soon(context, untold=True)
    if not found:
        return ""
    parts = [
        _(
            "These letters have been left alone for a long time. So as to keep no more of you than "
            "is needed, I delete them on the day given:"
        ),
        "\n".join(soon_line(context, one) for one in found[:MOST]),
        *["…"] * (len(found) > MOST),
        _("To keep them, look at “Deleted soon”, or open the letter."),
    ]
    return "\n\n".join(parts)


def soon_line(context: Context, one: Soon) -> str:
    """Which letter, and when."""
    return context._(
        "• %(letter)s: on %(date)s.",
        letter=one.name(context),
        date=context.day(one.expiring.day),
    )
