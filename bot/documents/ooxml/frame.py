"""The small parts around a letterhead, made of known values: page, settings, fonts, numbering."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from bot.documents.ooxml.allowed import KINDS
from bot.documents.ooxml.names import NAMESPACES, q

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.documents.ooxml.sieve import Sieve

A4 = {"w:w": "11906", "w:h": "16838"}
MARGINS = {
    "w:top": "1417", "w:right": "1417", "w:bottom": "1417", "w:left": "1417",
    "w:header": "708", "w:footer": "708", "w:gutter": "0",
}  # fmt: skip
"""Twentieths of a point: 2.5 cm."""

LEAST_ROOM, MOST_SIDE = 2880, 31680
"""Twentieths of a point: a letter needs 5 cm, and Word knows no paper over 56 cm."""


def document(
    section: etree._Element | None, heads: list[tuple[str, str, str]], sieve: Sieve
) -> etree._Element:
    """An empty document with a page of the given section.

    A head is the element (`w:headerReference`), the pages it is for and its relation's id.
    """
    root = etree.Element(q("w:document"), nsmap=NAMESPACES)
    page = etree.SubElement(etree.SubElement(root, q("w:body")), q("w:sectPr"))
    for tag, pages, relation in heads:
        reference = etree.SubElement(page, q(tag))
        reference.set(q("w:type"), pages)
        reference.set(q("r:id"), relation)
    kept = {name: _kept(section, name, sieve) for name in _PAGE}
    size, margins = kept["w:pgSz"], kept["w:pgMar"]
    sides = [_number(size, side) for side in ("w:w", "w:h")]
    if size is None or not all(LEAST_ROOM <= side <= MOST_SIDE for side in sides):
        size = kept["w:pgSz"] = _made("w:pgSz", A4)
        sides = [int(side) for side in A4.values()]
    if margins is None or not _leaves_room(margins, *sides):
        kept["w:pgMar"] = _made("w:pgMar", MARGINS)
    page.extend([one for one in kept.values() if one is not None])
    return root


_PAGE = ("w:pgSz", "w:pgMar", "w:pgBorders", "w:titlePg", "w:docGrid")


def _kept(section: etree._Element | None, name: str, sieve: Sieve) -> etree._Element | None:
    found = None if section is None else section.find(q(name))
    return None if found is None else sieve.properties(found)


def _made(name: str, attributes: dict[str, str]) -> etree._Element:
    made = etree.Element(q(name))
    for key, value in attributes.items():
        made.set(q(key), value)
    return made


def _number(element: etree._Element | None, attribute: str) -> int:
    """A measure in twentieths of a point; 0 where it is none, or in another unit."""
    value = "" if element is None else element.get(q(attribute), "")
    try:
        return int(float(value))
    except ValueError:
        return 0


def _leaves_room(margins: etree._Element, width: int, height: int) -> bool:
    names = ("w:left", "w:right", "w:top", "w:bottom", "w:header", "w:footer", "w:gutter")
    if any(not margins.get(q(name), "0").lstrip("-").isdigit() for name in names):
        return False
    across = _number(margins, "w:left") + _number(margins, "w:right") + _number(margins, "w:gutter")
    down = abs(_number(margins, "w:top")) + abs(_number(margins, "w:bottom"))
    return width - across >= LEAST_ROOM and height - down >= LEAST_ROOM


_SETTINGS = {
    "mirrorMargins": "flag",
    "bordersDoNotSurroundHeader": "flag",
    "bordersDoNotSurroundFooter": "flag",
    "gutterAtTop": "flag",
    "defaultTabStop": "number",
    "autoHyphenation": "flag",
    "consecutiveHyphenLimit": "number",
    "hyphenationZone": "number",
    "doNotHyphenateCaps": "flag",
    "evenAndOddHeaders": "flag",
    "characterSpacingControl": "word",
}
"""In the order of the schema."""

_MODERN = (
    ("compatibilityMode", "15"),
    ("overrideTableStyleFontSizeAndJustification", "1"),
    ("enableOpenTypeFeatures", "1"),
    ("doNotFlipMirrorIndents", "1"),
)
_COLOURS = {
    "bg1": "light1", "t1": "dark1", "bg2": "light2", "t2": "dark2",
    "accent1": "accent1", "accent2": "accent2", "accent3": "accent3", "accent4": "accent4",
    "accent5": "accent5", "accent6": "accent6",
    "hyperlink": "hyperlink", "followedHyperlink": "followedHyperlink",
}  # fmt: skip


def settings(old: etree._Element | None) -> etree._Element:
    """How the page is laid out; nothing on the person, the program or the file's history."""
    root = etree.Element(q("w:settings"), nsmap=NAMESPACES)
    for name, kind in _SETTINGS.items():
        found = None if old is None else old.find(q(f"w:{name}"))
        if found is None:
            continue
        value = found.get(q("w:val"))
        new = etree.SubElement(root, q(f"w:{name}"))
        if value is not None and KINDS[kind].fullmatch(value):
            new.set(q("w:val"), value)
        elif value is not None or kind != "flag":
            root.remove(new)
    compat = etree.SubElement(root, q("w:compat"))
    for name, value in _MODERN:
        one = etree.SubElement(compat, q("w:compatSetting"))
        one.set(q("w:name"), name)
        one.set(q("w:uri"), "http://schemas.microsoft.com/office/word")
        one.set(q("w:val"), value)
    colours = etree.SubElement(root, q("w:clrSchemeMapping"))
    for name, colour in _COLOURS.items():
        colours.set(q(f"w:{name}"), colour)
    return root


