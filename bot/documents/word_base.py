"""What letters in Word are written on: an empty page, read once and copied for each letter."""

from __future__ import annotations

import io
import zipfile
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, cast

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.coreprops import CoreProperties
from docx.opc.oxml import serialize_part_xml
from docx.oxml import OxmlElement
from docx.shared import Cm, Mm, Pt, RGBColor

from bot.documents.page import LOGO_HEIGHT, LOGO_WIDTH
from bot.documents.page_numbers import number_letterhead, number_pages
from bot.documents.paper import made_anew
from bot.documents.stamps import noon
from bot.documents.styles import (
    LOCALES,
    OUR_STYLES,
    add_missing_styles,
    hyphenate,
    is_default,
    name_the_font,
    set_up_styles,
)
from bot.documents.word_text import writable
from bot.letters.layout import SIZES, Paper

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from docx.oxml.coreprops import CT_CoreProperties
    from docx.oxml.document import CT_Document
    from docx.oxml.text.paragraph import CT_P
    from docx.parts.document import DocumentPart
    from docx.section import _Header

    from bot.letters.letterhead import Letterhead


@dataclass(frozen=True, slots=True)
class Base:
    """An empty letter, and what is in its package. A letter changes nothing of it.

    `members` are the package's own, by name and in order; `styles` are the ids of our styles, by
    name: the library would look through all of them for every paragraph.
    """

    members: Mapping[str, bytes]
    part: DocumentPart
    page: CT_Document
    core: CT_CoreProperties
    core_name: str
    styles: Mapping[str, str]

    def begun(self) -> Document:
        """A letter without a word, on a page of its own."""
        return Document(deepcopy(self.page), self.part)

    def properties(self) -> CoreProperties:
        """Properties to be filled in."""
        return CoreProperties(deepcopy(self.core))

    def packed(self, document: Document, core: CoreProperties, day: date) -> bytes:
        """The package with a letter's text and properties.

        Every member has the letter's date: equal letters, equal bytes. A letter brings no other
        part, so the others need not be made again; pictures are packed as they are.
        """
        stamp = noon(day)
        written = {
            str(self.part.partname).lstrip("/"): serialize_part_xml(document.element),
            self.core_name: serialize_part_xml(core._element),  # noqa: SLF001 -- no public way
        }
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
            for name, data in self.members.items():
                how = zipfile.ZIP_STORED if "/media/" in name else zipfile.ZIP_DEFLATED
                target.writestr(zipfile.ZipInfo(name, stamp), written.get(name, data), how)
        return stream.getvalue()


@lru_cache(maxsize=len(OUR_STYLES) * len(LOCALES))
def _paragraph(style: str) -> CT_P:
    paragraph = cast("CT_P", OxmlElement("w:p"))
    if style:
        paragraph.style = style
    return paragraph


def of_style(style: str) -> CT_P:
    """An empty paragraph of a style, by its id; of none where that is empty."""
    return deepcopy(_paragraph(style))


def base_for(head: Letterhead | None, locale: str, paper: Paper, mark: str = "") -> Base:
    """What a letter is begun on: the letterhead's own file where it has one.

    Where there is a `mark`, it stands at the head of every page.
    """
    return _under(head, locale, paper, mark) if head else _own(locale, paper, mark)


KEPT_HEADS = 8


@lru_cache(maxsize=KEPT_HEADS)
def _under(head: Letterhead, locale: str, paper: Paper, mark: str) -> Base:
    return _read(_marked(_page_under(head, locale, paper), mark))


@lru_cache(maxsize=2 * len(LOCALES) * len(Paper))
def _own(locale: str, paper: Paper, mark: str) -> Base:
    return _read(_marked(_own_page(locale, paper), mark))


MARK_COLOUR = RGBColor(0xA1, 0x1D, 0x1D)


def _marked(package: bytes, mark: str) -> bytes:
    """The same with the mark above what stands at the head of each page, the first one, too."""
    if not mark:
        return package
    document = docx.Document(io.BytesIO(package))
    even = document.settings.odd_and_even_pages_header_footer
    for number, section in enumerate(document.sections):
        headers = [section.header]
        if section.different_first_page_header_footer:
            headers.append(section.first_page_header)
        if even:
            headers.append(section.even_page_header)
        for header in headers:
            if not (number and header.is_linked_to_previous):
                _put_mark(header, mark)
    return _saved(document)


def _put_mark(header: _Header, mark: str) -> None:
    first = header.paragraphs[0] if header.paragraphs else header.add_paragraph()
    paragraph = first.insert_paragraph_before()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(mark)
    run.bold, run.font.size, run.font.color.rgb = True, Pt(11), MARK_COLOUR


def _read(package: bytes) -> Base:
    document = docx.Document(io.BytesIO(package))
    part = document.part
    properties = part.package.part_related_by(RELATIONSHIP_TYPE.CORE_PROPERTIES)
    with zipfile.ZipFile(io.BytesIO(package)) as source:
        members = {name: source.read(name) for name in source.namelist()}
    return Base(
        members,
        part,
        document.element,
        properties.element,
        str(properties.partname).lstrip("/"),
        {name: str(document.styles[name].style_id) for name in OUR_STYLES},
    )


def _page_under(head: Letterhead, locale: str, paper: Paper) -> bytes:
    """An empty letter on a letterhead: its Word file, or our page with its logo and lines."""
    own = made_anew(head.word)
    if own:
        document = docx.Document(io.BytesIO(own))
        add_missing_styles(document, locale)
        hyphenate(document)
        number_letterhead(document)
    else:
        document = docx.Document(io.BytesIO(_own_page(locale, paper)))
        _set_head(document, head)
    return _saved(document)


def forget() -> None:
    """Keep no letterhead to be quick with."""
    _under.cache_clear()
    _paragraph.cache_clear()


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


def _own_page(locale: str, paper: Paper) -> bytes:
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
