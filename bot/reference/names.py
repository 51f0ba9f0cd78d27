"""Every name by which a State, or what is no State here, is known: folded, to be looked up.

The names of the United Nations in its six languages, codes, aliases and the list of what is no
State are read first; those of other languages (CLDR) only when these did not tell.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.letters.matching import NoState, Sort
from bot.letters.model import Language
from bot.reference.folding import bare, fold, readings, squeezed
from bot.reference.loader import load, rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.letters.model import State

Targets = tuple[str, ...]
"""States by their ISO code, and what is none by its number in the list."""

OTHERS = "#"
"""How a target that is no State begins."""

ASK = "?"
"""Among the targets of a name that is always asked, though it may mean one State alone."""


@dataclass(frozen=True, slots=True)
class Names:
    """Folded names and what they mean: several targets are to be chosen from.

    `whole` is by the name without blanks, `read` by its words in the alphabet's order, `later` by
    how a name goes on after its first word.
    """

    whole: dict[str, Targets]
    read: dict[str, Targets] = field(default_factory=dict)
    later: dict[str, Targets] = field(default_factory=dict)


@lru_cache(maxsize=1)
def others() -> dict[str, NoState]:
    """What is no State here, by target."""
    found = {}
    for number, row in enumerate(rows("not_states")):
        names = {language: row[f"name_{language}"] for language in Language}
        found[f"{OTHERS}{number}"] = NoState(Sort(row["kind"]), names)
    return found


@lru_cache(maxsize=1)
def core() -> Names:
    """What the United Nations say, codes, aliases, and what is no State."""
    whole: dict[str, dict[str, None]] = defaultdict(dict)
    read: dict[str, dict[str, None]] = defaultdict(dict)
    later: dict[str, dict[str, None]] = defaultdict(dict)
    own: dict[str, str] = {}
    for target, name in _all_names():
        for key in {squeezed(name), bare(name)}:
            whole[key][target] = None
        if " " in name:
            for reading in readings(name):
                read[reading][target] = None
    for state in load().states.values():
        for name in short_names(state):
            own[squeezed(name)] = own[bare(name)] = state.iso3
            words = fold(name).split()
            for start in range(1, len(words)):
                later[" ".join(words[start:])][state.iso3] = None
    # A State's own short name is that State, whatever else may be called so; but what is listed
    # as ambiguous is asked.
    whole |= {name: {iso3: None} for name, iso3 in own.items()}
    return Names(_tuples(whole) | _ambiguous(), _tuples(read), _tuples(later))


@lru_cache(maxsize=1)
def wide() -> Names:
    """The names of CLDR in other languages, where the core does not know them."""
    known = core().whole
    targets = {state.iso2: state.iso3 for state in load().states.values()} | {
        row["code"]: f"{OTHERS}{number}" for number, row in enumerate(rows("not_states"))
    }
    whole: dict[str, dict[str, None]] = defaultdict(dict)
    for row in rows("cldr_names"):
        for key in (squeezed(row["name"]), bare(row["name"])):
            if key not in known:
                whole[key][targets[row["code"]]] = None
    return Names(_tuples(whole))


def short_names(state: State) -> Iterator[str]:
    """The State's short name in English, French and Spanish, as lists sort it and as it is said."""
    for names in state.names.values():
        yield names.short
        yield names.short.split(" (")[0]


def _ambiguous() -> dict[str, Targets]:
    states = load().states
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for row in rows("aliases_ambiguous"):
        codes = [one for one in row["also_iso3"].split() if one in states]
        found[squeezed(row["alias"])].update(dict.fromkeys((row["iso3"], *codes, ASK)))
    return _tuples(found)


def _all_names() -> Iterator[tuple[str, str]]:
    for state in load().states.values():
        yield state.iso3, state.iso2
        yield state.iso3, state.iso3
        for name in short_names(state):
            yield state.iso3, name
        for names in state.names.values():
            yield state.iso3, names.formal
    for row in rows("names"):
        for language in ("ar", "ru", "zh"):
            yield row["iso3"], row[f"short_{language}"]
            yield row["iso3"], row[f"short_{language}"].split(" (")[0]
            yield row["iso3"], row[f"formal_{language}"]
    for row in rows("aliases"):
        yield row["iso3"], row["alias"]
    for number, row in enumerate(rows("not_states")):
        target = f"{OTHERS}{number}"
        own = [row[f"name_{language}"] for language in Language]
        for name in (*own, *row["also"].split("; "), row["code"]):
            if name:
                yield target, name


def _tuples(found: dict[str, dict[str, None]]) -> dict[str, Targets]:
    return {name: tuple(targets) for name, targets in found.items() if name}
