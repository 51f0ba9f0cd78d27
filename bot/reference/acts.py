"""What States did on a treaty, from its folder: `status.csv` and `withdrawals.csv`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from bot.letters.status import Act
from bot.reference.folder_rows import STATUS, WITHDRAWALS, rows_in
from bot.reference.written import Problem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from bot.letters.joining import NoticePeriod
    from bot.letters.treaties import Treaty

ACTIONS = (
    *("ratification", "accession", "succession", "acceptance", "approval"),
    *("formal confirmation", "consent to be bound", "definitive signature", "simplified procedure"),
)
Acts = dict[str, tuple[Act, ...]]


@dataclass
class Read:
    """The acts of each State, oldest first, and what is wrong by line."""

    acts: Acts = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read(folder: Path, treaty: Treaty, states: Collection[str]) -> Read:
    """The acts in a folder; of a treaty without status none."""
    found: dict[str, list[Act]] = defaultdict(list)
    read, seen = Read(), set[str]()
    for name in (WITHDRAWALS, STATUS):
        for line, row in rows_in(folder, name, read.problems):
            try:
                left = left_on(row, treaty.notice) if name == WITHDRAWALS else None
                act = _act(row, left)
                _checked(act, row["iso3"], treaty, states)
            except ValueError as error:
                read.problems.append(Problem(name, line, str(error)))
            else:
                if name == STATUS and row["iso3"] in seen:
                    says = f"{row['iso3']} stands here twice: leave one row"
                    read.problems.append(Problem(name, line, says))
                seen.update({row["iso3"]} if name == STATUS else ())
                found[row["iso3"]].append(act)
    read.acts = {iso3: tuple(sorted(acts, key=_order)) for iso3, acts in found.items()}
    return read


class ActsByTreaty(Mapping[str, Acts]):
    """The acts on each treaty, read when they are first asked for: most starts need few of them.

    A broken file is then ours to mend, and raises: an office's own were looked through before.
    """

    def __init__(self, folders: Mapping[str, tuple[Path, Treaty]], states: Collection[str]) -> None:
        self._folders, self._states = folders, states
        self._read: dict[str, Acts] = {}

    def __getitem__(self, code: str) -> Acts:
        """What States did on a treaty; a KeyError where it has no status."""
        if code not in self._read:
            folder, treaty = self._folders[code]
            found = read(folder, treaty, self._states)
            if found.problems:
                message = f"{code}/{found.problems[0]}"
                raise ValueError(message)
            self._read[code] = found.acts
        return self._read[code]

    def __contains__(self, code: object) -> bool:
        """Whether the treaty has a status, without reading it."""
        return code in self._folders

    def __iter__(self) -> Iterator[str]:
        """The codes of the treaties that have a status."""
        return iter(self._folders)

    def __len__(self) -> int:
        """How many treaties have a status."""
        return len(self._folders)


def _checked(act: Act, iso3: str, treaty: Treaty, states: Collection[str]) -> None:
    """A row that cannot be is a ValueError that says why."""
    if iso3 not in states:
        message = f"{iso3} is no State: codes are as in “demarche states find”, such as KEN"
        raise ValueError(message)
    succeeded = act.action == "succession"
    for day in (act.signed_on, act.acted_on):
        if day and day < treaty.adopted_on and not succeeded:
            message = f"{day} is before the adoption, {treaty.adopted_on}"
            raise ValueError(message)
    if act.action and act.action not in ACTIONS:
        message = f"{act.action} is no action: {', '.join(ACTIONS)}"
        raise ValueError(message)
    if act.acted_on and not act.action:
        message = "acted_on without an action: ratification, accession, succession …"
        raise ValueError(message)


def left_on(row: Mapping[str, str], notice: NoticePeriod | None) -> date:
    """The day on which a denunciation took effect: as its source has it, or by the notice period.

    A day of notification is never taken for it: a row from which it cannot be had, or that gives
    an earlier day than the treaty allows, is a ValueError.
    """
    notified, given = _day(row["denounced_on"]), _day(row["denunciation_effective_on"])
    computed = notice.effect_of(notified) if notice and notified else None
    if given and computed and given < computed:
        message = f"{row['iso3']}: {given} is before the notice ends, {computed}"
        raise ValueError(message)
    left = given or computed
    if left is None:
        message = f"{row['iso3']}: neither the day of effect nor a notice period"
        raise ValueError(message)
    return left


def _act(row: Mapping[str, str], withdrawn_on: date | None) -> Act:
    return Act(
        _day(row["signed_on"]),
        row.get("signature") == "succession",
        row["action"],
        _day(row["acted_on"]),
        withdrawn_on,
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _order(act: Act) -> date:
    return act.acted_on or date.max
