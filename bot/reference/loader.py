"""The shipped CSV files as `Records`. A broken file is ours to mend, so it raises."""

from __future__ import annotations

import csv
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from bot.letters.model import Kind, Language, Names, State
from bot.letters.status import Records
from bot.reference.collection import gathered
from bot.reference.folder_rows import rows_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.reference.collection import Gathered

DATA = Path(__file__).resolve().parent / "data"

AS_OF = date(2026, 2, 3)
"""The "status as at" date of the Treaty Collection's pages that the treaties' folders hold."""


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of one shipped file."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


class Own:
    """Where an office keeps the folders of treaties that it adds."""

    folder: Path | None = None


def use(folder: Path | None) -> None:
    """Read the treaties of that folder, too, beside the shipped ones."""
    if folder != Own.folder:
        Own.folder = folder
        gathered_treaties.cache_clear()
        load.cache_clear()


@lru_cache(maxsize=1)
def gathered_treaties() -> Gathered:
    """Every treaty with its acts, and what is wrong with an office's own."""
    return gathered(frozenset(row["iso3"] for row in rows("states")), Own.folder)


@lru_cache(maxsize=1)
def load() -> Records:
    """Everything the letters state."""
    found = gathered_treaties()
    return Records(
        as_of=AS_OF,
        states={row["iso3"]: _state(row) for row in rows("states")},
        treaties=found.treaties,
        acts=found.acts,
        non_state_parties=found.organisations,
    )


def rows_of_treaties(name: str) -> Iterator[tuple[str, dict[str, str]]]:
    """The rows of the files of that name in every treaty's folder, each with the treaty's code."""
    found = gathered_treaties()
    for code in found.treaties:
        for _line, row in rows_in(found.folders[code], f"{name}.csv", []):
            yield code, row


@lru_cache(maxsize=1)
def places() -> tuple[dict[Language, str], ...]:
    """Cities that letters are dated from, by language; Geneva and New York first."""
    return tuple({language: row[language] for language in Language} for row in rows("places"))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


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
