"""What a letter is asked for by, and why there may be no such letter."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.letters.layout import USUAL, Layout
from bot.letters.model import NOBODY, Addressee, Language, Office, Purpose, Signatory

if TYPE_CHECKING:
    from datetime import date

    from bot.letters.campaign import To
    from bot.letters.own_words import Change
    from bot.letters.status import Standing


@dataclass(frozen=True, slots=True)
class Request:
    """The answers a letter is made of. `place` is already in the letter's language.

    `also` are further treaties of the same letter: those that the State has joined are passed over.
    `campaign` is an organisation's own; where it is not there, the treaty's template is taken.
    A campaign may have no treaty: then `treaty` is empty.
    A letter that was `sent` is as it was before the State joined, should facts say so later.
    With `undated` the signer answers for old facts: the letter does not say of which day they are.
    `address` is one of the user's own, in place of the office's. `street` stands below the office's
    name, `to` is the e-mail address that it goes to. `layout` is how it is printed.
    `unsigned`: its co-signers are being asked, and it is marked as a draft. `city` is where the
    embassy is, in the letter's language.
    """

    treaty: str
    state: str
    language: Language
    date: date
    place: str
    seat: Office = Office.GENEVA
    signatories: tuple[Signatory, ...] = ()
    without: frozenset[str] = field(default_factory=frozenset)
    also: tuple[str, ...] = ()
    addressee: Addressee = NOBODY
    changes: tuple[Change, ...] = ()
    purpose: Purpose = Purpose.REQUEST
    campaign: str = ""
    sent: bool = False
    undated: bool = False
    address: str = ""
    street: str = ""
    to: str = ""
    layout: Layout = USUAL
    unsigned: bool = False
    city: str = ""


@dataclass(frozen=True, slots=True)
class AlreadyParty:
    """No such letter: the State is party since that date."""

    standing: Standing


@dataclass(frozen=True, slots=True)
class BeforeAdoption:
    """No such letter: the treaty was adopted only on that date."""

    adopted_on: date


@dataclass(frozen=True, slots=True)
class NotParty:
    """No such letter of congratulation: the State is not party on its date."""

    standing: Standing


@dataclass(frozen=True, slots=True)
class NotOpen:
    """No such letter: by that article only Members of the United Nations may join the treaty."""

    treaty: str
    article: str


@dataclass(frozen=True, slots=True)
class NotThere:
    """No such letter: the State was a Member of the United Nations only from that day."""

    admitted_on: date


@dataclass(frozen=True, slots=True)
class OutOfReach:
    """No such letter: no letter is dated after that day."""

    last: date


@dataclass(frozen=True, slots=True)
class NoStatus:
    """No such letter yet: it is not known where States stand on the treaty."""

    treaty: str


@dataclass(frozen=True, slots=True)
class NotAddressed:
    """No such letter: its campaign writes to others; with `listed`, to those that it names."""

    to: To
    standing: Standing
    listed: bool = False


@dataclass(frozen=True, slots=True)
class NotInLanguage:
    """No such letter: its campaign is written in these languages only."""

    languages: tuple[Language, ...]


@dataclass(frozen=True, slots=True)
class NoCampaign:
    """No such letter: the campaign of that key, which alone has its text, is not there."""

    key: str


OfCampaign = NotAddressed | NotInLanguage | NoCampaign
Refusal = (
    NoStatus
    | AlreadyParty
    | BeforeAdoption
    | NotParty
    | NotOpen
    | NotThere
    | OutOfReach
    | OfCampaign
)
