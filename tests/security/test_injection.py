"""One table of nasty words, put into every output; each is read again with a program of its own.

What a reader would see is what was typed. Nothing of it is done, and nothing comes beside it.
"""

from __future__ import annotations

import csv
import email
import io
import logging
import re
import zipfile
from collections import Counter
from dataclasses import replace
from datetime import date
from email import policy
from functools import cache
from typing import TYPE_CHECKING

import docx
import pytest
from docx.oxml.ns import qn
from lxml import etree

from bot.desk.papers import as_file, file_stem
from bot.documents import bundle, endorsements
from bot.documents.endorsement_sheet import to_sheet
from bot.documents.mail import plain_subject, to_eml
from bot.documents.text import to_text
from bot.letters.model import Language, Letter, Office, Signatory
from bot.letters.own_words import Change, Wording, tidy
from bot.letters.request import Request
from bot.letters.sound import sound, sound_line
from bot.machine.logs import OneLine
from tests.documents.test_endorsements import ENTRY, record
from tests.documents.test_formats import docx_text, pdf_text
from tests.security.nasty import ALL, BROKEN, NASTY
from tests.world import COMPOSER

if TYPE_CHECKING:
    from collections.abc import Iterable

DAY = date(2026, 3, 2)
NAME = re.compile(r"[A-Z][A-Za-z0-9-]*\.[a-z]+")
BIDI = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def letter_with(words: Iterable[str]) -> Letter:
    """A letter whose every typed field holds all of them, as the door and the pages let them in."""
    every = [sound(one) for one in words]
    lines = [sound_line(one)[:500].strip() or "x" for one in every]
    text, _removed = tidy("\n\n".join(every)[:4_000], Language.EN)
    changes = tuple(
        Change(key, (Wording(Language.EN, text),), after)
        for key, after in (("hope", ""), ("contact", ""), ("copies", ""), ("own1", "thanks"))
    )
    subject = Change("reference", (Wording(Language.EN, "Subject: " + " ".join(lines)[:900]),))
    letter = COMPOSER.compose(
        Request(
            *("OPSC", "KEN", Language.EN, DAY, " ".join(lines)[:60], Office.GENEVA),
            tuple(Signatory(one, one, one) for one in lines),
            changes=(subject, *changes),
        )
    )
    assert isinstance(letter, Letter)
    return letter


@cache
def nasty() -> Letter:
    return letter_with(NASTY.values())


@cache
def plain() -> Letter:
    """As long, and of letters alone."""
    return letter_with(re.sub(r"\S", "x", one) for one in NASTY.values())


def typed(*, drawn: bool = False) -> list[str]:
    """What stands in a letter of it: apostrophes are typographic there.

    Signs of full width are `drawn` only where the computer has a font of them.
    """
    found = [tidy(one, Language.EN)[0] for one in NASTY.values()]
    return [one for one in found if not drawn or not re.search("[\uff00-\uffef]", one)]


def test_as_text() -> None:
    for words in typed():
        assert words in to_text(nasty())


def test_as_word() -> None:
    data = as_file(nasty(), "docx")
    text = docx_text(data)
    for words in typed():
        assert words in text
    tags = [
        Counter(one.tag for one in docx.Document(io.BytesIO(of)).element.body.iter())
        for of in (data, as_file(plain(), "docx"))
    ]
    assert tags[0] == tags[1], "nothing stands there beside the words"
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                root = etree.fromstring(package.read(name))
                assert not [
                    one
                    for one in root.iter(qn("w:instrText"), qn("w:fldSimple"))
                    if "PAGE" not in (one.text or one.get(qn("w:instr")) or "")
                ]
            assert "TargetMode" not in package.read(name).decode("latin-1")


def test_as_pdf() -> None:
    data = as_file(nasty(), "pdf")
    whole = letters_in_order(data)
    for words in typed(drawn=True):
        assert "".join(words.split()) in whole, words
    for word in (b"/JavaScript", b"/Launch", b"/EmbeddedFile", b"/URI"):
        assert word not in data


