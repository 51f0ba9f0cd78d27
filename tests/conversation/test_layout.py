"""The layout of a letter is chosen by taps, kept with its draft, and can be undone."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import docx
import pypdfium2
import pytest

from bot.conversation.talk.draft import Draft
from bot.conversation.talk.effects import SendLetter
from bot.letters.layout import USUAL, Columns, Layout, Paper
from tests.conversation.talk import Talk
from tests.conversation.test_living import draft_of, letter_of, run_job
from tests.conversation.test_turns import a_letter
from tests.documents.test_letterhead import word_file

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def talk(tmp_path: Path) -> Talk:
    """The screen of the layout of a finished English letter to Kenya, signed by two."""
    return a_letter(Talk(tmp_path / "db")).tap("Change").tap("Layout of the page")


def test_every_choice_shows_its_state_and_renews_the_letter(talk: Talk) -> None:
    assert {"● Two columns from 40", "○ Two columns", "● A4", "○ US Letter"} <= {
        label.removesuffix(" co-signers on") for label in talk.labels
    }
    talk.press(next(b for row in talk.screen.rows for b in row if b.label == "○ Two columns"))
    talk.tap("○ US Letter").tap("☐ Role and organization below the name")
    assert [e.renews for e in talk.effects if isinstance(e, SendLetter)] == [True]
    wanted = Layout(Columns.TWO, stacked=True, paper=Paper.LETTER)
    assert draft_of(talk).layout == letter_of(talk).layout == wanted
    assert {"● Two columns", "● US Letter", "☑ Role and organization below the name"} <= {
        *talk.labels
    }


def test_a_layout_can_be_undone(talk: Talk) -> None:
    talk.tap("○ US Letter").tap("The letter").tap("↶ Undo")
    assert draft_of(talk).layout == USUAL
    talk.tap("↷ Redo")
    assert draft_of(talk).layout == Layout(paper=Paper.LETTER)


def test_a_draft_of_before_has_the_usual_layout(talk: Talk) -> None:
    kept = draft_of(talk).to_json()
    del kept["layout"]
    assert Draft.from_json("x", kept).layout == USUAL


def test_letters_to_many_states_are_laid_out_alike(talk: Talk) -> None:
    talk.tap("○ US Letter").tap("The letter").tap("Many States").type("Kenya, Ghana")
    talk.tap("Write ").tap("Write the letters")
    (document,) = run_job(talk)
    with zipfile.ZipFile(io.BytesIO(document.data)) as package:
        files = {name: package.read(name) for name in package.namelist()}
    letters = [data for name, data in files.items() if name.endswith("2026-03-02.pdf")]
    words = [data for name, data in files.items() if name.endswith(".docx")]
    assert len(letters) == len(words) == 2
    for data in letters:
        with pypdfium2.PdfDocument(data) as pdf:
            assert round(pdf[0].get_width()) == 612
    for data in words:
        assert docx.Document(io.BytesIO(data)).sections[0].page_width == 7772400


def test_the_paper_of_a_word_letterhead_is_no_choice(talk: Talk) -> None:
    talk.tap("‹").tap("Letterhead").file(word_file(), "head.docx")
    talk.tap("‹ Back").tap("Layout of the page")
    assert "○ US Letter" not in talk.labels
    assert "Your Word letterhead has its own paper" in talk.screen.text
