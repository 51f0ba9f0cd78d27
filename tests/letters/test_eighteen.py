"""The letters on the eighteen human rights treaties are as they were before treaties were folders.

The digests were made by the program as it was then, of letters to every State, in both purposes.
A change of wording that is meant makes them anew: `make letters ARGS=--update-golden`.
"""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from bot.letters.model import MISSIONS, Language, Letter, Purpose, Signatory
from bot.letters.request import Request
from bot.reference.loader import load
from tests.world import COMPOSER

if TYPE_CHECKING:
    from collections.abc import Callable

GOLDEN = Path(__file__).parent / "golden"
EIGHTEEN = (
    *("CERD", "ICESCR", "ICESCR-OP", "ICCPR", "ICCPR-OP1", "ICCPR-OP2", "CEDAW", "CEDAW-OP"),
    *("CAT", "OPCAT", "CRC", "OPAC", "OPSC", "OPIC", "ICRMW", "CRPD", "CRPD-OP", "CED"),
)
DAYS = (date(2026, 2, 10), date(2026, 7, 1), date(2015, 1, 5))
TWO = (Signatory("A. Example", "Example Organisation"), Signatory("B. Example"))
SAMPLE = 16


def digest(treaty: str, language: Language, day: date, step: int) -> str:
    """How many letters there are, and the digest of their sections."""
    found, count = hashlib.sha256(), 0
    for number, state in list(enumerate(load().states))[::step]:
        for purpose in Purpose:
            request = Request(
                treaty,
                state,
                language,
                day,
                "Geneva",
                MISSIONS[number % 2],
                TWO[: number % 3],
                purpose=purpose,
            )
            made = COMPOSER.compose(request)
            count += isinstance(made, Letter)
            said = repr(type(made).__name__)
            if isinstance(made, Letter):
                said = repr([(one.key, one.text) for one in made.sections])
            found.update(said.encode())
    return f"{treaty} {language} {day} {count} {found.hexdigest()[:16]}\n"


def test_no_letter_has_changed(golden: Callable[[Path, str], None]) -> None:
    lines = [digest(one, language, DAYS[0], SAMPLE) for one in EIGHTEEN for language in Language]
    golden(GOLDEN / "eighteen-sample.txt", "".join(lines))


def test_none_of_all_has_changed(
    golden: Callable[[Path, str], None],
    every_letter: bool,  # noqa: FBT001 -- a fixture
) -> None:
    if every_letter:
        lines = [
            digest(one, language, day, 1)
            for one in EIGHTEEN
            for language in Language
            for day in DAYS
        ]
        golden(GOLDEN / "eighteen.txt", "".join(lines))
