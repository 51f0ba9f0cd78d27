"""A stranger's drawing as a plain one: what is known to be drawn is kept, the rest is left out.

What would change the picture if it were left out (effects, pictures elsewhere) is refused.
"""

from __future__ import annotations

import base64
import binascii
import math
import re
from dataclasses import dataclass
from typing import Any

from lxml import etree

from bot.documents import svg_style
from bot.documents.rasters import read_raster
from bot.documents.svg_measures import length, numbers
from bot.letters.letterhead import Fault, Refused

SVG = "http://www.w3.org/2000/svg"

MAX_PICTURES, MAX_PICTURE_PIXELS = 4, 4_000_000
MAX_PLAIN = 300 * 1024
"""Bytes of a drawing without its pictures and without what drawing programs add."""

_ELEMENTS = frozenset(
    {
        *("svg", "g", "a", "defs", "symbol", "use", "switch", "path", "rect", "circle"),
        *("ellipse", "line", "polyline", "polygon", "text", "tspan", "textPath"),
        *("linearGradient", "radialGradient", "stop", "clipPath", "mask", "pattern", "image"),
        "style",
    }
)
_REFUSED = frozenset(
    {"script", "foreignObject", "animate", "animateTransform", "animateMotion", "set"}
)
_ATTRIBUTES = svg_style.PROPERTIES | {
    *("id", "class", "style", "href", "d", "points", "x", "y", "width", "height", "cx", "cy"),
    *("r", "rx", "ry", "x1", "y1", "x2", "y2", "fx", "fy", "fr", "dx", "dy", "rotate", "offset"),
    *("viewBox", "preserveAspectRatio", "gradientUnits", "gradientTransform", "spreadMethod"),
    *("clipPathUnits", "maskUnits", "maskContentUnits", "patternUnits", "patternContentUnits"),
    *("patternTransform", "startOffset", "textLength", "lengthAdjust"),
}
_OUTSIDE = re.compile(r"url\s*\(\s*(?!['\"]?\s*#)|@import", re.IGNORECASE)
_EFFECT = re.compile(
    r"(?:^|[;{\s])(filter|marker|marker-(?:start|mid|end))\s*:\s*url", re.IGNORECASE
)
_PICTURE = re.compile(r"data:image/[\w.+-]+;(?:[\w=-]+;)*base64,", re.IGNORECASE)
_PLAIN: Any = {None: SVG}  # the stubs know no namespace without a prefix
_TEXTS = frozenset({"text", "tspan", "textPath"})


@dataclass(frozen=True, slots=True)
class Plain:
    """A drawing of known elements, its styles, and its size in its own units; 0 if it has none."""

    root: etree._Element
    rules: tuple[svg_style.Rule, ...]
    width: float
    height: float

    def words(self) -> str:
        """The characters that are set as text, each once; empty where all is drawn as lines."""
        texts = self.root.iter(f"{{{SVG}}}text")
        whole = "".join(str(piece) for one in texts for piece in one.itertext())
        return "".join(sorted(set(whole))).strip()


class _UnfitError(Exception):
    """A reason to refuse, from deep in a drawing."""

    def __init__(self, fault: Fault, detail: str = "") -> None:
        self.refused = Refused(fault, detail)


def plain(root: etree._Element) -> Plain | Refused:
    """The drawing with what is known of it alone, or why it is refused."""
    name = etree.QName(root)
    if name.localname != "svg" or name.namespace not in (None, SVG):
        return Refused(Fault.NOT_PICTURE)
    copying = _Copying(name.namespace)
    try:
        new = copying.copy(root, None)
    except _UnfitError as unfit:
        return unfit.refused
    width, height = _sides(root)
    for attribute in ("x", "y", "width", "height", "preserveAspectRatio"):
        new.attrib.pop(attribute, "")
    if width and not new.get("viewBox"):
        new.set("viewBox", f"0 0 {width:.9g} {height:.9g}")
    return Plain(new, tuple(copying.rules), width, height)


