"""A status page in HTML: its words, and the one table of participants among its many."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from lxml import etree, html

from bot.letters.faults import Fault
from bot.reference.tables import (
    CHAPTER,
    LONGEST_ADDRESS,
    LONGEST_NOTE,
    LONGEST_TEXT,
    MAX_CELLS,
    MAX_ROWS,
    MOST_ALIKE,
    MOST_NOTES,
    STATUS,
    About,
    Grid,
    Said,
    folded_number,
    grid_from,
    plain,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARKUP = re.compile(r"<(?:!doctype|html|head|body|div|table)\b", re.IGNORECASE)
Named = list[tuple[str, html.HtmlElement]]

ENDS = ("_tcTreaty", "_tcHead", "_div3", "_tcText", "_tcEifLabel")
"""How the ids end of what is read by its name."""

MOST_STEPS, MOST_READ, STEP = 1000, 3_000_000, 30
"""So many steps are taken through a note, and so much is read for all: a page has less. A step
costs what so many letters do."""

LONGEST_PART = 2_200_000
"""Of a text in one piece: blanks may be most of it."""

_BLANKS = re.compile(r"\s{2,}")
_TO_NOTE = re.compile(r"#(\d{1,3})$")


def html_grid(text: str, *, french: bool = False) -> Grid | Fault:
    """What a page says. The French one is wanted for its title alone: it gives no rows."""
    if not text.strip():
        return Fault.NO_PAGE
    try:
        parser = html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True)
        page = html.document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return Fault.NO_PAGE
    tables = [one for one in page.iter("table") if one.get("id", "").endswith("_tblgrid")]
    named = _named(page)
    title = _text_by_id(named, "_tcTreaty")
    if len(tables) != 1:
        found_heading = bool(re.search(r"status\s+as\s+at\s*:", text, re.IGNORECASE))
        if found_heading and not _MARKUP.search(text):
            return Fault.SAVED_AS_TEXT
        if found_heading and "</html>" not in text.lower():
            return Fault.CUT_OFF
        if not title:
            return Fault.NO_PAGE
    asked = _asked(page)
    language = asked.get("clang", asked.get("lang", ""))
    if language.strip("_").lower().startswith("fr") is not french:
        return Fault.OTHER_LANGUAGE
    if "</html>" not in text.lower():
        return Fault.CUT_OFF
    notes = {} if french else _notes(page)
    rows = list(islice(_rows(tables[0]), MAX_ROWS + 1)) if len(tables) == 1 and not french else []
    noted = [_noted(row) for row in rows]
    etree.strip_elements(page, "sup", with_tail=False)
    cells = [
        tuple(plain(_text(cell)) for cell in islice(row, MAX_CELLS) if cell.tag in {"td", "th"})
        for row in rows
    ]
    return grid_from(_said(named, asked), cells, noted, notes)


def _said(named: Named, asked: dict[str, str]) -> Said:
    chapter = CHAPTER.search(_text_by_id(named, "_tcHead", having="CHAP"))
    # These words stand elsewhere too; the page's own are in an element of their own.
    status = STATUS.search(_text_by_id(named, "_div3", having="STATUS AS AT"))
    totals = _text_by_id(named, "_tcText", within="rptStatus") or _text_by_id(
        named, "_tcText", having="Parties"
    )
    return Said(
        _text_by_id(named, "_tcTreaty"),
        chapter[1].upper() if chapter else "",
        folded_number(asked.get("mtdsg_no", "")),
        status[0] if status else "",
        totals,
        About(
            _text_by_id(named, "_tcText", within="rptTreaty")[:LONGEST_NOTE],
            _text_by_id(named, "_tcEifLabel")[:LONGEST_NOTE],
            _text_by_id(named, "_tcText", within="rptEIF")[:LONGEST_NOTE],
            _text_by_id(named, "_tcText", within="rptNotes")[:LONGEST_NOTE],
        ),
    )


def _rows(table: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """The table's own rows: a browser may have put a body around them, a cell may hold a table."""
    for row in table.iter("tr"):
        if next(row.iterancestors("table")) is table:
            yield row


def _noted(row: html.HtmlElement) -> tuple[str, ...]:
    """The numbers of the notes that a row points to, at its name or at a date."""
    found = (_TO_NOTE.search(str(one.get("href", ""))[-5:]) for one in row.iter("a"))
    return tuple(dict.fromkeys(one[1] for one in islice(found, MOST_ALIKE) if one))


def _notes(page: html.HtmlElement) -> dict[str, str]:
    """The notes at the end, by their numbers."""
    found: dict[str, str] = {}
    left = MOST_READ
    alike = (one for one in page.iter("div") if str(one.get("id", "")).endswith("_divNotesAll"))
    for one in islice(alike, MOST_NOTES):
        anchor = one.find(".//a")
        number = str(anchor.get("name", "")) if anchor is not None else ""
        if left > 0 and number.isdecimal() and number not in found:
            text, taken = _lines(one)
            left -= taken
            found[number] = plain(text).removeprefix(number).lstrip()
    return found


def _lines(note: html.HtmlElement) -> tuple[str, int]:
    """The beginning of a note, with a blank where a line is broken; how much was read for it."""
    parts: list[str] = []
    length = taken = 0
    for event, element in islice(etree.iterwalk(note, events=("start", "end")), MOST_STEPS):
        if event == "end" and element is note:
            break
        text = str((element.text if event == "start" else element.tail) or "")
        broken = " " if event == "start" and element.tag in {"br", "p", "div"} else ""
        taken += len(text) + STEP
        length += len(text)
        parts.append(broken + text[:LONGEST_NOTE])
        if length > LONGEST_NOTE:
            break
    return "".join(parts)[:LONGEST_NOTE], taken


def _asked(page: html.HtmlElement) -> dict[str, str]:
    """What the page's own address asked for: its form is sent back to it."""
    for form in page.iter("form"):
        action = str(form.get("action", ""))
        if len(action) <= LONGEST_ADDRESS and "details" in action.lower():
            asked = parse_qs(urlsplit(action).query)
            found = {name.lower(): values[0] for name, values in asked.items()}
            if "mtdsg_no" in found:
                return found
    return {}


def _named(page: html.HtmlElement) -> Named:
    """The elements that a page's words are found in, with their ids, looked up once."""
    ids = ((str(one.get("id", "")), one) for one in page.iter("div", "span", "td"))
    return [(name, one) for name, one in ids if name.endswith(ENDS)]


def _text_by_id(named: Named, end: str, having: str = "", within: str = "") -> str:
    alike = (one for name, one in named if name.endswith(end) and within in name)
    for element in islice(alike, MOST_ALIKE):
        text = plain(_beginning(element))
        if having in text:
            return text
    return ""


def _beginning(element: etree._Element) -> str:
    """The text of an element, or as much of it as any has that is read by its name."""
    parts: list[str] = []
    length = 0
    for part in element.itertext():
        parts.append(_BLANKS.sub(" ", str(part)[:LONGEST_PART])[:LONGEST_TEXT])
        length += len(parts[-1])
        if length > LONGEST_TEXT:
            break
    return "".join(parts)


def _text(element: etree._Element) -> str:
    return "".join(str(part) for part in element.itertext())
