"""A part of a stranger's file as a tree of our own, with what is allowed of it and nothing else."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

from bot.documents.ooxml import fields
from bot.documents.ooxml.allowed import (
    ELEMENTS,
    HOLD_PARAGRAPHS,
    KINDS,
    NEED_A_VALUE,
    NEEDED,
    NEEDED_ATTRIBUTES,
    SEQUENCES,
    STYLE_PROPERTIES,
    STYLE_VALUE,
    WRAPPERS,
)
from bot.documents.ooxml.names import NAMESPACES, q
from bot.letters.letterhead import LeftOut

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator

_TOLD = {
    q("w:object"): LeftOut.OBJECTS,
    q("w:control"): LeftOut.OBJECTS,
    q("w:altChunk"): LeftOut.OBJECTS,
    q("w:subDoc"): LeftOut.OBJECTS,
}
_TEXT = {q("w:t"), q("w:instrText")}
_NUMBER, _ALIGN = q("wp:posOffset"), q("wp:align")
_OFF = {"0", "f", "false", "off"}
_RUN, _FIELD, _INSTRUCTION = q("w:r"), q("w:fldSimple"), q("w:instr")
_STYLE_NAMES = {q("w:pStyle"), q("w:rStyle"), q("w:tblStyle")}
_SHAPES = tuple(map(q, ("wps:wsp", "wpg:wgp", "wpc:wpc")))
_ROWS, _PARAGRAPH = q("w:tr"), q("w:p")
_VML = f"{{{NAMESPACES['v']}}}"


@dataclass(slots=True)
class Sieve:
    """What the sieve asks of the parts around the one it reads.

    Attributes:
        picture: the new id of a picture, of its old one; "" where it cannot stay.
        styles: the ids of styles that there are.
        hidden: those of them whose text is not shown.
        left_out: what was seen in the file and is not in what was made of it.
        numbers: for the drawings of all parts together.
    """

    picture: Callable[[str], str] = lambda _: ""
    styles: Container[str] = ()
    hidden: Container[str] = ()
    left_out: set[LeftOut] = field(default_factory=set)
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def part(self, source: etree._Element, tag: str) -> etree._Element:
        """A header or footer: `tag` is `w:hdr` or `w:ftr`."""
        root = etree.Element(q(tag), nsmap=NAMESPACES)
        self._fill(source, root)
        fields.settle(root)
        self._number_drawings(root)
        for drawing in list(root.iter(q("w:drawing"))):
            _say_what_it_needs(drawing)
        for holder in [*root.iter(*HOLD_PARAGRAPHS)]:
            if len(holder) == 0 or holder[-1].tag != q("w:p"):
                etree.SubElement(holder, q("w:p"))
        return root

    def properties(self, source: etree._Element) -> etree._Element | None:
        """One element of another part, such as a style; None where nothing may stay of it."""
        scratch = etree.Element("scratch", nsmap=NAMESPACES)
        self._add(source, scratch)
        return scratch[0] if len(scratch) else None

    def _fill(self, source: etree._Element, parent: etree._Element) -> None:
        for child in source:
            self._add(child, parent)

    def _add(self, source: etree._Element, parent: etree._Element) -> None:
        """Add to the new parent what stays of an element: itself, what it holds, or nothing."""
        tag = source.tag
        if not isinstance(tag, str):
            return
        if tag == q("mc:AlternateContent"):
            self._alternate(source, parent)
        elif tag in WRAPPERS or (tag == _FIELD and not fields.simple(source.get(_INSTRUCTION, ""))):
            self._fill(source, parent)
        elif tag not in ELEMENTS:
            self._note(source)
        elif not self._is_hidden(source):
            self._keep(source, parent)

    def _keep(self, source: etree._Element, parent: etree._Element) -> None:
        tag = source.tag
        order = SEQUENCES.get(parent.tag)
        if order is not None and (
            tag not in order or (not order[tag][1] and parent.find(tag) is not None)
        ):
            return
        new = etree.SubElement(parent, tag)
        for name, kinds in ELEMENTS[tag].items():
            value = source.get(name)
            if value is not None:
                said = self._value(value, kinds)
                if said is not None:
                    new.set(name, said)
        if tag in _TEXT or tag in {_NUMBER, _ALIGN}:
            _write_text(source, new)
        else:
            self._fill(source, new)
        if self._is_half(source, new):
            parent.remove(new)
        elif order is not None:
            _set_in_order(parent, new, order)

    def _value(self, value: str, kinds: tuple[str, ...]) -> str | None:
        if kinds == ("relation",):
            return self.picture(value) or None
        if kinds == ("style",):
            return _style(value)
        if kinds == ("fraction",):
            return _fraction(value)
        return value if any(KINDS[kind].fullmatch(value) for kind in kinds) else None

    def _is_half(self, source: etree._Element, new: etree._Element) -> bool:
        """Whether what stayed makes no sense alone."""
        tag = new.tag
        needed = NEEDED.get(tag)
        if needed is not None and not any(child.tag in needed for child in new):
            return True
        attribute = NEEDED_ATTRIBUTES.get(tag)
        if attribute is not None and new.get(attribute) is None:
            return True
        if tag in NEED_A_VALUE and not new.attrib:
            return True
        if tag in _STYLE_NAMES:
            return new.get(q("w:val")) not in self.styles
        if tag.startswith(_VML):
            imagedata = q("v:imagedata")
            return source.find(imagedata) is not None and new.find(imagedata) is None
        return False

    def _is_hidden(self, source: etree._Element) -> bool:
        """Whether Word does not show it: hidden text, rows and drawings."""
        tag = source.tag
        if tag == _RUN:
            return self._is_hidden_run(source)
        if tag == _ROWS:
            return _is_on(source.find(f"{q('w:trPr')}/{q('w:hidden')}"))
        if tag in {q("wp:inline"), q("wp:anchor")}:
            about = source.find(q("wp:docPr"))
            return about is not None and about.get("hidden", "0") not in _OFF
        style = source.get("style", "") if tag.startswith(_VML) else ""
        squeezed = style.replace(" ", "").lower()
        return "visibility:hidden" in squeezed or "display:none" in squeezed

    def _is_hidden_run(self, run: etree._Element) -> bool:
        properties = run.find(q("w:rPr"))
        if properties is not None:
            own = properties.find(q("w:vanish"))
            if own is not None:
                return _is_on(own)
            style = properties.find(q("w:rStyle"))
            if style is not None and style.get(q("w:val")) in self.hidden:
                return True
        # Its properties come first; to look for them in a long paragraph takes as long as that is.
        paragraph = next(run.iterancestors(_PARAGRAPH), None)
        first = run if paragraph is None else paragraph[0]
        style = first.find(q("w:pStyle")) if first.tag == q("w:pPr") else None
        return style is not None and style.get(q("w:val")) in self.hidden

    def _alternate(self, source: etree._Element, parent: etree._Element) -> None:
        """Of the ways to say the same, the first of which most stays."""
        before = set(self.left_out)
        tried = []
        for branch in source.iterchildren(q("mc:Choice"), q("mc:Fallback")):
            scratch = etree.Element(parent.tag, nsmap=NAMESPACES)
            self._fill(branch, scratch)
            tried.append((scratch, self.left_out - before))
            self.left_out -= tried[-1][1]
        best = max(tried, key=lambda one: worth(one[0]), default=None)
        if best is not None:
            self.left_out |= best[1]
            for child in best[0]:
                parent.append(child)

    def _number_drawings(self, root: etree._Element) -> None:
        """Word wants an id and a name; the old ones tell where a picture came from."""
        for about in root.iter(q("wp:docPr")):
            about.set("id", str(next(self.numbers)))
            about.set("name", "")
        for about in root.iter(q("pic:cNvPr"), q("wps:cNvPr"), q("wpg:cNvPr")):
            about.set("id", "0")
            about.set("name", "")

    def _note(self, source: etree._Element) -> None:
        """Remember what a reader of the letter would miss."""
        told = _TOLD.get(source.tag)
        if told:
            self.left_out.add(told)
        elif source.tag.endswith(("}chart", "}relIds", "}lockedCanvas")):
            self.left_out.add(LeftOut.DRAWINGS)


def _write_text(source: etree._Element, new: etree._Element) -> None:
    text = source.text or ""
    if new.tag == _NUMBER:
        text = text.strip() if KINDS["number"].fullmatch(text.strip()) else "0"
    elif new.tag == _ALIGN:
        text = text.strip() if KINDS["word"].fullmatch(text.strip()) else "left"
    new.text = text


def _set_in_order(
    parent: etree._Element, new: etree._Element, order: dict[str, tuple[int, bool]]
) -> None:
    """Move a child that was added last to where the schema wants it."""
    place = order[new.tag][0]
    before = new.getprevious()
    if before is None or order[before.tag][0] <= place:
        return
    follower = next(child for child in parent if order[child.tag][0] > place)
    follower.addprevious(new)


def _style(text: str) -> str | None:
    """Of a shape's style what places and sizes it."""
    kept = []
    for declaration in text.split(";"):
        name, _, value = declaration.partition(":")
        name, value = name.strip().lower(), value.strip()
        if name in STYLE_PROPERTIES and STYLE_VALUE.fullmatch(value):
            kept.append(f"{name}:{value}")
    return ";".join(kept) or None


