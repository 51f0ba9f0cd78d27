"""Finding a State by what people type: any language, codes, former names, slips of the thumb.

Only a full name, alias or code is certain. All else may be meant: a people, what begins so, what
holds a name, and what is nearest by letters missed, added, changed or swapped. What is no State is
named only where the text is, or nearly is, the whole of one of its names or holds it: "Chinese" is
no slip for "Chinese Taipei".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.letters.matching import Match, Sort
from bot.reference.demonyms import demonyms
from bot.reference.folding import bare, fold, is_small, readings, squeezed
from bot.reference.loader import load
from bot.reference.names import core, others, wide

if TYPE_CHECKING:
    from bot.letters.model import State
    from bot.reference.names import Targets

SIMILAR = 0.72
SURE = 0.75
NEARLY_SURE = 0.8
ALMOST = 0.84
"""How like a text must be to a name of what is no State, or to one in a language seldom typed."""
ONE_SLIP = 0.88
MOST = 8
MOST_SIMILAR = 5
SHORTEST_FUZZY = 3
SHORTEST_PART = 4
LONGEST = 120
"""Longer texts are no names."""

LONGEST_FUZZY = 60
MOST_WORDS = 12
"""No State has a name so long; a text that is longer is only looked up whole."""

_NOWHERE = frozenset(["western", "eastern", "northern", "southern", "central"])
"""Words that begin the names of places, and that alone name none."""


def find_states(text: str, *, whole: bool = False) -> Match[State]:
    """The State that the text names, those that it may name, or what it names that is none.

    With `whole` only what the text is a whole name of: that is found in no time.
    """
    text = text[:LONGEST]
    if not fold(text):
        return Match()
    targets = _exact(text) or _twice(text)
    if not targets:
        return Match() if whole else _near(fold(text).split(), squeezed(text))
    states = load().states
    found = tuple(states[one] for one in targets if one in states)
    if not found:
        return Match(other=others()[targets[0]])
    return Match(found[0]) if len(targets) == 1 else Match(near=found[:MOST])


def _exact(text: str) -> Targets:
    """What the whole text is a name of."""
    keys = (squeezed(text), bare(text))
    for key in keys:
        if key in core().whole:
            return core().whole[key]
    found: dict[str, None] = {}
    for reading in readings(text):
        names = core().read if " " in reading else core().whole
        found.update(dict.fromkeys(names.get(reading, ())))
    if found:
        return tuple(found)
    return next((wide().whole[key] for key in keys if key in wide().whole), ())


def _twice(text: str) -> Targets:
    """A State that is named more than once: "Eswatini (Swaziland)", "Myanmar/Burma"."""
    parts = {_exact(part) for part in re.split(r"[()\[\]/]", text) if fold(part)}
    return parts.pop() if len(parts) == 1 else ()


def _near(words: list[str], key: str) -> Match[State]:
    words = words[:MOST_WORDS]
    if all(is_small(word) or word in _NOWHERE for word in words):
        return Match()
    if key in demonyms():
        return _asked(demonyms()[key])
    whole = "".join(words)
    begun = _begun(whole, " ".join(words))
    if begun:
        # A slip may look like the start of another name: "malai" is Malawi as well as Malaisie.
        return _asked((*begun, *_similar(whole, NEARLY_SURE)))
    return _asked(
        _similar(whole, ONE_SLIP) or _holding(words) or _parts(words) or _similar(whole, SIMILAR)
    )


def _asked(targets: Targets) -> Match[State]:
    """What is no State never hides a State that is near too."""
    targets = tuple(dict.fromkeys(targets))
    states = load().states
    near = tuple(states[one] for one in targets if one in states)[:MOST]
    if targets and not near:
        return Match(other=others()[targets[0]], slip=True)
    return Match(near=near)


def _begun(whole: str, text: str) -> Targets:
    """States that begin so; or go on so after a first word: "guinea" finds Papua New Guinea."""
    found: dict[str, None] = {}
    if len(whole) > 1:
        names = _sorted() if len(whole) >= SHORTEST_FUZZY else _sorted_core()
        begun = takewhile(
            lambda name: name.startswith(whole), islice(names, bisect_left(names, whole), None)
        )
        for name in sorted(begun, key=len):
            found.update(dict.fromkeys(_targets(name)))
    if len(text) > 2:  # noqa: PLR2004 -- two letters match too much
        for words, targets in core().later.items():
            if words.startswith(text):
                found.update(dict.fromkeys(targets))
    return tuple(one for one in found if one in load().states)


def _holding(words: list[str]) -> Targets:
    """States with all of the words in a name, in any order: "Guinea Papua"."""
    if len(words) == 1:
        return ()
    found: dict[str, None] = {}
    wanted = set(words)
    for known, targets in _read_words():
        if wanted <= known:
            found.update(dict.fromkeys(targets))
    return tuple(found)


@lru_cache(maxsize=1)
def _read_words() -> tuple[tuple[frozenset[str], Targets], ...]:
    """The words of every State's names of several words."""
    states = load().states
    names = core().read.items()
    found = ((name, tuple(one for one in targets if one in states)) for name, targets in names)
    return tuple((frozenset(name.split()), targets) for name, targets in found if targets)


