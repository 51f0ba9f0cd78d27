"""Finding a State by what people type: any language, codes, former names, slips of the thumb.

Only a full name, alias or code is certain. All else may be meant: what begins so, what holds a
name, and by Damerau-Levenshtein similarity what is nearest.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from bot.letters.matching import Match, Sort
from bot.reference.folding import bare, fold, readings, squeezed
from bot.reference.loader import load
from bot.reference.names import core, others, wide

if TYPE_CHECKING:
    from bot.letters.model import State
    from bot.reference.names import Targets

SIMILAR = 0.62
SURE = 0.75
NEARLY_SURE = 0.8
ONE_SLIP = 0.88
MOST = 8
SHORTEST_FUZZY = 3
SHORTEST_PART = 4
LONGEST = 120
"""Longer texts are no names."""


def find_states(text: str) -> Match[State]:
    """The State that the text names, those that it may name, or what it names that is none."""
    text = text[:LONGEST]
    if not fold(text):
        return Match()
    targets = _exact(text) or _twice(text)
    if not targets:
        return _near(fold(text).split())
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


def _near(words: list[str]) -> Match[State]:
    whole = "".join(words)
    begun = _begun(whole, " ".join(words))
    states = tuple(one for one in begun if one in load().states)
    if states:
        # A slip may look like the start of another name: "malai" is Malawi as well as Malaisie.
        return _asked((*states, *_similar(whole, NEARLY_SURE)))
    slips = _similar(whole, NEARLY_SURE if begun else ONE_SLIP)
    if slips or (begun and len(whole) >= SHORTEST_PART):
        return _asked(slips or begun)
    return _asked(_parts(words) or _similar(whole, SIMILAR))


def _asked(targets: Targets) -> Match[State]:
    """What is no State counts only where it stands first; then no State is offered beside it."""
    targets = tuple(dict.fromkeys(targets))
    if targets and targets[0] in others():
        return Match(other=others()[targets[0]], slip=True)
    states = load().states
    return Match(near=tuple(states[one] for one in targets if one in states)[:MOST])


def _begun(whole: str, text: str) -> Targets:
    """What begins so; or goes on so after its first word: "guinea" finds Papua New Guinea."""
    found: dict[str, None] = {}
    if len(whole) > 1:
        names = _sorted()
        begun = takewhile(
            lambda name: name.startswith(whole), islice(names, bisect_left(names, whole), None)
        )
        for name in sorted(begun, key=len):
            found.update(dict.fromkeys(_targets(name)))
    if len(text) > 2:  # noqa: PLR2004 -- two letters match too much
        for words, targets in core().later.items():
            if words.startswith(text):
                found.update(dict.fromkeys(targets))
    return tuple(found)


def _parts(words: list[str]) -> Targets:
    """The longest names within the text; what is no State first: "Taiwan (China)" is not China.

    Regions and organisations do not count: the Commonwealth of Dominica is a State.
    """
    for length in range(len(words) - 1, 0, -1):
        found: dict[str, None] = {}
        for start in range(len(words) - length + 1):
            key = "".join(words[start : start + length])
            if len(key) >= SHORTEST_PART or not key.isascii():
                found.update(dict.fromkeys(one for one in _targets(key) if not _is_wider(one)))
        if found:
            return tuple(sorted(found, key=lambda one: one not in others()))
    return ()


def _is_wider(target: str) -> bool:
    return target in others() and others()[target].sort in {Sort.REGION, Sort.ORGANISATION}


def _similar(whole: str, cutoff: float) -> Targets:
    if len(whole) < SHORTEST_FUZZY:
        return ()
    cutoff = max(cutoff, SURE) if len(whole) == SHORTEST_FUZZY else cutoff
    scored = [
        (name, score)
        for pool, least in ((core(), cutoff), (wide(), max(cutoff, NEARLY_SURE)))
        for name, score, _index in process.extract(
            whole,
            pool.whole.keys(),
            scorer=DamerauLevenshtein.normalized_similarity,
            score_cutoff=least,
            limit=12,
        )
    ]
    scored.sort(key=lambda one: -one[1])
    found: dict[str, None] = {}
    for name, score in scored:
        if score >= scored[0][1] - 0.12 or score >= SURE:
            # A place that is only somewhat like it is not what was meant.
            near = (one for one in _targets(name) if one not in others() or score >= NEARLY_SURE)
            found.update(dict.fromkeys(near))
    return tuple(found)


def _targets(name: str) -> Targets:
    return core().whole.get(name) or wide().whole.get(name, ())


@lru_cache(maxsize=1)
def _sorted() -> tuple[str, ...]:
    """Every name, in the alphabet's order."""
    return tuple(sorted((*core().whole, *wide().whole)))
