"""A Word file as a letterhead: what of it stands on a letter, and what never does."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Cm
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bot.documents.letterheads import read_letterhead
from bot.documents.word import to_docx
from bot.letters.bilingual import Bilingual
from bot.letters.letterhead import Fault, LeftOut, Letterhead, Refused, Taken, letterhead
from bot.letters.model import Language
from tests.documents.test_formats import docx_text, letter_by
from tests.documents.word_files import (
    COSTLY,
    FETCHING,
    HIDDEN,
    KEPT,
    ODD,
    REFUSED,
    SHOWN,
    many_styles,
    shape,
)
from tests.documents.word_parts import (
    MARK,
    OUTSIDE,
    STYLES,
    drawing,
    field,
    packed,
    paragraph,
    picture,
    relation,
    text,
    unpacked,
    with_picture,
    word_file,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

LETTER = letter_by("A. Example")


def taken(data: bytes) -> Taken:
    found = read_letterhead(data)
    assert isinstance(found, Taken), found
    return found


def head(data: bytes) -> Letterhead:
    made = letterhead(taken(data).word, None, ())
    assert made
    return made


def on_paper(data: bytes, *, later: bool = False) -> str:
    """What header and footer of a letter on the file show, on its first page or a later one."""
    page = docx.Document(io.BytesIO(to_docx(LETTER, head(data)))).sections[0]
    first = page.different_first_page_header_footer and not later
    shown = (
        (page.first_page_header, page.first_page_footer) if first else (page.header, page.footer)
    )
    return "\n".join(
        str(words.text)
        for one in shown
        for words in one._element.iter(qn("w:t"))  # noqa: SLF001 -- no public way
    )


def parts_of(document: docx.document.Document) -> Iterator[etree._Element]:
    for relation_ in document.part.rels.values():
        if relation_.reltype.endswith(("/header", "/footer")):
            yield relation_.target_part.element


def whole(data: bytes) -> bytes:
    return b"\n".join(name.encode() + b"\n" + part for name, part in unpacked(data).items())


@pytest.mark.parametrize("data", HIDDEN.values(), ids=HIDDEN)
def test_what_hides_in_a_file_does_not_travel(data: bytes) -> None:
    assert MARK.encode() in whole(data), "or the test finds nothing, whatever the letter holds"
    kept = head(data)
    for found in (kept.word, to_docx(LETTER, kept)):
        assert MARK.encode() not in whole(found)
        assert MARK.encode("utf-16-le") not in whole(found)


@pytest.mark.parametrize("data", FETCHING.values(), ids=FETCHING)
def test_nothing_on_a_letter_is_fetched_from_outside(data: bytes) -> None:
    assert OUTSIDE.encode() in whole(data) or b"</w:instrText></w:r><w:r>" in whole(data)
    letter = to_docx(LETTER, head(data))
    said = whole(letter)
    assert OUTSIDE.encode() not in said
    assert b"TargetMode" not in said
    for root in parts_of(docx.Document(io.BytesIO(letter))):
        assert not list(root.iter(qn("w:instrText"), qn("w:fldChar")))
        fields = [one.get(qn("w:instr")) for one in root.iter(qn("w:fldSimple"))]
        assert fields in ([], ["PAGE", "NUMPAGES"]), "only our own numbers of pages"


@pytest.mark.parametrize("data", SHOWN.values(), ids=SHOWN)
def test_what_is_shown_stays(data: bytes) -> None:
    if b"v:textpath" in whole(data):
        assert KEPT.encode() in whole(to_docx(LETTER, head(data)))
    else:
        assert on_paper(data).count(KEPT) == 1
        assert on_paper(data, later=True).count(KEPT) == 1


@pytest.mark.parametrize(
    "instruction",
    [
        "PAGE",
        " page ",
        " PAGE  \\* MERGEFORMAT ",
        "NUMPAGES \\* Arabic",
        "SectionPages",
        'DATE \\@ "d MMMM yyyy"',
        "DATE \\@ \"d 'de' MMMM 'de' yyyy\" \\* MERGEFORMAT",
        "TIME \\@ HH:mm",
    ],
)
def test_fields_that_count_pages_or_tell_the_day_stay(instruction: str) -> None:
    pieces = re.findall("..?", instruction)
    split = paragraph(
        '<w:fldChar w:fldCharType="begin"/>',
        *[f'<w:instrText xml:space="preserve">{piece}</w:instrText>' for piece in pieces],
        '<w:fldChar w:fldCharType="separate"/>',
        text("7"),
        '<w:fldChar w:fldCharType="end"/>',
    )
    for header in (field(instruction, "7"), split):
        document = docx.Document(io.BytesIO(to_docx(LETTER, head(word_file(header)))))
        root = document.sections[0].header._element  # noqa: SLF001 -- no public way
        said = "".join(one.text or "" for one in root.iter(qn("w:instrText")))
        assert said == instruction
        assert len(list(root.iter(qn("w:fldChar")))) == 3
    said = quoteattr(instruction)
    short = f"<w:p><w:fldSimple w:instr={said}><w:r>{text('7')}</w:r></w:fldSimple></w:p>"
    assert b"w:fldSimple" in unpacked(to_docx(LETTER, head(word_file(short))))["word/header1.xml"]


@pytest.mark.parametrize("data", ODD.values(), ids=ODD)
def test_what_is_odd_and_harmless_is_taken(data: bytes) -> None:
    assert "EXAMPLE ORGANISATION" in on_paper(data)
    page = docx.Document(io.BytesIO(to_docx(LETTER, head(data)))).sections[0]
    assert page.page_width
    assert page.left_margin
    assert page.right_margin is not None
    assert page.page_width - page.left_margin - page.right_margin > Cm(5)


@pytest.mark.parametrize(("data", "fault"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_letterhead_is_refused_with_its_reason(data: bytes, fault: Fault) -> None:
    assert read_letterhead(data) == Refused(fault)


@pytest.mark.parametrize("data", COSTLY.values(), ids=COSTLY)
def test_what_would_cost_much_is_made_small(data: bytes) -> None:
    found = taken(data)
    parts = unpacked(found.word)
    assert sum(len(part) for part in parts.values()) < 2_000_000
    assert parts["word/styles.xml"].count(b"<w:style ") <= 300
    assert "DEMARCHE" not in docx_text(to_docx(LETTER, letterhead(found.word, None, ())))


def test_of_many_styles_those_in_use_stay_with_what_they_are_based_on() -> None:
    used = paragraph(text("x"), properties='<w:pPr><w:pStyle w:val="s200"/></w:pPr>')
    more = unpacked(many_styles(1000))["word/styles.xml"].decode()
    styles = more[more.index("<w:docDefaults") : more.rindex("</w:styles>")]
    kept = unpacked(taken(word_file(used, styles=styles)).word)["word/styles.xml"].decode()
    ids = re.findall('w:styleId="(s[0-9]+)"', kept)
    assert sorted(ids, key=lambda one: int(one[1:])) == [f"s{number}" for number in range(201)]


def test_letters_stand_on_the_organisations_own_page_and_styles() -> None:
    letter = letter_by("A. Example", language=Language.FR)
    data = to_docx(letter, head(word_file()))
    document = docx.Document(io.BytesIO(data))
    page = document.sections[0]
    assert page.header.paragraphs[0].text == "EXAMPLE ORGANISATION"
    assert page.footer.paragraphs[0].text == "1 Example Street"
    assert page.left_margin
    assert abs(page.left_margin.mm - 41) < 0.1
    assert b'w:ascii="Georgia"' in unpacked(data)["word/styles.xml"]
    assert docx_text(data) == docx_text(to_docx(letter))
    assert document.core_properties.author == ""
    assert data == to_docx(letter, head(word_file()))


def test_the_first_page_and_even_pages_have_their_own() -> None:
    data = word_file(
        section='<w:headerReference w:type="first" r:id="rId8"/>'
        '<w:headerReference w:type="even" r:id="rId1"/><w:titlePg/>',
        settings="<w:evenAndOddHeaders/>",
        relations=relation("header", "first.xml", "rId8"),
        parts={
            "word/first.xml": unpacked(word_file(paragraph(text("FIRST"))))["word/header1.xml"],
        },
    )
    document = docx.Document(io.BytesIO(to_docx(LETTER, head(data))))
    page = document.sections[0]
    assert page.different_first_page_header_footer
    assert page.first_page_header.paragraphs[0].text == "FIRST"
    assert page.even_page_header.paragraphs[0].text == "EXAMPLE ORGANISATION"
    assert document.settings.odd_and_even_pages_header_footer


@pytest.mark.parametrize(
    ("kind", "mode", "kept"),
    [
        ("PNG", "RGB", "PNG"),
        ("PNG", "RGBA", "PNG"),
        ("PNG", "P", "PNG"),
        ("PNG", "1", "PNG"),
        ("PNG", "LA", "PNG"),
        ("PNG", "I;16", "PNG"),
        ("JPEG", "RGB", "JPEG"),
        ("JPEG", "CMYK", "JPEG"),
        ("GIF", "P", "PNG"),
        ("BMP", "RGB", "PNG"),
        ("TIFF", "CMYK", "PNG"),
    ],
)
def test_pictures_are_drawn_anew(kind: str, mode: str, kept: str) -> None:
    found = taken(with_picture(picture(kind, mode, (2100, 525))))
    assert found.left_out == ()
    (name,) = [name for name in unpacked(found.word) if "/media/" in name]
    with Image.open(io.BytesIO(unpacked(found.word)[name])) as image:
        assert image.format == kept
        assert image.width <= 2000
        assert image.width == 4 * image.height


def test_a_picture_keeps_its_colours_and_its_place() -> None:
    stream = io.BytesIO()
    Image.new("RGBA", (30, 10), (20, 80, 160, 128)).save(stream, "PNG")
    for data in (with_picture(stream.getvalue()), shape()):
        parts = unpacked(taken(data).word)
        assert b"word/media" not in parts["word/header1.xml"]
        assert b'media/image1.png"' in parts["word/_rels/header1.xml.rels"]
    parts = unpacked(taken(with_picture(stream.getvalue())).word)
    assert b'cx="900000"' in parts["word/header1.xml"]
    with Image.open(io.BytesIO(parts["word/media/image1.png"])) as image:
        assert image.getpixel((1, 1)) == (20, 80, 160, 128)


EMF = b"\x01\x00\x00\x00" + b"\x00" * 36 + b" EMF" + b"\x00" * 60
CHART = drawing().replace("</pic:pic>", "</pic:pic><c:chart xmlns:c='urn:c'/>")
LEFT_OUT = {
    "an EMF": (with_picture(EMF), LeftOut.METAFILES),
    "a WMF": (with_picture(b"\xd7\xcd\xc6\x9a" + b"\x00" * 60), LeftOut.METAFILES),
    "a damaged picture": (with_picture(picture("PNG")[:-60]), LeftOut.PICTURES),
    "a picture of a kind unknown": (with_picture(b"RIFF\x00\x00\x00\x00WEBP"), LeftOut.PICTURES),
    "too many pixels": (with_picture(picture("PNG", "1", (9000, 9000))), LeftOut.PICTURES),
    "a linked picture": (
        word_file(
            paragraph(text("x"), drawing()),
            head_relations=relation("image", "http://outside.example/a.png", outside=True),
        ),
        LeftOut.OUTSIDE,
    ),
    "a chart": (
        word_file(paragraph(text("x")) + paragraph("<c:chart xmlns:c='urn:c'/>")),
        LeftOut.DRAWINGS,
    ),
    "an object": (
        word_file(paragraph(text("x"), "<w:object><o:OLEObject/></w:object>")),
        LeftOut.OBJECTS,
    ),
    "a letterhead in the text": (
        word_file(paragraph(), footer=paragraph(), body=paragraph(text("EXAMPLE"))),
        LeftOut.BODY,
    ),
}


@pytest.mark.parametrize(("data", "left_out"), LEFT_OUT.values(), ids=LEFT_OUT)
def test_what_was_left_out_is_told(data: bytes, left_out: LeftOut) -> None:
    found = taken(data)
    assert left_out in found.left_out
    assert not [name for name in unpacked(found.word) if "/media/" in name]
    assert b"<w:drawing" not in whole(found.word)


def test_a_picture_for_all_programs_stands_for_an_emf() -> None:
    header = paragraph(
        f'<mc:AlternateContent><mc:Choice Requires="x">{drawing("rId8")}</mc:Choice>'
        f"<mc:Fallback>{drawing()}</mc:Fallback></mc:AlternateContent>"
    )
    data = word_file(
        header,
        head_relations=relation("image", "media/a.png") + relation("image", "media/b.emf", "rId8"),
        parts={"word/media/a.png": picture("PNG"), "word/media/b.emf": EMF},
    )
    assert taken(data).left_out == ()


def test_an_object_of_a_file_kept_before_is_made_anew() -> None:
    """What an earlier version kept as it came does not travel either."""
    old = letterhead(HIDDEN["revision numbers"], None, ())
    letter = to_docx(LETTER, old)
    assert MARK.encode() not in whole(letter)
    assert b"kept" in unpacked(letter)["word/header1.xml"]
    assert docx_text(to_docx(LETTER, letterhead(b"PK no document", None, ()))) == docx_text(
        to_docx(LETTER)
    )


def test_a_letterhead_made_anew_is_made_the_same() -> None:
    for data in (*SHOWN.values(), with_picture(picture("PNG")), shape()):
        once = taken(data)
        again = taken(once.word)
        assert unpacked(again.word).keys() == unpacked(once.word).keys()
        for name, part in unpacked(once.word).items():
            if name.endswith(".xml"):
                assert unpacked(again.word)[name] == part, name


def test_styles_of_the_same_name_for_characters_give_way() -> None:
    document = docx.Document()
    document.styles.add_style("Closing", WD_STYLE_TYPE.CHARACTER)
    stream = io.BytesIO()
    document.save(stream)
    data = to_docx(LETTER, head(stream.getvalue()))
    assert docx_text(data) == docx_text(to_docx(LETTER))
    closing = docx.Document(io.BytesIO(data)).styles["Closing"]
    assert closing.type is WD_STYLE_TYPE.PARAGRAPH


@given(
    st.sampled_from(sorted(unpacked(shape()))),
    st.integers(0, 4000),
    st.integers(0, 40),
    st.sampled_from([b"", b"<", b">", b'"', b"w:", b"/", b"\x00", b"\xff\xfe", b"rId1", b"-1"]),
)
def test_whatever_a_file_holds_it_is_taken_or_refused(
    name: str, place: int, length: int, other: bytes
) -> None:
    parts = unpacked(shape())
    part = parts[name]
    place %= len(part) + 1
    parts[name] = part[:place] + other + part[place + length :]
    assert isinstance(read_letterhead(packed(parts)), Taken | Refused)


def test_a_bilingual_letter_has_it_too() -> None:
    other = letter_by("A. Example", language=Language.ES)
    for beside in (False, True):
        pair = Bilingual(LETTER, other, beside=beside)
        document = docx.Document(io.BytesIO(to_docx(pair, head(word_file()))))
        assert document.sections[0].header.paragraphs[0].text == "EXAMPLE ORGANISATION"
        assert len(document.tables) == beside


def test_letters_on_different_files_differ() -> None:
    one, other = head(word_file()), head(word_file(paragraph(text("OTHER"))))
    assert one != other
    assert to_docx(LETTER, one) != to_docx(LETTER, other)
    assert replace(one) == head(word_file())
    assert STYLES
