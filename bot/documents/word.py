"""A letter as DOCX, on real styles, so that a secretary can restyle it."""

from __future__ import annotations

import io
import logging
import re
import unicodedata
import zipfile
from datetime import date, datetime, time
from functools import lru_cache
from typing import TYPE_CHECKING, cast

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Mm, Pt
from docx.text.paragraph import Paragraph

from bot.documents.page import LOGO_HEIGHT, LOGO_WIDTH
from bot.documents.paper import made_anew
from bot.documents.stamps import noon
from bot.documents.styles import (
    LOCALES,
    OUR_STYLES,
    STYLES,
    add_missing_styles,
    is_default,
    set_up_styles,
)
from bot.letters.bilingual import Bilingual, rows
from bot.letters.model import SECTION_KEYS, Language, Letter, Section, Stage, paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.document import Document
    from docx.oxml.text.paragraph import CT_P
    from docx.table import _Cell

    from bot.letters.bilingual import Sheet
    from bot.letters.letterhead import Letterhead

log = logging.getLogger(__name__)

SAMPLE_DAY = date(2000, 1, 1)

MAX_TITLE = 255
"""Characters of a title among the properties: python-docx refuses more."""

_RIGHT_TO_LEFT = {"R", "AL", "AN"}


def to_docx(letter: Sheet, head: Letterhead | None = None) -> bytes:
    """The letter as DOCX, on the letterhead's own file where it has one. Equal: equal bytes."""
    first = letter if isinstance(letter, Letter) else letter.first
    base = _base_for(head, LOCALES[first.language])
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
    for section in paragraphs(letter):
        style = styles[STYLES.get(section.key, "Body Text")]
        for text in _pieces(section.key, section.text):
            _write(_added(document, style), text, locale)


def _pieces(key: str, text: str) -> list[str]:
    return text.split("\n" if key in STYLES else "\n\n")


def _courtesy(paragraph: Paragraph, pair: Bilingual) -> None:
    _write(paragraph, pair.heading, LOCALES[pair.second.language])
    paragraph.runs[0].italic = True


def _columns(document: Document, styles: dict[str, str], pair: Bilingual) -> None:
    """A table of two columns without lines; what stands once reaches over both."""
    locale = LOCALES[pair.second.language]
    found = rows(pair)
    table = document.add_table(rows=len(found) + 1, cols=2)
    cells = table._cells  # noqa: SLF001 -- the public way builds the list anew for every cell
    _courtesy(cells[1].paragraphs[0], pair)
    for number, row in enumerate(found, start=1):
        left, right = cells[2 * number], cells[2 * number + 1]
        if row.second:
            _fill(right, styles, row.key, row.second, locale)
        else:
            left = left.merge(right)
        _fill(left, styles, row.key, row.first)


def _fill(cell: _Cell, styles: dict[str, str], key: str, text: str, locale: str = "") -> None:
    style = styles[STYLES.get(key, "Body Text")]
    for number, piece in enumerate(_pieces(key, text)):
        paragraph = cell.add_paragraph() if number else cell.paragraphs[0]
        _set_style(paragraph, style)
        # A narrow column is neither justified nor set to the right.
        paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
        _write(paragraph, piece, locale)


def _set_properties(document: Document, letter: Sheet, first: Letter) -> None:
    moment = datetime.combine(letter.date, time(12))
    core = document.core_properties
    core.title, core.language = _writable(letter.subject)[:MAX_TITLE], str(first.language)
    core.author = core.last_modified_by = core.comments = core.keywords = ""
    core.category = core.subject = core.content_status = core.identifier = core.version = ""
    core.created = core.modified = moment
    core.last_printed = moment
    core.revision = 1


def _base_for(head: Letterhead | None, locale: str) -> bytes:
    return _base_under(head, locale) if head else _base(locale)


KEPT_HEADS = 8


@lru_cache(maxsize=KEPT_HEADS)
def _base_under(head: Letterhead, locale: str) -> bytes:
    """An empty letter on a letterhead: its Word file, or our page with its logo and lines."""
    own = made_anew(head.word)
    if own:
        document = docx.Document(io.BytesIO(own))
        add_missing_styles(document, locale)
    else:
        document = docx.Document(io.BytesIO(_base(locale)))
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
    header = document.sections[0].header
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
        paragraph.add_run(_writable(line)).font.size = Pt(9)
    header.add_paragraph()


_SAMPLE = ("thumbnail", "stylesWithEffects", "customXml")
"""Parts of the library's own sample page, which tell of other styles than ours, or of none."""


@lru_cache(maxsize=len(LOCALES))
def _base(locale: str) -> bytes:
    """An empty letter with its page and styles; made once, since making styles is slow."""
    document = docx.Document()
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.5)
    page.top_margin, page.bottom_margin = Cm(2.2), Cm(2)
    set_up_styles(document, locale)
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


def _write(paragraph: Paragraph, text: str, locale: str = "") -> None:
    """The text in runs of one direction, in a language of its own where one is given."""
    for number, line in enumerate(_writable(text).split("\n")):
        if number:
            paragraph.add_run().add_break()
        for run_text, right_to_left, raised in _raised(_runs(line)):
            run = paragraph.add_run(run_text)
            if raised:
                run.font.superscript = True
            if right_to_left:
                run.font.rtl = True
            if locale:
                language = OxmlElement("w:lang")
                language.set(qn("w:val"), locale)
                run._r.get_or_add_rPr().append(language)  # noqa: SLF001 -- no public way


_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _writable(text: str) -> str:
    """The text without what no XML may hold: control characters and halves of characters."""
    return _UNWRITABLE.sub("", text)


def _runs(line: str) -> list[tuple[str, bool]]:
    runs: list[tuple[str, bool]] = []
    for word in re.split("( )", line):
        kinds = {unicodedata.bidirectional(char) for char in word}
        rtl = bool(kinds & _RIGHT_TO_LEFT)
        if not (kinds & _RIGHT_TO_LEFT) and "L" not in kinds and runs:
            rtl = runs[-1][1]
        if runs and runs[-1][1] == rtl:
            runs[-1] = (runs[-1][0] + word, rtl)
        elif word:
            runs.append((word, rtl))
    return runs


_FIRST = re.compile("(?<=\\b1)er(?=\u00a0)")
"""The ending of a French date's 1ᵉʳ; only dates have the no-break blank."""


def _raised(runs: list[tuple[str, bool]]) -> Iterator[tuple[str, bool, bool]]:
    """The same runs, parted so that what is raised stands alone."""
    for text, right_to_left in runs:
        start = 0
        for found in _FIRST.finditer(text):
            yield text[start : found.start()], right_to_left, False
            yield found[0], right_to_left, True
            start = found.end()
        if start < len(text):
            yield text[start:], right_to_left, False


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
