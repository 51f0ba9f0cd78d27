"""A draft: the answers given so far, what was changed in the letter, and what became of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from bot.letters import own_words
from bot.letters.layout import USUAL, Columns, Layout, Paper
from bot.letters.mission_book import Entry
from bot.letters.model import NOBODY, Addressee, Gender, Language, Office, Purpose, Rank, Signatory
from bot.letters.own_words import Change, Source, Wording
from bot.letters.signatory_lines import Doubt, DoubtKind

Json = dict[str, Any]


class Way(StrEnum):
    """How a letter was sent."""

    POST = "post"
    EMAIL = "email"
    HAND = "hand"


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a letter. It is no part of its history: undoing an edit leaves it alone.

    `signing` is that which it was opened for, `signed` says that it was closed: the letter is
    final.
    """

    sent_on: dt.date | None = None
    sent_by: Way | None = None
    answered_on: dt.date | None = None
    archived: bool = False
    signing: str = ""
    signed: bool = False

    @property
    def is_open(self) -> bool:
        """Whether the co-signers are being asked: it is a draft that is not for sending."""
        return bool(self.signing and not self.signed)

    def to_json(self) -> Json:
        """The fate as plain JSON values."""
        return {
            "sent_on": _day(self.sent_on),
            "sent_by": self.sent_by,
            "answered_on": _day(self.answered_on),
            "archived": self.archived,
            "signing": self.signing,
            "signed": self.signed,
        }

    @classmethod
    def from_json(cls, data: Json) -> Fate:
        """A fate from what `to_json` gave."""
        return cls(
            _date(data["sent_on"]),
            data["sent_by"] and Way(data["sent_by"]),
            _date(data["answered_on"]),
            data["archived"],
            data.get("signing", ""),
            data.get("signed", False),
        )


@dataclass(frozen=True, slots=True)
class Draft:
    """The answers given so far; None is a question still open. Everything else is derived.

    The treaty is empty where the campaign has none.

    `fresh` says that the user chose to answer everything anew instead of as last time.
    `without` are sections left out, `within` those put in though they are left out by default.
    `place` is a known place's English name, or as typed. `also` are further treaties of the same
    letter. `dated` is the day on which the date was given. `campaign` is an organisation's own, of
    that treaty. `undated` leaves out of which day old facts are; `address` stands for the
    office's, `city` is an embassy's, as `place`. `booked` is what the mission book said when the
    letter came to go to its office. `doubts` are lines of co-signers that are still asked about.
    `revision` of `revisions` is where the draft stands in its own history.
    """

    id: str
    treaty: str | None = None
    state: str | None = None
    language: Language | None = None
    signatories: tuple[Signatory, ...] = ()
    signatories_done: bool = False
    seat: Office | None = None
    place: str | None = None
    date: dt.date | None = None
    without: frozenset[str] = frozenset()
    within: frozenset[str] = frozenset()
    fresh: bool = False
    updated: dt.date | None = None
    also: tuple[str, ...] = ()
    addressee: Addressee = NOBODY
    changes: tuple[Change, ...] = ()
    fate: Fate = field(default_factory=Fate)
    purpose: Purpose = Purpose.REQUEST
    dated: dt.date | None = None
    campaign: str = ""
    undated: bool = False
    address: str = ""
    layout: Layout = USUAL
    doubts: tuple[Doubt, ...] = ()
    city: str = ""
    booked: Entry | None = None
    revision: int = field(default=0, compare=False)
    revisions: int = field(default=0, compare=False)

    @property
    def is_complete(self) -> bool:
        """Whether every question has its answer."""
        return bool(
            self.has_subject
            and self.state
            and self.language
            and self.signatories_done
            and self.seat
            and self.place
            and self.date
        )

    @property
    def has_subject(self) -> bool:
        """Whether it is known what the letter is about: a treaty, or a campaign without one."""
        return bool(self.treaty or self.campaign)

    @property
    def congratulates(self) -> bool:
        """Whether it welcomes that the State has joined, instead of asking it to."""
        return self.purpose is Purpose.CONGRATULATION

    def change(self, key: str) -> Change | None:
        """What was changed in a section, or the own paragraph of that key."""
        return next((one for one in self.changes if one.key == key), None)

    def to_json(self) -> Json:
        """Everything as plain JSON values."""
        open_lines = [_doubt_to_json(one) for one in self.doubts]
        return {**self.content(), "fate": self.fate.to_json(), "doubts": open_lines}

    def content(self) -> Json:
        """The answers as plain JSON values: what the draft's history is made of."""
        return {
            "treaty": self.treaty,
            "state": self.state,
            "language": self.language,
            "signatories": signatories_to_json(self.signatories),
            "signatories_done": self.signatories_done,
            "seat": self.seat,
            "place": self.place,
            "date": _day(self.date),
            "without": sorted(self.without),
            "within": sorted(self.within),
            "fresh": self.fresh,
            "updated": _day(self.updated),
            "also": list(self.also),
            "addressee": [self.addressee.rank, self.addressee.gender, self.addressee.name],
            "changes": [_change_to_json(change) for change in self.changes],
            "purpose": self.purpose,
            "dated": _day(self.dated),
            "campaign": self.campaign,
            "undated": self.undated,
            "address": self.address,
            "layout": [self.layout.columns, self.layout.stacked, self.layout.paper],
            "city": self.city,
            "booked": self.booked and self.booked.to_json(),
        }

    @classmethod
    def from_json(cls, draft_id: str, data: Json) -> Draft:
        """A draft from what `to_json` gave."""
        return cls(
            id=draft_id,
            treaty=data["treaty"],
            state=data["state"],
            language=data["language"] and Language(data["language"]),
            signatories=signatories_from_json(data["signatories"]),
            signatories_done=data["signatories_done"],
            seat=data["seat"] and Office(data["seat"]),
            place=data["place"],
            date=_date(data["date"]),
            without=frozenset(data["without"] or ()),
            within=_within_from_json(data),
            fresh=data["fresh"],
            updated=_date(data["updated"]),
            also=tuple(data.get("also", ())),
            addressee=_addressee_from_json(data.get("addressee", ["", "", ""])),
            changes=tuple(_change_from_json(one) for one in data.get("changes", ())),
            fate=Fate.from_json(data["fate"]) if "fate" in data else Fate(),
            purpose=Purpose(data.get("purpose", Purpose.REQUEST)),
            dated=_date(data.get("dated", "")),
            campaign=data.get("campaign", ""),
            undated=data.get("undated", False),
            address=data.get("address", ""),
            layout=_layout_from_json(data["layout"]) if "layout" in data else USUAL,
            doubts=tuple(_doubt_from_json(one) for one in data.get("doubts", ())),
            city=data.get("city", ""),
            booked=Entry.from_json(data["booked"]) if data.get("booked") else None,
        )


