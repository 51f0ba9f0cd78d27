"""The record of a signing: as a table that no spreadsheet reckons with, as a sheet, as a ZIP."""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pypdfium2
import pytest

from bot.documents.bundle import zipped
from bot.documents.endorsement_sheet import to_sheet
from bot.documents.endorsements import EndorsementRecord, Entry, Frozen, Headings, said_at, to_csv
from bot.documents.page import REPLACEMENT
from bot.letters.model import Language
from tests.documents.test_formats import HOSTILE, SCRIPTS, letters_of, pdf_text

DAY = datetime(2026, 3, 2, 12, 0, 5, tzinfo=UTC)
MM = 72 / 25.4
HEADINGS = Headings(
    heading="Endorsements of a joint letter",
    asked_by="Asked by",
    opened="Opened",
    closed="Closed",
    organisation="Organization",
    name="Name",
    role="Role",
    status="Status",
    at="Time (UTC)",
    version="Version",
    language="Language",
    digest="SHA-256 of the text",
    note="Note",
    texts="The texts",
    state="State",
    canonical="Anyone can compute it.",
)


def digest(of: object) -> str:
    return hashlib.sha256(str(of).encode()).hexdigest()


ENTRY = Entry(
    "Example Organisation", "A. Example", "President", "confirmed", DAY, 2, "en", digest("en")
)
ASKED = Entry("Second Example", "", "", "asked", None, 0, "", "")


def record(*entries: Entry, language: str = "en") -> EndorsementRecord:
    texts = tuple(Frozen(n, one, "KEN", digest(one + str(n)), DAY) for n in (1, 2) for one in "ab")
    asked_by, title = "A. Example, Example Organisation", "OPSC: Kenya"
    return EndorsementRecord(title, asked_by, DAY, None, entries, texts, language, HEADINGS)


def read(data: bytes, delimiter: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=delimiter))


def test_the_table_has_a_line_for_each() -> None:
    data = to_csv(record(ENTRY, ASKED))
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == data.count(b"\n") == 3
    first, *rest = read(data)
    assert first[:5] == ["Organization", "Name", "Role", "Status", "Time (UTC)"]
    assert first[5:] == ["Version", "Language", "SHA-256 of the text", "Note"]
    said = ["confirmed", "2026-03-02T12:00:05Z", "2", "en", digest("en"), ""]
    assert rest[0] == ["Example Organisation", "A. Example", "President", *said]
    assert rest[1] == ["Second Example", "", "", "asked", "", "", "", "", ""]


@pytest.mark.parametrize("language", Language)
def test_columns_are_parted_as_the_readers_spreadsheet_does(language: Language) -> None:
    parted = "," if language == Language.EN else ";"
    odd = replace(ENTRY, organisation='Example, "Second"; Third', name="A.\nExample")
    rows = read(to_csv(record(odd, language=language)), parted)
    assert rows[1][:2] == ['Example, "Second"; Third', "A.\nExample"]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula(sign: str) -> None:
    said = f"{sign}1+1"
    odd = replace(ENTRY, organisation=said, name=said, role=said, note=said)
    row = read(to_csv(record(odd)))[1]
    assert [row[0], row[1], row[2], row[-1]] == [f"'{said}"] * 4
    assert row[3:8] == ["confirmed", "2026-03-02T12:00:05Z", "2", "en", digest("en")]


def test_nothing_is_said_of_no_moment() -> None:
    assert said_at(None) == ""


def test_the_sheet_says_all_of_it() -> None:
    closed = replace(record(ENTRY, replace(ASKED, note="withdrawn")), closed=DAY)
    text = pdf_text(to_sheet(closed))
    for said in ("OPSC: Kenya", "Asked by: A. Example", "Opened: 2026-03-02T12:00:05Z"):
        assert said in text
    assert "Closed: 2026-03-02T12:00:05Z" in text
    assert "Closed" not in pdf_text(to_sheet(record(ENTRY)))
    shown = letters_of(text)
    assert letters_of("confirmed asked (withdrawn) A. Example President") <= shown
    together = "".join(text.split())
    assert digest("en") in together, "what is copied is the digest, and nothing between"
    assert all(one.digest in together for one in closed.texts)


def test_french_has_its_blank_before_a_colon() -> None:
    assert "Opened\u00a0: 2026-03-02" in pdf_text(to_sheet(record(ENTRY, language="fr")))


def test_equal_records_give_equal_sheets() -> None:
    assert to_sheet(record(ENTRY)) == to_sheet(record(ENTRY))
    assert to_sheet(record(ENTRY)) != to_sheet(record(ASKED))


def test_hundreds_flow_over_pages_that_repeat_the_heading() -> None:
    entries = [
        replace(ENTRY, organisation=f"Organisation {n}.", at=DAY + timedelta(minutes=n))
        for n in range(500)
    ]
    with pypdfium2.PdfDocument(to_sheet(record(*entries))) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    assert len(pages) > 10
    assert all(HEADINGS.digest in page for page in pages)
    assert all(f"{n} / {len(pages)}" in page for n, page in enumerate(pages, start=1))
    text = "\n".join(pages)
    assert all(f"Organisation {n}." in text for n in range(500))


@pytest.mark.parametrize("name", [*SCRIPTS.values(), *HOSTILE, "例示組織", "예시", "\u0378", "😀"])
def test_a_name_in_any_script_breaks_nothing(name: str) -> None:
    """A character that no font of the machine has is shown as such, and the rest stays."""
    odd = replace(ENTRY, organisation=name, name=f"A. {name}", role=name)
    text = pdf_text(to_sheet(record(odd, ENTRY)))
    assert "A. Example" in text
    assert REPLACEMENT in text or len(letters_of(name) & letters_of(text)) > 0


@pytest.mark.parametrize("unit", ["W", "x", "-", "https://www.example.org/", "فاطمة", "ก"])
def test_a_long_word_stays_in_its_column(unit: str) -> None:
    word = (unit * 200)[:200]
    odd = replace(ENTRY, organisation=word, name=word, role=word, status="confirmed", note=word)
    odd_record = replace(record(odd), title=word, asked_by=word)
    with pypdfium2.PdfDocument(to_sheet(odd_record)) as document:
        assert 1 <= len(document) < 5
        for page in document:
            text = page.get_textpage()
            boxes = [text.get_charbox(n) for n in range(text.count_chars())]
            assert max(box[2] for box in boxes) <= page.get_width() - 13 * MM
    alone = replace(ENTRY, organisation=word, name="|")
    with pypdfium2.PdfDocument(to_sheet(record(alone))) as document:
        text = document[0].get_textpage()
        first, _ = text.search("|").get_next()
        left = text.get_charbox(first)[0]
        whole = text.get_text_bounded(right=left - 1)
        assert whole.count(unit[0]) >= min(200, word.count(unit[0])) > 0


def test_a_zip_of_equal_files_is_the_same_bytes() -> None:
    files = [("a.txt", b"A\n"), ("text/b.txt", b"B\n"), ("c.docx", b"PK")]
    data = zipped(files, date(2026, 3, 2))
    assert data == zipped(files, date(2026, 3, 2))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert [(name, archive.read(name)) for name in archive.namelist()] == files
        assert {one.date_time for one in archive.infolist()} == {(2026, 3, 2, 12, 0, 0)}