def _fraction(text: str) -> str | None:
    """A share of one, which Word also writes in 65,536ths."""
    if not KINDS["number"].fullmatch(text):
        return None
    return f"{float(text[:-1]) / 65536:.4f}" if text.endswith("f") else text


def _is_on(element: etree._Element | None) -> bool:
    return element is not None and element.get(q("w:val"), "1") not in _OFF


def worth(tree: etree._Element) -> int:
    """How much a reader sees of it: pictures before words before shapes."""
    pictures = sum(1 for _ in tree.iter(q("a:blip"), q("v:imagedata")))
    words = sum(1 for text in tree.iter(q("w:t")) if (text.text or "").strip())
    return 1000 * pictures + 10 * words + min(sum(1 for _ in tree.iter()) - 1, 1)


def _say_what_it_needs(drawing: etree._Element) -> None:
    """A drawing of shapes stands where a program that does not know them passes it over.

    One word says what is needed, as Word writes it, whatever a group holds: LibreOffice passes over
    what needs two.
    """
    parent, shape = drawing.getparent(), next(drawing.iter(*_SHAPES), None)
    inside = next(drawing.iterancestors(q("mc:Choice")), None)
    if shape is None or parent is None or inside is not None:
        return
    alternate = etree.Element(q("mc:AlternateContent"), nsmap=NAMESPACES)
    choice = etree.SubElement(alternate, q("mc:Choice"))
    choice.set("Requires", str(shape.prefix))
    parent.replace(drawing, alternate)
    choice.append(drawing)
