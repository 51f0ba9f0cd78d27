"""A letter as DOCX, on real styles, so that a secretary can restyle it."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from datetime import datetime, time
from functools import lru_cache
from typing import TYPE_CHECKING

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from bot.letters.model import paragraphs

if TYPE_CHECKING:
    from docx.document import Document
    from docx.styles.style import BaseStyle, ParagraphStyle
    from docx.text.paragraph import Paragraph

    from bot.letters.model import Letter

FONT, EAST_ASIAN_FONT = "Times New Roman", "SimSun"

STYLES = {
    "addressee": "Inside Address",
    "reference": "Subject Line",
    "place_date": "Date",
    "salutation": "Salutation",
    "closing": "Closing",
    "signatories": "Signature",
    "contact": "Contact",
    "copies": "Copies",
}
"""The style of each section; the others are Body Text."""

LOCALES = {"en": "en-GB", "fr": "fr-FR", "es": "es-ES"}

_RIGHT_TO_LEFT = {"R", "AL", "AN"}


def to_docx(letter: Letter) -> bytes:
    """The letter as DOCX. Equal letters give equal bytes."""
    document = docx.Document(io.BytesIO(_base(LOCALES[letter.language])))
    _set_properties(document, letter)
    for section in paragraphs(letter):
        style = STYLES.get(section.key, "Body Text")
        pieces = section.text.split("\n" if section.key in STYLES else "\n\n")
        for text in pieces:
            _write(document.add_paragraph(style=style), text)
    stream = io.BytesIO()
    document.save(stream)
    return _with_fixed_times(stream.getvalue(), letter)


def _set_properties(document: Document, letter: Letter) -> None:
    moment = datetime.combine(letter.date, time(12))
    core = document.core_properties
    core.title, core.language = letter.subject, str(letter.language)
    core.author = core.last_modified_by = core.comments = core.keywords = ""
    core.created = core.modified = moment
    core.revision = 1


@lru_cache(maxsize=len(LOCALES))
def _base(locale: str) -> bytes:
    """An empty letter with its page and styles; made once, since making styles is slow."""
    document = docx.Document()
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.5)
    page.top_margin, page.bottom_margin = Cm(2.2), Cm(2)
    _set_up_styles(document, locale)
    for style in list(document.styles):
        if style.type in (WD_STYLE_TYPE.TABLE, WD_STYLE_TYPE.LIST) and not _is_default(style):
            style.delete()  # python-docx searches all styles for every paragraph
    package = document.part.package
    for name, relation in list(package.rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            del package.rels[name]  # the library's own sample page
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _set_up_styles(document: Document, locale: str) -> None:
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(11)
    properties = normal.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), EAST_ASIAN_FONT)
    fonts.set(qn("w:cs"), FONT)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), locale)
    body = _style(document, "Body Text")
    body.paragraph_format.space_after = Pt(9)
    body.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    for name in STYLES.values():
        _style(document, name).paragraph_format.space_after = Pt(10)
    _style(document, "Subject Line").font.bold = True
    _style(document, "Date").paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _style(document, "Closing").paragraph_format.space_after = Pt(24)
    _style(document, "Closing").paragraph_format.keep_with_next = True
    _style(document, "Signature").paragraph_format.space_after = Pt(4)
    _style(document, "Contact").paragraph_format.space_before = Pt(12)
    for name in ("Contact", "Copies"):
        _style(document, name).font.size = Pt(10)


def _style(document: Document, name: str) -> ParagraphStyle:
    styles = document.styles
    if name in [style.name for style in styles]:
        found: ParagraphStyle = styles[name]
        return found
    style: ParagraphStyle = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = styles["Normal"]
    style.quick_style = True
    return style


def _is_default(style: BaseStyle) -> bool:
    return str(style.element.get(qn("w:default"))) == "1"


def _write(paragraph: Paragraph, text: str) -> None:
    """The text in runs of one direction; a right-to-left run says so to Word."""
    for number, line in enumerate(text.split("\n")):
        if number:
            paragraph.add_run().add_break()
        for run_text, right_to_left in _runs(line):
            run = paragraph.add_run(run_text)
            if right_to_left:
                run._r.get_or_add_rPr().append(OxmlElement("w:rtl"))  # noqa: SLF001 -- no public way


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


def _with_fixed_times(archive: bytes, letter: Letter) -> bytes:
    """The same package with the letter's date on every member: equal letters, equal bytes."""
    stamp = (max(letter.date.year, 1980), letter.date.month, letter.date.day, 12, 0, 0)
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as source,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, stamp), source.read(name), zipfile.ZIP_DEFLATED)
    return stream.getvalue()
