"""A letter as a Word file: sound by Microsoft's own rules, light however many sign it."""

from __future__ import annotations

import io
import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import docx
import pytest

from bot.desk import papers
from bot.documents import word_base
from bot.documents.word import MAX_TITLE, to_docx
from bot.letters.bilingual import Bilingual
from bot.letters.letterhead import Letterhead
from bot.letters.model import Language, Letter, Section
from tests.documents.test_formats import SCRIPTS, docx_text, letter_by
from tests.documents.test_letterhead import head, picture
from tests.documents.validating import faults

NAMES = ("A. Example", SCRIPTS["Arabic"], SCRIPTS["Hebrew"] + " (Ms)")
HEADS = {
    "bare": None,
    "lines": head(lines=("Example Organisation", SCRIPTS["Arabic"])),
    "logo": head(logo=picture("PNG"), lines=("Example Organisation",)),
}


@pytest.mark.parametrize("made", HEADS.values(), ids=HEADS)
@pytest.mark.parametrize("language", Language)
def test_a_letter_is_valid_in_every_language(language: Language, made: Letterhead | None) -> None:
    assert faults(to_docx(letter_by(*NAMES, language=language), made)) == []


@pytest.mark.parametrize("beside", [True, False], ids=["side by side", "one after the other"])
@pytest.mark.parametrize("language", [Language.EN, Language.ES])
def test_a_letter_in_two_languages_is_valid(language: Language, beside: bool) -> None:  # noqa: FBT001 -- a parameter of the test
    pair = Bilingual(
        letter_by(*NAMES, language=language), letter_by(*NAMES, language=Language.FR), beside=beside
    )
    assert faults(to_docx(pair)) == []


@pytest.mark.parametrize("made", HEADS.values(), ids=HEADS)
def test_letters_share_nothing(made: Letterhead | None) -> None:
    """Whatever was written on the same page before or meanwhile: the bytes are a first letter's."""
    letters = [
        letter_by(*(f"{name} {count}" for name in NAMES[:count]), language=language)
        for language in Language
        for count in range(1, len(NAMES) + 1)
    ]
    alone = []
    for letter in letters:
        word_base._own.cache_clear()  # noqa: SLF001 -- no other way to have it read anew
        word_base.forget()
        alone.append(to_docx(letter, made))
    assert [to_docx(letter, made) for letter in reversed(letters)] == alone[::-1]
    with ThreadPoolExecutor(4) as threads:
        together = threads.map(to_docx, letters * 4, [made] * len(letters) * 4)
        assert list(together) == alone * 4


def test_nothing_of_a_letterhead_is_kept_once_it_is_to_be_forgotten() -> None:
    to_docx(letter_by("A. Example"), HEADS["lines"])
    assert word_base._under.cache_info().currsize  # noqa: SLF001 -- what is kept shows nowhere else
    papers.forget()
    assert not word_base._under.cache_info().currsize  # noqa: SLF001 -- as above


def changed(data: bytes, part: str, old: str, new: str) -> bytes:
    """The package with words of a part put for others."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            text = source.read(name)
            if name == part:
                assert old.encode() in text
                text = text.replace(old.encode(), new.encode())
            target.writestr(name, text)
    return stream.getvalue()


DOCUMENT, RELATIONS = "word/document.xml", "word/_rels/document.xml.rels"
UNSOUND = {
    "out of order": (
        DOCUMENT,
        "<w:body><w:p>",
        "<w:body><w:p><w:r><w:rPr><w:rtl/><w:b/></w:rPr></w:r>",
    ),
    "no such thing": (DOCUMENT, "<w:body>", "<w:body><w:letter/>"),
    "of no such value": (
        DOCUMENT,
        "<w:body>",
        '<w:body><w:p><w:pPr><w:jc w:val="x"/></w:pPr></w:p>',
    ),
    "leads nowhere": (RELATIONS, "styles.xml", "style.xml"),
    "of no type": (
        "[Content_Types].xml",
        'PartName="/word/styles.xml"',
        'PartName="/word/style.xml"',
    ),
}


@pytest.mark.parametrize(("part", "old", "new"), UNSOUND.values(), ids=UNSOUND)
def test_what_is_not_sound_is_seen(part: str, old: str, new: str) -> None:
    assert faults(changed(to_docx(letter_by("A. Example")), part, old, new))


def test_a_thousand_co_signers_are_all_there_and_weigh_little() -> None:
    names = [f"A. Example {number}" for number in range(1000)]
    data = to_docx(letter_by(*names))
    signed = docx_text(data).splitlines()
    assert [line for line in signed if line.startswith("A. Example")] == [
        f"{name}, Example Organisation" for name in names
    ]
    assert len(data) < 100_000
    assert faults(data) == []


BELL_AND_HALF = "\x00 \x07 \x0b \x1b \x9f \ud83d \ufffe"


def test_what_no_document_can_hold_is_left_out() -> None:
    letter = letter_by("A. Example")
    sections = (Section("occasion", f"One{BELL_AND_HALF}two\tthree\n\nfour"), *letter.sections)
    odd = replace(letter, sections=sections, subject=f"A subject{BELL_AND_HALF}" + "x" * 300)
    data = to_docx(odd, Letterhead("odd", lines=(f"A line{BELL_AND_HALF}",)))
    assert docx_text(data).startswith("One")
    title = docx.Document(io.BytesIO(data)).core_properties.title
    assert title.startswith("A subject")
    assert len(title) == MAX_TITLE
    assert faults(data) == []


def test_a_name_from_right_to_left_keeps_its_direction_and_language() -> None:
    first = letter_by(SCRIPTS["Arabic"])
    second = letter_by(SCRIPTS["Arabic"], language=Language.FR)
    assert isinstance(first, Letter)
    document = docx.Document(io.BytesIO(to_docx(Bilingual(first, second))))
    runs = [run for p in document.paragraphs for run in p.runs if SCRIPTS["Arabic"] in run.text]
    assert [bool(run.font.rtl) for run in runs] == [True, True]
