"""Who signs, in Word: nobody is split between pages, and few have room to sign by hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from bot.documents.word_text import write
from bot.letters.layout import SIGNED_BY_HAND

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from docx.document import Document
    from docx.oxml.table import CT_Row
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.table import Table, _Cell

    from bot.letters.model import Letter

ROOM_TO_SIGN, BELOW = Mm(16), Pt(12)

Entry = tuple[str, ...]
"""The lines of one co-signer."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two who stand beside each other; whether they stay with those who follow, and sign by hand.

    Nobody stands alone on a page, below the close or above what follows.
    """

    entries: tuple[Entry, ...]
    keeps: bool
    signs: bool


def by_hand(letter: Letter) -> bool:
    """Whether there is room to sign above each name."""
    return 0 < len(letter.entries()) <= SIGNED_BY_HAND


def pairs(letter: Letter) -> list[Pair]:
    """The co-signers two by two in the order of reading; none where they stand in one column."""
    entries, signs = letter.entries(), by_hand(letter)
    if not letter.layout.in_two(len(entries)):
        return []
    last = (len(entries) - 1) // 2
    return [
        Pair(entries[2 * at : 2 * at + 2], _keeps(at, last, signs=signs), signs)
        for at in range(last + 1)
    ]


def _keeps(at: int, last: int, *, signs: bool) -> bool:
    return at < last and (signs or at in {0, last - 1})


def sign(document: Document, add: Callable[[str], Paragraph], style: str, letter: Letter) -> None:
    """Who signs, in one column or in a table of two."""
    in_two = pairs(letter)
    if in_two:
        _table(document, style, in_two)
        return
    entries, signs = letter.entries(), by_hand(letter)
    for at, entry in enumerate(entries):
        paragraph = add(style)
        _written(paragraph, entry, signs=signs)
        if _keeps(at, len(entries) - 1, signs=signs):
            paragraph.paragraph_format.keep_with_next = True
        elif signs:
            paragraph.paragraph_format.space_after = BELOW


def sign_row(cells: Sequence[_Cell], style: str, pair: Pair) -> None:
    """Two who sign beside each other."""
    for cell, entry in zip(cells, pair.entries, strict=False):
        paragraph = Paragraph(cell._tc.p_lst[0], cell)  # noqa: SLF001 -- the public way makes a list of all
        paragraph._p.style = style  # noqa: SLF001 -- the public way searches the styles
        _written(paragraph, entry, signs=pair.signs)
        if pair.keeps:
            paragraph.paragraph_format.keep_with_next = True
        elif pair.signs:
            paragraph.paragraph_format.space_after = BELOW


def _written(paragraph: Paragraph, entry: Entry, *, signs: bool) -> None:
    write(paragraph, "\n".join(entry))
    if len(entry) > 1:
        # What hangs behind the first line of one that is too long would hang here, too.
        paragraph.paragraph_format.left_indent = paragraph.paragraph_format.first_line_indent = 0
        paragraph.paragraph_format.space_after = Pt(9)
    if signs:
        paragraph.paragraph_format.space_before = ROOM_TO_SIGN
        paragraph.paragraph_format.space_after = Pt(0)


def _table(document: Document, style: str, in_two: list[Pair]) -> None:
    table = document.add_table(rows=len(in_two), cols=2)
    _align(table)
    cells = table._cells  # noqa: SLF001 -- the public way builds the list anew for every cell
    for number, pair in enumerate(in_two):
        sign_row(cells[2 * number : 2 * number + 2], style, pair)
    for row in table._tbl.tr_lst:  # noqa: SLF001 -- no public way
        keep_row(row)


def keep_row(row: CT_Row) -> None:
    """No page parts the row."""
    row.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _align(table: Table) -> None:
    """The table's text begins where that of the letter does."""
    margins = cast("BaseOxmlElement", OxmlElement("w:tblCellMar"))
    for side, width in (("left", "0"), ("right", "170")):
        one = OxmlElement(f"w:{side}")
        one.set(qn("w:w"), width)
        one.set(qn("w:type"), "dxa")
        margins.append(one)
    table._tbl.tblPr.insert_element_before(margins, "w:tblLook")  # noqa: SLF001 -- no public way
