"""What a drawing costs to draw, reckoned before it is drawn: rather too much than too little.

Copies are walked as often as they are drawn, and the walk ends where it has seen enough. The
weights are nanoseconds of resvg, measured with one hostile drawing of each kind.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lxml import etree

from bot.documents.rasters import PPI, ROOM
from bot.documents.svg_measures import (
    ENDLESS,
    Style,
    extent,
    numbers,
    numbers_of,
    outline,
    stretched,
    width,
)
from bot.documents.svg_style import OWN, PROPERTIES, declarations

if TYPE_CHECKING:
    from bot.documents.svg_plain import Plain

FINEST, COARSEST = PPI, 140
"""Pixels to the inch: the more there is to draw, the fewer."""

TIME = 150_000_000
"""Nanoseconds that drawing may take by this reckoning."""

MEMORY = 20 * 1024 * 1024
"""Bytes of the layers that lie upon one another while a drawing is drawn."""

MAX_DRAWN, MAX_SEGMENTS, MAX_DASHES, MAX_LETTERS = 5000, 120_000, 20_000, 500
MAX_NESTING = 100
MAX_MATCHES = 200_000
"""Elements times rules of style: each is held against each."""

MAX_TILE = 2_000_000
"""Pixels of a pattern's tile."""

_PER_ELEMENT, _PER_SEGMENT, _PER_STOP = 5_000, 400, 500
_PER_LETTER, _PER_PICTURE = 20_000, 12_000_000
_PER_EDGE_AND_ROW, _PER_CROSSING = 60, 3
_SOLID, _BLENDED, _GRADIENT, _STOP, _PICTURE = 0.3, 8, 10, 0.2, 40
_LAYERS = {"opacity": 11, "clip-path": 15, "mask": 22, "mix-blend-mode": 11, "isolation": 11}
"""Nanoseconds for each pixel."""

_NO_LAYER = frozenset({"none", "normal", "auto", "1", "1.0"})
_EDGES = 4
"""Edges that a stroke makes of a segment."""

_OUTLINE = 40
"""Segments of a letter."""

_GROUPS = frozenset({"svg", "g", "switch", "use"})
_SHAPES = frozenset({"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"})
_DRAWN = _GROUPS | _SHAPES | {"text", "image"}

_LINK = re.compile(r"url\s*\(\s*['\"]?\s*#([^'\")\s]+)")


class TooMuchError(Exception):
    """The walk has seen enough."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where something is drawn: what it inherits, how far it is stretched, on how many layers."""

    style: Style
    stretch: float = 1.0
    layers: int = 1
    level: int = 0
    side: float = 0.0


@dataclass
class Effort:
    """Time by itself, for each row of pixels and for each pixel; layers at once; counts."""

    work: float = 0.0
    rows: float = 0.0
    pixels: float = 0.0
    layers: int = 1
    drawn: int = 0
    segments: float = 0.0
    dashes: float = 0.0
    letters: int = 0

    @property
    def is_beyond(self) -> bool:
        """Whether it is too much at any resolution."""
        return (
            self.drawn > MAX_DRAWN
            or self.segments > MAX_SEGMENTS
            or self.dashes > MAX_DASHES
            or self.letters > MAX_LETTERS
            or self.work > TIME
        )

    def resolution(self) -> int:
        """Pixels to the inch at which it can be drawn; 0 where there is none."""
        ppi = 0 if self.is_beyond else FINEST
        while ppi >= COARSEST:
            share = ppi / FINEST
            area = ROOM[0] * ROOM[1] * share**2
            time = self.work + self.rows * ROOM[1] * share + self.pixels * area
            if time <= TIME and 4 * area * self.layers <= MEMORY:
                return ppi
            ppi = int(ppi / math.sqrt(2))
        return 0


def effort(drawing: Plain) -> Effort:
    """What the drawing costs; of what is beyond all bounds, so much as shows it."""
    walk = _Walk(drawing)
    try:
        walk.visit(drawing.root, _Place({}))
    except TooMuchError:
        walk.effort.drawn = MAX_DRAWN + 1
    return walk.effort


