"""A letter in Word: sound by Microsoft's own rules, whatever it holds and stands on."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

import docx
import pytest
from docx.oxml.ns import qn
from openxml_audit import FileFormat, OpenXmlValidator

from bot.documents.letterheads import read_letterhead
from bot.documents.word import to_docx
from bot.letters.bilingual import Bilingual
from bot.letters.letterhead import Taken, letterhead
from bot.letters.model import Language, Section
from tests.documents.test_formats import docx_text, letter_by
from tests.documents.word_files import COSTLY, FETCHING, HIDDEN, ODD, SHOWN

if TYPE_CHECKING:
    from pathlib import Path

    from bot.letters.bilingual import Sheet

NAMES = ("A. Example", "فاطمة عبد الله", "שירה כהן", "1er\u00a0mars")
LETTERS = {language: letter_by(*NAMES, language=language) for language in Language}
SHEETS: dict[str, Sheet] = {str(language): letter for language, letter in LETTERS.items()} | {
    f"{one} and {other}{' beside' * beside}": Bilingual(LETTERS[one], LETTERS[other], beside=beside)
    for one, other in ((Language.EN, Language.FR), (Language.FR, Language.ES))
    for beside in (False, True)
}
VALIDATOR = OpenXmlValidator(file_format=FileFormat.OFFICE_2019)


def faults(data: bytes, folder: Path) -> list[str]:
    """What the validator finds, warnings too; it reads files."""
    path = folder / "letter.docx"
    path.write_bytes(data)
    return [
        f"{one.part_uri} {one.path} {one.description}" for one in VALIDATOR.validate(path).errors
    ]


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS)
def test_a_letter_is_sound(sheet: Sheet, tmp_path: Path) -> None:
    assert faults(to_docx(sheet), tmp_path) == []
    lines = letterhead(b"", None, ("Example Organisation", "1 Example Street"))
    assert faults(to_docx(sheet, lines), tmp_path) == []


KINDS = {"hidden": HIDDEN, "fetching": FETCHING, "shown": SHOWN, "odd": ODD, "costly": COSTLY}


@pytest.mark.parametrize("kind", KINDS)
def test_a_letter_on_a_strangers_file_is_sound(kind: str, tmp_path: Path) -> None:
    sheets = list(SHEETS.values())
    for number, (name, data) in enumerate(KINDS[kind].items()):
        found = read_letterhead(data)
        assert isinstance(found, Taken), name
        letter = to_docx(sheets[number % len(sheets)], letterhead(found.word, None, ()))
        assert faults(letter, tmp_path) == [], name


def test_the_validator_sees_what_is_wrong(tmp_path: Path) -> None:
    document = docx.Document()
    run = document.add_paragraph().add_run("x")
    run.font.rtl = True
    run.font.bold = True
    properties = run._r.rPr  # noqa: SLF001 -- no public way to spoil the order
    assert properties is not None
    properties.append(properties[0])
    stream = io.BytesIO()
    document.save(stream)
    assert any("rPr" in fault for fault in faults(stream.getvalue(), tmp_path))


def test_a_long_subject_and_control_characters_are_written() -> None:
    letter = letter_by("A. Example")
    odd = "a\x00b\x1f\x0bc\ud83dd\ufffee" + "x" * 400
    first = letter.sections[0]
    changed = replace(letter, subject=odd, sections=(Section(first.key, odd), *letter.sections[1:]))
    document = docx.Document(io.BytesIO(to_docx(changed)))
    assert document.core_properties.title == ("abcde" + "x" * 400)[:255]
    assert "abcde" + "x" * 400 in docx_text(to_docx(changed))
    assert docx_text(to_docx(Bilingual(changed, changed, beside=True)))


def test_a_thousand_co_signers_weigh_little() -> None:
    letter = letter_by(*(f"Person {number}" for number in range(1000)))
    assert len(to_docx(letter)) < 100_000
    assert docx_text(to_docx(letter)).count("Person ") == 1000


def test_a_languages_runs_say_so_before_their_direction() -> None:
    pair = Bilingual(LETTERS[Language.EN], LETTERS[Language.FR])
    document = docx.Document(io.BytesIO(to_docx(pair)))
    both = [
        [child.tag for child in properties]
        for properties in document.element.body.iter(qn("w:rPr"))
        if properties.find(qn("w:rtl")) is not None and properties.find(qn("w:lang")) is not None
    ]
    assert both
    assert all(tags.index(qn("w:rtl")) < tags.index(qn("w:lang")) for tags in both)
