"""A letter as DOCX, on real styles, so that a secretary can restyle it."""

from __future__ import annotations

import io
import logging
import zipfile
from datetime import date, datetime, time
from functools import lru_cache, partial
from itertools import zip_longest
from typing import TYPE_CHECKING, cast

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.shared import Cm, Mm, Pt
from docx.text.paragraph import Paragraph

from bot.documents.page import LOGO_HEIGHT, LOGO_WIDTH
from bot.documents.page_numbers import number_letterhead, number_pages
from bot.documents.paper import layout_of, made_anew
from bot.documents.prose import pieces, unbroken
from bot.documents.stamps import noon
from bot.documents.styles import (
    BETWEEN_ITEMS,
    BODY,
    LIST,
    LOCALES,
    OUR_STYLES,
    SIGNATURE,
    SPACE_AFTER,
    STYLES,
    add_missing_styles,
    hyphenate,
    is_default,
    name_the_font,
    set_up_styles,
)
from bot.documents.word_signing import by_hand, keep_row, pairs, sign, sign_row
from bot.documents.word_text import writable, write
from bot.letters.bilingual import Bilingual, Row, rows
from bot.letters.layout import SIZES, Paper
from bot.letters.model import SECTION_KEYS, Language, Letter, Section, Stage, paragraphs

if TYPE_CHECKING:
    from collections.abc import Callable

    from docx.document import Document
    from docx.oxml.text.paragraph import CT_P
    from docx.table import _Cell

    from bot.documents.prose import Piece
    from bot.documents.word_signing import Pair
    from bot.letters.bilingual import Sheet
    from bot.letters.letterhead import Letterhead

log = logging.getLogger(__name__)

SAMPLE_DAY = date(2000, 1, 1)

MAX_TITLE = 255
"""Characters of a title among the properties: python-docx refuses more."""


def to_docx(letter: Sheet, head: Letterhead | None = None) -> bytes:
    """The letter as DOCX, on the letterhead's own file where it has one. Equal: equal bytes."""
    first = letter if isinstance(letter, Letter) else letter.first
    base = _base_for(head, LOCALES[first.language], layout_of(letter).paper)
    document = docx.Document(io.BytesIO(base))
    _set_properties(document, letter, first)
    styles = _style_ids(document)
    if isinstance(letter, Letter):
        _letter(document, styles, letter)
    elif letter.beside:
        _columns(document, styles, letter)
    else:
        _letter(document, styles, letter.first)
        _added(document).add_run().add_break(WD_BREAK.PAGE)
        _courtesy(_added(document, styles["Body Text"]), letter)
        _letter(document, styles, letter.second, LOCALES[letter.second.language])
    return _packed(base, document, letter)


def _style_ids(document: Document) -> dict[str, str]:
    """Name -> id of our styles: the library would look through all of them for every paragraph."""
    return {name: str(document.styles[name].style_id) for name in OUR_STYLES}


def _set_style(paragraph: Paragraph, style: str) -> None:
    paragraph._p.style = style  # noqa: SLF001 -- the public way searches, see above


def _added(document: Document, style: str = "") -> Paragraph:
    """A new last paragraph; the library would look for the place, past all that there are."""
    element = cast("CT_P", OxmlElement("w:p"))
    document.element.body[-1].addprevious(element)
    paragraph = Paragraph(element, document._body)  # noqa: SLF001 -- what a paragraph stands in
    if style:
        _set_style(paragraph, style)
    return paragraph


def _letter(document: Document, styles: dict[str, str], letter: Letter, locale: str = "") -> None:
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
    add: Callable[[str], Paragraph], styles: dict[str, str], key: str, text: str, locale: str = ""
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
    add: Callable[[str], Paragraph], styles: dict[str, str], found: list[Piece], locale: str
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


def _columns(document: Document, styles: dict[str, str], pair: Bilingual) -> None:
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
    cell: _Cell, styles: dict[str, str], key: str, text: str, locale: str = "", *, keeps: bool
) -> None:
    _passages(_adding(cell), styles, key, text, locale)
    for paragraph in cell.paragraphs:
        # A narrow column is neither justified nor set to the right.
        paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
        if keeps:
            paragraph.paragraph_format.keep_with_next = True


