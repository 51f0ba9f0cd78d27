"""From a file to the rows of its one table of participants, whatever the file claims to be."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from lxml import etree, html

from bot.letters.faults import Fault
from bot.reference.saved import content_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MAX_ROWS = 1000
"""There are some two hundred participants, more than half of them States on every page."""

MOST_ALIKE = 40
"""So many elements are looked at whose ids end alike; on a page they are about a dozen."""

LONGEST_ADDRESS = 2000

# Blanks have been made one by then: no pattern meets a run of them.
_TOTALS = {
    "signatories": re.compile(r"Signatories ?:? ?(\d{1,4})\b", re.IGNORECASE),
    "parties": re.compile(r"Parties ?:? ?(\d{1,4})\b", re.IGNORECASE),
}
_CHAPTER = re.compile(r"\bCHAPTER ([IVXL]+)\b", re.IGNORECASE)
_STATUS = re.compile(r"status as at[^<]{0,60}", re.IGNORECASE)
_MARKUP = re.compile(r"<(?:!doctype|html|head|body|div|table)\b", re.IGNORECASE)
_NUMBER_ALONE = re.compile(r"(?:^| )(\d{1,3}) ?\.? ?(?:([a-z]) ?\.?)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Grid:
    """A page's own words: heading, chapter, number (IV-11-c) in its address, totals, the rows.

    A row is participant, signature, action, with blanks made plain and footnotes taken out; `heads`
    are the headings of the latter two. In XML `number` is what stands before the title.
    """

    title: str
    chapter: str
    number: str
    status: str
    signatories: int | None
    parties: int | None
    heads: tuple[str, str]
    rows: tuple[tuple[str, str, str], ...]


def grid_of(data: bytes) -> Grid | Fault:
    """The table of a page in HTML, MHTML or XML."""
    content = content_of(data)
    if isinstance(content, Fault):
        return content
    return _html(content) if isinstance(content, str) else _xml(content)


def _html(text: str) -> Grid | Fault:
    if not text.strip():
        return Fault.NO_PAGE
    try:
        parser = html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True)
        page = html.document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return Fault.NO_PAGE
    tables = [one for one in page.iter("table") if one.get("id", "").endswith("_tblgrid")]
    if len(tables) != 1:
        found_heading = bool(re.search(r"status\s+as\s+at\s*:", text, re.IGNORECASE))
        if found_heading and not _MARKUP.search(text):
            return Fault.SAVED_AS_TEXT
        return Fault.CUT_OFF if found_heading and "</html>" not in text.lower() else Fault.NO_PAGE
    asked = _asked(page)
    if asked.get("clang") == "_fr":
        return Fault.OTHER_LANGUAGE
    if "</html>" not in text.lower():
        return Fault.CUT_OFF
    etree.strip_elements(page, "sup", with_tail=False)
    chapter = _CHAPTER.search(_text_by_id(page, "_tcHead", having="CHAPTER"))
    # These words stand elsewhere too; the page's own are in an element of their own.
    status = _STATUS.search(_text_by_id(page, "_div3", having="STATUS AS AT"))
    cells = [
        tuple(_plain(_text(cell)) for cell in row if cell.tag in {"td", "th"})
        for row in islice(_rows(tables[0]), MAX_ROWS + 1)
    ]
    return _grid(
        Said(
            _text_by_id(page, "_tcTreaty"),
            chapter[1].upper() if chapter else "",
            _folded(asked.get("mtdsg_no", "")),
            status[0] if status else "",
            _text_by_id(page, "_tcText", having="Parties"),
        ),
        cells,
    )


def _rows(table: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """The table's own rows: a browser may have put a body around them, a cell may hold a table."""
    for row in table.iter("tr"):
        if next(row.iterancestors("table")) is table:
            yield row


def _asked(page: html.HtmlElement) -> dict[str, str]:
    """What the page's own address asked for: its form is sent back to it."""
    for form in page.iter("form"):
        action = str(form.get("action", ""))
        if len(action) <= LONGEST_ADDRESS and "viewdetails" in action.lower():
            asked = parse_qs(urlsplit(action).query)
            return {name.lower(): values[0] for name, values in asked.items()}
    return {}


