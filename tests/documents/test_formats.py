"""The letter in its four formats: what was typed stands in each, in every script."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import TYPE_CHECKING

import docx
import pypdfium2
import pytest
from docx.oxml.ns import qn

from bot.documents.page import REPLACEMENT, set_page, to_pdf, to_png
from bot.documents.text import to_text
from bot.documents.word import to_docx
from bot.letters.model import Language, Letter, Office, Signatory
from bot.letters.request import Request
from tests.world import COMPOSER

if TYPE_CHECKING:
    from collections.abc import Iterable

SCRIPTS = {
    "Latin": "Łukasz Ñuñez Đỗ Şahin Ólafsdóttir",
    "Greek": "Ελένη Παπαδοπούλου",
    "Cyrillic": "Анна Ковальчук Ђорђе",
    "Arabic": "فاطمة عبد الله",
    "Hebrew": "שירה כהן",
    "Ethiopic": "ኢትዮጵያ",
    "Devanagari": "अंजलि",
    "Thai": "สมชาย",
    "Georgian": "გიორგი",
    "Armenian": "Հայաստան",
}
HOSTILE = [
    "<b>x</b> &amp; <script>",
    "*x* _y_ `z` [a](b)",
    "{{ 7*7 }} {% raw %}",
    "#set text(red) $x$ @y <z> \\u{1F600}",
    "%(name)s %s 100%",
    "/* x */ // y",
]


def letter_by(*names: str, language: Language = Language.EN) -> Letter:
    signatories = tuple(Signatory(name, "Example Organisation") for name in names)
    letter = COMPOSER.compose(
        Request("OPSC", "KEN", language, date(2026, 3, 2), "Geneva", Office.GENEVA, signatories)
    )
    assert isinstance(letter, Letter)
    return letter


def pdf_text(data: bytes) -> str:
    with pypdfium2.PdfDocument(data) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def docx_text(data: bytes) -> str:
    """The text in the order of reading, that of tables too."""
    body = docx.Document(io.BytesIO(data)).element.body
    return "\n".join(str(paragraph.text) for paragraph in body.iter(qn("w:p")))


def letters_of(text: str) -> set[str]:
    return set("".join(text.split()))


@pytest.mark.parametrize("name", HOSTILE)
def test_syntax_comes_out_as_typed(name: str) -> None:
    letter = letter_by(name)
    line = f"{name}, Example Organisation"
    assert line in to_text(letter).splitlines()
    assert line in docx_text(to_docx(letter)).splitlines()
    assert line in pdf_text(to_pdf(letter)).replace("\r", "")
    assert to_png(letter)[0].startswith(b"\x89PNG")


@pytest.mark.parametrize("script", SCRIPTS)
def test_names_in_every_script_from_shipped_fonts(script: str) -> None:
    page = set_page(letter_by(SCRIPTS[script]))
    assert page.missing == ()
    assert page.system_fonts is False
    assert letters_of(SCRIPTS[script]) <= letters_of(pdf_text(page.pdf))
    assert SCRIPTS[script] in docx_text(to_docx(letter_by(SCRIPTS[script])))


def test_emoji_come_out() -> None:
    page = set_page(letter_by("A. Example 😀🕊"))
    assert page.missing == ()
    assert "😀" in pdf_text(page.pdf)


def test_a_character_without_a_font_never_stops_a_letter() -> None:
    unassigned = "\U0003fff0"
    letter = letter_by(f"A. Example {unassigned}")
    page = set_page(letter)
    assert page.missing == (unassigned,)
    assert REPLACEMENT in pdf_text(page.pdf)
    assert unassigned in docx_text(to_docx(letter))
    assert unassigned in to_text(letter)
    assert to_png(letter)


def test_a_picture_differs_where_the_names_differ() -> None:
    assert to_png(letter_by("A. Example")) != to_png(letter_by("B. Example"))


@pytest.mark.parametrize("language", Language)
def test_equal_letters_equal_bytes(language: Language) -> None:
    first, second = (
        letter_by("A. Example", language=language),
        letter_by("A. Example", language=language),
    )
    pdf = to_pdf(first)
    set_page.cache_clear()
    assert to_pdf(second) == pdf
    assert to_docx(first) == to_docx(second)


@pytest.mark.parametrize("language", Language)
def test_the_pdf_is_tagged_and_speaks_its_language(language: Language) -> None:
    pdf = to_pdf(letter_by("A. Example", language=language))
    assert b"pdfuaid" in pdf or b"StructTreeRoot" in pdf
    assert f"/Lang ({language}".encode() in pdf.replace(b"/Lang(", b"/Lang (")
    with pypdfium2.PdfDocument(pdf) as document:
        assert document.get_metadata_value("Title")
        assert document.get_metadata_value("Author") == ""


def test_word_has_real_styles_its_language_and_no_author() -> None:
    document = docx.Document(io.BytesIO(to_docx(letter_by("A. Example", language=Language.FR))))
    styles = [p.style.name for p in document.paragraphs if p.style]
    assert [styles[0], *styles[1:4]] == ["Inside Address", "Subject Line", "Date", "Salutation"]
    assert {"Body Text", "Closing", "Signature", "Copies"} <= set(styles)
    langs = {one.get(qn("w:val")) for one in document.styles.element.iter(qn("w:lang"))}
    assert langs == {"fr-FR"}
    core = document.core_properties
    assert (core.author, core.last_modified_by, core.comments, core.language) == ("", "", "", "fr")
    assert core.created
    assert core.created.date() == date(2026, 3, 2)


def test_word_marks_right_to_left_names() -> None:
    def marked(names: Iterable[str]) -> list[str]:
        document = docx.Document(io.BytesIO(to_docx(letter_by(*names))))
        runs = [run for p in document.paragraphs for run in p.runs]
        return [run.text.strip() for run in runs if run._r.findall(f".//{qn('w:rtl')}")]  # noqa: SLF001 -- no public way

    assert marked(["A. Example"]) == []
    assert SCRIPTS["Arabic"] in marked([SCRIPTS["Arabic"]])[0]


def test_the_word_package_is_whole_and_its_times_are_the_letters() -> None:
    with zipfile.ZipFile(io.BytesIO(to_docx(letter_by("A. Example")))) as package:
        assert package.testzip() is None
        assert {info.date_time[:3] for info in package.infolist()} == {(2026, 3, 2)}


def test_a_long_letter_has_a_picture_for_each_page() -> None:
    letter = letter_by(*(f"Signatory {n}" for n in range(60)))
    with pypdfium2.PdfDocument(to_pdf(letter)) as document:
        assert len(to_png(letter)) == len(document) > 1


def test_the_first_of_a_french_month_is_raised_in_word_and_plain_elsewhere() -> None:
    request = Request("CERD", "MMR", Language.FR, date(2026, 12, 1), "Genève")
    letter = COMPOSER.compose(request)
    assert isinstance(letter, Letter)
    paragraphs = docx.Document(io.BytesIO(to_docx(letter))).paragraphs
    day = next(one for one in paragraphs if "1er\u00a0décembre" in one.text)
    assert [run.text for run in day.runs if run.font.superscript] == ["er"]
    assert "le 1er\u00a0décembre 2026" in to_text(letter)
    assert "er décembre 2026" in pdf_text(to_pdf(letter)).replace("\u00a0", " ")
