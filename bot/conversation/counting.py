"""How much one person does: counted by what a turn comes to, for all pages in one place.

What is counted is what the channel would have to make or keep. Where a bound is reached nothing
of the turn is done, and why is said; whatever was answered before stands as it was.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.access.kept import ACCESS, CodeMade, Counted, CountedOn, standing_of
from bot.conversation.access.reached import line_of
from bot.conversation.coalitions.kept import Copied, Invited
from bot.conversation.endorsing.kept import LinkMade, SigningOpened
from bot.conversation.many.kept import JobKept
from bot.conversation.screens import screen_of
from bot.conversation.signing.kept import SetKept
from bot.conversation.steps import again
from bot.conversation.talk.access import Standing
from bot.conversation.talk.drafts import DraftKept
from bot.conversation.talk.effects import RunJob, SendFiles, SendSigned, Show, Toast, Turn
from bot.conversation.talk.events import Ended, FileSent, Tap, Typed
from bot.conversation.talk.limits import MEGABYTE, Kind
from bot.conversation.talk.values import of_kind

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.draft import Draft
    from bot.conversation.talk.events import Event

KILOBYTE = 1_000
EVERY = 20
"""What somebody keeps is measured when something new begins, and at every so manieth change."""


def limited(context: Context, event: Event, turned: Turn) -> Turn:
    """The turn, with what it counts for; or, where a bound is reached, a line that says so."""
    if turned.traceless or standing_of(context) is not Standing.IN:
        return turned
    begun = _begun(context, turned)
    uses = uses_of(event, turned)
    uses[Kind.DRAFTS] += begun
    uses = +uses
    kind = _first_reached(context, uses)
    if kind is None and (begun or _grows(context, turned)) and _is_full(context):
        kind = Kind.STORAGE
    if kind:
        return _refused(context, event, kind)
    if not uses:
        return turned
    kept = tuple(one for one in turned.changes if not isinstance(one, Counted))
    counted = CountedOn(context.library.now().date(), dict(uses))
    return replace(turned, changes=(*kept, counted))


def uses_of(event: Event, turned: Turn) -> Counter[Kind]:
    """How often the turn does what is counted. Files count in kilobytes."""
    uses: Counter[Kind] = Counter()
    if isinstance(event, FileSent):
        size = len(event.data) if event.data is not None else event.size
        uses[Kind.UPLOADS] += 1
        uses[Kind.MEGABYTES] += -(-size // KILOBYTE)
    jobs = {one.job.id: len(one.job.targets) for one in of_kind(turned.changes, JobKept)}
    for effect in turned.effects:
        if isinstance(effect, SendFiles | SendSigned):
            uses[Kind.DOCUMENTS] += len(effect.formats)
        elif isinstance(effect, RunJob):
            uses[Kind.LETTERS] += jobs.get(effect.job_id, 0)
    for change in turned.changes:
        if isinstance(change, SigningOpened):
            uses[Kind.SIGNINGS] += 1
        elif isinstance(change, LinkMade | Invited | CodeMade):
            uses[Kind.LINKS] += 1
        elif isinstance(change, Counted):
            uses[change.kind] += change.number
    return +uses


def is_reached(context: Context, kind: Kind) -> bool:
    """Whether the user has done this as often today as one person may."""
    return _first_reached(context, Counter({kind: 1})) is not None


def file_is_too_much(context: Context, size: int) -> bool:
    """Whether a file of that size is not even fetched."""
    uses = Counter({Kind.UPLOADS: 1, Kind.MEGABYTES: -(-size // KILOBYTE)})
    return _first_reached(context, uses) is not None


def reached_line(context: Context, kind: Kind) -> str:
    """What was reached, and when it goes on."""
    return line_of(context, kind, context.library.access.limits.of(kind))


def _first_reached(context: Context, uses: Counter[Kind]) -> Kind | None:
    """The first bound that would be passed; who does more at once than any day allows, too."""
    if not uses:
        return None
    limits, today = context.library.access.limits, context.library.now().date()
    masked = standing_of(context) is Standing.OUTSIDE
    so_far = ACCESS.of(context).counts(context.user.id, today, tuple(uses), masked=masked)
    for kind, number in uses.items():
        unit = MEGABYTE // KILOBYTE if kind is Kind.MEGABYTES else 1
        if so_far.get(kind, 0) + number > limits.of(kind) * unit:
            return kind
    return None


def _refused(context: Context, event: Event, kind: Kind) -> Turn:
    said = reached_line(context, kind)
    if isinstance(event, Ended):
        return Turn(context.session)
    if isinstance(event, Tap):
        return Turn(context.session, (Toast(said), Show(screen_of(context, said))))
    if isinstance(event, Typed):
        # What was typed may be sent again when it goes on: the page keeps it in its field.
        return Turn(
            context.session, (Show(replace(screen_of(context, said), kept=True), below=True),)
        )
    return again(context, said)


def _begun(context: Context, turned: Turn) -> int:
    """How many drafts are new."""
    before, after = context.session.draft, turned.session.draft
    found: list[Draft | None] = [one.draft for one in of_kind(turned.changes, DraftKept)]
    found += [one.draft for one in of_kind(turned.changes, Copied)]
    if after and (before is None or before.id != after.id):
        found.append(after)
    ids = {one.id for one in found if one}
    return len(ids) - ACCESS.of(context).known_drafts(tuple(ids)) if ids else 0


def _grows(context: Context, turned: Turn) -> bool:
    """Whether it is time to look how much is kept."""
    if any(isinstance(one, SetKept | JobKept | Copied) for one in turned.changes):
        return True
    before, after = context.session.draft, turned.session.draft
    moved = after and before and after.revision > before.revision
    return bool(moved and after and after.revision % EVERY == 0)


def _is_full(context: Context) -> bool:
    most = context.library.access.limits.of(Kind.STORAGE) * MEGABYTE
    return ACCESS.of(context).held(context.owner) >= most
