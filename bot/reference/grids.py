"""From a file to the rows of its one table of participants, whatever the file claims to be."""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree, html

from bot.letters.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_BYTES = 20_000_000
"""The largest of the eighteen pages has some three million."""

_TOTALS = {
    "signatories": re.compile(r"Signatories\s*:?\s*(\d{1,4})\b", re.IGNORECASE),
    "parties": re.compile(r"Parties\s*:?\s*(\d{1,4})\b", re.IGNORECASE),
}
_CHARSET = re.compile(rb"charset=[\"']?([A-Za-z0-9_-]+)", re.IGNORECASE)
_MTDSG = re.compile(r"mtdsg_no=([A-Za-z0-9-]+)")
_NOTE = re.compile(r"<superscript>.*?</superscript>", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Grid:
    """A page's own words: heading, chapter, number in its address, totals, and the rows.

    A row is participant, signature, action, with blanks made plain and footnotes taken out.
    """

    title: str
    chapter: str
    number: str
    status: str
    signatories: int | None
    parties: int | None
    rows: tuple[tuple[str, str, str], ...]


def grid_of(data: bytes) -> Grid | Fault:
    """The table of a page in HTML, MHTML or XML."""
    if len(data) > MAX_BYTES:
        return Fault.TOO_LARGE
    if data[:4] in {b"\xd0\xcf\x11\xe0", b"PK\x03\x04"}:
        return Fault.SPREADSHEET
    if data[:4] == b"%PDF" or (
        b"\x00" in data[:2000] and data[:2] not in {b"\xff\xfe", b"\xfe\xff"}
    ):
        return Fault.NOT_TEXT
    if data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<?xml") and b"<Treaty" in data:
        return _xml(data.lstrip(b"\xef\xbb\xbf \r\n\t"))
    if b"multipart/related" in data[:4000].lower():
        data = _page_of_archive(data)
    text = _decoded(data)
    return _html(text) if text is not None else Fault.ENCODING


MAX_PARTS = 2000
"""A page is saved with its pictures and styles, some dozens; of very many the reading is slow."""


def _page_of_archive(data: bytes) -> bytes:
    """The page itself out of a browser's single-file form (MHTML)."""
    if data.count(b"Content-Type:") > MAX_PARTS:
        return b""
    message = email.message_from_bytes(data, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            content = part.get_payload(decode=True)
            return content if isinstance(content, bytes) else b""
    return b""


def _decoded(data: bytes) -> str | None:
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        encoding = "utf-16"
    else:
        declared = _CHARSET.search(data[:5000])
        encoding = declared[1].decode("ascii") if declared else "utf-8"
    for one in dict.fromkeys(("utf-8-sig", encoding)):
        try:
            return data.decode(one)
        except (UnicodeDecodeError, LookupError):
            continue
    return None


def _html(text: str) -> Grid | Fault:
    if not text.strip():
        return Fault.NO_PAGE
    try:
        page = html.document_fromstring(text, parser=html.HTMLParser(huge_tree=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return Fault.NO_PAGE
    tables = [one for one in page.iter("table") if one.get("id", "").endswith("_tblgrid")]
    number = _number_in_address(page)
    if len(tables) != 1:
        found_heading = bool(re.search(r"status\s+as\s+at\s*:", text, re.IGNORECASE))
        return Fault.CUT_OFF if found_heading and "</html>" not in text.lower() else Fault.NO_PAGE
    if re.search(r"ViewDetails[^\"']*clang=_fr", _action(page)):
        return Fault.OTHER_LANGUAGE
    if "</html>" not in text.lower():
        return Fault.CUT_OFF
    etree.strip_elements(page, "sup", with_tail=False)
    before = _text_by_id(page, "_tcTreaty")
    chapter = re.search(r"CHAPTER\s+([IVXL]+)", _text_by_id(page, "_tcHead", having="CHAPTER"))
    status = re.search(r"status\s+as\s+at[^<]{0,60}", text, re.IGNORECASE)
    totals = _text_by_id(page, "_tcText", having="Parties")
    cells = [
        tuple(_plain(_text(cell)) for cell in row if cell.tag in {"td", "th"})
        for row in tables[0].iter("tr")
    ]
    return _grid(
        (before, chapter[1] if chapter else "", number, status[0] if status else ""), totals, cells
    )


def _action(page: html.HtmlElement) -> str:
    return " ".join(str(form.get("action", "")) for form in page.iter("form"))


def _number_in_address(page: html.HtmlElement) -> str:
    found = _MTDSG.search(_action(page))
    return found[1] if found else ""


def _text_by_id(page: html.HtmlElement, end: str, having: str = "") -> str:
    for element in page.iter("div", "span", "td"):
        if str(element.get("id", "")).endswith(end):
            text = _text(element)
            if having in text:
                return text
    return ""


def _xml(data: bytes) -> Grid | Fault:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        text = str(error).lower()
        broken = "encod" in text or "utf-8" in text or "input is not proper" in text
        return Fault.ENCODING if broken else Fault.CUT_OFF
    etree.strip_elements(root, "superscript", with_tail=False)
    group = root.find(".//Participants//TGroup")
    if group is None:
        return Fault.NO_PAGE
    cells = [
        tuple(_plain(_NOTE.sub("", _text(entry))) for entry in row.iter("Entry"))
        for row in (*group.findall(".//Thead//Row"), *group.findall(".//Tbody//Row"))
    ]
    whole = _text(root)
    status = re.search(r"status\s+as\s+at[^<\n]{0,60}", whole, re.IGNORECASE)
    header = root.find(".//ExternalData")
    area = header if header is not None else root
    title = " ".join(_text(one) for one in area.iter("Titlesect"))
    totals = " ".join(
        f"{tag}: {_text(one)} " for tag in ("Signatories", "Parties") for one in area.iter(tag)
    )
    totals = re.sub(r"(Signatories|Parties): \s*(?:Signatories|Parties)\s*:?", r"\1:", totals)
    chapter = re.search(r"CHAPTER\s+([IVXL]+)", whole)
    return _grid(
        (_NOTE.sub("", title), chapter[1] if chapter else "IV", "", status[0] if status else ""),
        totals,
        cells,
    )


def _grid(
    said: tuple[str, str, str, str], totals: str, cells: Iterable[tuple[str, ...]]
) -> Grid | Fault:
    """The rows below headings that are those of a status page."""
    head, *body = [row for row in cells if row] or [()]
    if len(head) < 3 or not head[0].startswith("Participant") or "Signature" not in head[1]:  # noqa: PLR2004 -- name, signature, action
        return Fault.NO_PAGE
    rows = [(row[0], row[1], row[2]) for row in body if len(row) > 2 and row[0]]  # noqa: PLR2004 -- the same
    if len(rows) != len([row for row in body if any(row)]):
        return Fault.CUT_OFF
    found = {key: pattern.search(totals) for key, pattern in _TOTALS.items()}
    figures = {key: int(match[1]) if match else None for key, match in found.items()}
    title, chapter, number, status = said
    return Grid(
        title, chapter, number, status, figures["signatories"], figures["parties"], tuple(rows)
    )


def _text(element: etree._Element) -> str:
    return "".join(str(part) for part in element.itertext())


def _plain(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())