def _parts(words: list[str]) -> Targets:
    """The longest names within the text: of what is no State alone, if there is such a name.

    "Taiwan (Province)" is not a slip for China. Regions and organisations do not count: the
    Commonwealth of Dominica is a State.
    """
    for length in range(len(words) - 1, 0, -1):
        found: dict[str, None] = {}
        for start in range(len(words) - length + 1):
            key = "".join(words[start : start + length])
            if len(key) >= SHORTEST_PART or not key.isascii():
                named = _targets(key) or demonyms().get(key, ())
                found.update(dict.fromkeys(one for one in named if not _is_wider(one)))
        if found:
            return tuple(one for one in found if one in others()) or tuple(found)
    return ()


def _is_wider(target: str) -> bool:
    return target in others() and others()[target].sort in {Sort.REGION, Sort.ORGANISATION}


def _similar(whole: str, cutoff: float) -> Targets:
    if not SHORTEST_FUZZY <= len(whole) <= LONGEST_FUZZY:
        return ()
    cutoff = max(cutoff, SURE) if len(whole) == SHORTEST_FUZZY else cutoff
    scored = [
        (name, score)
        for pool, least in (
            (core().whole, cutoff),
            (wide().whole, max(cutoff, ALMOST if whole.isascii() else NEARLY_SURE)),
            (demonyms(), max(cutoff, NEARLY_SURE)),
        )
        for name, score, _index in process.extract(
            whole,
            pool.keys(),
            scorer=OSA.normalized_similarity,
            score_cutoff=least,
            limit=12,
        )
    ]
    scored.sort(key=lambda one: -one[1])
    found: dict[str, None] = {}
    for name, score in scored:
        if _is_slip(whole, name) and (score >= scored[0][1] - 0.12 or score >= SURE):
            # A place that is only somewhat like it is not what was meant.
            named = _targets(name) or demonyms().get(name, ())
            near = (one for one in named if one not in others() or score >= ALMOST)
            found.update(dict.fromkeys(near))
    return tuple(found)[:MOST_SIMILAR]


def _is_slip(typed: str, name: str) -> bool:
    """People rarely miss the first letter: then all the rest must be right."""
    return typed[0] == name[0] or OSA.distance(typed, name, score_cutoff=1) <= 1


def _targets(name: str) -> Targets:
    return core().whole.get(name) or wide().whole.get(name, ())


@lru_cache(maxsize=1)
def _sorted_core() -> tuple[str, ...]:
    """The names that are read first, in the alphabet's order."""
    return tuple(sorted(core().whole))


@lru_cache(maxsize=1)
def _sorted() -> tuple[str, ...]:
    """Every name, in the alphabet's order."""
    return tuple(sorted((*core().whole, *wide().whole)))