def letters_in_order(data: bytes) -> str:
    return "".join(pdf_text(data).split())


def test_as_mail() -> None:
    fields = {"Subject", "X-Unsent", "MIME-Version", "Content-Type"}
    odd = (*BROKEN.values(), NASTY["header"], NASTY["quotes"], ", other@example.org")
    for to in ("", "a@example.org", *(f"a@example.org{one}" for one in odd)):
        letter = replace(nasty(), to=to)
        message = email.message_from_bytes(to_eml(letter, None, "x.pdf"), policy=policy.default)
        addressed = {"To"} if to == "a@example.org" else set()
        assert set(message.keys()) == fields | addressed, to
    assert message["Subject"] == plain_subject(nasty())
    text, paper = message.iter_parts()
    assert text.get_content().replace("\r\n", "\n") == to_text(nasty())
    assert paper.get_filename() == "x.pdf"


@pytest.mark.parametrize("words", BROKEN.values(), ids=BROKEN)
def test_what_no_line_can_hold_breaks_no_file(words: str) -> None:
    letter = letter_with([words, "A. Example"])
    for kind in ("docx", "txt", "eml"):
        assert as_file(letter, kind)
    text = to_text(letter)
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\r]", text)
    assert "A. Example" in docx_text(as_file(letter, "docx"))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_as_tables(language: str) -> None:
    cells = tuple(sound(one) for one in ALL.values())
    labels = bundle.Labels("Letters", (), tuple(ALL), language)
    entries = [bundle.Entry(cells, "Africa", "Kenya", "en")]
    rows = read(bundle.to_csv(labels, entries), language)
    entry = [replace(ENTRY, organisation=one, name=one, role=one, note=one) for one in cells]
    rows += read(endorsements.to_csv(record(*entry, language=language)), language)
    found = [cell for row in rows for cell in row]
    assert not [one for one in found if re.match("[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]", one)]
    for words in cells:
        assert {words, f"'{words}"} & set(found), words
    assert len(rows[1]) == len(cells)
    sheet = bundle.to_xlsx(labels, entries, DAY)
    with zipfile.ZipFile(io.BytesIO(sheet)) as package:
        names = {one.rpartition("/")[2] for one in package.namelist()}
        assert not [one for one in names if "external" in one or "vba" in one.lower()]
        root = etree.fromstring(package.read("xl/worksheets/sheet1.xml"))
        strings = etree.fromstring(package.read("xl/sharedStrings.xml"))
    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    assert not [*root.iter(f"{space}f"), *root.iter(f"{space}hyperlink")]
    assert {one.get("t") for one in root.iter(f"{space}c")} == {"s"}
    known = ["".join(map(str, one.itertext())) for one in strings.iter(f"{space}si")]
    for words in NASTY.values():
        assert words in known


def read(data: bytes, language: str) -> list[list[str]]:
    delimiter = ";" if language == "fr" else ","
    text = io.StringIO(data.decode("utf-8-sig"), newline="")
    return list(csv.reader(text, delimiter=delimiter, strict=True))


def test_as_a_sheet_of_the_record() -> None:
    entries = [replace(ENTRY, organisation=one, name=one, role=one, note=one) for one in typed()]
    data = to_sheet(record(*entries))
    whole = letters_in_order(data)
    for words in typed(drawn=True):
        assert "".join(words.split()) in whole, words


def test_names_of_files_are_of_the_program_alone() -> None:
    for kind in ("docx", "pdf", "png", "eml", "txt"):
        assert NAME.fullmatch(f"{file_stem(nasty())}.{kind}")
    assert file_stem(nasty()) == file_stem(plain())


@pytest.mark.parametrize("words", ALL.values(), ids=ALL)
def test_as_a_line_of_the_log(words: str) -> None:
    line = OneLine("%(levelname)s %(name)s: %(message)s")
    made = logging.LogRecord("bot.x", logging.ERROR, "x.py", 1, "said %s", (words,), None)
    said = line.format(made)
    assert said.startswith("ERROR bot.x: said ")
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", said)
    assert not BIDI.search(said)
