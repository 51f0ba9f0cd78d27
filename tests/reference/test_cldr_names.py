"""The shipped names in other languages are those of CLDR: `--update-golden` writes them anew."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from babel import Locale
from babel.languages import get_territory_language_info
from babel.localedata import exists

from bot.reference.folding import squeezed
from bot.reference.loader import DATA, load, rows

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

COMMON = [
    "en", "fr", "es", "ar", "ru", "zh", "zh_Hant", "de", "it", "pt", "pt_PT", "nl", "pl", "tr",
    "hi", "bn", "ja", "ko", "id", "vi", "th", "fa", "ur", "sw", "uk", "el", "he",
]  # fmt: skip
"""Languages in which every State is named; of others only those of the State itself."""


def languages_of(code: str) -> list[str]:
    """The languages that are official in the State, or in a part of it."""
    spoken = get_territory_language_info(code).items()
    return sorted(name for name, known in spoken if known["official_status"] and exists(name))


def written() -> str:
    """Code, name and the languages that say so."""
    found: dict[tuple[str, str], list[str]] = {}
    spelt: dict[tuple[str, str], str] = {}
    codes = [state.iso2 for state in load().states.values()]
    codes += [row["code"] for row in rows("not_states") if row["code"]]
    for code in codes:
        for language in dict.fromkeys((*COMMON, *languages_of(code))):
            name = Locale.parse(language).territories.get(code, "")
            key = squeezed(name)
            if key:
                found.setdefault((code, key), []).append(language)
                spelt.setdefault((code, key), name)
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["code", "name", "languages"])
    writer.writerows(
        [code, spelt[code, key], " ".join(languages)] for (code, key), languages in found.items()
    )
    return file.getvalue()


def test_the_shipped_names_are_those_of_cldr(golden: Callable[[Path, str], None]) -> None:
    golden(DATA / "cldr_names.csv", written())
