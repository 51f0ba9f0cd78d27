"""Dates that a letter may bear, those that it may not, and the files that carry them."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.desk.papers import as_file
from bot.documents.bundle import Bundle, Labels, indexed
from bot.documents.stamps import noon
from bot.letters.compose import LAST_DAY
from bot.letters.model import Language, Letter, Purpose
from bot.letters.request import OutOfReach, Request
from tests.world import COMPOSER_OF_ALL as COMPOSER

if TYPE_CHECKING:
    from pathlib import Path

CODES = sorted(COMPOSER.records.treaties)


@settings(deadline=None, max_examples=60)
@given(
    day=st.dates(),
    code=st.sampled_from(CODES),
    language=st.sampled_from(list(Language)),
    purpose=st.sampled_from(list(Purpose)),
)
def test_any_date_gives_a_letter_or_a_reason(
    day: date, code: str, language: Language, purpose: Purpose
) -> None:
    found = COMPOSER.compose(Request(code, "KEN", language, day, "Geneva", purpose=purpose))
    assert isinstance(found, OutOfReach) == (day > LAST_DAY)
    if isinstance(found, Letter):
        for kind in ("docx", "pdf", "eml", "txt"):
            assert as_file(found, kind)


@pytest.mark.parametrize("day", [date.min, date(1979, 12, 31), date(2108, 1, 1), date.max])
def test_an_archive_bears_the_nearest_year_that_it_can(tmp_path: Path, day: date) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(zipfile.ZipInfo("a", noon(day)), b"")
    assert archive.infolist()[0].date_time[0] in {1980, 2107}
    bundle = Bundle(tmp_path, "letters", day)
    try:
        bundle.add("word/a.docx", b"")
        assert bundle.finish(indexed(Labels("Letters", (), ("State",), "en"), (), bundle.day))
    finally:
        bundle.close()