def _folded(number: str) -> str:
    """A treaty's number as the Collection writes it: iv~11~C is IV-11-c."""
    chapter, *others = number.strip().replace("~", "-").split("-")
    return "-".join([chapter.upper(), *(one.lower() for one in others)])


def _text_by_id(page: html.HtmlElement, end: str, having: str = "") -> str:
    alike = (one for one in page.iter("div", "span", "td") if str(one.get("id", "")).endswith(end))
    for element in islice(alike, MOST_ALIKE):
        text = _plain(_text(element))
        if having in text:
            return text
    return ""


def _xml(data: bytes) -> Grid | Fault:
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
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
    rows = (row for part in ("Thead", "Tbody") for row in group.iterfind(f".//{part}//Row"))
    cells = [
        tuple(_plain(_without_notes(_text(entry))) for entry in row.iterfind("Entry"))
        for row in islice(rows, MAX_ROWS + 1)
    ]
    header = root.find(".//ExternalData")
    area = header if header is not None else root
    title = area.find(".//Titlesect")
    if title is None:
        return Fault.NO_TREATY
    before = _before(root, title)
    chapter = _CHAPTER.search(before)
    number = _NUMBER_ALONE.search(before[-LONGEST_ADDRESS:])
    status = _STATUS.search(f"{before} {_plain(_text(area))}" if header is not None else before)
    totals = " ".join(
        f"{tag}: {_plain(_text(one)).removeprefix(tag).lstrip(' :')} "
        for tag in ("Signatories", "Parties")
        for one in islice(area.iter(tag), MOST_ALIKE)
    )
    return _grid(
        Said(
            _plain(_without_notes(_text(title))),
            chapter[1].upper() if chapter else "",
            _folded("-".join([chapter[1], *filter(None, number.groups())]))
            if chapter and number
            else "",
            status[0] if status else "",
            _plain(totals),
        ),
        cells,
    )


def _before(root: etree._Element, title: etree._Element) -> str:
    """All that stands before the title: chapter, its name, number, letter, each in its element."""
    found: list[str] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if element is title:
            break
        found.append((element.text if event == "start" else element.tail) or "")
    return _plain(_without_notes(" ".join(found)))


def _without_notes(text: str) -> str:
    """The text without its footnotes' numbers, which are marked up in the text itself."""
    first, *others = re.split("<superscript>", text, flags=re.IGNORECASE)
    ends = (re.split("</superscript>", one, maxsplit=1, flags=re.IGNORECASE) for one in others)
    return first + "".join(one[-1] for one in ends)


@dataclass(frozen=True, slots=True)
class Said:
    """What stands above a table: see `Grid`."""

    title: str
    chapter: str
    number: str
    status: str
    totals: str


def _grid(said: Said, cells: Sequence[tuple[str, ...]]) -> Grid | Fault:
    """The rows below headings that are those of a status page."""
    if len(cells) > MAX_ROWS:
        return Fault.CROWDED
    head, *body = [row for row in cells if row] or [()]
    if len(head) < 3 or not head[0].startswith("Participant") or "Signature" not in head[1]:  # noqa: PLR2004 -- name, signature, action
        return Fault.NO_PAGE
    rows = [(row[0], row[1], row[2]) for row in body if len(row) > 2 and row[0]]  # noqa: PLR2004 -- the same
    if len(rows) != len([row for row in body if any(row)]):
        return Fault.CUT_OFF
    found = {key: pattern.search(said.totals) for key, pattern in _TOTALS.items()}
    figures = {key: int(match[1]) if match else None for key, match in found.items()}
    return Grid(
        said.title,
        said.chapter,
        said.number,
        said.status,
        figures["signatories"],
        figures["parties"],
        (head[1], head[2]),
        tuple(rows),
    )


def _text(element: etree._Element) -> str:
    return "".join(str(part) for part in element.itertext())


def _plain(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())
