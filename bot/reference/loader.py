"""The shipped CSV files as `Records`. A broken file is ours to mend, so it raises."""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from bot.letters.model import Kind, Language, Names, State, Treaty
from bot.letters.status import Act, Records

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    return Records(
        as_of=AS_OF,
        states={row["iso3"]: _state(row) for row in rows("states")},
        treaties={row["code"]: _treaty(row) for row in rows("treaties")},
        acts=_acts(),
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
    )


def _acts() -> dict[str, dict[str, tuple[Act, ...]]]:
    found: dict[str, dict[str, list[Act]]] = defaultdict(lambda: defaultdict(list))
    for row in rows("withdrawals"):
        left = row["denunciation_effective_on"] or row["denounced_on"]
        found[row["treaty"]][row["iso3"]].append(_act(row, _day(left)))
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
