"""A letterhead: what is kept of it on every letter, and what is refused, with a reason."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from dataclasses import replace
from typing import TYPE_CHECKING

import docx
import pypdfium2
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Mm
from PIL import Image

from bot.documents.letterheads import read_letterhead
from bot.documents.logos import read_logo
from bot.documents.ooxml.package import MAX_FILE
from bot.documents.page import set_page, to_pdf, to_png
from bot.documents.word import can_write, to_docx
from bot.letters.bilingual import Bilingual
from bot.letters.letterhead import Fault, Letterhead, Refused, Taken, letterhead
from bot.letters.model import Language
from tests.documents.test_formats import docx_text, letter_by, pdf_text

if TYPE_CHECKING:
    from collections.abc import Callable

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 30">{}</svg>'
CIRCLE = '<circle cx="15" cy="15" r="15" fill="#1d4f91"/>'
EXTERNAL = (
    '<Relationship Id="rId99" TargetMode="External" Target="http://outside.example/x"'
    ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}"/>'
)


def word_file(**parts: Callable[[str], str]) -> bytes:
    """A letterhead with a header, a footer, a style and margins; its parts changed at will."""
    document = docx.Document()
    page = document.sections[0]
    page.left_margin = Mm(41)
    page.header.paragraphs[0].text = "EXAMPLE ORGANISATION"
    page.footer.paragraphs[0].text = "1 Example Street"
    document.styles["Normal"].font.name = "Georgia"
    document.add_paragraph("Draft by A. Person")
    document.core_properties.author = "A. Person"
    stream = io.BytesIO()
    document.save(stream)
    return repacked(stream.getvalue(), **parts) if parts else stream.getvalue()


def repacked(data: bytes, **parts: Callable[[str], str]) -> bytes:
    stream = io.BytesIO()
    named = {name.replace("__", "/").replace("_dot_", "."): do for name, do in parts.items()}
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            change = next((do for part, do in named.items() if name.endswith(part)), None)
            new.writestr(name, change(text.decode()) if change else text)
    return stream.getvalue()


def picture(kind: str, size: tuple[int, int] = (300, 100)) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", size, (20, 80, 160)).save(stream, kind)
    return stream.getvalue()


def head(word: bytes = b"", logo: bytes = b"", lines: tuple[str, ...] = ()) -> Letterhead:
    read = read_logo(logo) if logo else None
    assert not isinstance(read, Refused), read
    taken = read_letterhead(word) if word else Taken(b"")
    assert isinstance(taken, Taken), taken
    made = letterhead(taken.word, read, lines)
    assert made
    return made


def test_word_letters_stand_on_the_organisations_own_file() -> None:
    letter = letter_by("A. Example", language=Language.FR)
    data = to_docx(letter, head(word_file()))
    document = docx.Document(io.BytesIO(data))
    page = document.sections[0]
    assert page.header.paragraphs[0].text == "EXAMPLE ORGANISATION"
    assert page.footer.paragraphs[0].text == "1 Example Street"
    assert page.left_margin
    assert abs(page.left_margin.mm - 41) < 0.1
    assert document.styles["Normal"].font.name == "Georgia"
    assert "A. Person" not in docx_text(data)
    assert docx_text(data) == docx_text(to_docx(letter))
    assert document.core_properties.author == ""
    assert data == to_docx(letter, head(word_file()))


def test_nobodys_name_stays_in_the_file() -> None:
    data = to_docx(letter_by("A. Example"), head(word_file()))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        whole = b"".join(package.read(name) for name in package.namelist())
        assert "docProps/app.xml" not in package.namelist()
    assert b"A. Person" not in whole


def test_a_bilingual_letter_has_it_too() -> None:
    pair = Bilingual(
        letter_by("A. Example"), letter_by("A. Example", language=Language.ES), beside=True
    )
    document = docx.Document(io.BytesIO(to_docx(pair, head(word_file()))))
    assert document.sections[0].header.paragraphs[0].text == "EXAMPLE ORGANISATION"
    assert len(document.tables) == 1


@pytest.mark.parametrize(
    "logo",
    [picture("PNG"), picture("JPEG"), SVG.format(CIRCLE).encode()],
    ids=["png", "jpeg", "svg"],
)
def test_a_logo_and_lines_stand_on_the_page(logo: bytes) -> None:
    letter = letter_by("A. Example")
    made = head(logo=logo, lines=("Example Organisation", "1 Example Street #set text(red)"))
    page = set_page(letter, made)
    assert page.missing == ()
    assert "1 Example Street #set text(red)" in pdf_text(page.pdf)
    assert page.pdf != to_pdf(letter)
    with Image.open(io.BytesIO(to_png(letter, made)[0])) as shown:
        corner = shown.convert("RGB").crop((100, 90, 250, 150)).tobytes()
    blue = any(b > r + 60 for r, b in zip(corner[::3], corner[2::3], strict=True))
    assert blue, "the logo is seen"
    with pypdfium2.PdfDocument(page.pdf) as document:
        assert len(document) == 1


def huge_png(side: int) -> bytes:
    """A picture that says it has so many pixels, in a few bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    size = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


def related(kind: str) -> bytes:
    link = EXTERNAL.format(kind)
    return word_file(
        document_dot_xml_dot_rels=lambda text: text.replace("</Rel", f"{link}</Rel", 1)
    )


def bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "x")
        for number in range(5):
            package.writestr(f"word/{number}.xml", b"\0" * 10_000_000)
    return stream.getvalue()


def renamed_zip() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("holiday.jpg", "x")
    return stream.getvalue()


