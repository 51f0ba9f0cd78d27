"""Finding a treaty by what people type: its acronyms in three languages, its titles, its subject.

An acronym or a title is certain. Words of its subject and slips of the thumb may be meant, and so
may a number alone: the Covenant and the Convention on the Rights of the Child each have an "OP2".
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from bot.letters.matching import Match
from bot.reference.folding import fold
from bot.reference.loader import load, rows_of_treaties

if TYPE_CHECKING:
    from bot.letters.treaties import Treaty

MOST = 8
LONGEST = 240
"""Longer texts are no titles."""

SIMILAR = 0.75
SIMILAR_WORD = 0.8
SHORTEST_SLIP = 4
SHORTEST_START = 3
SLIPPED = 0.8
"""What a word with a slip counts for, beside one that is right."""

_SMALL = frozenset([
    "the", "of", "and", "la", "le", "les", "l", "el", "los", "las", "de", "du", "des", "del", "d",
    "et", "y", "e", "to", "on", "in", "a", "au", "aux", "al", "for", "pour", "para", "sur",
    "sobre", "se", "rapportant", "un", "una", "une", "with", "con", "avec", "their", "sus",
    "s", "all", "tous", "toutes", "todos", "todas",
])  # fmt: skip
_COMMON = _SMALL.union([
    "convention", "convencion", "covenant", "pacte", "pacto", "treaty", "traite", "tratado",
    "protocol", "protocole", "protocolo", "optional", "facultatif", "facultativo", "international",
    "internationale", "internacional", "united", "nations", "unies", "naciones", "unidas", "onu",
    "rights", "right", "droits", "droit", "derechos", "derecho", "human", "humains", "humanos",
    "against", "contre", "contra", "relative",
    "relatif", "relativo", "persons", "people", "personnes", "personas",
])  # fmt: skip
"""Words that many titles have: they tell no treaty from another."""

_OPTIONAL = re.compile(
    r"\b(?:optional protocol|protocole facultatif|protocolo facultativo|optional|pf)\b"
)
_JOINED = re.compile(r"\s+(?:and|et|y|e)\s+|[,;+&/]", re.IGNORECASE)
_ORDINALS = (
    (r"(?:first|1st|premier|primer)", "1"),
    (r"(?:second|2nd|deuxieme|segundo|2e)", "2"),
    (r"(?:third|3rd|troisieme|tercer|3e)", "3"),
)


def find_treaties(text: str, *, whole: bool = False) -> Match[Treaty]:
    """The treaty that the text names, or those that it may name, best first.

    With `whole` only what the text is a whole name of: that is found in no time.
    """
    text, treaties = text[:LONGEST], load().treaties
    keys = set(_keys(text))
    exact = _named(text)
    if len(exact) == 1 and not keys & _asked_names():
        return Match(treaties[exact[0]])
    if whole:
        return Match()
    codes = exact or _each(text)
    codes = codes or tuple(dict.fromkeys((*_about(fold(text).split()), *_slips(_keys(text)))))
    return Match(near=tuple(treaties[code] for code in codes[:MOST]))


def _named(text: str) -> tuple[str, ...]:
    """What the whole text is a name of."""
    return next((_names()[key] for key in _keys(text) if key in _names()), ())


def _each(text: str) -> tuple[str, ...]:
    """The treaties of a list in which each part is a name: "CRC and CEDAW"."""
    parts = [_named(part) for part in _JOINED.split(text)]
    return tuple(dict.fromkeys(code for part in parts for code in part)) if all(parts) else ()


def _keys(text: str) -> tuple[str, ...]:
    """A name without its blanks; and its words in the alphabet's order, small ones left out.

    "Second Optional Protocol to the ICCPR", "PF2-PIDCP" and "ICCPR-OP2" are of one form.
    """
    folded = fold(text)
    short = re.sub(r"\bpf(?=\d?\b)", "op", _OPTIONAL.sub("op", folded))
    for ordinal, number in _ORDINALS:
        short = re.sub(rf"\b{ordinal} op\b", f"op{number}", short)
    words = [word for word in re.sub(r"\bop (\d)\b", r"op\1", short).split() if word not in _SMALL]
    return tuple(key for key in (folded.replace(" ", ""), " ".join(sorted(words))) if key)


@lru_cache(maxsize=1)
def _listed() -> tuple[tuple[str, dict[str, str]], ...]:
    return tuple(rows_of_treaties("names"))


@lru_cache(maxsize=1)
def _names() -> dict[str, tuple[str, ...]]:
    """What is certain: codes, acronyms, titles and short titles; some are of several treaties."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    treaties = load().treaties.values()
    named = [(one.code, name) for one in treaties for name in (one.code, *one.titles.values())]
    named += [(one.code, name) for one in treaties for name in one.also_titled]
    named += [(code, row["name"]) for code, row in _listed() if row["kind"] not in {WORDS, PASSING}]
    for code, name in named:
        for key in _keys(name):
            found[key][code] = None
    return {key: tuple(codes) for key, codes in found.items()}