def _within_from_json(data: Json) -> frozenset[str]:
    """Sections put in; drafts of before version 0.2 knew only what was left out of all."""
    if "within" in data or data["without"] is None:
        return frozenset(data.get("within", ()))
    return frozenset({"copies"} - set(data["without"]))


def _day(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


def _date(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _addressee_from_json(data: list[str | None]) -> Addressee:
    rank, gender, name = data
    return Addressee(Rank(rank) if rank else None, Gender(gender) if gender else None, name or "")


def _layout_from_json(data: list[Any]) -> Layout:
    columns, stacked, paper = data
    return Layout(Columns(columns), bool(stacked), Paper(paper))


def _change_to_json(change: Change) -> Json:
    return {
        "key": change.key,
        "after": change.after,
        "wordings": [
            [
                one.language,
                one.text,
                one.original,
                one.source and [one.source.language, one.source.text],
            ]
            for one in change.wordings
        ],
    }


def _change_from_json(data: Json) -> Change:
    wordings = tuple(
        Wording(
            Language(language),
            text,
            original,
            Source(Language(source[0]), source[1]) if source else None,
        )
        for language, text, original, source in data["wordings"]
    )
    return Change(data["key"], wordings, data["after"])


def _doubt_to_json(doubt: Doubt) -> list[Any]:
    return [doubt.kind, doubt.text, signatories_to_json(doubt.readings)]


def _doubt_from_json(data: list[Any]) -> Doubt:
    kind, text, readings = data
    return Doubt(DoubtKind(kind), text, signatories_from_json(readings))


def signatories_to_json(signatories: tuple[Signatory, ...]) -> list[list[str]]:
    """Rows of name, role, organisation."""
    return [[s.name, s.role, s.organisation] for s in signatories]


def signatories_from_json(data: list[list[str]]) -> tuple[Signatory, ...]:
    """Signatories from such rows."""
    return tuple(Signatory(name, organisation, role) for name, role, organisation in data)


@dataclass(frozen=True, slots=True)
class Last:
    """What the user chose last time, to be offered first."""

    treaty: str = ""
    language: Language | None = None
    signatories: tuple[Signatory, ...] = ()
    seat: Office | None = None
    place: str = ""
    city: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether a letter can be made of it."""
        return bool(self.language and self.seat and self.place)

    def to_json(self) -> Json:
        """The choices as plain JSON values."""
        return {
            "treaty": self.treaty,
            "language": self.language,
            "signatories": signatories_to_json(self.signatories),
            "seat": self.seat,
            "place": self.place,
            "city": self.city,
        }

    @classmethod
    def from_json(cls, data: Json) -> Last:
        """The choices from what `to_json` gave."""
        return cls(
            data["treaty"],
            data["language"] and Language(data["language"]),
            signatories_from_json(data["signatories"]),
            data["seat"] and Office(data["seat"]),
            data["place"],
            data.get("city", ""),
        )


NOTHING = Last()
"""Nothing was written yet."""


def addressed_to(draft: Draft, iso3: str) -> Draft:
    """Another State's office has another head: who led the one before is forgotten."""
    if draft.state == iso3:
        return draft
    changes = own_words.for_another_state(draft.changes)
    return replace(
        draft,
        state=iso3,
        addressee=NOBODY,
        address="",
        booked=None,
        undated=False,
        changes=changes,
        purpose=Purpose.REQUEST,
    )
