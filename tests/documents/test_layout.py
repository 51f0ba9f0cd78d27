"""Letters as they are laid out: paper, page numbers, who signs, lists, dates; Word as the PDF."""

from __future__ import annotations

import io
import itertools
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import docx
import pypdfium2
import pytest
from docx.oxml.ns import qn

from bot.documents.page import set_page, to_pdf
from bot.documents.prose import Piece, pieces, runs, unbroken
from bot.documents.text import to_text
from bot.documents.word import to_docx
from bot.letters.bilingual import Bilingual
from bot.letters.layout import USUAL, Columns, Layout, Paper
from bot.letters.model import Language, Letter, Signatory
from bot.letters.own_words import Change, written
from bot.letters.request import Request
from tests.documents.test_formats import docx_text, letter_by, pdf_text
from tests.documents.test_word_heads import head
from tests.documents.validating import faults
from tests.documents.word_parts import field, paragraph, text, word_file
from tests.world import COMPOSER

if TYPE_CHECKING:
    from docx.document import Document

    from bot.letters.letterhead import Letterhead

MM = 72 / 25.4
US_LETTER = (612, 792)


def signed_by(count: int, layout: Layout = USUAL, language: Language = Language.EN) -> Letter:
    signatories = tuple(
        Signatory(f"No.{number:04}", "Example Organisation", "Chair") for number in range(count)
    )
    request = Request("OPSC", "KEN", language, date(2026, 3, 2), "Geneva", signatories=signatories)
    letter = COMPOSER.compose(replace(request, layout=layout))
    assert isinstance(letter, Letter)
    return letter


def with_own(own: str) -> Letter:
    change = written(Change("own1", (), "hope"), Language.EN, own, "")
    letter = COMPOSER.compose(
        Request("OPSC", "KEN", Language.EN, date(2026, 3, 2), "Geneva", changes=(change,))
    )
    assert isinstance(letter, Letter)
    return letter


def opened(letter: Letter, made: Letterhead | None = None) -> Document:
    return docx.Document(io.BytesIO(to_docx(letter, made)))


def pages(letter: Letter) -> list[str]:
    with pypdfium2.PdfDocument(to_pdf(letter)) as document:
        return [page.get_textpage().get_text_range() for page in document]


def place(letter: Letter, words: str) -> tuple[int, float, float]:
    """The page of the words, and where they begin, in millimetres from the upper left."""
    with pypdfium2.PdfDocument(to_pdf(letter)) as document:
        for number, page in enumerate(document):
            found = page.get_textpage().get_text_range().find(words)
            if found >= 0:
                left, _, _, top = page.get_textpage().get_charbox(found)
                return number, left / MM, (page.get_height() - top) / MM
    raise AssertionError(words)


def test_pages_are_numbered_from_the_second_on() -> None:
    shown = pages(signed_by(200))
    assert len(shown) > 2
    assert "1/" not in shown[0].splitlines()[-1]
    ends = [page.splitlines()[-1] for page in shown[1:]]
    assert ends == [f"{number}/{len(shown)}" for number in range(2, len(shown) + 1)]


def test_word_numbers_its_pages_but_the_first() -> None:
    section = opened(signed_by(3)).sections[0]
    assert section.different_first_page_header_footer
    footer = section.footer._element  # noqa: SLF001 -- no public way
    assert [one.get(qn("w:instr")) for one in footer.iter(qn("w:fldSimple"))] == [
        "PAGE",
        "NUMPAGES",
    ]
    assert section.first_page_footer.is_linked_to_previous


def test_a_letterhead_that_numbers_its_pages_stays_as_it_is() -> None:
    own = head(word_file(field(" PAGE ", "7")))
    section = opened(signed_by(3), own).sections[0]
    assert not section.different_first_page_header_footer
    assert not list(section.footer._element.iter(qn("w:fldSimple")))  # noqa: SLF001 -- no public way


