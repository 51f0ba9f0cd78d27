"""The XML form of a status page, which the site has as well."""

from __future__ import annotations

import re
from itertools import islice

from lxml import etree

from bot.letters.faults import Fault
from bot.reference.tables import (
    CHAPTER,
    LONGEST_ADDRESS,
    LONGEST_NOTE,
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

_NUMBER_ALONE = re.compile(r"(?:^| )(\d{1,3}) ?\.? ?(?:([a-z]) ?\.?)?$", re.IGNORECASE)
_LEADING = re.compile(r"(\d{1,3})(?!\d)")


def xml_grid(data: bytes) -> Grid | Fault:
    """What the file says."""
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
    group = root.find(".//Participants//TGroup")
    if group is None:
        return Fault.NO_PAGE
    found = (row for part in ("Thead", "Tbody") for row in group.iterfind(f".//{part}//Row"))
    rows = list(islice(found, MAX_ROWS + 1))
    noted = [_noted(row) for row in rows]
    notes = _notes(root)
    etree.strip_elements(root, "superscript", with_tail=False)
    cells = [
        tuple(plain(_without_notes(_text(entry))) for entry in row.iterfind("Entry"))
        for row in rows
    ]
    header = root.find(".//ExternalData")
    area = header if header is not None else root
    title = area.find(".//Titlesect")
    if title is None:
        return Fault.NO_TREATY
    before = _before(root, title)
    status = STATUS.search(f"{before} {plain(_text(area))}" if header is not None else before)
    return grid_from(_said(area, title, before, status[0] if status else ""), cells, noted, notes)


def _said(area: etree._Element, title: etree._Element, before: str, status: str) -> Said:
    chapter = CHAPTER.search(before)
    number = _NUMBER_ALONE.search(before[-LONGEST_ADDRESS:])
    totals = " ".join(
        f"{tag}: {plain(_text(one)).removeprefix(tag).lstrip(' :')} "
        for tag in ("Signatories", "Parties")
        for one in islice(area.iter(tag), MOST_ALIKE)
    )
    return Said(
        plain(_without_notes(_text(title))),
        chapter[1].upper() if chapter else "",
        folded_number("-".join([chapter[1], *filter(None, number.groups())]))
        if chapter and number
        else "",
        status,
        plain(totals),
        About(
            _first(area, "Conclusion"),
            "Entry into force",
            _first(area, "EIF"),
            _first(area, "Note"),
        ),
    )


def _first(area: etree._Element, tag: str) -> str:
    found = area.find(f".//{tag}")
    return plain(_without_notes(_text(found)[:LONGEST_NOTE])) if found is not None else ""


def _noted(row: etree._Element) -> tuple[str, ...]:
    """The numbers of notes that are raised in a row: marked up in its text, or as elements."""
    found: list[str] = []
    for entry in islice(row.iterfind("Entry"), MOST_ALIKE):
        for one in islice(entry.iter("superscript"), MOST_ALIKE):
            found += re.findall(r"\d{1,3}", _text(one)[:60])
        raised = re.split("<superscript>", _text(entry)[:LONGEST_NOTE], flags=re.IGNORECASE)[1:]
        for text in raised[:MOST_ALIKE]:
            found += re.findall(r"\d{1,3}", text.partition("<")[0][:60])
    return tuple(dict.fromkeys(found))


def _notes(root: etree._Element) -> dict[str, str]:
    """The notes at the end, by the number that each begins with."""
    end, found = root.find(".//EndNotes"), dict[str, str]()
    for one in islice(end if end is not None else (), MOST_NOTES):
        text = plain(_without_tags(_text(one)[:LONGEST_NOTE]))
        number = _LEADING.match(text)
        if number:
            found.setdefault(number[1], text[number.end() :].lstrip(" ."))
    return found


def _without_tags(text: str) -> str:
    """Text in which markup is written out: the markup taken away."""
    first, *others = text.split("<")
    return first + "".join(one.partition(">")[2] for one in others)


def _before(root: etree._Element, title: etree._Element) -> str:
    """All that stands before the title: chapter, its name, number, letter, each in its element."""
    found: list[str] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if element is title:
            break
        found.append((element.text if event == "start" else element.tail) or "")
    return plain(_without_notes(" ".join(found)))


def _without_notes(text: str) -> str:
    """The text without its footnotes' numbers, which are marked up in the text itself."""
    first, *others = re.split("<superscript>", text, flags=re.IGNORECASE)
    ends = (re.split("</superscript>", one, maxsplit=1, flags=re.IGNORECASE) for one in others)
    return first + "".join(one[-1] for one in ends)


def _text(element: etree._Element) -> str:
    return "".join(str(part) for part in element.itertext())
