"""Files that would take long: counted first, then read in a time that grows with their size."""

from __future__ import annotations

import base64
from datetime import date
from typing import TYPE_CHECKING

import pytest

from bot.letters.faults import Fault, Refused
from bot.reference.saved import MAX_ATTRIBUTES, MAX_PARTS, MAX_TAGS, content_of
from bot.reference.untc import Status, read
from tests.reference.pages import page, shipped, xml

if TYPE_CHECKING:
    from collections.abc import Callable

TODAY = date(2026, 11, 25)
GOOD = page("OPSC", shipped("OPSC"))
XML = xml("OPSC", shipped("OPSC")).replace("ISO-8859-1", "UTF-8")
HEAD = 'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n'


def before_date(text: str) -> str:
    return GOOD.replace('<div id="x_div3">', f'{text}<div id="x_div3">')


def fault_of(text: str) -> Fault | None:
    found = read(text.encode(), TODAY, date(2026, 2, 3))
    return found.fault if isinstance(found, Refused) else None


@pytest.mark.parametrize(
    "make",
    [
        lambda: before_date("<tr>" * 4_500_000),
        lambda: before_date("<form action='ViewDetails'></form>" * (MAX_TAGS // 2)),
        lambda: before_date("<sup>1</sup>" * (MAX_TAGS // 2)),
        lambda: before_date("<!---->" * MAX_TAGS),
        lambda: before_date(f"<p {' '.join(f'a{i}' for i in range(MAX_ATTRIBUTES + 1))}></p>"),
        lambda: GOOD.replace("<tr><td>Austria", "<tr></tr>" * 1001 + "<tr><td>Austria"),
        lambda: XML.replace("<Tbody><Rows>", "<Tbody><Rows>" + "<Row/>" * 2_500_000),
        lambda: XML.replace("<Tbody><Rows>", "<Tbody><Rows>" + "<Row/>" * 1001),
        lambda: HEAD + "--b\r\n\r\n" * (MAX_PARTS + 1),
        lambda: HEAD + "--b\r\ncontent-type: text/plain\r\n\r\nx\r\n" * (MAX_PARTS + 1),
    ],
)
def test_what_has_far_more_in_it_than_a_page_is_refused(make: Callable[[], str]) -> None:
    assert fault_of(make()) is Fault.CROWDED


@pytest.mark.parametrize(
    ("make", "fault"),
    [
        (lambda: before_date(f"<form action='{'ViewDetails' * 400_000}'></form>"), None),
        (lambda: before_date("<p>" + "STATUS AS AT " * 300_000), None),
        (lambda: before_date("<p>" + "STATUS" + " " * 4_000_000), None),
        (lambda: GOOD.replace("Signatories :", ("Signatories" + " " * 2000) * 1000), None),
        (lambda: before_date(f"<input value='{'ab/=' * 1_000_000}'>"), None),
        (
            lambda: GOOD.replace("Optional Protocol", "Optional Protocol " * 200_000),
            Fault.OTHER_TREATY,
        ),
        (lambda: GOOD.replace("11. c", "1" * 4_000_000), Fault.OTHER_TREATY),
        (lambda: GOOD.replace("Austria", "Austria" * 1_000_000), Fault.UNKNOWN),
        (lambda: GOOD.replace("12 Feb\t 2002", "1" * 4_000_000), Fault.CELL),
        (lambda: GOOD.replace("<td>Austria", "<td><table><tr><td>" * 50), Fault.CUT_OFF),
        (lambda: before_date("<div id='y_tcText'>" * 1000 + "x" * 1_000_000), None),
        (
            lambda: XML.replace(
                "<Entry>Austria", "<Entry>Austria" + "&lt;superscript&gt;" * 40_000
            ),
            None,
        ),
        (lambda: XML.replace("<Titlesect>", "<Titlesect>" + "&lt;superscript&gt;" * 40_000), None),
        (lambda: HEAD + "--b\r\n" + "X: y\r\n" * 500_000, Fault.NO_PAGE),
        (
            lambda: (
                HEAD
                + "--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n"
                + "--c\r\n\r\n" * 1000
            ),
            Fault.NO_PAGE,
        ),
    ],
)
def test_what_is_long_is_read_at_once(make: Callable[[], str], fault: Fault | None) -> None:
    """Each of these took minutes; now none takes two seconds."""
    assert fault_of(make()) is fault


def test_what_is_told_of_a_long_text_is_short() -> None:
    for text in (
        GOOD.replace("Optional Protocol", "Optional Protocol " * 9000),
        GOOD.replace("<tr><td>Austria", "<tr><td>Atlantis " + "or so " * 9000),
        GOOD.replace("12 Feb\t 2002", "12 Feb 2002 or so " * 9000),
    ):
        found = read(text.encode(), TODAY)
        assert isinstance(found, Refused)
        assert len(found.what) <= 310
        assert found.what.endswith((" …", "so …", "Protocol …"))


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("base64", base64.encodebytes(GOOD.encode())),
        ("8bit", GOOD.encode()),
        ("Quoted-Printable", GOOD.replace("=", "=3D").encode("ascii", "xmlcharrefreplace")),
    ],
)
def test_the_page_in_a_browsers_single_file_is_found(coding: str, body: bytes) -> None:
    archive = (
        b"From: <Saved by a browser>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n"
        b'\ttype="text/html";\r\n\tboundary="----Part--x----"\r\n\r\n\r\n------Part--x----\r\n'
        b"Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n"
        b"------Part--x----\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: "
        + coding.encode()
        + b"\r\nContent-Location: https://example.org\r\n\r\n"
        + body
        + b"\r\n------Part--x------\r\n"
    )
    found = read(archive, TODAY)
    assert isinstance(found, Status)
    assert len(found.acts) == 186


def test_an_archive_that_is_none_holds_no_page() -> None:
    for text in (HEAD, HEAD + "--b\r\nContent-Type: text/plain\r\n\r\nx", HEAD.replace('"b"', "")):
        assert content_of(text.encode()) == ""
    broken = "--b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\nA"
    assert content_of((HEAD + broken).encode()) == ""