def fonts(
    old: etree._Element | None, trees: Iterable[etree._Element], sieve: Sieve
) -> etree._Element:
    """What is known of the fonts that the trees name; no font itself."""
    root = etree.Element(q("w:fonts"), nsmap=NAMESPACES)
    if old is None:
        return root
    used = {
        str(value) for tree in trees for one in tree.iter(q("w:rFonts")) for value in one.values()
    }
    for font in old.iterchildren(q("w:font")):
        name = font.get(q("w:name"))
        if name in used:
            used.discard(name)
            new = sieve.properties(font)
            if new is not None:
                root.append(new)
    return root


def numbering(
    old: etree._Element | None, trees: list[etree._Element], sieve: Sieve
) -> etree._Element:
    """The lists that the trees use; a paragraph of a list that is not there is none of it."""
    root = etree.Element(q("w:numbering"), nsmap=NAMESPACES)
    uses = [use for tree in trees for use in tree.iter(q("w:numId"))]
    wanted = {use.get(q("w:val")) for use in uses}
    known = (
        {}
        if old is None
        else {one.get(q("w:abstractNumId")): one for one in old.iterchildren(q("w:abstractNum"))}
    )
    numbers: dict[str | None, tuple[etree._Element, str | None]] = {}
    for one in () if old is None else old.iterchildren(q("w:num")):
        number = one.get(q("w:numId"))
        pointer = one.find(q("w:abstractNumId"))
        if number in wanted and pointer is not None and pointer.get(q("w:val")) in known:
            numbers.setdefault(number, (one, pointer.get(q("w:val"))))
    for key in dict.fromkeys(abstract for _, abstract in numbers.values()):
        root.append(_some(sieve.properties(known[key])))
    for one, _ in numbers.values():
        root.append(_some(sieve.properties(one)))
    for use in uses:
        if use.get(q("w:val")) not in numbers:
            properties = use.getparent()
            holder = None if properties is None else properties.getparent()
            if properties is not None and holder is not None:
                holder.remove(properties)
    return root


def _some(element: etree._Element | None) -> etree._Element:
    """An element that the sieve knows."""
    if element is None:
        raise ValueError
    return element
