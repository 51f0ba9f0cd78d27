"""The page: nothing runs off it, addresses stay as they are, many co-signers stand in columns."""

from __future__ import annotations

import functools
import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from bot.documents.page import first_page, set_page, to_pdf, to_png
from bot.letters.bilingual import Bilingual
from bot.letters.layout import COLUMNS_FROM
from bot.letters.letterhead import Letterhead, letterhead
from bot.letters.model import SECTION_KEYS, Language, Letter, Signatory
from bot.letters.own_words import Change, written
from bot.letters.request import Request
from tests.documents.test_formats import letter_by, pdf_text
from tests.world import COMPOSER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.letters.bilingual import Sheet

MM = 72 / 25.4
LEFT, RIGHT, TOP, BOTTOM = 25 * MM, 185 * MM, 22 * MM, 277 * MM
OVERHANG = 3
"""Points by which a comma or a hyphen stands in the margin, and a line above its own middle."""

ROW = 12

UNITS = {
    "narrow": "il",
    "wide": "W",
    "Cyrillic": "Ж",
    "Arabic": "فاطمة",
    "Hebrew": "שירה",
    "Devanagari": "अंजलि",
    "Thai": "ก",
    "emoji": "😀",
    "link": "https://www.example.org/",
    "e-mail": "secretariat.office@",
    "underscores": "a_b",
    "hyphens": "-",
    "dots": ".",
    "slashes": "/",
    "brackets": "(",
    "dashes": "—",
    "no-break blanks": "a\u00a0",
}


def changed(key: str, text: str, language: Language = Language.EN, after: str = "") -> Change:
    return written(Change(key, (), after), language, text, "")


def letter_full_of(word: str, language: Language = Language.EN, count: int = 3) -> Letter:
    """The word in every place of a letter where a person may put it."""
    keys = [key for key in SECTION_KEYS if key != "signatories"]
    changes = [changed(key, f"Before it {word} after", language) for key in keys]
    own = changed("own1", f"{word}\nline {word}\n\nplain {word}, then", language, "hope")
    signatories = (Signatory(word), Signatory(f"A. {word}", f"Org {word}")) * count
    request = Request(
        "OPSC",
        "KEN",
        language,
        date(2026, 3, 2),
        "Geneva",
        signatories=signatories[:count],
        changes=(*changes, own),
    )
    letter = COMPOSER.compose(request)
    assert isinstance(letter, Letter)
    return letter


def head_of(word: str) -> Letterhead | None:
    return letterhead(b"", None, (word[:100], f"Line {word[:95]}"))


def outside(pdf: bytes) -> Iterator[tuple[int, str]]:
    """Page and character of every glyph that is not within the margins."""
    with pypdfium2.PdfDocument(pdf) as document:
        for number, page in enumerate(document, start=1):
            text, height = page.get_textpage(), page.get_height()
            foot = f"{number}/{len(document)}" if number > 1 else ""
            assert text.get_text_range().endswith(foot)
            for index in range(text.count_chars() - len(foot)):
                left, bottom, right, top = text.get_charbox(index)
                within = (
                    left >= LEFT - OVERHANG
                    and right <= RIGHT + OVERHANG
                    and height - top >= TOP - ROW
                    and height - bottom <= BOTTOM + ROW
                )
                if not within and right > left and text.get_text_range(index, 1).strip():
                    yield number, text.get_text_range(index, 1)


SHEETS: dict[str, Callable[[str], Sheet]] = {
    "one language": letter_full_of,
    "columns": functools.partial(letter_full_of, count=COLUMNS_FROM),
    "one after the other": lambda word: Bilingual(
        letter_full_of(word), letter_full_of(word, Language.FR)
    ),
    "side by side": lambda word: Bilingual(
        letter_full_of(word, Language.ES), letter_full_of(word), beside=True
    ),
}


ALL_UNITS = [(sheet, unit) for sheet in ("one language", "side by side") for unit in UNITS]
SOME_UNITS = [
    (sheet, unit)
    for sheet in ("columns", "one after the other")
    for unit in ("wide", "Arabic", "Thai", "e-mail", "dots")
]


@pytest.mark.parametrize(("sheet", "unit"), ALL_UNITS + SOME_UNITS)
def test_nothing_runs_off_the_page(sheet: str, unit: str) -> None:
    for length in (30, 90, 300):
        word = (UNITS[unit] * length)[:length]
        page = set_page(SHEETS[sheet](word), head_of(word))
        assert page.missing == ()
        assert not list(outside(page.pdf)), length


