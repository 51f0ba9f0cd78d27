"""All treaties: the shipped folders, and an office's own beside them.

A shipped folder that is broken is ours to mend and raises. One of an office is left out, with its
problems: see “demarche treaties check”.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from bot.letters.treaties import Register
from bot.reference import acts as acts_of
from bot.reference import folders
from bot.reference.acts import ActsByTreaty
from bot.reference.folder_rows import STATUS, wrong_names
from bot.reference.folders import SETTINGS
from bot.reference.written import Lines, Problem, text_of
from bot.reference.written import folders as folders_in

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from datetime import date

    from bot.letters.treaties import Treaty
    from bot.reference.acts import Acts

SHIPPED = Path(__file__).resolve().parent / "data" / "treaties"
_REGISTERS = tuple(Register)
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}


@dataclass
class Gathered:
    """Treaties by code, in the order of lists; the acts on each; parties that are no States.

    `dated` are those with a status of their own. `problems` are by folder.
    """

    treaties: dict[str, Treaty] = field(default_factory=dict)
    acts: Mapping[str, Acts] = field(default_factory=dict)
    organisations: dict[str, tuple[date, ...]] = field(default_factory=dict)
    folders: dict[str, Path] = field(default_factory=dict)
    problems: dict[Path, list[Problem]] = field(default_factory=dict)


def gathered(states: Collection[str], own: Path | None = None) -> Gathered:
    """What the shipped folders have, and those in `own`."""
    found = Gathered()
    for folder in folders_in(SHIPPED, SETTINGS):
        _take(found, folder, states)
    _tie(found, tuple(found.treaties))
    for folder, problems in found.problems.items():
        message = "; ".join(f"{folder.name}/{one}" for one in problems)
        raise ValueError(message)
    if own:
        added = [
            code for folder in folders_in(own, SETTINGS) if (code := _take(found, folder, states))
        ]
        _tie(found, added)
    order = sorted(found.treaties.values(), key=lambda one: _order(one, found.treaties))
    found.treaties = {one.code: one for one in order}
    there = {
        one.code: (found.folders[one.code], one)
        for one in order
        if (found.folders[one.code] / STATUS).is_file()
    }
    found.acts = ActsByTreaty(there, states)
    return found


def _take(found: Gathered, folder: Path, states: Collection[str]) -> str:
    """Read one folder into what was found; its code where it is good."""
    settings = folders.read(folder)
    if isinstance(settings, list):
        found.problems[folder] = settings
        return ""
    treaty = settings.treaty
    problems = [*_twice(found, folder, treaty), *_strangers(folder, treaty, states)]
    if folder.parent != SHIPPED:
        problems += acts_of.read(folder, treaty, states).problems
        problems += wrong_names(folder)
    if problems:
        found.problems[folder] = problems
        return ""
    found.treaties[treaty.code] = treaty
    found.folders[treaty.code] = folder
    if settings.organisations:
        found.organisations[treaty.code] = settings.organisations
    return treaty.code


def _twice(found: Gathered, folder: Path, treaty: Treaty) -> Iterator[Problem]:
    """A code or a number that another folder has."""
    if treaty.code in found.treaties:
        says = f"there is a treaty {treaty.code} already: call the folder otherwise, or remove it"
        yield Problem(SETTINGS, 0, says)
    for other in found.treaties.values():
        if other.untc_number == treaty.untc_number and other.code != treaty.code:
            says = f"{treaty.untc_number} is the number of {other.code}: mend it, or remove one"
            yield _at(folder, "number", says)


def _strangers(folder: Path, treaty: Treaty, states: Collection[str]) -> Iterator[Problem]:
    for iso3 in treaty.force.states:
        if iso3 not in states:
            yield _at(folder, "entry_into_force.states", f"{iso3} is no State’s code")


def _tie(found: Gathered, codes: Collection[str]) -> None:
    """Leave out treaties whose parents are not there, or that are their own parents."""
    left = list(codes)
    while left:
        bad = {code: says for code in left if (says := _untied(found.treaties, code))}
        for code, says in bad.items():
            folder = found.folders.pop(code)
            found.problems[folder] = [_at(folder, "joining.parents", says)]
            for kept in (found.treaties, found.organisations):
                kept.pop(code, None)
        left = [code for code in left if code not in bad] if bad else []


def _untied(treaties: Mapping[str, Treaty], code: str) -> str:
    """Why the parents of a treaty cannot be; empty where they can."""
    seen, ahead = {code}, list(_parents(treaties[code]))
    for parent in _parents(treaties[code]):
        if parent not in treaties:
            return (
                f"no treaty has the code {parent}: add its folder, or name it under "
                "[joining.outside]"
            )
    while ahead:
        parent = ahead.pop()
        if parent == code:
            return f"{code} would have to be joined before itself: take it out of the parents"
        if parent in treaties and parent not in seen:
            seen.add(parent)
            ahead += _parents(treaties[parent])
    return ""


def _parents(treaty: Treaty) -> tuple[str, ...]:
    return treaty.condition.parents if treaty.condition else ()


def _order(treaty: Treaty, treaties: Mapping[str, Treaty]) -> tuple[object, ...]:
    """By what they are about, then by their number, a protocol behind its parent."""
    first, number = treaty, _number(treaty.untc_number)
    for _step in treaties:
        parents = _parents(first)
        if not parents:
            break
        first = treaties[parents[0]]
    family = _number(first.untc_number)[:2]
    return _REGISTERS.index(treaty.register), family, number, treaty.code


def address_of(form: str, untc: str) -> str:
    """The address of a treaty's page, by its number and the number of its chapter."""
    return form.replace("{number}", untc).replace("{chapter}", str(_number(untc)[0]))


def _number(untc: str) -> tuple[int, int, str]:
    """XXVI-2-a as 26, 2, a; of XI-B-16-1 what follows the chapter stands in its order."""
    chapter, *rest = untc.split("-")
    total = 0
    for this, following in zip(chapter, [*chapter[1:], ""], strict=True):
        worth = _ROMAN[this]
        total += -worth if following and _ROMAN[following] > worth else worth
    first = int(rest[0]) if rest[0].isdecimal() else 0
    return total, first, "-".join(rest[1:] if first else rest)


def _at(folder: Path, key: str, says: str) -> Problem:
    text = text_of(folder / SETTINGS)
    return Problem(SETTINGS, Lines(text).of(key) if isinstance(text, str) else 0, says)
