"""What a Word letterhead may cost: many styles in a row, long documents, values that are none."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import docx
import pytest
from lxml import etree

from bot.documents.letterheads import read_letterhead
from bot.documents.ooxml.names import NAMESPACES, q
from bot.documents.ooxml.package import MAX_DOCUMENT, MAX_TREE
from bot.documents.ooxml.sheet import Sheet
from bot.documents.word import to_docx
from bot.letters.letterhead import Fault, Refused, Taken, letterhead
from tests.documents.test_formats import letter_by
from tests.documents.test_letterhead import word_file
from tests.documents.validating import faults

if TYPE_CHECKING:
    from collections.abc import Iterator


class Counted(dict[str, etree._Element]):  # noqa: SLF001 -- lxml names its class so
    """Styles that know how often they were asked for."""

    asked = 0

    def __getitem__(self, key: str) -> etree._Element:
        self.asked += 1
        return super().__getitem__(key)


def _in_a_row(count: int, *, circle: bool = False) -> Iterator[str]:
    for number in range(count):
        base = (number + 1) % count if circle else number + 1
        hides = "<w:rPr><w:vanish/></w:rPr>" if number == count - 1 and not circle else ""
        yield (
            f'<w:style w:type="paragraph" w:styleId="s{number}"><w:name w:val="s{number}"/>'
            f'<w:basedOn w:val="s{base}"/>{hides}</w:style>'
        )


def _sheet(styles: Iterator[str]) -> tuple[Sheet, Counted]:
    root = etree.fromstring(f'<w:styles xmlns:w="{NAMESPACES["w"]}">{"".join(styles)}</w:styles>')
    sheet = Sheet(root)
    counted = Counted({str(one.get(q("w:styleId"))): one for one in root})
    sheet._styles = counted  # noqa: SLF001 -- counts what the sheet does with them
    return sheet, counted


def test_styles_in_a_row_are_come_by_once_each() -> None:
    sheet, counted = _sheet(_in_a_row(2000))
    assert len(sheet.hidden()) == 2000
    assert counted.asked <= 2 * 2000


def test_styles_in_a_circle_have_an_end() -> None:
    sheet, counted = _sheet(_in_a_row(2000, circle=True))
    assert sheet.hidden() == set()
    assert counted.asked <= 2 * 2000


@pytest.mark.parametrize(
    ("part", "end", "most"),
    [
        ("word/document.xml", "<w:sectPr", MAX_DOCUMENT),
        ("word/styles.xml", "</w:styles>", MAX_TREE),
    ],
)
def test_what_is_longer_than_any_letterhead_is_refused(part: str, end: str, most: int) -> None:
    stream, long = io.BytesIO(), "<w:p/>" * (most // 6)
    with (
        zipfile.ZipFile(io.BytesIO(word_file())) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            data = old.read(name)
            more = data.replace(end.encode(), (long + end).encode(), 1)
            new.writestr(name, more if name == part else data)
    refused = read_letterhead(stream.getvalue())
    assert isinstance(refused, Refused)
    assert refused.fault is Fault.UNPACKS_TOO_LARGE


def test_a_value_that_is_none_is_left_out_with_what_needs_it() -> None:
    odd = '<w:p><w:pPr><w:jc w:val="by hand"/></w:pPr><w:r><w:t>Seen</w:t></w:r></w:p>'
    taken = read_letterhead(
        word_file(header1_dot_xml=lambda text: text.replace("</w:hdr>", odd + "</w:hdr>"))
    )
    assert isinstance(taken, Taken)
    data = to_docx(letter_by("A. Example"), letterhead(taken.word, None, ()))
    header = docx.Document(io.BytesIO(data)).sections[0].header
    assert header.paragraphs[-1].text == "Seen"
    assert faults(data) == []
