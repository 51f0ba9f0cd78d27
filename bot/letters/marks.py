"""What stands on every page of a letter while its co-signers are being asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.letters.model import Language, Letter

if TYPE_CHECKING:
    from bot.letters.bilingual import Sheet

MARKS = {
    Language.EN: "DRAFT – not for sending",
    Language.FR: "PROJET – ne pas envoyer",
    Language.ES: "BORRADOR – no enviar",
}
IN_NAMES = {Language.EN: "DRAFT", Language.FR: "PROJET", Language.ES: "BORRADOR"}
"""The word at the end of a file's name."""


def mark_of(sheet: Sheet) -> str:
    """The words in the letter's own language, in the first of two; empty for a final letter."""
    first = sheet if isinstance(sheet, Letter) else sheet.first
    return MARKS[first.language] if _is_marked(sheet) else ""


def titled(sheet: Sheet, title: str) -> str:
    """A title of the letter behind the mark, for who hears it read; of a final letter as it is.

    Readers aloud pass over what stands at the head of every page.
    """
    mark = mark_of(sheet)
    return f"{mark} – {title}" if mark else title


def name_of(sheet: Sheet) -> str:
    """The word for the name of a file; empty for a final letter."""
    first = sheet if isinstance(sheet, Letter) else sheet.first
    return IN_NAMES[first.language] if _is_marked(sheet) else ""


def _is_marked(sheet: Sheet) -> bool:
    if isinstance(sheet, Letter):
        return sheet.unsigned
    return sheet.first.unsigned or sheet.second.unsigned
