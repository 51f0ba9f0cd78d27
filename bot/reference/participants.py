"""Who stands in the table of a status page: a State, or what is none of ours.

What is none is an international organisation, a State that no longer exists, or a territory: the
page counts it among the parties, and no letter goes to it.
"""

from __future__ import annotations

from functools import lru_cache

from bot.letters.model import Language
from bot.reference.folding import fold
from bot.reference.loader import load, rows

NAMES = {
    "Bahamas (The)": "BHS",
    "Gambia (Republic of The)": "GMB",
    "Netherlands (Kingdom of the)": "NLD",
    "St. Kitts and Nevis": "KNA",
    "St. Lucia": "LCA",
    "St. Vincent and the Grenadines": "VCT",
    "The former Yugoslav Republic of Macedonia": "MKD",
    "Congo": "COG",
    "Libyan Arab Jamahiriya": "LBY",
    "Palestine": "PSE",
    "Byelorussian Soviet Socialist Republic": "BLR",
    "Ukrainian Soviet Socialist Republic": "UKR",
    "Germany, Federal Republic of": "DEU",
    "Germany (Federal Republic of)": "DEU",
    "Kampuchea": "KHM",
    "Democratic Kampuchea": "KHM",
    "Khmer Republic": "KHM",
    "Kampuchea, Democratic": "KHM",
    "Tanzania, United Republic of": "TZA",
    "Samoa (Western)": "WSM",
    "Western Samoa": "WSM",
    "Korea, Republic of": "KOR",
    "Iran, Islamic Republic of": "IRN",
    "Cape Verde": "CPV",
    "Zaire": "COD",
    "Dahomey": "BEN",
    "Upper Volta": "BFA",
    "Ceylon": "LKA",
    "Burma": "MMR",
    "Siam": "THA",
    "Persia": "IRN",
    "Socialist Republic of Viet Nam": "VNM",
    "Socialist Republic of Vietnam": "VNM",
}
"""Spellings of the Treaty Collection, present and past, that are no State's name elsewhere."""

LONGEST_NAME = 200
"""Longer than any by far; what is longer is no name."""


def participant(name: str) -> str | None:
    """The State of that name on a page, by its code; None where no one State has it."""
    return None if len(name) > LONGEST_NAME else _states().get(_key(name))


def other(name: str) -> str:
    """The name of a participant that is no State of ours, as the list has it; empty if none."""
    return "" if len(name) > LONGEST_NAME else _others().get(_key(name), "")


def _key(name: str) -> str:
    return fold(name).replace(" ", "")


@lru_cache(maxsize=1)
def _states() -> dict[str, str]:
    found: dict[str, set[str]] = {}
    for row in rows("aliases"):
        found.setdefault(_key(row["alias"]), set()).add(row["iso3"])
    for row in rows("aliases_ambiguous"):
        found.pop(_key(row["alias"]), None)
    for state in load().states.values():
        names = state.names[Language.EN]
        for name in (names.short, names.formal, names.formal.removeprefix("the ")):
            found[_key(name)] = {state.iso3}
    for name, iso3 in NAMES.items():
        found[_key(name)] = {iso3}
    return {name: next(iter(iso3s)) for name, iso3s in found.items() if len(iso3s) == 1}


@lru_cache(maxsize=1)
def _others() -> dict[str, str]:
    """By the names on pages; what the search knows as no State is none here either."""
    found: dict[str, str] = {}
    for row in rows("not_states"):
        if row["kind"] != "region":
            found.setdefault(_key(row["name_en"]), row["name_en"])
    for row in rows("participants"):
        found[_key(row["name"])] = row["name"]
    return {key: name for key, name in found.items() if key not in _states()}
