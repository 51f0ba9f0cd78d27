"""A letter as DOCX, on real styles, so that a secretary can restyle it."""

from __future__ import annotations

import io
import logging
from collections.abc import Mapping
from datetime import date, datetime, time
from functools import partial
from itertools import zip_longest
from typing import TYPE_CHECKING

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from bot.documents.paper import layout_of
from bot.documents.prose import pieces, unbroken
from bot.documents.styles import (
    BETWEEN_ITEMS,
    BODY,
    LIST,
    LOCALES,
    SIGNATURE,
    SPACE_AFTER,
    STYLES,
)
from bot.documents.word_base import Base, base_for, of_style
from bot.documents.word_signing import by_hand, keep_row, pairs, sign, sign_row
from bot.documents.word_text import writable, write
from bot.letters.bilingual import Bilingual, Row, rows
from bot.letters.marks import mark_of, titled
from bot.letters.model import SECTION_KEYS, Language, Letter, Section, Stage, paragraphs

if TYPE_CHECKING:
    from collections.abc import Callable

    from docx.document import Document
    from docx.opc.coreprops import CoreProperties
    from docx.table import _Cell

    from bot.documents.prose import Piece
    from bot.documents.word_signing import Pair
    from bot.letters.bilingual import Sheet
    from bot.letters.letterhead import Letterhead

Styles = Mapping[str, str]
"""The ids of our styles by their names."""

log = logging.getLogger(__name__)

SAMPLE_DAY = date(2000, 1, 1)

MAX_TITLE = 255
"""Characters of a title among the properties: python-docx refuses more."""


def to_docx(letter: Sheet, head: Letterhead | None = None) -> bytes:
    """The letter as DOCX, on the letterhead's own file where it has one. Equal: equal bytes."""
    first = letter if isinstance(letter, Letter) else letter.first
    base = base_for(head, LOCALES[first.language], layout_of(letter).paper, mark_of(letter))
    document, styles = base.begun(), base.styles
    if isinstance(letter, Letter):
        _letter(document, styles, letter)
    elif letter.beside:
        _columns(document, styles, letter)
    else:
        _letter(document, styles, letter.first)
        _added(document).add_run().add_break(WD_BREAK.PAGE)
        _courtesy(_added(document, styles["Body Text"]), letter)
        _letter(document, styles, letter.second, LOCALES[letter.second.language])
    return base.packed(document, _properties(base, letter, first), letter.date)


def _set_style(paragraph: Paragraph, style: str) -> None:
    paragraph._p.style = style  # noqa: SLF001 -- the public way searches, see above


def _added(document: Document, style: str = "") -> Paragraph:
    """A new last paragraph; the library would look for the place, past all that there are."""
    element = of_style(style)
    document.element.body[-1].addprevious(element)
    return Paragraph(element, document._body)  # noqa: SLF001 -- what a paragraph stands in


def _letter(document: Document, styles: Styles, letter: Letter, locale: str = "") -> None:
    add, found = partial(_added, document), paragraphs(letter)
    for section, after in zip_longest(found, found[1:]):
        if section.key == "signatories":
            sign(document, add, styles[SIGNATURE], letter)
            continue
        _passages(add, styles, section.key, section.text, locale)
        if after and after.key in {"closing", "signatories"}:
            # The close does not stand on a page with nothing of the letter.
            last = Paragraph(document.element.body[-2], document._body)  # noqa: SLF001 -- as above
            last.paragraph_format.keep_with_next = True
            if after.key == "signatories" and by_hand(letter):
                last.paragraph_format.space_after = Pt(0)


def _passages(
    add: Callable[[str], Paragraph],
    styles: Styles,
    key: str,
    text: str,
    locale: str = "",
) -> None:
    """The paragraphs of a section. An address is one, so that nothing stands between its lines."""
    if key == "addressee":
        write(add(styles[STYLES[key]]), text, locale)
    elif key in STYLES:
        for line in text.split("\n"):
            write(add(styles[STYLES[key]]), line, locale)
    else:
        for one in unbroken(text).split("\n\n"):
            _paragraph(add, styles, pieces(one), locale)


