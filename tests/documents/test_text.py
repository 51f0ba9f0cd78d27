"""Text for messages: split between paragraphs, never over Telegram's limit, nothing lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.documents.text import MESSAGE_UNITS, split, utf16_units


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
