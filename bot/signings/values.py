"""What a signing is: a letter whose text is frozen, open for endorsement until a deadline."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.letters.model import Language, Signatory

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

NOBODY_YET = Signatory("")


class Status(StrEnum):
    """Where an organisation stands on the letter.

    `JOINING` came by the open link and confirmed: it counts when the drafter accepts it. `NOT_US`
    says that the link reached somebody whom it does not concern.
    """

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    ASKED = "asked"
    NOT_US = "notus"
    JOINING = "joining"
    DECLINED = "declined"


WAITING = frozenset({Status.PROPOSED, Status.ASKED})
"""Those who have not decided yet."""


TO_REMIND = 0
"""Stands for the version that somebody was told of: they are to be reminded now."""


class Order(StrEnum):
    """How the names stand below the final letter."""

    LISTED = "listed"
    ORGANISATION = "organisation"


@dataclass(frozen=True, slots=True)
class Shown:
    """The text that somebody had before them: of which version, its key ("GUY.fr"), its SHA-256."""

    version: int
    key: str
    digest: str = ""

    @property
    def language(self) -> Language:
        """The language of the text."""
        return Language(self.key.rpartition(".")[2])


@dataclass(frozen=True, slots=True)
class Endorser:
    """One organisation at one letter, and what it said of it.

    `proposed` is how the drafter put it, `given` how it wants to stand; neither is there once the
    bearer has deleted it (`erased`): then only the organisation stays. `at` (UTC) and `shown` say
    when it last spoke, and of which text. `user_id` is that of a person who came by Telegram or the
    chat page. `is_open`: by the open link; it counts once it was `taken_in`. `told` is the version
    that it was last told of, `reminded` when it was last reminded; `after_sending`: it
    withdrew when the letter had gone out. `beside` says of a second signatory whose organisation it
    shares.
    """

    id: str
    proposed: Signatory
    given: Signatory = NOBODY_YET
    status: Status = Status.PROPOSED
    at: datetime | None = None
    shown: Shown | None = None
    comment: str = ""
    user_id: str = ""
    is_open: bool = False
    taken_in: bool = False
    told: int = 1
    reminded: datetime | None = None
    after_sending: bool = False
    erased: bool = False
    beside: str = ""

    @property
    def standing(self) -> Signatory:
        """How it stands below the letter: as it said itself, else as proposed."""
        return self.given if self.given != NOBODY_YET else self.proposed

    @property
    def name(self) -> str:
        """What the organisation is called, or the person where there is none."""
        return self.standing.organisation or self.standing.name


@dataclass(frozen=True, slots=True)
class Signing:
    """A letter's text open for endorsement.

    `letter_id` is the draft's, or that of letters to many States. `states` are those written to.
    `titles` are those of a campaign that asks for something else: what the letter is on.
    `asks` says who asks. `deadline` is in UTC, `zone` an IANA name in which it is shown. `shows`:
    those who are asked see who has confirmed. `key` authenticates the pages that were shown.
    `acts` counts what was said so far, `heard` how much of it the drafter was told. `small` says
    that the drafter calls the last change a small correction. `counts` is how many stand where,
    `basis` tells what the texts were made of from anything else.
    """

    id: str
    owner: str
    letter_id: str
    treaties: tuple[str, ...]
    states: tuple[str, ...]
    asks: str
    opened: datetime
    deadline: datetime
    zone: str
    key: bytes = field(repr=False)
    language: Language = Language.EN
    is_many: bool = False
    shows: bool = True
    version: int = 1
    small: bool = False
    acts: int = 0
    heard: int = 0
    closed: datetime | None = None
    sent: bool = False
    order: Order = Order.LISTED
    without: frozenset[str] = frozenset()
    nudged: bool = False
    basis: str = ""
    titles: Mapping[Language, str] = field(default_factory=dict)
    counts: Mapping[Status, int] = field(default_factory=dict, compare=False)

    def count(self, *statuses: Status) -> int:
        """How many stand there."""
        return sum(self.counts.get(one, 0) for one in statuses)

    @property
    def asked(self) -> int:
        """How many were asked, or were taken in: of these so many have confirmed."""
        apart = (Status.JOINING, Status.DECLINED, Status.NOT_US)
        return sum(self.counts.values()) - self.count(*apart)


class Kind(StrEnum):
    """What a link is for: one organisation, whoever comes by it, or the one who has spoken."""

    INVITATION = "invitation"
    OPEN = "open"
    PRIVATE = "private"


@dataclass(frozen=True, slots=True)
class Link:
    """A link, known by the digest of its token. `endorser_id` is empty for the open link."""

    digest: bytes
    signing_id: str
    kind: Kind
    expires: datetime
    endorser_id: str = ""
    used: bool = False
    revoked: bool = False
    visits: int = 0