def _set_properties(document: Document, letter: Sheet, first: Letter) -> None:
    moment = datetime.combine(letter.date, time(12))
    core = document.core_properties
    core.title, core.language = writable(letter.subject)[:MAX_TITLE], str(first.language)
    core.author = core.last_modified_by = core.comments = core.keywords = ""
    core.category = core.subject = core.content_status = core.identifier = core.version = ""
    core.created = core.modified = moment
    core.last_printed = moment
    core.revision = 1


def _base_for(head: Letterhead | None, locale: str, paper: Paper) -> bytes:
    return _base_under(head, locale, paper) if head else _base(locale, paper)


KEPT_HEADS = 8


@lru_cache(maxsize=KEPT_HEADS)
def _base_under(head: Letterhead, locale: str, paper: Paper) -> bytes:
    """An empty letter on a letterhead: its Word file, or our page with its logo and lines."""
    own = made_anew(head.word)
    if own:
        document = docx.Document(io.BytesIO(own))
        add_missing_styles(document, locale)
        hyphenate(document)
        number_letterhead(document)
    else:
        document = docx.Document(io.BytesIO(_base(locale, paper)))
        _set_head(document, head)
    return _saved(document)


def forget() -> None:
    """Keep no letterhead to be quick with."""
    _base_under.cache_clear()


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


def _set_head(document: Document, head: Letterhead) -> None:
    header = document.sections[0].first_page_header
    paragraph = header.paragraphs[0]
    if head.logo:
        scale = min(LOGO_HEIGHT / head.logo.height, LOGO_WIDTH / head.logo.width)
        picture = io.BytesIO(head.logo.data)
        paragraph.add_run().add_picture(picture, Mm(head.logo.width * scale))
        if head.lines:
            paragraph = header.add_paragraph()
    for number, line in enumerate(head.lines):
        if number:
            paragraph.add_run().add_break()
        paragraph.add_run(writable(line)).font.size = Pt(9)
    header.add_paragraph()


_SAMPLE = ("thumbnail", "stylesWithEffects", "customXml")
"""Parts of the library's own sample page, which tell of other styles than ours, or of none."""


@lru_cache(maxsize=len(LOCALES) * len(Paper))
def _base(locale: str, paper: Paper) -> bytes:
    """An empty letter with its page and styles; made once, since making styles is slow."""
    document = docx.Document()
    page = document.sections[0]
    page.page_width, page.page_height = map(Mm, SIZES[paper])
    page.left_margin = page.right_margin = Cm(2.5)
    page.top_margin, page.bottom_margin = Cm(2.2), Cm(2)
    set_up_styles(document, locale)
    name_the_font(document)
    hyphenate(document)
    number_pages(document)
    for style in list(document.styles):
        if style.type in (WD_STYLE_TYPE.TABLE, WD_STYLE_TYPE.LIST) and not is_default(style):
            style.delete()  # python-docx searches all styles for every paragraph
    for holder in (document.part, document.part.package):
        for name, relation in list(holder.rels.items()):
            if relation.reltype.rsplit("/", 1)[-1] in _SAMPLE:
                del holder.rels[name]
    return _saved(document)


def _saved(document: Document) -> bytes:
    """The package, with properties that a letter only fills in; made without haste, for many."""
    _ = document.core_properties
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _packed(base: bytes, document: Document, letter: Sheet) -> bytes:
    """The package that the letter was begun on, with its text and properties.

    Every member has the letter's date: equal letters, equal bytes. A letter brings no other part,
    so the others need not be written out again; pictures are packed as they are.
    """
    stamp = noon(letter.date)
    properties = document.part.package.part_related_by(RELATIONSHIP_TYPE.CORE_PROPERTIES)
    written = {str(part.partname).lstrip("/"): part.blob for part in (document.part, properties)}
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(base)) as source,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            how = zipfile.ZIP_STORED if "/media/" in name else zipfile.ZIP_DEFLATED
            data = written.get(name) or source.read(name)
            target.writestr(zipfile.ZipInfo(name, stamp), data, how)
    return stream.getvalue()
