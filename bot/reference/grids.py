"""From a file to the rows of its one table of participants, whatever the file claims to be."""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from lxml import etree, html

from bot.letters.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_BYTES = 12_000_000
"""The largest of the eighteen pages has some three million."""

MAX_TAGS = 300_000
MAX_ROWS = 20_000
"""A page of three million bytes has some tens of thousands of tags; each costs memory."""

MAX_TITLE = 1000
MAX_FORMS = 20

_TOTALS = {
    "signatories": re.compile(r"Signatories\s*:?\s*(\d{1,4})\b", re.IGNORECASE),
    "parties": re.compile(r"Parties\s*:?\s*(\d{1,4})\b", re.IGNORECASE),
}
_CHARSET = re.compile(rb"charset=[\"']?([A-Za-z0-9_-]+)", re.IGNORECASE)
_MTDSG = re.compile(r"mtdsg_no=([A-Za-z0-9~-]{1,20})")
_NOTE = re.compile(r"<superscript>[^<]*</superscript>", re.IGNORECASE)
_XML_NUMBER = re.compile(r"(?<!\d)(\d{1,2})\s*\.?\s*([a-z]?)\s*\.?\s*$")


@dataclass(frozen=True, slots=True)
class Grid:
    """A page's own words: heading, chapter, number in its address, totals, and the rows.

    A row is participant, signature, action, with blanks made plain and footnotes taken out;
    `headings` are those of the two columns of dates.
    """

    title: str
    chapter: str
    number: str
    status: str
    signatories: int | None
    parties: int | None
    rows: tuple[tuple[str, str, str], ...]
    headings: tuple[str, str] = ("", "")


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
    if data.count(b"<") > MAX_TAGS or data.lower().count(b"<tr") > MAX_ROWS:
        return Fault.TOO_LARGE
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
    if "<" not in text:
        return Fault.NOT_TEXT
    try:
        page = html.document_fromstring(text, parser=html.HTMLParser(huge_tree=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return Fault.NO_PAGE
    tables = [one for one in page.iter("table") if one.get("id", "").endswith("_tblgrid")]
    number = _number_in_address(page)
    if len(tables) != 1:
        found_heading = bool(re.search(r"status\s+as\s+at\s*:", text, re.IGNORECASE))
        return Fault.CUT_OFF if found_heading and "</html>" not in text.lower() else Fault.NO_PAGE
    if any("ViewDetails" in one and "clang=_fr" in one for one in _actions(page)):
        return Fault.OTHER_LANGUAGE
    if "</html>" not in text.lower():
        return Fault.CUT_OFF
    etree.strip_elements(page, "sup", with_tail=False)
    before = _text_by_id(page, "_tcTreaty")
    chapter = re.search(r"CHAPTER\s+([IVXL]+)", _text_by_id(page, "_tcHead", having="CHAPTER"))
    status = _text_by_id(page, "_div3")[:MAX_TITLE]
    totals = _text_by_id(page, "_tcText", having="Parties")[:MAX_TITLE]
    cells = [
        tuple(_plain(_text(cell)) for cell in row if cell.tag in {"td", "th"})
        for row in tables[0].iter("tr")
    ]
    return _grid((before[:MAX_TITLE], chapter[1] if chapter else "", number, status), totals, cells)


def _actions(page: html.HtmlElement) -> list[str]:
    """The addresses of a page's first forms, the one that it was served from among them."""
    forms = islice(page.iter("form"), MAX_FORMS)
    return [str(form.get("action", ""))[:MAX_TITLE] for form in forms]


def _number_in_address(page: html.HtmlElement) -> str:
    """The treaty's number as the Collection writes it, however the address does: iv-4, IV~4."""
    found = next(filter(None, map(_MTDSG.search, _actions(page))), None)
    if found is None:
        return ""
    chapter, *rest = found[1].replace("~", "-").split("-")
    return "-".join((chapter.upper(), *(part.lower() for part in rest)))


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
    header = root.find(".//Header")
    area = header if header is not None else root
    said = _NOTE.sub("", _text(area))[: 20 * MAX_TITLE]
    status = re.search(r"status\s+as\s+at[^<\n]{0,60}", said, re.IGNORECASE)
    title = _NOTE.sub("", " ".join(_text(one) for one in area.iter("Titlesect")))[:MAX_TITLE]
    totals = " ".join(
        f"{tag}: {_text(one)} " for tag in ("Signatories", "Parties") for one in area.iter(tag)
    )
    totals = re.sub(r"(Signatories|Parties): \s*(?:Signatories|Parties)\s*:?", r"\1:", totals)
    chapter = re.search(r"CHAPTER\s+([IVXL]+)", said)
    number = _xml_number(said, title.strip(), chapter[1] if chapter else "")
    return _grid(
        (title, chapter[1] if chapter else "", number, status[0] if status else ""), totals, cells
    )


def _xml_number(said: str, title: str, chapter: str) -> str:
    """The treaty's number from what stands before its title: "CHAPTER IV HUMAN RIGHTS 11 d ...".

    "-" where there is none: by its title alone no file is known. A title that begins with its
    number says it itself.
    """
    if title[:1].isdigit():
        return ""
    found = _XML_NUMBER.search(said[: said.find(title)].rstrip()) if title in said else None
    if found is None or not title or not chapter:
        return "-"
    return f"{chapter}-{found[1]}{f'-{found[2]}' if found[2] else ''}"


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
        title,
        chapter,
        number,
        status,
        figures["signatories"],
        figures["parties"],
        tuple(rows),
        (head[1], head[2]),
    )


def _text(element: etree._Element) -> str:
    return "".join(str(part) for part in element.itertext())


def _plain(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())