def test_a_letterhead_without_numbers_has_them_below_its_footer() -> None:
    letter = signed_by(3)
    data = to_docx(letter, head(word_file(paragraph(text("OURS")))))
    section = docx.Document(io.BytesIO(data)).sections[0]
    assert section.footer.paragraphs[0].text == "1 Example Street"
    assert list(section.footer._element.iter(qn("w:fldSimple")))  # noqa: SLF001 -- no public way
    first = section.first_page_footer._element  # noqa: SLF001 -- no public way
    assert section.first_page_footer.paragraphs[0].text == "1 Example Street"
    assert not list(first.iter(qn("w:fldSimple")))
    assert "OURS" in [one.text for one in section.first_page_header.paragraphs]
    assert faults(data) == []


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("count", [1, 2, 4])
def test_few_have_room_to_sign_and_stay_with_the_close(count: int, language: Language) -> None:
    letter = signed_by(count, language=language)
    close = letter.text_of("closing")[:12]
    where = [place(letter, close), *(place(letter, f"No.{one:04}") for one in range(count))]
    assert len({page for page, _, _ in where}) == 1
    gaps = [below - above for (_, _, above), (_, _, below) in itertools.pairwise(where)]
    assert all(gap >= 18 for gap in gaps), "a line and 15 mm"
    formats = [p.paragraph_format for p in opened(letter).paragraphs if p.text.startswith("No.")]
    assert [one.space_before and one.space_before.mm > 15 for one in formats] == [True] * count
    assert [bool(one.keep_with_next) for one in formats] == [True] * (count - 1) + [False]


def test_many_only_put_their_names_to_it() -> None:
    letter = signed_by(5)
    lines = [place(letter, f"No.{one:04}")[2] for one in range(5)]
    assert all(below - above < 8 for above, below in itertools.pairwise(lines))
    formats = [p.paragraph_format for p in opened(letter).paragraphs if p.text.startswith("No.")]
    assert not any(one.space_before for one in formats)


@pytest.mark.parametrize("columns", Columns)
def test_the_close_stands_with_the_letter_and_with_who_signs(columns: Columns) -> None:
    """Over every length of a letter that ends near the foot of its page."""
    for count in (1, 3, 8, 40):
        letter = signed_by(count, Layout(columns))
        for lines in range(34):
            longer = replace(
                letter,
                sections=tuple(
                    replace(one, text="Line\n" * lines + "Line") if one.key == "hope" else one
                    for one in letter.sections
                ),
            )
            for shown in pages(longer):
                if "Sincerely" in shown:
                    before, _, after = shown.partition("Sincerely")
                    assert "Thank you" in before
                    assert after.count("No.") >= min(count, 2)


@pytest.mark.parametrize("columns", [Columns.ONE, Columns.TWO])
def test_columns_and_stacked_lines_are_there_on_request(columns: Columns) -> None:
    for count in (2, 4, 11, 65):
        letter = signed_by(count, Layout(columns, stacked=True))
        left = {round(place(letter, f"No.{one:04}")[1]) for one in range(count)}
        assert len(left) == (1 if columns is Columns.ONE else 2)
        assert "No.0001\r\nChair\r\nExample Organisation" in pdf_text(to_pdf(letter))
        data = to_docx(letter)
        assert "No.0001\nChair\nExample Organisation" in docx_text(data)
        assert bool(docx.Document(io.BytesIO(data)).tables) == (columns is Columns.TWO)
        assert faults(data) == []
        assert "No.0001, Chair, Example Organisation" in to_text(letter)


@pytest.mark.parametrize("beside", [False, True])
def test_both_languages_are_laid_out_alike(beside: bool) -> None:  # noqa: FBT001 -- a parameter of the test
    layout = Layout(Columns.TWO, stacked=True, paper=Paper.LETTER)
    one, other = (signed_by(65, layout, language) for language in (Language.EN, Language.FR))
    pair = Bilingual(one, other, beside=beside)
    data = to_docx(pair)
    assert faults(data) == []
    assert docx_text(data).count("No.0064\nChair") == (1 if beside else 2)
    with pypdfium2.PdfDocument(to_pdf(pair)) as document:
        assert all(round(page.get_width()) == US_LETTER[0] for page in document)


