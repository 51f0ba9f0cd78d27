"""What is told unasked: to who asks, what others have said; to who was asked, what has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.conversation.endorsing.asking import two_texts
from bot.conversation.endorsing.inviting import reminder_text
from bot.conversation.endorsing.kept import (
    SIGNINGS,
    Heard,
    Nudged,
    Reminded,
    Told,
    endorsers_of,
)
from bot.conversation.endorsing.newtext import old_and_new
from bot.conversation.endorsing.words import progress, status_names, title
from bot.conversation.talk.membership import Role
from bot.conversation.talk.names import labelled
from bot.conversation.talk.page import blocks, clipped, lines
from bot.signings.acts import may_be_reminded
from bot.signings.deadlines import is_near
from bot.signings.values import TO_REMIND, WAITING, Status

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.values import Changes
    from bot.signings.values import Endorser, Signing

MOST = 10
LOUD = frozenset({Status.ASKED, Status.REFUSED, Status.WITHDRAWN, Status.JOINING, Status.NOT_US})
"""What the drafter is told of at once. Confirmations are counted, and told when all are there."""

COMMENT = 500


def told(context: Context) -> tuple[str, Changes]:
    """The message, and what is then known to have been told; empty where there is nothing."""
    if SIGNINGS.is_empty(context):
        return "", ()
    shelf, user = SIGNINGS.of(context), context.user.id
    said: list[str] = []
    changes: Changes = ()
    own = context.session.membership
    only_reads = own is not None and own.role is Role.READER
    # What a reader is told of a coalition's signings is still to be told to those who can act.
    for signing in () if only_reads else shelf.of(context.owner):
        if signing.acts > signing.heard:
            said.append(_acts(context, signing))
            changes = (*changes, Heard(signing.id, signing.acts, signing.heard))
        if _is_to_nudge(context, signing):
            text, more = _nudged(context, signing)
            said.append(text)
            changes = (*changes, *more)
    for signing_id, endorser in shelf.asked(user):
        found = shelf.find(signing_id)
        if found and _is_to_tell(found, endorser):
            said.append(_asked_again(context, found, endorser))
            changes = (*changes, Told(endorser.id, found.version))
    return blocks(*said), changes


def _is_to_nudge(context: Context, signing: Signing) -> bool:
    near = is_near(signing.deadline, context.library.now())
    return near and not signing.nudged and not signing.closed


def _is_to_tell(signing: Signing, endorser: Endorser) -> bool:
    return endorser.told < signing.version and endorser.status in WAITING and not signing.closed


def _acts(context: Context, signing: Signing) -> str:
    """What was said since; nothing of confirmations alone, until everybody has confirmed."""
    _, shelf = context._, SIGNINGS.of(context)
    ids = dict.fromkeys(shelf.acts_since(signing.id, signing.heard))
    found = [one[1] for key in ids if (one := shelf.endorser(key))]
    loud = [one for one in found if one.status in LOUD]
    whole = signing.asked and signing.count(Status.CONFIRMED) == signing.asked
    if not loud and not whole:
        return ""
    names = status_names(_)
    said = [
        lines(
            f"• {labelled(_, one.standing.line or one.name, names[one.status])}",
            _("They write: “%(text)s”", text=clipped(one.comment, COMMENT)) if one.comment else "",
        )
        for one in loud[:MOST]
    ]
    heading = title(_, context.library.records, signing)
    everybody = _("Everybody who was asked has confirmed.") if whole else ""
    return lines(
        labelled(_, heading, progress(_, signing)), *said, "…" * (len(loud) > MOST), everybody
    )


def _nudged(context: Context, signing: Signing) -> tuple[str, Changes]:
    """Two days before the deadline: who waits here is reminded, for the others there is a text."""
    _, now = context._, context.library.now()
    waiting = endorsers_of(context, signing.id, WAITING)
    due = [one for one in waiting if one.user_id and may_be_reminded(signing, one, now)]
    changes: Changes = tuple(Reminded(one.id, now, here=True) for one in due)
    changes = (*changes, Nudged(signing.id))
    if not waiting:
        return "", changes
    heading = title(_, context.library.records, signing)
    count = _.plural(
        "%(letter)s: the deadline is near, and %(count)s has not decided.",
        "%(letter)s: the deadline is near, and %(count)s have not decided.",
        len(waiting),
        letter=heading,
    )
    if len(due) == len(waiting):
        return count, changes
    ask = _("To those who came by no chat you can forward this:")
    return blocks(count, ask, reminder_text(context, signing)), changes


def _asked_again(context: Context, signing: Signing, endorser: Endorser) -> str:
    """A reminder; or what has changed, old and new."""
    _ = context._
    if endorser.told == TO_REMIND or endorser.shown is None:
        return blocks(reminder_text(context, signing), _where(context))
    both = two_texts(context, signing, endorser.shown)
    small = _("Whoever asks calls it a small correction.") if signing.small else ""
    changed = _(
        "The text of %(letter)s has changed since you read it. What you confirmed was the old one.",
        letter=title(_, context.library.records, signing),
    )
    said = old_and_new(_, both[0].letter, both[1].letter) if both else []
    return blocks(lines(changed, small), *said, _where(context))


def _where(context: Context) -> str:
    return context._("You find it at home (/start), under “letters to sign”.")
