"""Letters to many States as ZIP files, and the e-mail draft."""

from __future__ import annotations

import csv
import email
import io
import zipfile
from contextlib import closing
from dataclasses import replace
from datetime import date
from email import policy
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from bot.documents.bundle import Bundle, Entry, Labels, indexed, to_csv, to_summary, to_xlsx
from bot.documents.mail import plain_subject, to_eml
from bot.documents.text import to_text
from bot.letters.model import Language
from bot.reference.loader import load
from tests.documents.test_formats import letter_by, pdf_text

if TYPE_CHECKING:
    from pathlib import Path

DAY = date(2026, 3, 2)
LABELS = Labels("Letters on OPSC", ("2 States, 2 letters",), ("State", "Language"), "en")
ENTRIES = (
    Entry(("Kenya", "English"), "Africa", "Kenya", "en"),
    Entry(("=1+1", "Français"), "Africa", "=1+1", "fr"),
)


def bundle(folder: Path, *, part_bytes: int = 10_000_000) -> list[tuple[str, bytes]]:
    folder.mkdir()
    with closing(Bundle(folder, "OPSC-2026-03-02", DAY, part_bytes)) as made:
        for number in range(4):
            made.add(f"word/{number}.docx", bytes([number]) * 1000)
        return [
            (name, path.read_bytes())
            for name, path in made.finish(indexed(LABELS, ENTRIES, made.day))
        ]


def test_one_zip_holds_letters_index_and_summary(tmp_path: Path) -> None:
    ((name, data),) = bundle(tmp_path / "a")
    assert name == "OPSC-2026-03-02.zip"
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.testzip() is None
        assert package.namelist()[-3:] == ["index.xlsx", "index.csv", "summary.pdf"]
        assert len(package.namelist()) == 7
    assert bundle(tmp_path / "b") == [(name, data)], "equal letters, equal bytes"


def test_a_bundle_too_large_for_one_message_comes_in_parts(tmp_path: Path) -> None:
    parts = bundle(tmp_path / "a", part_bytes=2600)
    assert [name for name, _ in parts] == [f"OPSC-2026-03-02-{n}-of-2.zip" for n in (1, 2)]
    found = []
    for _name, data in parts:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            assert "index.xlsx" in package.namelist()
            found += [name for name in package.namelist() if name.startswith("word/")]
    assert found == [f"word/{n}.docx" for n in range(4)]


def test_the_index_is_text_and_never_a_formula() -> None:
    rows = list(csv.reader(io.StringIO(to_csv(LABELS, ENTRIES).decode("utf-8-sig"))))
    assert rows == [["State", "Language"], ["Kenya", "English"], ["'=1+1", "Français"]]
    with zipfile.ZipFile(io.BytesIO(to_xlsx(LABELS, ENTRIES, DAY))) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        strings = book.read("xl/sharedStrings.xml").decode()
    assert "<f>" not in sheet
    assert "=1+1" in strings


@pytest.mark.parametrize(("language", "delimiter"), [("en", ","), ("fr", ";"), ("es", ";")])
def test_the_index_parts_columns_as_the_languages_spreadsheets_do(
    language: str, delimiter: str
) -> None:
    labels = replace(LABELS, language=language)
    entry = Entry(("Côte d’Ivoire; x", "a,b"), "Africa", "CIV", "fr")
    text = to_csv(labels, [entry]).decode("utf-8-sig")
    assert text.startswith(f"State{delimiter}Language\r\n")
    rows = list(csv.reader(io.StringIO(text), delimiter=delimiter))
    assert rows == [list(labels.columns), ["Côte d’Ivoire; x", "a,b"]]


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("codes", [("en",), ("en", "fr", "es")], ids=len)
def test_every_state_in_every_language_fits_on_one_page(
    language: Language, codes: tuple[str, ...]
) -> None:
    entries = [
        Entry((), state.region, state.short(language), code)
        for state in load().states.values()
        for code in codes
    ]
    pdf = to_summary(LABELS, entries, DAY)
    with pypdfium2.PdfDocument(pdf) as document:
        assert len(document) == 1
    text = " ".join(pdf_text(pdf).split())
    assert f"{load().states['ZWE'].short(language)} ({', '.join(codes)})" in text


@pytest.mark.parametrize("language", Language)
def test_an_email_draft_has_subject_text_and_pdf_and_no_address(language: Language) -> None:
    letter = letter_by("A. Example 😀", "Ελένη", language=language)
    data = to_eml(letter, None, "letter.pdf")
    assert max(map(len, data.splitlines())) <= 998
    message = email.message_from_bytes(data, policy=policy.default)
    assert message["Subject"] == plain_subject(letter)
    assert not message["Subject"].lower().startswith(("subject", "objet", "asunto"))
    assert message["Subject"][0].isupper()
    assert message["X-Unsent"] == "1"
    assert [message[name] for name in ("To", "From", "Cc", "Date")] == [None] * 4
    body = message.get_body()
    assert body
    assert body.get_content().replace("\r\n", "\n") == to_text(letter)
    (attached,) = message.iter_attachments()
    assert attached.get_filename() == "letter.pdf"
    assert attached.get_content().startswith(b"%PDF")
    assert data == to_eml(letter, None, "letter.pdf")