def test_us_letter_is_the_paper_of_every_format() -> None:
    letter = signed_by(3, Layout(paper=Paper.LETTER))
    with pypdfium2.PdfDocument(to_pdf(letter)) as document:
        assert tuple(map(round, document[0].get_size())) == US_LETTER
    section = opened(letter).sections[0]
    assert (section.page_width, section.page_height) == (7772400, 10058400)
    assert set_page(letter).count == 1


def test_the_pdf_has_the_paper_of_the_word_letterhead() -> None:
    own = head(word_file(section='<w:pgSz w:w="12240" w:h="15840"/>'))
    with pypdfium2.PdfDocument(to_pdf(signed_by(3), own)) as document:
        assert tuple(map(round, document[0].get_size())) == US_LETTER
    assert opened(signed_by(3), own).sections[0].page_width == 7772400


def test_an_address_is_one_block_in_word() -> None:
    letter = letter_by("A. Example")
    address = replace(letter.sections[0], text="Her Excellency\nAmbassador\nMission")
    shown = opened(replace(letter, sections=(address, *letter.sections[1:]))).paragraphs[0]
    assert shown.text == "Her Excellency\nAmbassador\nMission"


def test_word_hyphenates_and_names_the_typeface_of_the_pdf() -> None:
    document = opened(letter_by("A. Example"))
    settings = document.settings.element
    assert settings.find(qn("w:autoHyphenation")).get(qn("w:val")) == "1"
    assert document.styles["Normal"].font.name == "Noto Serif"
    whole = qn("w:suppressAutoHyphens")
    has = {s.name for s in document.styles if s.element.findall(f".//{whole}")}
    assert {"Inside Address", "Subject Line", "Signature"} <= has
    assert not {"Body Text", "List"} & has


def test_own_lists_hang_behind_their_marks() -> None:
    long = "word " * 40
    letter = with_own(f"We ask:\n- {long}\n- second\n\n1. {long}\n12. {long}")
    document = opened(letter)
    items = [p for p in document.paragraphs if p.style and p.style.name == "List"]
    assert [p.text.partition("\t")[0] for p in items] == ["-", "-", "1.", "12."]
    assert place(letter, "- ")[1] == pytest.approx(25, abs=1)
    assert f"- {long.strip()}" in to_text(letter)
    with pypdfium2.PdfDocument(to_pdf(letter)) as pdf:
        page = pdf[0].get_textpage()
        shown = page.get_text_range()
        at = shown.index("\n", shown.index("word")) + 1
        assert page.get_charbox(at)[0] / MM > 28


def test_a_paragraph_is_parted_into_its_items() -> None:
    assert pieces("We ask:\n– one\n2. two\nend\nof it") == [
        Piece("We ask:"),
        Piece("one", "–"),
        Piece("two", "2."),
        Piece("end\nof it"),
    ]
    assert pieces("2.5 per cent\n-x") == [Piece("2.5 per cent\n-x")]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("on 8th September 2000", "8th\u00a0September 2000"),
        ("May 25th marked", "May\u00a025th marked"),
        ("le 18 janvier 2027", "18\u00a0janvier 2027"),
        ("el 18 de septiembre de 2026", "18\u00a0de\u00a0septiembre de 2026"),
        ("www.example.org/8 May", "www.example.org/8 May"),
    ],
)
def test_day_and_month_stay_together(typed: str, kept: str) -> None:
    assert kept in unbroken(typed)
    assert unbroken(typed).replace("\u00a0", " ") == typed


def test_short_words_and_months_are_not_hyphenated() -> None:
    found = runs("que haya niños en septiembre de ratificación, see janvier@example.org")
    assert found[1::2] == ["haya", "niños", "septiembre"]
    assert "".join(found).startswith("que haya niños en septiembre de ratificación")


def test_the_first_of_a_month_is_raised_in_own_words_too() -> None:
    day = next(p for p in opened(with_own("Le 1er mai 2026")).paragraphs if "1er" in p.text)
    assert [run.text for run in day.runs if run.font.superscript] == ["er"]


def test_a_name_has_the_apostrophe_of_the_letter() -> None:
    letter = letter_by("A. D'Example")
    assert "A. D’Example, Example Organisation" in to_text(letter)
