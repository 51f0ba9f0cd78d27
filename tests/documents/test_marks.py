"""A letter whose co-signers are being asked says so on every page, in every format."""

from __future__ import annotations

import email
import io
from dataclasses import replace
from email import policy
from typing import TYPE_CHECKING

import docx
import pypdfium2
import pytest

from bot.desk import papers
from bot.documents.mail import plain_subject, to_eml
from bot.documents.page import to_pdf, to_png
from bot.documents.text import in_messages, to_text
from bot.documents.word import to_docx
from bot.letters.bilingual import Bilingual
from bot.letters.layout import Paper
from bot.letters.marks import IN_NAMES, MARKS, mark_of, name_of, titled
from bot.letters.model import Language, Letter
from tests.documents.test_formats import letter_by
from tests.documents.test_letterhead import head, picture
from tests.documents.validating import faults
from tests.documents.word_files import ODD, SHOWN

if TYPE_CHECKING:
    from bot.letters.bilingual import Sheet
    from bot.letters.letterhead import Letterhead

MM = 72 / 25.4
HEADS = {
    "bare": None,
    "lines": head(lines=tuple(f"Example Organisation, line {n}" for n in range(6))),
    "logo": head(logo=picture("PNG"), lines=("Example Organisation",)),
}
MANY = tuple(f"A. Example {n}, of the Example Organisation for Children" for n in range(110))


def draft(*names: str, language: Language = Language.EN) -> Letter:
    return replace(letter_by(*(names or ("A. Example",)), language=language), unsigned=True)


def pair(*, beside: bool, first: bool, second: bool) -> Bilingual:
    letters = (letter_by("A. Example", language=Language.ES), letter_by("A. Example"))
    return Bilingual(
        replace(letters[0], unsigned=first), replace(letters[1], unsigned=second), beside
    )


def headers(data: bytes) -> list[list[str]]:
    """The paragraphs of every header that some page of a Word file shows."""
    document = docx.Document(io.BytesIO(data))
    found = []
    for section in document.sections:
        found.append(section.header)
        if section.different_first_page_header_footer:
            found.append(section.first_page_header)
        if document.settings.odd_and_even_pages_header_footer:
            found.append(section.even_page_header)
    return [[one.text for one in header.paragraphs] for header in found]


def test_the_words_are_these() -> None:
    assert MARKS == {
        Language.EN: "DRAFT – not for sending",
        Language.FR: "PROJET – ne pas envoyer",
        Language.ES: "BORRADOR – no enviar",
    }
    assert all(MARKS[language].startswith(IN_NAMES[language]) for language in Language)


def test_a_final_letter_has_none() -> None:
    letter = letter_by("A. Example")
    assert (mark_of(letter), name_of(letter), titled(letter, "A title")) == ("", "", "A title")
    assert not pair(beside=False, first=False, second=False).first.unsigned
    for found in (to_text(letter), plain_subject(letter), papers.file_stem(letter)):
        assert "DRAFT" not in found


def places(page: pypdfium2.PdfPage, mark: str) -> list[tuple[float, float]]:
    """How far below the upper edge each mark of a page begins and ends."""
    text, height = page.get_textpage(), page.get_height()
    search, found = text.search(mark), []
    while occurrence := search.get_next():
        first, count = occurrence
        boxes = [text.get_charbox(n) for n in range(first, first + count)]
        found.append((height - max(box[3] for box in boxes), height - min(box[1] for box in boxes)))
    return sorted(found)


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("made", HEADS.values(), ids=HEADS)
@pytest.mark.parametrize("language", Language)
def test_every_page_has_it_above_all_else_and_once_more_across(
    language: Language, made: Letterhead | None, paper: Paper
) -> None:
    letter = draft(*MANY, language=language)
    letter = replace(letter, layout=replace(letter.layout, paper=paper))
    with pypdfium2.PdfDocument(to_pdf(letter, made)) as document:
        assert len(document) >= 3
        for page in document:
            line, across = places(page, MARKS[language])
            assert 8 * MM < line[0] < line[1] < 21 * MM, "above the letter, and on the paper"
            assert across[0] > 22 * MM
            assert across[1] < page.get_height() - 20 * MM