ADDRESSES = [
    "secretariat@example.org",
    "sinead.o'brien@example.org",
    "https://www.example.org/en/documents/a_b-c/information.html?x=1&y=2#part",
    "www.example.org/international",
    "international_secretariat",
    "very.long.name.of.the.international.secretariat@department.of.an.example.organisation.example.org",
]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("sheet", SHEETS)
def test_an_address_is_copied_as_it_was_typed(address: str, sheet: str) -> None:
    """Over many places in a line: never a hyphen, nor any character but the line's end."""
    text = pdf_text(to_pdf(SHEETS[sheet](address)))
    lines = "".join(f"{'word ' * number}{address}\n\n" for number in range(24))
    own = letter_by("A. Example")
    sections = (*own.sections[:6], replace(own.sections[6], text=lines))
    text += pdf_text(to_pdf(replace(own, sections=sections)))
    assert text.replace("\r\n", "").count(address) >= 24 + 10
    assert "\u200b" not in text


def test_an_address_that_fits_a_line_stays_whole() -> None:
    pair = SHEETS["side by side"]("name-of.secretariat@example.org")
    text = pdf_text(to_pdf(pair))
    assert text.count("name-of.secretariat@example.org") >= 2 * 10


def test_a_long_address_ends_its_lines_behind_a_sign() -> None:
    address = ADDRESSES[-1]
    lines = [line.strip() for line in pdf_text(to_pdf(SHEETS["side by side"](address))).split("\n")]
    starts = [line for line in lines if line and line in address and not line.startswith("very.")]
    assert starts
    assert all(address[address.index(one) - 1] in "/.@_-" for one in starts)


def test_line_separators_of_other_programs_are_blanks() -> None:
    text = pdf_text(to_pdf(letter_by("A. Example\u2028B\u2029C\x0bD")))
    assert "A. Example B C D, Example Organisation" in text


def rows_of(pdf: bytes) -> list[list[tuple[float, int]]]:
    """For each page, where the co-signers' lines begin: x in points and the co-signer's number."""
    lines = []
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            text = page.get_textpage()
            whole = text.get_text_range()
            at = [found.start() for found in re.finditer(r"(?<!: )No\.", whole)]
            lines.append(
                [(text.get_charbox(index)[0], int(whole[index + 3 : index + 7])) for index in at]
            )
    return lines


def many(count: int, **changes: object) -> Letter:
    return letter_by(*(f"No.{number:04}" for number in range(count)), **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", ["one", "after", "beside"])
@pytest.mark.parametrize("count", [39, 40, 41, 200, 1000])
def test_many_cosigners_stand_in_two_columns_in_their_order(count: int, kind: str) -> None:
    sheet: Sheet = many(count)
    if kind != "one":
        other = many(count, language=Language.FR)
        sheet = Bilingual(many(count), other, beside=kind == "beside")
    pages = rows_of(to_pdf(sheet))
    entries = [entry for page in pages for entry in page]
    assert [number for _, number in entries] == list(range(count)) * (2 if kind == "after" else 1)
    assert len({round(x) for x, _ in entries}) == (1 if count < COLUMNS_FROM else 2)
    assert not list(outside(to_pdf(sheet)))


def test_an_entry_of_several_lines_is_not_split_between_pages() -> None:
    names = [
        f"No.{number:04} " + "of the organisation with a long name " * 4 for number in range(99)
    ]
    with pypdfium2.PdfDocument(to_pdf(letter_by(*names))) as document:
        assert len(document) > 3
        for page in list(document)[1:]:
            assert page.get_textpage().get_text_range().startswith(("No.", "Contact"))


def test_the_first_page_is_drawn_as_in_the_whole_letter() -> None:
    for letter in (many(3), many(41), many(1000), letter_full_of("W" * 300)):
        assert first_page(letter, head_of("x")) == to_png(letter, head_of("x"))[0]


@pytest.mark.parametrize("count", [3, 41, 300])
def test_the_page_knows_how_many_there_are(count: int) -> None:
    page = set_page(many(count))
    with pypdfium2.PdfDocument(page.pdf) as document:
        assert page.count == len(document)