WORDS = "keyword"
"""The kind of a row that says what a treaty is about: it is never certain."""

PASSING = "passing"
"""The kind of a word that its title has in passing: nobody who types it means the treaty."""

ASKED = "asked"
"""The kind of a name that is always asked, though it may mean one treaty alone."""


@lru_cache(maxsize=1)
def _asked_names() -> frozenset[str]:
    listed = (row["name"] for _code, row in _listed() if row["kind"] == ASKED)
    return frozenset(key for name in listed for key in _keys(name))


@lru_cache(maxsize=1)
def _vocabulary() -> dict[str, frozenset[str]]:
    """The words by which each treaty is known."""
    words = {
        code: {word for title in one.titles.values() for word in fold(title).split()}
        for code, one in load().treaties.items()
    }
    for code, row in _listed():
        if row["kind"] == PASSING:
            words[code].difference_update(fold(row["name"]).split())
        else:
            words[code].update(fold(row["name"]).split())
    return {code: frozenset(found) for code, found in words.items()}


def _about(words: list[str]) -> list[str]:
    """Treaties that all of the telling words are about; or most, where no treaty has all."""
    telling = [word for word in words if word not in _COMMON] or [
        word for word in words if word not in _SMALL
    ]
    scores = {code: _score(telling, words, known) for code, known in _vocabulary().items()}
    best = max(scores.values(), key=lambda score: score[0])
    if best[0] * 2 < len(telling) or not best[0]:
        return []
    found = [code for code, score in scores.items() if score[0] >= best[0]]
    return sorted(found, key=lambda code: scores[code], reverse=True)


def _score(telling: list[str], words: list[str], known: frozenset[str]) -> tuple[float, int]:
    """How much of the telling words a treaty is about; then how many of the others it has."""
    matched = sum(_matched(word, known) for word in telling)
    return round(matched, 1), sum(word in known for word in words)


def _matched(word: str, known: frozenset[str]) -> float:
    if word in known:
        return 1
    if len(word) >= SHORTEST_START and any(one.startswith(word) for one in known):
        return 1
    if len(word) < SHORTEST_SLIP:
        return 0
    similar = DamerauLevenshtein.normalized_similarity
    return (
        SLIPPED if process.extractOne(word, known, scorer=similar, score_cutoff=SIMILAR_WORD) else 0
    )


def _slips(keys: tuple[str, ...]) -> list[str]:
    """Treaties with an acronym that begins so or is nearly so written."""
    key = keys[0] if keys else ""
    names = [name for name in _names() if " " not in name]
    found = dict.fromkeys(
        code for name in names if len(key) > 1 and name.startswith(key) for code in _names()[name]
    )
    near = (
        process.extract(
            key,
            names,
            scorer=DamerauLevenshtein.normalized_similarity,
            score_cutoff=SIMILAR,
            limit=MOST,
        )
        if len(key) >= SHORTEST_START
        else ()
    )
    for name, _score, _index in near:
        found.update(dict.fromkeys(_names()[name]))
    return list(found)