def test_readers_aloud_hear_it_in_the_title() -> None:
    letter = draft(language=Language.FR)
    with pypdfium2.PdfDocument(to_pdf(letter)) as document:
        assert document.get_metadata_dict()["Title"].startswith(MARKS[Language.FR])
    title = docx.Document(io.BytesIO(to_docx(letter))).core_properties.title
    assert title.startswith(MARKS[Language.FR])
    assert papers.preview(letter, None).alt == f"{MARKS[Language.FR]} – {letter.subject}"


def test_the_picture_is_another() -> None:
    assert to_png(draft()) != to_png(replace(draft(), unsigned=False))


@pytest.mark.parametrize("made", HEADS.values(), ids=HEADS)
@pytest.mark.parametrize("language", Language)
def test_every_page_in_word_begins_with_it(language: Language, made: Letterhead | None) -> None:
    letter = draft(language=language)
    final = to_docx(replace(letter, unsigned=False), made)
    marked = to_docx(letter, made)
    assert headers(marked) == [[MARKS[language], *rest] for rest in headers(final)]
    assert len(headers(marked)) == 2
    assert faults(marked) == []
    assert to_docx(replace(letter, unsigned=False), made) == final, "the base page is another's"


@pytest.mark.parametrize("data", [*SHOWN.values(), *ODD.values()], ids=[*SHOWN, *ODD])
def test_every_page_on_a_letterhead_in_word_has_it(data: bytes) -> None:
    made = head(data)
    found = headers(to_docx(draft(), made))
    assert all(paragraphs.count(MARKS[Language.EN]) == 1 for paragraphs in found)
    unmarked = faults(to_docx(letter_by("A. Example"), made))
    assert faults(to_docx(draft(), made)) == unmarked, "the mark brings no fault"


@pytest.mark.parametrize("language", Language)
def test_text_and_messages_begin_and_end_with_it(language: Language) -> None:
    stars = f"*** {MARKS[language]} ***"
    letter = draft(*MANY, language=language)
    text = to_text(letter)
    assert text == f"{stars}\n\n{to_text(replace(letter, unsigned=False))}\n{stars}\n"
    messages = in_messages(letter)
    assert messages[0].startswith(f"{stars}\n\n")
    assert messages[-1].endswith(f"\n\n{stars}")


@pytest.mark.parametrize("language", Language)
def test_an_email_says_so_in_its_subject_and_its_text(language: Language) -> None:
    letter = draft(language=language)
    message = email.message_from_bytes(to_eml(letter, None, "a.pdf"), policy=policy.default)
    final = plain_subject(replace(letter, unsigned=False))
    assert message["Subject"] == f"{MARKS[language]} – {final}"
    body = message.get_body()
    assert body is not None
    assert body.get_content().splitlines()[0] == f"*** {MARKS[language]} ***"


@pytest.mark.parametrize("language", Language)
def test_names_of_files_end_with_it(language: Language) -> None:
    letter = draft(language=language)
    formats = ("docx", "pdf", "txt", "eml", "png")
    names = {one.name for one in papers.files(letter, formats, None)}
    stem = f"OPSC-KEN-{language}-2026-03-02-{IN_NAMES[language]}"
    assert names == {f"{stem}.{form}" for form in formats}


@pytest.mark.parametrize(("first", "second"), [(True, True), (True, False), (False, True)])
@pytest.mark.parametrize("beside", [True, False], ids=["side by side", "one after the other"])
def test_two_languages_have_it_if_either_is_a_draft(
    beside: bool,  # noqa: FBT001 -- parameters of the test
    first: bool,  # noqa: FBT001
    second: bool,  # noqa: FBT001
) -> None:
    sheet: Sheet = pair(beside=beside, first=first, second=second)
    final = pair(beside=beside, first=False, second=False)
    mark = MARKS[Language.ES]
    assert to_text(sheet) == f"*** {mark} ***\n\n{to_text(final)}\n*** {mark} ***\n"
    assert papers.file_stem(sheet) == "OPSC-KEN-es-en-2026-03-02-BORRADOR"
    assert all(one[0] == mark for one in headers(to_docx(sheet)))
    with pypdfium2.PdfDocument(to_pdf(sheet)) as document:
        for page in document:
            assert len(places(page, mark)) == 2