def _paragraph(
    add: Callable[[str], Paragraph], styles: Styles, found: list[Piece], locale: str
) -> None:
    for piece, after in zip_longest(found, found[1:]):
        paragraph = add(styles[LIST if piece.mark else BODY])
        write(paragraph, f"{piece.mark}\t{piece.text}" if piece.mark else piece.text, locale)
        if after:
            paragraph.paragraph_format.space_after = Pt(BETWEEN_ITEMS)
        elif piece.mark:
            paragraph.paragraph_format.space_after = Pt(SPACE_AFTER[BODY])


def _courtesy(paragraph: Paragraph, pair: Bilingual) -> None:
    write(paragraph, pair.heading, LOCALES[pair.second.language])
    paragraph.runs[0].italic = True


def _columns(document: Document, styles: Styles, pair: Bilingual) -> None:
    """A table of two columns without lines; what stands once reaches over both."""
    locale = LOCALES[pair.second.language]
    found: list[Row | Pair] = []
    for row in rows(pair):
        signed = pairs(pair.first) if row.key == "signatories" else []
        found += signed or [row]
    table = document.add_table(rows=len(found) + 1, cols=2)
    cells = table._cells  # noqa: SLF001 -- the public way builds the list anew for every cell
    _courtesy(cells[1].paragraphs[0], pair)
    closing = next((at for at, one in enumerate(found) if _is(one, "closing")), -2)
    for at, one in enumerate(found):
        left, right = cells[2 * at + 2], cells[2 * at + 3]
        # The close does not stand on a page with nothing of the letter, nor without who signs.
        keeps = at in {closing - 1, closing}
        if not isinstance(one, Row):
            sign_row((left, right), styles[SIGNATURE], one)
            keep_row(table._tbl.tr_lst[at + 1])  # noqa: SLF001 -- as above
        elif one.second:
            _fill(right, styles, one.key, one.second, locale, keeps=keeps)
            _fill(left, styles, one.key, one.first, keeps=keeps)
        elif one.key == "signatories":
            sign(document, _adding(left.merge(right)), styles[SIGNATURE], pair.first)
        else:
            _fill(left.merge(right), styles, one.key, one.first, keeps=keeps)


def _is(one: Row | Pair, key: str) -> bool:
    return isinstance(one, Row) and one.key == key


def _adding(cell: _Cell) -> Callable[[str], Paragraph]:
    """What adds a paragraph of a style to a cell; the first is there already."""
    empty = [cell.paragraphs[0]]

    def add(style: str) -> Paragraph:
        paragraph: Paragraph = empty.pop() if empty else cell.add_paragraph()
        _set_style(paragraph, style)
        return paragraph

    return add


def _fill(  # noqa: PLR0913 -- one of them is a flag
    cell: _Cell, styles: Styles, key: str, text: str, locale: str = "", *, keeps: bool
) -> None:
    _passages(_adding(cell), styles, key, text, locale)
    for paragraph in cell.paragraphs:
        # A narrow column is neither justified nor set to the right.
        paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
        if keeps:
            paragraph.paragraph_format.keep_with_next = True


def _properties(base: Base, letter: Sheet, first: Letter) -> CoreProperties:
    moment = datetime.combine(letter.date, time(12))
    core = base.properties()
    title = titled(letter, letter.subject)
    core.title, core.language = writable(title)[:MAX_TITLE], str(first.language)
    core.author = core.last_modified_by = core.comments = core.keywords = ""
    core.category = core.subject = core.content_status = core.identifier = core.version = ""
    core.created = core.modified = moment
    core.last_printed = moment
    core.revision = 1
    return core


def can_write(head: Letterhead) -> bool:
    """Whether letters can be written on the letterhead's file: one of each kind is tried."""
    sections = tuple(Section(key, "A\n\nB") for key in SECTION_KEYS)
    sample = Letter(
        ("OPSC",), "KEN", Language.FR, SAMPLE_DAY, SAMPLE_DAY, Stage.SIGNED, "-", sections
    )
    try:
        for sheet in (sample, Bilingual(sample, sample), Bilingual(sample, sample, beside=True)):
            docx.Document(io.BytesIO(to_docx(sheet, head)))
    except Exception as error:  # noqa: BLE001 -- whatever a stranger's file makes the library raise
        log.info("a letterhead cannot be written on: %s", type(error).__name__)
        return False
    return True
