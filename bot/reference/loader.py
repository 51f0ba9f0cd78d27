"""The shipped CSV files as `Records`. A broken file is ours to mend, so it raises."""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from bot.letters.joining import Condition, NoticePeriod
from bot.letters.model import Kind, Language, Names, State, Treaty
from bot.letters.status import Act, Records

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

DATA = Path(__file__).resolve().parent / "data"

AS_OF = date(2026, 2, 3)
"""The "status as at" date of the United Nations Treaty Collection's pages in status.csv."""


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of one shipped file."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


@lru_cache(maxsize=1)
def load() -> Records:
    """Everything the letters state."""
    treaties = {row["code"]: _treaty(row) for row in rows("treaties")}
    return Records(
        as_of=AS_OF,
        states={row["iso3"]: _state(row) for row in rows("states")},
        treaties=treaties,
        acts=_acts(treaties),
        non_state_parties=_non_states(),
    )


@lru_cache(maxsize=1)
def places() -> tuple[dict[Language, str], ...]:
    """Cities that letters are dated from, by language; Geneva and New York first."""
    return tuple({language: row[language] for language in Language} for row in rows("places"))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _certain_day(text: str) -> date:
    return date.fromisoformat(text)


def _state(row: dict[str, str]) -> State:
    names = {
        Language.EN: Names(row["short_en"], "", row["formal_en"]),
        Language.FR: Names(row["short_fr"], row["article_fr"], row["formal_fr"]),
        Language.ES: Names(row["short_es"], row["article_es"], row["formal_es"]),
    }
    return State(
        row["iso3"],
        row["iso2"],
        Kind(row["kind"]),
        names,
        row["region"],
        _day(row["admitted_on"]),
    )


def _treaty(row: dict[str, str]) -> Treaty:
    return Treaty(
        row["code"],
        row["untc_number"],
        _certain_day(row["adopted_on"]),
        _certain_day(row["entry_into_force"]),
        _day(row["opened_for_signature"]),
        {language: row[f"title_{language}"] for language in Language},
        _condition(row),
        row["open_article"] if row["open_to"] == "members" else "",
        _notice(row),
    )


def _condition(row: dict[str, str]) -> Condition | None:
    if not row["parents"]:
        return None
    return Condition(
        tuple(row["parents"].split()), row["needs"] == "signed", row["parents_article"]
    )


def _notice(row: dict[str, str]) -> NoticePeriod | None:
    if not row["notice"]:
        return None
    months, _, more = row["notice"].partition(" months")
    return NoticePeriod(int(months), bool(more), row["notice_article"])


def left_on(row: dict[str, str], notice: NoticePeriod | None) -> date:
    """The day on which a denunciation took effect: as its source has it, or by the notice period.

    A day of notification is never taken for it: a row from which it cannot be had, or that gives
    an earlier day than the treaty allows, is a ValueError.
    """
    notified, given = _day(row["denounced_on"]), _day(row["denunciation_effective_on"])
    computed = notice.effect_of(notified) if notice and notified else None
    if given and computed and given < computed:
        message = f"{row['treaty']} {row['iso3']}: {given} is before the notice ends, {computed}"
        raise ValueError(message)
    left = given or computed
    if left is None:
        message = f"{row['treaty']} {row['iso3']}: neither the day of effect nor a notice period"
        raise ValueError(message)
    return left


def _acts(treaties: Mapping[str, Treaty]) -> dict[str, dict[str, tuple[Act, ...]]]:
    found: dict[str, dict[str, list[Act]]] = defaultdict(lambda: defaultdict(list))
    for row in rows("withdrawals"):
        left = left_on(row, treaties[row["treaty"]].notice)
        found[row["treaty"]][row["iso3"]].append(_act(row, left))
    for row in rows("status"):
        found[row["treaty"]][row["iso3"]].append(_act(row, None))
    return {
        treaty: {
            iso3: tuple(sorted(acts, key=lambda act: act.acted_on or date.max))
            for iso3, acts in of_states.items()
        }
        for treaty, of_states in found.items()
    }


def _act(row: dict[str, str], withdrawn_on: date | None) -> Act:
    return Act(
        _day(row["signed_on"]),
        row.get("signature") == "succession",
        row["action"],
        _day(row["acted_on"]),
        withdrawn_on,
    )


def _non_states() -> dict[str, tuple[date, ...]]:
    found: dict[str, list[date]] = defaultdict(list)
    for row in rows("non_states"):
        found[row["treaty"]].append(_certain_day(row["acted_on"]))
    return {treaty: tuple(days) for treaty, days in found.items()}
