"""What somebody who was asked says, and what is to be kept of it: the same in a chat and on a page.

One tap or one form is one act, saved as a whole or not at all.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.conversation.endorsing.kept import EndorserSpoke, LinkMade, LinkUsed
from bot.letters.model import Signatory
from bot.letters.signatories import MAX_LENGTH, clean
from bot.signings import acts
from bot.signings.tokens import PRIVATE_FOR
from bot.signings.values import NOBODY_YET, Endorser, Kind, Link, Shown, Status

if TYPE_CHECKING:
    from datetime import datetime

    from bot.conversation.talk.values import Changes
    from bot.signings.acts import Refused
    from bot.signings.values import Signing

MOST_COMMENT = 2000

SAYS = {
    "refuse": Status.REFUSED,
    "change": Status.ASKED,
    "notus": Status.NOT_US,
}
"""What is said without a name."""


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody sent: the act, the text they had before them, how they want to stand."""

    act: str
    shown: Shown
    given: Signatory = NOBODY_YET
    comment: str = ""


def named(name: str, role: str, organisation: str) -> Signatory:
    """The three parts as a letter can print them."""
    parts = [
        clean(one.replace("\n", " "))[0][:MAX_LENGTH].strip() for one in (name, role, organisation)
    ]
    return Signatory(parts[0], parts[2], parts[1])


def newcomer(endorser_id: str, version: int, beside: Endorser | None = None) -> Endorser:
    """One who came by the open link, or stands beside another of the same organisation."""
    proposed = Signatory("", beside.standing.organisation) if beside else NOBODY_YET
    return Endorser(
        endorser_id,
        proposed,
        status=Status.JOINING,
        is_open=True,
        told=version,
        beside=beside.id if beside else "",
    )


def spoken(signing: Signing, endorser: Endorser, said: Said, now: datetime) -> Endorser | Refused:
    """What the endorser is after that, or why nothing is recorded."""
    if said.act == "confirm":
        return acts.confirmed(signing, endorser, said.shown, said.given, now)
    if said.act == "withdraw":
        return acts.withdrawn(signing, endorser, now)
    if said.act == "erase":
        return acts.erased(signing, endorser, now)
    comment = said.comment.strip()[:MOST_COMMENT]
    if said.shown.digest:
        endorser = replace(endorser, shown=said.shown)
    return acts.answered(signing, endorser, SAYS[said.act], comment, now)


def kept(
    signing: Signing, endorser: Endorser, link: Link | None, private: bytes, now: datetime
) -> Changes:
    """What is saved of it: the word itself, the invitation used, the private link made."""
    changes: Changes = (EndorserSpoke(signing.id, endorser),)
    if link and link.kind is Kind.INVITATION:
        changes = (*changes, LinkUsed(link.digest))
    if private:
        made = Link(private, signing.id, Kind.PRIVATE, now + PRIVATE_FOR, endorser.id)
        changes = (*changes, LinkMade(made))
    return changes
