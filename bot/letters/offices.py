"""Which ranks each office has, and in what style its holder is addressed.

Where the forms come from stands in bot/reference/data/SOURCES.md, under "Forms of address".
"""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.letters.language import is_holy_see
from bot.letters.model import Gender, Kind, Language, Office, Rank

if TYPE_CHECKING:
    from bot.letters.model import Addressee, State

ENVOYS = (Rank.AMBASSADOR, Rank.CHARGE)
_RANKS = {
    Office.MINISTRY: (Rank.MINISTER,),
    Office.HEAD_OF_STATE: (Rank.PRESIDENT, Rank.MONARCH),
    Office.HEAD_OF_GOVERNMENT: (Rank.PRIME_MINISTER,),
}
AT_AN_ADDRESS = (
    Rank.UNTITLED,
    *ENVOYS,
    Rank.MINISTER,
    Rank.PRIME_MINISTER,
    Rank.PRESIDENT,
    Rank.MONARCH,
)
"""Whom an address of the campaigner's own may be of."""


class Style(StrEnum):
    """How a letter speaks to its addressee: the key by which its templates choose their words.

    `EXCELLENCY` is neutral for the head of a mission, `HIGH_EXCELLENCY` for ministers and heads;
    `SIR_OR_MADAM` for a head of State who may be a monarch or not; `MAJESTY` for a monarch of whom
    no more is known. The Holy See's offices have styles of their own.
    """

    EXCELLENCY = "excellency"
    HIGH_EXCELLENCY = "high-excellency"
    SIR_OR_MADAM = "sir-or-madam"
    AMBASSADOR_WOMAN = "ambassador-woman"
    AMBASSADOR_MAN = "ambassador-man"
    CHARGE_WOMAN = "charge-woman"
    CHARGE_MAN = "charge-man"
    CHARGE = "charge"
    MINISTER_WOMAN = "minister-woman"
    MINISTER_MAN = "minister-man"
    PRIME_MINISTER_WOMAN = "prime-minister-woman"
    PRIME_MINISTER_MAN = "prime-minister-man"
    PRESIDENT_WOMAN = "president-woman"
    PRESIDENT_MAN = "president-man"
    QUEEN = "queen"
    KING = "king"
    MAJESTY = "majesty"
    POPE = "pope"
    CARDINAL = "cardinal"
    UNTITLED_WOMAN = "untitled-woman"
    UNTITLED_MAN = "untitled-man"
    UNTITLED = "untitled"


AS_OF_MISSIONS = (
    Style.EXCELLENCY,
    Style.AMBASSADOR_WOMAN,
    Style.AMBASSADOR_MAN,
    Style.CHARGE_WOMAN,
    Style.CHARGE_MAN,
    Style.CHARGE,
)
"""The styles of those who lead a mission; embassies have them as well."""

_WITHOUT_GENDER = {
    Rank.CHARGE: Style.CHARGE,
    Rank.MONARCH: Style.MAJESTY,
    Rank.UNTITLED: Style.UNTITLED,
    Rank.MINISTER: Style.HIGH_EXCELLENCY,
    Rank.PRIME_MINISTER: Style.HIGH_EXCELLENCY,
    Rank.PRESIDENT: Style.HIGH_EXCELLENCY,
}
_OF_HOLY_SEE = {
    Office.MINISTRY: Style.HIGH_EXCELLENCY,
    Office.HEAD_OF_STATE: Style.POPE,
    Office.HEAD_OF_GOVERNMENT: Style.CARDINAL,
}


def is_republic(state: State) -> bool:
    """Whether the State calls itself a republic: then nobody reigns there."""
    return "Republic" in state.names[Language.EN].formal


def is_kingdom(state: State) -> bool:
    """Whether the State calls itself a kingdom: then its head is a King or a Queen."""
    return "Kingdom" in state.names[Language.EN].formal


def ranks_of(state: State, office: Office, *, address: bool = False) -> tuple[Rank, ...]:
    """The ranks that whom the letter addresses may have; none where the office says it all.

    With an `address` of the campaigner's own in place of a mission's it may be anybody's.
    """
    own = address and office.is_mission
    if is_holy_see(state):
        if not office.is_mission and office is not Office.EMBASSY:
            return ()
        return (Rank.UNTITLED, Rank.NUNCIO) if own else (Rank.NUNCIO,)
    found = AT_AN_ADDRESS if own else _RANKS.get(office, ENVOYS)
    unfit = Rank.MONARCH if is_republic(state) else Rank.PRESIDENT if is_kingdom(state) else None
    return tuple(rank for rank in found if rank is not unfit)


def fitting(addressee: Addressee, state: State, office: Office, *, address: bool) -> Addressee:
    """The addressee without a rank that the office does not have there.

    An ambassador of the Holy See is its nuncio; those who hold its offices are men of the Church,
    whom the office's own form addresses.
    """
    rank, ranks = addressee.rank, ranks_of(state, office, address=address)
    if is_holy_see(state):
        if rank is Rank.AMBASSADOR and Rank.NUNCIO in ranks:
            rank = Rank.NUNCIO
        gender = addressee.gender if rank is Rank.UNTITLED and rank in ranks else None
        addressee = replace(addressee, gender=gender)
    return replace(addressee, rank=rank if rank in ranks else None)


def style_of(addressee: Addressee, state: State, office: Office) -> Style:
    """The style of an addressee whose rank is `fitting`."""
    rank, gender = addressee.rank, addressee.gender
    if rank is not None and rank is not Rank.NUNCIO:
        if rank is Rank.MONARCH and gender:
            return Style.QUEEN if gender is Gender.WOMAN else Style.KING
        if gender:
            return Style(f"{rank}-{gender}")
        return _WITHOUT_GENDER.get(rank, Style.EXCELLENCY)
    if is_holy_see(state):
        return _OF_HOLY_SEE.get(office, Style.EXCELLENCY)
    if office is Office.HEAD_OF_STATE and not is_republic(state):
        return Style.MAJESTY if is_kingdom(state) else Style.SIR_OR_MADAM
    led = office.is_mission or office is Office.EMBASSY
    return Style.EXCELLENCY if led else Style.HIGH_EXCELLENCY


def known_office(state: State, office: Office | None) -> Office:
    """The office; Geneva where none is chosen, and for who is no Member, in place of New York."""
    if office is None or (state.kind is Kind.OTHER and office is Office.NEW_YORK):
        return Office.GENEVA
    return office
