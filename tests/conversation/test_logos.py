"""A logo sent in the chat: what the file is decides, whatever it is called, and it is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.conversation.letterhead.kept import LetterheadKept
from bot.letters.letterhead import Logo, letterhead
from tests.conversation.talk import Talk
from tests.conversation.test_turns import a_letter
from tests.documents.test_letterhead import CIRCLE, SVG, picture, word_file

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def talk(tmp_path: Path) -> Talk:
    """Where a letterhead is sent."""
    return a_letter(Talk(tmp_path / "db")).tap("Change").tap("Letterhead")


SENT = {
    "a PDF": (b"%PDF-1.7 ...", "head.pdf", "That is a PDF: a letterhead is a Word file"),
    "a PDF called a picture": (b"%PDF-1.7 ...", "logo.png", "That is a PDF"),
    "a PDF called a Word file": (b"%PDF-1.7 ...", "head.docx", "That is a PDF"),
    "a WebP": (picture("WEBP"), "logo.webp", "in the WebP format: please save it as PNG"),
    "a WebP without a name": (picture("WEBP"), "", "in the WebP format"),
    "an EPS": (b"%!PS-Adobe-3.0", "logo.eps", "in the EPS format: please export it"),
    "text called a picture": (b"hello", "logo.gif", "That is no picture"),
    "text": (b"hello", "hello.txt", "That is no Word document"),
    "a drawing called a Word file": (SVG.format(CIRCLE).encode(), "head.docx", "✓ A logo"),
    "a drawing in UTF-16": (SVG.format(CIRCLE).encode("utf-16"), "logo", "✓ A logo"),
    "a Word file called a picture": (word_file(), "logo.png", "✓ A Word file"),
    "words in a drawing": (
        SVG.format('<text y="20">Example</text>').encode(),
        "logo.svg",
        "turn the text into paths",
    ),
}


@pytest.mark.parametrize(("data", "name", "says"), SENT.values(), ids=SENT)
def test_a_file_is_taken_for_what_it_is(talk: Talk, data: bytes, name: str, says: str) -> None:
    assert says in talk.file(data, name).screen.text


def test_a_drawing_kept_by_an_earlier_version_still_stands_on_letters(talk: Talk) -> None:
    old = letterhead(b"", Logo("svg", SVG.format(CIRCLE).encode(), 90, 30), ("Example",))
    store = talk.desk.store
    store.save(store.people.load("test:1"), (LetterheadKept(old),), None, {})
    head = store.shelves.letterheads.of("test:1")
    assert head
    assert head.logo
    assert head.logo.kind == "png"
    assert head.lines == ("Example",)
    assert "✓ A logo" in talk.type("Example Organisation").screen.text
    kept = store.shelves.letterheads.of("test:1")
    assert kept
    assert kept.logo == head.logo, "the next change keeps the picture"
