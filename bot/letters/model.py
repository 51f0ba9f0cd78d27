"""The words of the house as values: State, stage, signatory, section, letter."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest
from typing import TYPE_CHECKING

from bot.letters.layout import USUAL, Layout

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping


class Language(StrEnum):
    """The languages letters and screens are written in."""

    EN = "en"
    FR = "fr"
    ES = "es"


class Stage(StrEnum):
    """Where a State stands on a treaty on a date."""

    NO_ACTION = "no_action"
    SIGNED = "signed"
    PARTY = "party"


class Purpose(StrEnum):
    """What a letter is for: to ask a State to join a treaty, or to welcome that it has."""

    REQUEST = "request"
    CONGRATULATION = "congratulation"


class Office(StrEnum):
    """Which office of a State a letter is addressed to.

    The Permanent Mission in Geneva or New York; the Ministry of Foreign Affairs, by its Minister;
    the Head of State or of Government; an embassy, in a city that the campaigner names.
    """

    GENEVA = "geneva"
    NEW_YORK = "new-york"
    MINISTRY = "ministry"
    HEAD_OF_STATE = "head-of-state"
    HEAD_OF_GOVERNMENT = "head-of-government"
    EMBASSY = "embassy"

    @property
    def is_mission(self) -> bool:
        """Whether it is a Permanent Mission to the United Nations."""
        return self in MISSIONS

    @property
    def other(self) -> Office:
        """The mission that a copy goes to."""
        return Office.NEW_YORK if self is Office.GENEVA else Office.GENEVA


MISSIONS = (Office.GENEVA, Office.NEW_YORK)
"""The Permanent Missions, by the city in which they are."""


class Rank(StrEnum):
    """The rank of whom a letter addresses, where the campaigner knows it: see `offices`.

    The Holy See is represented by a nuncio, never by an ambassador. A monarch is a King or a Queen,
    by gender. Who is untitled stands at an address of the campaigner's own: a Sir or a Madam.
    """

    AMBASSADOR = "ambassador"
    CHARGE = "charge"
    NUNCIO = "nuncio"
    MINISTER = "minister"
    PRIME_MINISTER = "prime-minister"
    PRESIDENT = "president"
    MONARCH = "monarch"
    UNTITLED = "untitled"


class Gender(StrEnum):
    """How the addressee is spoken to, where the campaigner knows it."""

    WOMAN = "woman"
    MAN = "man"


@dataclass(frozen=True, slots=True)
class Addressee:
    """The person at the head of the office; what is not known stands neutral in the letter."""

    rank: Rank | None = None
    gender: Gender | None = None
    name: str = ""


NOBODY = Addressee()
"""Nothing is known of the head of the office."""


class Kind(StrEnum):
    """What a State is to the United Nations."""

    MEMBER = "member"
    OBSERVER = "observer"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Names:
    """A State's names in one language; `article` as UNTERM gives it, often empty."""

    short: str
    article: str
    formal: str


@dataclass(frozen=True, slots=True)
class State:
    """A UN Member, an observer State, the Cook Islands or Niue.

    `admitted_on` is the day from which it has been a Member or an observer State, since 1990.
    """

    iso3: str
    iso2: str
    kind: Kind
    names: Mapping[Language, Names]
    region: str
    admitted_on: dt.date | None = None

    def short(self, language: Language) -> str:
        """The short name for lists, in the language."""
        return self.names[language].short


@dataclass(frozen=True, slots=True)
class Signatory:
    """A name, a role (optional) and an organisation (empty: a person alone) under a letter."""

    name: str
    organisation: str = ""
    role: str = ""

    @property
    def parts(self) -> tuple[str, ...]:
        """Name, role and organisation, as far as they are there."""
        return tuple(part for part in (self.name, self.role, self.organisation) if part)

    @property
    def line(self) -> str:
        """The line under the letter, as in 2010: "Name, Organisation"."""
        return ", ".join(self.parts)


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a letter. Paragraphs are parted by a blank line, lines by a line break."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A finished letter: a value, equal to any other made of the same answers.

    `treaties` holds the code of every treaty that the letter asks the State to join. Who signs
    stands in the sections; `signatories` has their parts, for a page that stacks them. `unsigned`:
    its co-signers are being asked, and every page says that it is a draft, not for sending.
    `office` is whom it goes to, empty where that is a Permanent Mission: a file's name says it.
    `campaign` is the key of a campaign that asks for something else; it may have no treaty. `to` is
    the e-mail address that it goes to, which stands on no page.
    """

    treaties: tuple[str, ...]
    state: str
    language: Language
    date: dt.date
    as_of: dt.date
    stage: Stage
    subject: str
    sections: tuple[Section, ...]
    signatories: tuple[Signatory, ...] = ()
    layout: Layout = USUAL
    unsigned: bool = False
    to: str = ""
    office: str = ""
    campaign: str = ""

    @property
    def stem(self) -> str:
        """What its files are called after: its treaties, else its campaign."""
        return "-".join(self.treaties) or self.campaign

    def text_of(self, key: str) -> str:
        """The text of one section, empty where the letter has none."""
        return next((s.text for s in self.sections if s.key == key), "")

    def entries(self) -> tuple[tuple[str, ...], ...]:
        """The lines of each co-signer as they stand on the page."""
        text = self.text_of("signatories")
        lines = text.split("\n") if text else []
        if not self.layout.stacked:
            return tuple((line,) for line in lines)
        # A template of one's own may name them otherwise: then a line stays what it is.
        return tuple(
            one.parts if one and one.line == line else (line,)
            for line, one in zip_longest(lines, self.signatories[: len(lines)])
        )


SECTION_KEYS = (
    "addressee",
    "reference",
    "place_date",
    "salutation",
    "occasion",
    "support",
    "record",
    "regret",
    "ask",
    "opportunity",
    "hope",
    "thanks",
    "closing",
    "signatories",
    "contact",
    "copies",
    "source",
)
"""Every section in the order in which it stands in a letter."""

BODY_KEYS = SECTION_KEYS[SECTION_KEYS.index("salutation") : SECTION_KEYS.index("closing")]
"""The sections that a campaigner's own paragraph may stand after."""

RUN_ON = frozenset({"regret", "ask", "opportunity"})
"""Sections that go on in the paragraph of the one before, as in the letter of 2010."""


def paragraphs(letter: Letter) -> tuple[Section, ...]:
    """The letter as it stands on the page: run-on sections joined to the paragraph before.

    A joined paragraph carries the key of its first section.
    """
    return tuple(joined(group) for group in run_on_groups(letter))


def run_on_groups(letter: Letter) -> list[list[Section]]:
    """The sections that stand in one paragraph together."""
    groups: list[list[Section]] = []
    previous = ""
    for section in letter.sections:
        runs_on = section.key in RUN_ON and previous in (RUN_ON | {"record"})
        if runs_on and "\n" not in section.text and "\n" not in groups[-1][-1].text:
            groups[-1].append(section)
        else:
            groups.append([section])
        previous = section.key
    return groups


def joined(group: list[Section]) -> Section:
    """One paragraph of the sections of a group."""
    return Section(group[0].key, " ".join(section.text for section in group))
