"""Finding a State by what people type: three languages, codes, former names, slips of the thumb.

Folded prefix first, then Damerau-Levenshtein similarity of at least 0.62.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from bot.letters.model import Language
from bot.reference.loader import load, rows

if TYPE_CHECKING:
    from bot.letters.model import State, Treaty

SIMILAR = 0.62
SURE = 0.75
NEARLY_SURE = 0.8
MOST = 8
SHORTEST_FUZZY = 4
_LEADING = re.compile(
    r"^(?:the|la|le|les|l|el|los|las|republic of|kingdom of|state of|republique de|republica de)\s+"
)


def fold(text: str) -> str:
    """Lower case without accents or marks; "&" is a word; punctuation is a blank."""
    text = unicodedata.normalize("NFKD", text.casefold().replace("&", " and "))
    text = "".join(char for char in text if not unicodedata.combining(char))
    return " ".join(re.sub(r"[^0-9a-z]+", " ", text.replace("ß", "ss")).split())


def find_states(text: str) -> tuple[State, ...]:
    """The States that the text could mean, best first; one only where it is certain.

    An exact name, code or alias gives that State alone, or every one it may mean.
    """
    wanted = fold(text)
    if not wanted:
        return ()
    names, ambiguous = _names()
    squeezed = wanted.replace(" ", "")
    exact = ambiguous.get(squeezed) or names.get(squeezed)
    if not exact:
        bare = _LEADING.sub("", wanted).replace(" ", "")
        exact = ambiguous.get(bare) or names.get(bare)
    states = load().states
    if exact:
        return tuple(states[iso3] for iso3 in exact)
    return tuple(states[iso3] for iso3 in _near(squeezed, wanted, names)[:MOST])


def _near(squeezed: str, wanted: str, names: dict[str, tuple[str, ...]]) -> list[str]:
    found: dict[str, None] = {}
    for name in sorted(names, key=len):
        if name.startswith(squeezed) and len(squeezed) > 1:
            found.update(dict.fromkeys(names[name]))
    for word, iso3s in _words().items():
        if word.startswith(wanted) and len(wanted) > 2:  # noqa: PLR2004 -- two letters match too much
            found.update(dict.fromkeys(iso3s))
    if len(squeezed) < SHORTEST_FUZZY:
        return list(found)
    # A slip may look like the start of another name: "malai" is Malawi as well as Malaisie.
    cutoff = NEARLY_SURE if found else SIMILAR
    scored = process.extract(
        squeezed,
        list(names),
        scorer=DamerauLevenshtein.normalized_similarity,
        score_cutoff=cutoff,
        limit=12,
    )
    if not scored:
        return list(found)
    best = scored[0][1]
    for name, score, _ in scored:
        if score >= best - 0.12 or score >= SURE:
            found.update(dict.fromkeys(names[name]))
    return list(found)


def is_certain(text: str) -> bool:
    """Whether the text is a name or code of one State alone."""
    names, ambiguous = _names()
    squeezed = fold(text).replace(" ", "")
    return squeezed not in ambiguous and len(names.get(squeezed, ())) == 1


def find_treaties(text: str) -> tuple[Treaty, ...]:
    """The treaties whose code or title the text could mean, best first."""
    treaties = load().treaties
    wanted = fold(text)
    squeezed = wanted.replace(" ", "")
    if not squeezed:
        return ()
    codes = {fold(code).replace(" ", ""): code for code in treaties}
    codes.update({"op" + code[:-2]: name for code, name in codes.items() if code.endswith("op")})
    codes |= {"icerd": "CERD", "cmw": "ICRMW", "icpped": "CED", "op3crc": "OPIC"}
    if squeezed in codes:
        return (treaties[codes[squeezed]],)
    words = [word for word in wanted.split() if len(word) > 2]  # noqa: PLR2004 -- of, de, la
    found = [
        treaty
        for treaty in treaties.values()
        if words and any(_has_words(title, words) for title in treaty.titles.values())
    ]
    if found:
        return tuple(found[:MOST])
    near = process.extract(
        squeezed,
        list(codes),
        scorer=DamerauLevenshtein.normalized_similarity,
        score_cutoff=SIMILAR,
        limit=MOST,
    )
    named = dict.fromkeys(codes[code] for code, _score, _index in near)
    return tuple(treaties[code] for code in named)


def _has_words(title: str, words: list[str]) -> bool:
    folded = f" {fold(title)}"
    return all(f" {word}" in folded for word in words)


@lru_cache(maxsize=1)
def _names() -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """Folded names to States; and the folded names that may mean several."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    short: dict[str, str] = {}
    for state in load().states.values():
        for language in Language:
            names = state.names[language]
            whole = fold(names.short).replace(" ", "")
            short[whole] = state.iso3
            bare = fold(names.short.split(" (")[0]).replace(" ", "")
            formal = _LEADING.sub("", fold(names.formal)).replace(" ", "")
            full = re.sub("^(the|la|le|les|l|el|los|las) ", "", fold(names.formal))
            for name in (whole, bare, formal, full.replace(" ", "")):
                found[name][state.iso3] = None
        for code in (state.iso2, state.iso3):
            found[code.lower()][state.iso3] = None
    for row in rows("aliases"):
        found[fold(row["alias"]).replace(" ", "")][row["iso3"]] = None
    ambiguous = {}
    for row in rows("aliases_ambiguous"):
        name = fold(row["alias"]).replace(" ", "")
        others = [code for code in row["also_iso3"].split() if code in load().states]
        ambiguous[name] = tuple(dict.fromkeys([row["iso3"], *others]))
    for name, iso3 in short.items():
        # A State's own short name is that State first; "Niger" may yet be a start of "Nigeria".
        found[name] = {iso3: None}
        if name in ambiguous:
            ambiguous[name] = tuple(dict.fromkeys([iso3, *ambiguous[name]]))
    return {name: tuple(codes) for name, codes in found.items() if name}, ambiguous


@lru_cache(maxsize=1)
def _words() -> dict[str, tuple[str, ...]]:
    """Later words of short names, so that "guinea" finds Papua New Guinea."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for state in load().states.values():
        for language in Language:
            words = fold(state.names[language].short).split()
            for start in range(1, len(words)):
                found[" ".join(words[start:])][state.iso3] = None
    return {word: tuple(codes) for word, codes in found.items()}