def locked() -> bytes:
    data = bytearray(word_file())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(mark) + place] |= 1
    return bytes(data)


def field(instruction: str) -> bytes:
    run = f"<w:p><w:r><w:instrText> {instruction} </w:instrText></w:r></w:p>"
    return word_file(header1_dot_xml=lambda text: text.replace("</w:hdr>", f"{run}</w:hdr>"))


OLE = bytes.fromhex("D0CF11E0A1B11AE1")
WORD_FILES = {
    "a renamed ZIP": (renamed_zip(), Fault.NOT_WORD),
    "a bomb": (bomb(), Fault.UNPACKS_TOO_LARGE),
    "50 MB": (b"PK" + b"x" * MAX_FILE, Fault.TOO_LARGE),
    "a password": (OLE + "EncryptedPackage".encode("utf-16-le"), Fault.PROTECTED),
    "a locked ZIP": (locked(), Fault.PROTECTED),
    "a .doc": (OLE + b"WordDocument", Fault.OLD_WORD),
    "a good one": (word_file(), None),
    "a template outside": (related("attachedTemplate"), None),
    "a picture outside": (related("image"), None),
    "a link": (related("hyperlink"), None),
    "a field that fetches": (field('INCLUDEPICTURE "http://outside.example/a.png"'), None),
    "a field that runs": (field("ddeauto c:/outside.example"), None),
    "a field in pieces": (
        field('INCLUDE</w:instrText></w:r><w:r><w:instrText>PICTURE "http://outside.example/"'),
        None,
    ),
    "an endless part": (
        word_file(
            footer1_dot_xml=lambda text: text.replace("</w:ftr>", "<w:p/>" * 10**6 + "</w:ftr>")
        ),
        Fault.TOO_LARGE,
    ),
    "an object": (
        word_file(
            document_dot_xml_dot_rels=lambda text: text.replace(
                "</Rel",
                EXTERNAL.format("oleObject").replace('TargetMode="External"', "") + "</Rel",
                1,
            )
        ),
        None,
    ),
    "entities": (
        word_file(
            styles_dot_xml=lambda text: text.replace("?>", '?><!DOCTYPE x [<!ENTITY a "b">]>', 1)
        ),
        Fault.BROKEN,
    ),
    "cut off": (word_file()[:-500], Fault.BROKEN),
    "text": (b"hello", Fault.NOT_WORD),
    "nothing": (b"", Fault.NOT_WORD),
}


@pytest.mark.parametrize(("data", "fault"), WORD_FILES.values(), ids=WORD_FILES)
def test_what_is_no_letterhead_is_refused_with_its_reason(data: bytes, fault: Fault | None) -> None:
    read = read_letterhead(data)
    if fault is None:
        assert isinstance(read, Taken)
        with zipfile.ZipFile(io.BytesIO(read.word)) as package:
            whole = b"".join(package.read(name) for name in package.namelist())
        assert b"EXAMPLE ORGANISATION" in whole
        assert b"outside.example" not in whole
    else:
        assert isinstance(read, Refused)
        assert read.fault is fault


def test_macros_are_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word_file())) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "[Content_Types].xml":
                main = b"openxmlformats-officedocument.wordprocessingml.document.main+xml"
                data = data.replace(main, b"ms-word.document.macroEnabled.main+xml")
            new.writestr(name, data)
    refused = read_letterhead(stream.getvalue())
    assert isinstance(refused, Refused)
    assert refused.fault is Fault.MACROS


@pytest.mark.parametrize("logo", [picture("PNG"), SVG.format(CIRCLE).encode()], ids=["png", "svg"])
def test_without_a_word_file_the_logo_stands_in_words_header(logo: bytes) -> None:
    made = head(logo=logo, lines=("Example Organisation",))
    document = docx.Document(io.BytesIO(to_docx(letter_by("A. Example"), made)))
    header = document.sections[0].first_page_header
    assert document.sections[0].header.paragraphs[0].text == ""
    assert "Example Organisation" in [p.text for p in header.paragraphs]
    assert header._element.xpath(".//pic:pic")  # noqa: SLF001 -- no public way


def test_letterheads_are_told_apart() -> None:
    letter = letter_by("A. Example")
    one, other = head(lines=("One",)), head(lines=("Other",))
    assert one != other
    assert replace(one) == head(lines=("One",))
    assert to_pdf(letter, one) != to_pdf(letter, other)
    assert to_docx(letter, one) != to_docx(letter, other)


def test_styles_of_the_same_name_for_characters_give_way() -> None:
    document = docx.Document()
    document.styles.add_style("Closing", WD_STYLE_TYPE.CHARACTER)
    stream = io.BytesIO()
    document.save(stream)
    made = head(stream.getvalue())
    assert can_write(made)
    assert docx_text(to_docx(letter_by("A. Example"), made)) == docx_text(
        to_docx(letter_by("A. Example"))
    )


PAGE = re.compile("<w:sectPr.*</w:sectPr>", re.DOTALL)


def test_a_file_without_a_page_gets_one() -> None:
    data = word_file(
        word__document_dot_xml=lambda text: re.sub(
            "<w:sectPr.*</w:sectPr>", "", text, flags=re.DOTALL
        )
    )
    made = head(data)
    assert can_write(made)


def test_letters_on_a_file_that_is_broken_stand_on_our_page() -> None:
    """One that an earlier version kept, say: a letter that is waited for is not refused for it."""
    broken = Letterhead("broken", word=b"PK no document")
    letter = letter_by("A. Example")
    assert docx_text(to_docx(letter, broken)) == docx_text(to_docx(letter))
