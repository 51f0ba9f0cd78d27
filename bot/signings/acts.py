"""What may be said of a letter, by whom and when: each act is a new value, or why there is none.

Nothing here asks a clock or a disk. Whoever saves an act has just read what it was judged by.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.signings.values import NOBODY_YET, WAITING, Endorser, Shown, Signing, Status

if TYPE_CHECKING:
    from datetime import datetime

    from bot.letters.model import Signatory


A_DAY = timedelta(days=1)


class Refused(StrEnum):
    """Why nothing was recorded.

    `OUTDATED`: another text holds now. `LATE`: the deadline has passed. `CLOSED`: the letter is
    final. `SPOKEN`: somebody has spoken for that organisation already. `NOTHING`: there is nothing
    that could be taken back.
    """

    OUTDATED = "outdated"
    LATE = "late"
    CLOSED = "closed"
    SPOKEN = "spoken"
    NOTHING = "nothing"


def _shut(signing: Signing, shown: Shown, now: datetime) -> Refused | None:
    if signing.closed:
        return Refused.CLOSED
    if now >= signing.deadline:
        return Refused.LATE
    # A text that this version does not have was shown to nobody.
    same = shown.version == signing.version and shown.digest
    return None if same else Refused.OUTDATED


def confirmed(
    signing: Signing, endorser: Endorser, shown: Shown, given: Signatory, now: datetime
) -> Endorser | Refused:
    """It confirms the text that it was shown; by the open link, it asks to join."""
    shut = _shut(signing, shown, now)
    if shut:
        return shut
    # Who was taken in under one name is asked about again under another.
    same = endorser.given == given
    asks_to_join = endorser.is_open and not (endorser.taken_in and same)
    return replace(
        endorser,
        given=given,
        status=Status.JOINING if asks_to_join else Status.CONFIRMED,
        taken_in=endorser.taken_in and not asks_to_join,
        at=now,
        shown=shown,
        told=signing.version,
        comment="",
        after_sending=False,
        erased=False,
    )


def answered(
    signing: Signing, endorser: Endorser, status: Status, comment: str, now: datetime
) -> Endorser | Refused:
    """It refuses, asks for a change, or is not the one who is meant; what it confirmed lapses."""
    if signing.closed:
        return Refused.CLOSED
    if status is Status.ASKED and now >= signing.deadline:
        return Refused.LATE
    return replace(
        endorser,
        status=status,
        at=now,
        comment=comment,
        told=signing.version,
        erased=False,
    )


def withdrawn(signing: Signing, endorser: Endorser, now: datetime) -> Endorser | Refused:
    """It takes its word back: until the letter is sent, of the letter; afterwards, for the record.

    A letter that is closed and not yet sent goes out without it.
    """
    if endorser.status not in {Status.CONFIRMED, Status.JOINING}:
        return Refused.NOTHING
    after = signing.sent
    return replace(endorser, status=Status.WITHDRAWN, at=now, after_sending=after)


def erased(signing: Signing, endorser: Endorser, now: datetime) -> Endorser:
    """What it gave is gone: the organisation, the status, the time and the text's digest stay.

    Without a name there is no name below the letter: what was confirmed is withdrawn.
    """
    only = replace(endorser.proposed, name="", role="")
    organisation = endorser.standing.organisation
    stood = endorser.status in {Status.CONFIRMED, Status.JOINING}
    return replace(
        endorser,
        proposed=replace(only, organisation=organisation),
        given=NOBODY_YET,
        comment="",
        user_id="",
        status=Status.WITHDRAWN if stood else endorser.status,
        at=now if stood else endorser.at,
        after_sending=signing.sent if stood else endorser.after_sending,
        erased=True,
    )


def accepted(signing: Signing, endorser: Endorser) -> Endorser:
    """One who asked to join is taken in: what it confirmed counts, if that text still holds."""
    if endorser.status is not Status.JOINING:
        return endorser
    same = endorser.shown is not None and endorser.shown.version == signing.version
    status = Status.CONFIRMED if same else Status.PROPOSED
    return replace(endorser, status=status, taken_in=True)


def declined(endorser: Endorser) -> Endorser:
    """One who asked to join is not taken in."""
    if endorser.status is not Status.JOINING:
        return endorser
    return replace(endorser, status=Status.DECLINED)


def renewed(endorser: Endorser) -> Endorser:
    """Another text holds: what was confirmed of the one before is confirmed no more."""
    if endorser.status is Status.CONFIRMED or endorser.status is Status.ASKED:
        return replace(endorser, status=Status.PROPOSED)
    return endorser


def may_be_reminded(signing: Signing, endorser: Endorser, now: datetime) -> bool:
    """One within a day at most, of those who have not decided; none where a clock was put back."""
    waits = endorser.status in WAITING and not signing.closed and now < signing.deadline
    return waits and (endorser.reminded is None or now - endorser.reminded >= A_DAY)
