"""Text for messages: split between paragraphs, never over Telegram's limit, nothing lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.documents.text import MESSAGE_UNITS, in_messages, split, to_text, utf16_units
from bot.letters.model import Language, Letter, Office, Signatory
from bot.letters.request import Request
from tests.world import COMPOSER, TODAY


@given(st.lists(st.text(st.sampled_from("ab 😀\n"), max_size=900), max_size=30))
def test_parts_fit_and_nothing_is_lost(paragraphs: list[str]) -> None:
    text = "\n\n".join(paragraphs)
    parts = split(text)
    assert "".join("".join(parts).split()) == "".join(text.split())
    assert all(utf16_units(part) <= MESSAGE_UNITS for part in parts)


@given(st.text(st.sampled_from("x😀"), min_size=11, max_size=200))
def test_a_word_longer_than_a_message_is_cut(text: str) -> None:
    parts = split(text, 10)
    assert "".join(parts) == text
    assert all(0 < utf16_units(part) <= 10 for part in parts)


def test_a_letter_that_fits_is_one_message() -> None:
    assert split("A\n\nB") == ["A\n\nB"]


def test_it_is_split_between_paragraphs_first() -> None:
    first, second = "a " * 1500, "b " * 1500
    assert split(f"{first}\n\n{second}") == [first, second]


def letter_by(count: int) -> Letter:
    signatories = tuple(Signatory(f"Name {n}", "Example Organisation") for n in range(count))
    request = Request("OPSC", "KEN", Language.EN, TODAY, "Geneva", Office.GENEVA, signatories)
    letter = COMPOSER.compose(request)
    assert isinstance(letter, Letter)
    return letter


def test_in_a_chat_a_letter_by_many_shows_the_first_and_its_file_all() -> None:
    few, many = letter_by(40), letter_by(1000)
    assert "".join(in_messages(few)).count("Name ") == to_text(few).count("Name ")
    shown = "\n\n".join(in_messages(many))
    assert "Name 19, Example Organisation\n… (+980)" in shown
    assert "Name 20," not in shown
    assert len(in_messages(many)) <= len(in_messages(few))
    assert "Name 999," in to_text(many)
