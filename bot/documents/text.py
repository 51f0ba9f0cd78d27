"""A letter as plain text, for pasting and for messages."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.letters.bilingual import rows
from bot.letters.marks import mark_of
from bot.letters.model import Letter, paragraphs

if TYPE_CHECKING:
    from bot.letters.bilingual import Sheet

RULE = "―" * 12

MANY_SIGN, SHOWN_OF_MANY = 40, 20
"""In a chat a letter shows so many of more co-signers than the first."""

MESSAGE_UNITS = 4096
"""Telegram's limit for one message, in UTF-16 code units."""


def to_text(letter: Sheet) -> str:
    """The whole letter; a blank line between paragraphs, a line break at the end.

    Two languages stand one after the other, or paragraph by paragraph. While its co-signers are
    being asked, the first line and the last say so.
    """
    mark = mark_of(letter)
    stars = f"*** {mark} ***\n"
    return f"{stars}\n{_words(letter)}\n{stars}" if mark else _words(letter)


def _words(letter: Sheet) -> str:
    if isinstance(letter, Letter):
        return "\n\n".join(section.text for section in paragraphs(letter)) + "\n"
    if not letter.beside:
        return f"{_words(letter.first)}\n{RULE}\n{letter.heading}\n\n{_words(letter.second)}"
    found = [f"{row.first}\n\n{row.second}" if row.second else row.first for row in rows(letter)]
    return f"\n\n{RULE}\n\n".join(found) + "\n"


def in_messages(letter: Letter) -> list[str]:
    """The letter as it is read in a chat: of many co-signers the first, and how many more.

    Its files have them all; a thousand would be a dozen messages.
    """
    listed = letter.text_of("signatories").split("\n")
    if len(listed) > MANY_SIGN:
        few = "\n".join([*listed[:SHOWN_OF_MANY], f"… (+{len(listed) - SHOWN_OF_MANY})"])
        sections = (
            replace(one, text=few) if one.key == "signatories" else one for one in letter.sections
        )
        letter = replace(letter, sections=tuple(sections))
    return split(to_text(letter).rstrip("\n"))


def utf16_units(text: str) -> int:
    """The length that Telegram counts."""
    return len(text.encode("utf-16-le")) // 2


def split(text: str, limit: int = MESSAGE_UNITS) -> list[str]:
    """The text in parts of at most `limit` UTF-16 units.

    Parted between paragraphs where these fit; else between lines, words, at last characters.
    """
    return _split(text, limit, ("\n\n", "\n", " ", ""))


def _split(text: str, limit: int, separators: tuple[str, ...]) -> list[str]:
    if utf16_units(text) <= limit:
        return [text]
    separator, *finer = separators
    parts: list[str] = []
    for piece in text.split(separator) if separator else text:
        joined = f"{parts[-1]}{separator}{piece}" if parts else piece
        if parts and utf16_units(joined) <= limit:
            parts[-1] = joined
        else:
            parts += _split(piece, limit, tuple(finer))
    return [part for part in parts if part.strip()]
