"""Who signs, in Word: nobody is split between pages, and few have room to sign by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from bot.documents.word_text import write
from bot.letters.layout import SIGNED_BY_HAND

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from docx.document import Document
    from docx.table import Table, _Cell

    from bot.letters.model import Letter

ROOM_TO_SIGN = Mm(16)

Entry = tuple[str, ...]
"""The lines of one co-signer."""


def by_hand(letter: Letter) -> bool:
    """Whether there is room to sign above each name."""
    return 0 < len(letter.entries()) <= SIGNED_BY_HAND


def pairs(letter: Letter) -> list[tuple[Entry, ...]]:
    """The co-signers two by two in the order of reading; none where they stand in one column."""
    entries = letter.entries()
    if not letter.layout.in_two(len(entries)):
        return []
    return [entries[at : at + 2] for at in range(0, len(entries), 2)]


def sign(document: Document, add: Callable[[str], Paragraph], style: str, letter: Letter) -> None:
    """Who signs, in one column or in a table of two."""
    in_two = pairs(letter)
    if in_two:
        _table(document, style, letter, in_two)
        return
    entries, signed = letter.entries(), by_hand(letter)
    for number, entry in enumerate(entries):
        paragraph = add(style)
        _written(paragraph, entry, signed=signed)
        # Nobody stands alone on a page, below the close or above what follows.
        ends = number == len(entries) - 1
        if not ends and (signed or number in {0, len(entries) - 2}):
            paragraph.paragraph_format.keep_with_next = True


def sign_row(
    cells: Sequence[_Cell], style: str, letter: Letter, entries: tuple[Entry, ...]
) -> None:
    """Two who sign beside each other."""
    first, last = letter.entries()[0], letter.entries()[-1]
    signed = by_hand(letter)
    for cell, entry in zip(cells, entries, strict=False):
        paragraph = Paragraph(cell._tc.p_lst[0], cell)  # noqa: SLF001 -- the public way makes a list of all
        paragraph._p.style = style  # noqa: SLF001 -- the public way searches the styles
        _written(paragraph, entry, signed=signed)
        if (signed and last not in entries) or first in entries:
            paragraph.paragraph_format.keep_with_next = True


def _written(paragraph: Paragraph, entry: Entry, *, signed: bool) -> None:
    write(paragraph, "\n".join(entry))
    if len(entry) > 1:
        # What hangs behind the first line of one that is too long would hang here, too.
        paragraph.paragraph_format.left_indent = paragraph.paragraph_format.first_line_indent = 0
        paragraph.paragraph_format.space_after = Pt(9)
    if signed:
        paragraph.paragraph_format.space_before = ROOM_TO_SIGN
        paragraph.paragraph_format.space_after = Pt(0)


def _table(document: Document, style: str, letter: Letter, in_two: list[tuple[Entry, ...]]) -> None:
    table = document.add_table(rows=len(in_two), cols=2)
    _align(table)
    cells = table._cells  # noqa: SLF001 -- the public way builds the list anew for every cell
    for number, entries in enumerate(in_two):
        sign_row(cells[2 * number : 2 * number + 2], style, letter, entries)
    for row in table._tbl.tr_lst:  # noqa: SLF001 -- no public way
        row.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _align(table: Table) -> None:
    """The table's text begins where that of the letter does."""
    margins = OxmlElement("w:tblCellMar")
    for side, width in (("left", "0"), ("right", "170")):
        one = OxmlElement(f"w:{side}")
        one.set(qn("w:w"), width)
        one.set(qn("w:type"), "dxa")
        margins.append(one)
    table._tbl.tblPr.insert_element_before(margins, "w:tblLook")  # noqa: SLF001 -- no public way
