"""The numbers of a letter's pages in Word, from the second page on.

A letterhead of one's own that counts its pages stays as it is. Any other keeps its headers and
footers, and the number stands below the footer of every page but the first.
"""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import nsmap, qn
from docx.shared import Pt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.document import Document
    from docx.section import Section, _Footer, _Header
    from docx.text.paragraph import Paragraph

SIZE = Pt(9)

_RELATION = f"{{{nsmap['r']}}}"
_COUNTS = re.compile(r"\bPAGE\b", re.IGNORECASE)


def number_pages(document: Document) -> None:
    """Numbers on a page of our own."""
    section = document.sections[0]
    section.different_first_page_header_footer = True
    _number(section.footer.paragraphs[0])


def number_letterhead(document: Document) -> None:
    """Numbers on a stranger's page, where it has none."""
    section = document.sections[0]
    if any(_counts(one) for one in _heads(section)):
        return
    if not section.different_first_page_header_footer:
        _copy(section.header, section.first_page_header)
        _copy(section.footer, section.first_page_footer)
        section.different_first_page_header_footer = True
    _number(_below(section.footer))
    if document.settings.odd_and_even_pages_header_footer:
        _number(_below(section.even_page_footer))


def _heads(section: Section) -> Iterator[_Header | _Footer]:
    for one in (
        section.header,
        section.footer,
        section.first_page_header,
        section.first_page_footer,
        section.even_page_header,
        section.even_page_footer,
    ):
        if not one.is_linked_to_previous:
            yield one


def _counts(head: _Header | _Footer) -> bool:
    """Whether it has a field that tells the page; its instruction may be split into pieces."""
    root = head._element  # noqa: SLF001 -- no public way
    pieces = [one.text or "" for one in root.iter(qn("w:instrText"))]
    simple = (one.get(qn("w:instr"), "") for one in root.iter(qn("w:fldSimple")))
    return bool(_COUNTS.search(" ".join((*simple, *pieces, "".join(pieces)))))


def _copy(source: _Header | _Footer, target: _Header | _Footer) -> None:
    """The same for the first page, with its pictures; what no page showed goes."""
    target.is_linked_to_previous = True
    if source.is_linked_to_previous:
        return
    target.is_linked_to_previous = False
    old, new = source._element, target._element  # noqa: SLF001 -- no public way
    for child in list(new):
        new.remove(child)
    for child in old:
        new.append(copy.deepcopy(child))
    ids = {
        key: target.part.relate_to(relation.target_part, relation.reltype)
        for key, relation in source.part.rels.items()
        if not relation.is_external
    }
    for one in new.iter():
        for name, value in list(one.attrib.items()):
            if str(name).startswith(_RELATION) and value in ids:
                one.set(name, ids[value])


def _below(footer: _Footer) -> Paragraph:
    """A new last paragraph; a footer that was not there begins with an empty one."""
    is_new = footer.is_linked_to_previous
    paragraph: Paragraph = footer.paragraphs[0] if is_new else footer.add_paragraph()
    return paragraph


def _number(paragraph: Paragraph) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 -- no public way
    if properties.pStyle is not None:
        properties.remove(properties.pStyle)  # a stranger's file need not have it
    _field(paragraph, "PAGE")
    paragraph.add_run("/").font.size = SIZE
    _field(paragraph, "NUMPAGES")


def _field(paragraph: Paragraph, instruction: str) -> None:
    """What Word counts anew; until it does, a 2 stands there."""
    run = paragraph.add_run("2")
    run.font.size = SIZE
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    run._r.addprevious(field)  # noqa: SLF001 -- no public way
    field.append(run._r)  # noqa: SLF001 -- the same