class _Copying:
    """One pass over the elements; recursion is as deep as libxml2 lets a file be (256)."""

    def __init__(self, namespace: str | None) -> None:
        self._namespace = namespace
        self.rules: list[svg_style.Rule] = []
        self._pictures = 0
        self._room = MAX_PLAIN

    def copy(self, element: etree._Element, parent: etree._Element | None) -> etree._Element:
        """The element and what it holds, below the new parent."""
        name = str(etree.QName(element).localname)
        tag = f"{{{SVG}}}{'g' if name == 'a' else name}"
        new = etree.Element(tag, nsmap=_PLAIN) if parent is None else etree.SubElement(parent, tag)
        for attribute, value in element.attrib.items():
            self._attribute(new, str(attribute), str(value), name)
        if name == "style":
            self._style(new, "".join(str(text) for text in element.itertext()))
            return new
        if name in _TEXTS:
            new.text = self._spent(element.text)
        for child in element:
            if self._is_drawn(child, name):
                copied = self.copy(child, new)
                if name in _TEXTS:
                    copied.tail = self._spent(child.tail)
        return new

    def _is_drawn(self, child: etree._Element, parent: str) -> bool:
        if not isinstance(child.tag, str):  # an entity that was not declared
            raise _UnfitError(Fault.BROKEN)
        name = etree.QName(child)
        if name.namespace != self._namespace:
            return False
        if name.localname in _REFUSED and not (
            # Illustrator keeps its own copy there, with a drawing for all others beside it.
            name.localname == "foreignObject" and parent == "switch"
        ):
            raise _UnfitError(Fault.ACTIVE_SVG, name.localname)
        return name.localname in _ELEMENTS

    def _attribute(self, new: etree._Element, attribute: str, value: str, tag: str) -> None:
        name = etree.QName(attribute)
        local = name.localname
        if local.lower().startswith("on") and name.namespace is None:
            raise _UnfitError(Fault.ACTIVE_SVG, local)
        if local == "href":
            if tag != "a":
                self._href(new, value.strip(), tag)
            return
        if name.namespace is not None:
            return
        if _OUTSIDE.search(value):
            raise _UnfitError(Fault.ACTIVE_SVG, local)
        is_effect = local == "filter" or local.startswith("marker")
        if _EFFECT.search(f"{local}:{value}" if is_effect else value):
            raise _UnfitError(Fault.ACTIVE_SVG, local)
        if local == "style":
            kept = svg_style.declarations(value)
            value = ";".join(f"{key}:{one}" for key, one in kept.items())
        if local not in _ATTRIBUTES:
            return
        if local in svg_style.PROPERTIES and not svg_style.is_kept(local, value):
            return
        new.set(local, self._spent(value) or "")

    def _href(self, new: etree._Element, value: str, tag: str) -> None:
        if value.startswith("#"):
            if tag != "image":
                new.set("href", self._spent(value) or "")
            return
        if tag != "image" or not value.lower().startswith("data:"):
            raise _UnfitError(Fault.ACTIVE_SVG, "href")
        start = _PICTURE.match(value)
        self._pictures += 1
        if start is None or self._pictures > MAX_PICTURES:
            raise _UnfitError(Fault.ACTIVE_SVG, "image")
        try:
            data = base64.b64decode(value[start.end() :])
        except (binascii.Error, ValueError):
            raise _UnfitError(Fault.BROKEN) from None
        picture = read_raster(data, MAX_PICTURE_PIXELS // MAX_PICTURES)
        if isinstance(picture, Refused):
            raise _UnfitError(Fault.ACTIVE_SVG, "image")
        drawn = base64.b64encode(picture.data).decode("ascii")
        new.set("href", f"data:image/png;base64,{drawn}")

    def _style(self, new: etree._Element, text: str) -> None:
        without_comments = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
        without_fonts = re.sub(
            r"@font-face\s*\{[^{}]*\}", "", without_comments, flags=re.IGNORECASE
        )
        if _OUTSIDE.search(without_fonts) or _EFFECT.search(without_fonts):
            raise _UnfitError(Fault.ACTIVE_SVG, "style")
        self._spent(without_fonts)
        for rule in svg_style.rules(without_fonts):
            self.rules.append(rule)
            if len(self.rules) > svg_style.MAX_RULES:
                raise _UnfitError(Fault.COSTLY_SVG)
        new.text = "\n".join(map(svg_style.written, self.rules))

    def _spent(self, text: str | None) -> str | None:
        self._room -= len(text or "")
        if self._room < 0:
            raise _UnfitError(Fault.COSTLY_SVG)
        return text


def _sides(root: etree._Element) -> tuple[float, float]:
    """Width and height, from the view box or the size; zeros where neither says."""
    box = numbers(root.get("viewBox", ""))
    sides: list[float | None] = [length(root.get(side, "")) for side in ("width", "height")]
    if len(box) == 4:  # noqa: PLR2004 -- x, y, width, height
        sides = [*box[2:]]
    width, height = (side if side and 0 < side < math.inf else 0.0 for side in sides)
    return (width, height) if width and height else (0.0, 0.0)
