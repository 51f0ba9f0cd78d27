"""Text that is no text: made sound at the door, and every document takes any text."""

from __future__ import annotations

import email
import io
import json
import unicodedata
import zipfile
from datetime import date
from email.policy import default
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from bot.desk.papers import as_file, file_stem
from bot.documents.page import to_png
from bot.letters.bilingual import Bilingual
from bot.letters.model import Addressee, Language, Letter, Signatory
from bot.letters.own_words import Change, Wording
from bot.letters.request import Request
from bot.letters.sound import read_json, sound, whole
from tests.world import COMPOSER

if TYPE_CHECKING:
    from bot.letters.bilingual import Sheet

ANY = st.text(st.characters(), max_size=60)
"""Whatever a string of Python can hold: lone surrogates, controls and noncharacters, too."""


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("\ud83d", "\ufffd"),
        ("a\udc00b", "a\ufffdb"),
        ("\ud83d\ude00", "😀"),
        ("\ude00\ud83d", "\ufffd\ufffd"),
        ("Gen\udce8ve", "Gen\ufffdve"),
        ("A\x00B\x1b[31m\x7f\x9f", "AB[31m"),
        ("\ufdd0\ufffe\uffff\U0001fffe\U0010ffff", ""),
        ("a\tb\nc\r\nd\x0be\x0cf\x85g\rh\u2028i\u2029j", "a\tb\nc\nd\ne\nf\ng\nh i\nj"),
        ("ʿAlī 👩\u200d👧 \u200fשלום\u200f é", "ʿAlī 👩\u200d👧 \u200fשלום\u200f é"),
    ],
)
def test_what_becomes_of_it(text: str, becomes: str) -> None:
    assert sound(text) == becomes


@given(ANY)
def test_sound_text_is_taken_by_all_and_stays_as_it_is(text: str) -> None:
    made = sound(text)
    assert made.encode("utf-8").decode() == made
    assert sound(made) == made
    gone = {char for char in made if unicodedata.category(char) in {"Cc", "Cs"}}
    assert gone <= set("\t\n")


@given(st.dictionaries(ANY, st.lists(ANY, max_size=3), max_size=3))
def test_what_was_stored_with_halves_of_characters_is_read_whole(
    data: dict[str, list[str]],
) -> None:
    found = read_json(json.dumps(data))
    assert found == {whole(key): [whole(one) for one in texts] for key, texts in data.items()}
    json.dumps(found, ensure_ascii=False).encode()


def composed(text: str, language: Language = Language.EN) -> Letter:
    """A letter with the text wherever a person may put one."""
    letter = COMPOSER.compose(
        Request(
            "OPSC",
            "KEN",
            language,
            date(2026, 3, 2),
            text,
            signatories=(Signatory(text, text, text), Signatory("A. Example", text)),
            addressee=Addressee(None, None, text),
            changes=(
                Change("reference", (Wording(language, text),)),
                Change("own1", (Wording(language, text),), after="hope"),
            ),
            without=frozenset(),
            address=text,
        )
    )
    assert isinstance(letter, Letter)
    return letter


def taken(sheet: Sheet) -> None:
    """Every format, read again by a program that is not ours."""
    with zipfile.ZipFile(io.BytesIO(as_file(sheet, "docx"))) as package:
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(package.read(name))
    assert as_file(sheet, "pdf").startswith(b"%PDF")
    assert as_file(sheet, "txt").decode()
    assert file_stem(sheet).isascii()
    if isinstance(sheet, Letter):
        message = email.message_from_bytes(as_file(sheet, "eml"), policy=default)
        assert message["Subject"] is not None
        assert all(one.startswith(b"\x89PNG") for one in to_png(sheet))


@settings(deadline=None, max_examples=15)
@given(ANY)
@example("\ud83d")
@example("\x1eaddressee\x1f\x00")
@example("\ue000\U000e0041\ufffc\u0378\U0001f9ff\u0600")
@example("Ze\u0301" + "\u0301" * 400)
@example("x" * 4000)
@example("w w " * 1000)
@example('"\\u{41}" could not be displayed {{ }} %(a)s %s <b> \\')
def test_every_document_takes_any_text(text: str) -> None:
    letter = composed(text)
    taken(letter)
    taken(Bilingual(letter, composed(text, Language.FR), beside=True))