class _Walk:
    def __init__(self, drawing: Plain) -> None:
        self.effort = Effort()
        self._root = drawing.root
        self._rules = drawing.rules
        self._size = (drawing.width, drawing.height)
        self._by_id: dict[str, etree._Element] = {}
        count = 0
        for one in drawing.root.iter("*"):
            self._by_id.setdefault(one.get("id", ""), one)
            count += 1
        if count * len(drawing.rules) > MAX_MATCHES:
            self.effort.drawn = MAX_DRAWN
        self._own: dict[etree._Element, tuple[Style, frozenset[str]]] = {}
        self._outlines: dict[etree._Element, tuple[float, float]] = {}

    def visit(self, element: etree._Element, place: _Place, *, copied: bool = False) -> None:
        """Reckon an element, and what it holds, as it is drawn once in this place."""
        tag = etree.QName(element).localname
        self.effort.drawn += 1
        self.effort.work += _PER_ELEMENT
        if self.effort.is_beyond or place.level > MAX_NESTING:
            raise TooMuchError
        if tag not in _DRAWN and not (copied and tag == "symbol"):
            return
        place = self._entered(element, place)
        if tag in _SHAPES:
            self._shape(element, tag, place)
        elif tag == "text":
            self._text(element, place)
        elif tag == "image":
            self.effort.work += _PER_PICTURE
            self.effort.pixels += _PICTURE
        elif tag == "use":
            target = self._linked(element.get("href", ""))
            if target is not None:
                side = max(map(abs, numbers_of(element, "width", "height")), default=0.0)
                self.visit(target, replace(place, side=side), copied=True)
        else:
            if tag in ("svg", "symbol") and element is not self._root:
                place = replace(place, stretch=place.stretch * self._fitted(element, place.side))
            for child in element:
                self.visit(child, place)

    def _linked(self, link: str) -> etree._Element | None:
        return self._by_id.get(link[1:]) if len(link) > 1 else None

    def _painted_with(self, value: str) -> etree._Element | None:
        link = _LINK.search(value)
        return self._by_id.get(link[1]) if link else None

    def _entered(self, element: etree._Element, place: _Place) -> _Place:
        """The place within an element, with the layers that it lies on reckoned."""
        style = self._style(element, place.style)
        stretch = min(ENDLESS, place.stretch * stretched(style.get("transform", ())))
        inner = replace(place, style=style, stretch=stretch, level=place.level + 1)
        for name, weight in _LAYERS.items():
            for value in style.get(name, ()):
                if value in _NO_LAYER:
                    continue
                inner = replace(inner, layers=inner.layers + 1)
                self.effort.pixels += weight
                target = self._painted_with(value)
                if target is not None:
                    self._behind(target, inner)
        self.effort.layers = max(self.effort.layers, inner.layers)
        return inner

    def _behind(self, target: etree._Element, place: _Place) -> None:
        """A clip, a mask or a pattern: drawn each time that something refers to it."""
        self.effort.drawn += 1
        if self.effort.is_beyond or place.level > MAX_NESTING:
            raise TooMuchError
        inner = self._entered(target, replace(place, layers=place.layers + 1))
        if any("Content" in name or name == "clipPathUnits" for name in target.attrib):
            inner = replace(inner, stretch=ENDLESS)  # in units of a box whose size is not known
        for child in target:
            self.visit(child, inner)

    def _style(self, element: etree._Element, above: Style) -> Style:
        """The values that may hold for an element, its own before those handed down."""
        if element not in self._own:
            self._own[element] = self._own_style(element)
        own, unsure = self._own[element]
        style = {name: values for name, values in above.items() if name not in OWN}
        for name, values in own.items():
            style[name] = (*values, *style.get(name, ())[:4]) if name in unsure else values
        return style

    def _own_style(self, element: etree._Element) -> tuple[Style, frozenset[str]]:
        found: dict[str, dict[str, None]] = {}
        unsure = set()
        given = [{str(k): str(v) for k, v in element.attrib.items() if k in PROPERTIES}]
        tag = etree.QName(element).localname
        for rule in self._rules:
            if rule.may_fall_on(element, tag):
                given.append(rule.declarations)
                unsure |= set() if rule.exact else set(rule.declarations)
        for declared in (*given, declarations(element.get("style", ""))):
            for name, value in declared.items():
                found.setdefault(name, {})[value.strip()] = None
        return {name: tuple(values) for name, values in found.items()}, frozenset(unsure)

    def _fitted(self, element: etree._Element, side: float) -> float:
        """How much a drawing within a drawing is stretched to its own size."""
        box = [abs(number) for number in numbers(element.get("viewBox", ""))[2:]]
        if not box:
            return 1.0
        sides = (side, *self._size, *map(abs, numbers_of(element, "width", "height")))
        return max(1.0, max(sides) / max(min(box), 1 / ENDLESS))

    def _shape(self, element: etree._Element, tag: str, place: _Place) -> None:
        if element not in self._outlines:
            self._outlines[element] = outline(element, tag)
        segments, reach = self._outlines[element]
        share = self._share(reach, place)
        for paint, usual in (("fill", ("black",)), ("stroke", ())):
            values = [one for one in place.style.get(paint, usual) if one != "none"]
            if not values:
                continue
            if paint == "fill":
                self._edges(segments, reach * place.stretch)
            else:
                self._stroke(segments, reach, place)
            for value in values:
                self.effort.pixels += share * self._paint(value, element, place, reach)

    def _share(self, reach: float, place: _Place) -> float:
        """How much of the picture a shape can cover, by the length of its outline."""
        wide = width(place.style) if "stroke" in place.style else 0.0
        side = (reach / 2 + wide) * place.stretch
        whole = self._size[0] * self._size[1]
        return min(1.0, 0.001 + side**2 / whole) if whole else 1.0

    def _stroke(self, segments: float, reach: float, place: _Place) -> None:
        """A stroke is drawn as its outline: both sides, corners, and each dash by itself."""
        style = place.style
        for value in style.get("stroke-dasharray", ()):
            if value == "none":
                continue
            period = sum(map(abs, numbers(value)))
            dashes = reach / period if period and "%" not in value else ENDLESS
            self.effort.dashes += dashes
            segments += 2 * dashes
        outline = 2 * reach + segments * width(style)
        self._edges(segments * _EDGES, outline * place.stretch)

    def _edges(self, count: float, reach: float) -> None:
        """Lines cost by themselves, in each row that they cross, and where they cross others."""
        height = self._size[1]
        active = min(count, reach / height) if height else count
        self.effort.segments += count
        self.effort.work += count * (_PER_SEGMENT + _PER_CROSSING * active)
        self.effort.rows += active * _PER_EDGE_AND_ROW

    def _paint(self, value: str, element: etree._Element, place: _Place, reach: float) -> float:
        """Nanoseconds for each pixel that is painted so."""
        target = self._painted_with(value)
        if target is None:
            clear = "(" in value or len(value) in (5, 9)  # rgba(...), #rgba, #rrggbbaa
            clear = clear or not {"fill-opacity", "stroke-opacity"}.isdisjoint(place.style)
            return _BLENDED if clear else _SOLID
        if etree.QName(target).localname == "pattern":
            self._pattern(target, element, place, reach)
            return _PICTURE
        stops = 0
        for _ in range(MAX_NESTING):
            stops += len(target)
            following = self._linked(target.get("href", ""))
            if following is None:
                break
            target = following
        self.effort.work += _PER_STOP * stops
        return _GRADIENT + _STOP * stops

    def _pattern(
        self, target: etree._Element, element: etree._Element, place: _Place, reach: float
    ) -> None:
        """A tile is drawn as large as it is before it is laid, whatever of it will be seen."""
        height = self._size[1]
        if not height or "patternTransform" in target.attrib or target.get("href"):
            raise TooMuchError
        sides = numbers_of(element, "width", "height")
        shares = numbers_of(target, "width", "height")
        if len(shares) != 2:  # noqa: PLR2004 -- width and height
            return
        if target.get("patternUnits") == "userSpaceOnUse":
            sides, shares = shares, [1.0, 1.0]
        elif len(sides) != 2:  # noqa: PLR2004 -- width and height
            sides = [reach, reach]
        scale = place.stretch * ROOM[1] / height
        tile = math.prod(abs(a * b) * scale for a, b in zip(sides, shares, strict=True))
        if tile > MAX_TILE:
            raise TooMuchError
        self._behind(target, replace(place, stretch=ENDLESS))

    def _text(self, element: etree._Element, place: _Place) -> None:
        letters = sum(len(str(text)) for text in element.itertext())
        pieces = sum(1 for _ in element.iter("*"))
        self.effort.letters += letters + pieces
        self.effort.work += letters * _PER_LETTER
        self.effort.pixels += (_GRADIENT + _BLENDED) * pieces
        size = max(map(extent, place.style.get("font-size", ("16",))))
        self._edges(letters * _OUTLINE, letters * size * 10 * place.stretch)
