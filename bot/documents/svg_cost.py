"""What a drawing costs to draw, reckoned before it is drawn: rather too much than too little.

Copies are walked as often as they are drawn, and the walk ends where it has seen enough. The
weights are nanoseconds of resvg, measured with hostile drawings of each kind (`make hostile`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lxml import etree

from bot.documents.rasters import ROOM
from bot.documents.svg_effort import MAX_DRAWN, Drawn, Effort
from bot.documents.svg_measures import (
    ENDLESS,
    EVERYWHERE,
    PLAIN,
    Box,
    Matrix,
    Outline,
    extent,
    fitted,
    matrix_of,
    numbers,
    numbers_of,
    outline,
    sides,
    stretch,
    times,
)
from bot.documents.svg_style import Style, Styles, width

if TYPE_CHECKING:
    from bot.documents.svg_plain import Plain

MAX_NESTING = 100
MAX_TILE = 1_000_000
"""Pixels of a pattern's tile."""

_PER_ELEMENT, _PER_SEGMENT, _PER_STOP = 5_000, 400, 500
_PER_LETTER, _PER_PICTURE = 20_000, 12_000_000
_PER_EDGE_AND_ROW, _PER_CROSSING = 60, 3
_SOLID, _BLENDED, _GRADIENT, _STOP, _PICTURE = 0.3, 8, 10, 0.2, 40
_LAYERS = {"opacity": 11, "clip-path": 15, "mask": 22, "mix-blend-mode": 11, "isolation": 11}
"""Nanoseconds for each pixel."""

_NO_LAYER = frozenset({"none", "normal", "auto", "1", "1.0"})
_FARTHEST = 1000
"""Times the size of the picture: what lies beyond is no part of a logo, and numbers go wrong."""

_AROUND = 2.0
"""resvg draws a layer as far as so many widths and heights around the picture."""

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
    """Where something is drawn: what it inherits, how it is moved, whose size it is to have.

    On a layer what lies beside the picture is drawn too, as far as `_AROUND`.
    """

    style: Style
    matrix: Matrix | None = PLAIN
    local: Matrix | None = PLAIN
    level: int = 0
    used_by: etree._Element | None = None
    layered: bool = False


def effort(drawing: Plain) -> Effort:
    """What the drawing costs; of what is beyond all bounds, so much as shows it."""
    walk = _Walk(drawing)
    try:
        walk.effort.layers += walk.visit(drawing.root, _Place({})).layers
    except TooMuchError:
        walk.effort.drawn = MAX_DRAWN + 1
    return walk.effort


class _Walk:
    def __init__(self, drawing: Plain) -> None:
        self.effort = Effort()
        self._root = drawing.root
        self._styles = Styles(drawing.rules)
        box = numbers(drawing.root.get("viewBox", "")) or [0.0, 0.0, 0.0, 0.0]
        self._left, self._top, self._width, self._height = box
        self._by_id: dict[str, etree._Element] = {}
        count = 0
        for one in drawing.root.iter("*"):
            self._by_id.setdefault(one.get("id", ""), one)
            count += 1
        if not self._styles.can_match(count):
            self.effort.drawn = MAX_DRAWN
        self._outlines: dict[etree._Element, Outline] = {}

    def visit(self, element: etree._Element, place: _Place, *, copied: bool = False) -> Drawn:
        """Reckon an element, and what it holds, as it is drawn once in this place."""
        tag = etree.QName(element).localname
        self.effort.drawn += 1
        self.effort.work += _PER_ELEMENT
        if self.effort.is_beyond or place.level > MAX_NESTING:
            raise TooMuchError
        if tag not in _DRAWN and not (copied and tag == "symbol"):
            return Drawn()
        inner = self._entered(element, place)
        if tag in _SHAPES:
            drawn = self._shape(element, tag, inner)
        elif tag == "text":
            drawn = self._text(element, inner)
        elif tag == "image":
            self.effort.work += _PER_PICTURE
            drawn = self._painted(outline(element, tag).box, inner, _PICTURE)
        elif tag == "use":
            drawn = self._copy(element, inner)
        else:
            drawn = self._held(element, tag, inner)
        return self._layered(drawn, inner).moved(inner.local)

    def _entered(self, element: etree._Element, place: _Place) -> _Place:
        style = self._styles.of(element, place.style)
        moves = style.get("transform", ("",))
        local = matrix_of(moves[0]) if len(moves) == 1 else None
        layered = place.layered or any(
            value not in _NO_LAYER for name in _LAYERS for value in style.get(name, ())
        )
        matrix = times(place.matrix, local)
        return _Place(style, matrix, local, place.level + 1, place.used_by, layered)

    def _copy(self, element: etree._Element, place: _Place) -> Drawn:
        target = self._linked(element.get("href", ""))
        if target is None:
            return Drawn()
        x, y, _width, _height = sides(element, "use")
        shift: Matrix = (1, 0, 0, 1, x, y)
        inner = replace(place, matrix=times(place.matrix, shift), used_by=element)
        return self.visit(target, inner, copied=True).moved(shift)

    def _held(self, element: etree._Element, tag: str, place: _Place) -> Drawn:
        """What a group holds; a drawing within the drawing is fitted into its own size, and cut."""
        inner = replace(place, used_by=None)
        fit: Matrix | None = PLAIN
        is_nested = tag in ("svg", "symbol") and element is not self._root
        if is_nested:
            fit = fitted(element, place.used_by, (self._width, self._height))
            inner = replace(inner, matrix=times(place.matrix, fit), layered=True)
        drawn = Drawn()
        for child in element:
            drawn = drawn.and_then(self.visit(child, inner))
        drawn = drawn.moved(fit)
        if is_nested and drawn.box:
            share = self._share(drawn.box.moved(place.matrix))
            self.effort.pixels += _LAYERS["clip-path"] * share
            drawn = Drawn(drawn.box, drawn.layers + 2 * share)
        return drawn

    def _linked(self, link: str) -> etree._Element | None:
        return self._by_id.get(link[1:]) if len(link) > 1 else None

    def _painted_with(self, value: str) -> etree._Element | None:
        link = _LINK.search(value)
        return self._by_id.get(link[1]) if link else None

    def _share(self, box: Box, around: float = _AROUND) -> float:
        """How many times the size of the picture is drawn for what lies in a box."""
        if not self._width:
            return (1 + 2 * around) ** 2
        left, right = ((side - self._left) / self._width for side in (box.left, box.right))
        top, bottom = ((side - self._top) / self._height for side in (box.top, box.bottom))
        across, down = (
            max(0.0, min(1 + around, far) - max(-around, near))
            for near, far in ((left, right), (top, bottom))
        )
        return across * down + 0.001

    def _layered(self, drawn: Drawn, place: _Place) -> Drawn:
        """With the layers that an element is drawn on."""
        if drawn.box is None:
            return drawn
        share = self._share(drawn.box.moved(place.matrix))
        return Drawn(drawn.box, drawn.layers + self._veils(place, share))

    def _veils(self, place: _Place, share: float) -> float:
        """The layers of so many pictures each that an element, a clip or a mask asks for."""
        layers = 0.0
        for name, weight in _LAYERS.items():
            for value in place.style.get(name, ()):
                if value in _NO_LAYER:
                    continue
                self.effort.pixels += weight * share
                layers += share
                target = self._painted_with(value)
                if target is not None:
                    layers += share + self._behind(target, place, share)
        return layers

    def _behind(self, target: etree._Element, place: _Place, share: float) -> float:
        """A clip, a mask or a pattern, drawn each time that something refers to it: its layers."""
        self.effort.drawn += 1
        if self.effort.is_beyond or place.level > MAX_NESTING:
            raise TooMuchError
        is_tile = etree.QName(target).localname == "pattern"
        inner = self._entered(target, replace(place, used_by=None, layered=not is_tile))
        if any("Content" in name or name == "clipPathUnits" for name in target.attrib):
            inner = replace(inner, matrix=None)  # in units of a box whose size is not known
        drawn = Drawn()
        for child in target:
            drawn = drawn.and_then(self.visit(child, inner))
        return drawn.layers + self._veils(inner, share)

    def _painted(self, box: Box, place: _Place, weight: float) -> Drawn:
        """What is painted in a box, with so many nanoseconds for each pixel."""
        seen, side = box.moved(place.matrix), max(self._width, self._height)
        far = box if place.matrix is None else seen
        if side and far != EVERYWHERE and max(map(abs, far)) > _FARTHEST * side:
            raise TooMuchError
        around = _AROUND if place.layered else 0.0
        self.effort.pixels += weight * self._share(seen, around)
        return Drawn(box)

    def _shape(self, element: etree._Element, tag: str, place: _Place) -> Drawn:
        if element not in self._outlines:
            self._outlines[element] = outline(element, tag)
        segments, reach, box = self._outlines[element]
        # Not painted, it still makes the layers as large as it is; and what clips is always filled.
        self._edges(segments, reach * stretch(place.matrix))
        weight = sum(
            self._weight(one, element, place) for one in place.style.get("fill", ("black",))
        )
        drawn = self._painted(box, place, weight)
        strokes = [one for one in place.style.get("stroke", ()) if one != "none"]
        if strokes:
            self._stroke(segments, reach, place)
            weight = sum(self._weight(value, element, place) for value in strokes)
            drawn = self._painted(box.wider(width(place.style)), place, weight)
        return drawn

    def _stroke(self, segments: float, reach: float, place: _Place) -> None:
        """A stroke is drawn as its outline: both sides, corners, and each dash by itself."""
        for value in place.style.get("stroke-dasharray", ()):
            if value == "none":
                continue
            period = sum(map(abs, numbers(value)))
            dashes = reach / period if period and "%" not in value else ENDLESS
            self.effort.dashes += dashes
            segments += 2 * dashes
        whole = 2 * reach + segments * width(place.style)
        self._edges(segments * _EDGES, whole * stretch(place.matrix))

    def _edges(self, count: float, reach: float) -> None:
        """Lines cost by themselves, in each row that they cross, and where they cross others."""
        active = min(count, reach / self._height) if self._height else count
        self.effort.segments += count
        self.effort.work += count * (_PER_SEGMENT + _PER_CROSSING * active)
        self.effort.rows += active * _PER_EDGE_AND_ROW

    def _weight(self, value: str, element: etree._Element, place: _Place) -> float:
        """Nanoseconds for each pixel that is painted so."""
        target = self._painted_with(value)
        if target is None:
            clear = "(" in value or len(value) in (5, 9)  # rgba(...), #rgba, #rrggbbaa
            clear = clear or not {"fill-opacity", "stroke-opacity"}.isdisjoint(place.style)
            return _BLENDED if clear else _SOLID
        if self._is_tiled(value):
            self._pattern(target, element, place)
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

    def _is_tiled(self, value: str) -> bool:
        target = self._painted_with(value)
        return target is not None and etree.QName(target).localname == "pattern"

    def _pattern(self, target: etree._Element, element: etree._Element, place: _Place) -> None:
        """A tile is drawn as large as it is before it is laid, whatever of it will be seen."""
        if not self._height or "patternTransform" in target.attrib or target.get("href"):
            raise TooMuchError
        shares = numbers_of(target, "width", "height")
        if len(shares) != 2:  # noqa: PLR2004 -- width and height
            return
        left, top, right, bottom = self._outlines[element].box
        across, down = right - left, bottom - top
        if target.get("patternUnits") == "userSpaceOnUse":
            across = down = 1.0
        scale = stretch(place.matrix) * ROOM[1] / self._height
        if abs(shares[0] * across * shares[1] * down) * scale**2 > MAX_TILE:
            raise TooMuchError
        self._behind(target, replace(place, matrix=None), 1.0)

    def _text(self, element: etree._Element, place: _Place) -> Drawn:
        """Letters lie no farther from where text begins than they are wide together."""
        parts = list(element.iter("*"))
        letters = sum(len(str(text)) for text in element.itertext())
        self.effort.letters += letters + len(parts)
        self.effort.work += letters * _PER_LETTER
        styles = [self._styles.of(part, place.style) for part in parts]
        paints = [
            one for style in styles for one in style.get("fill", ()) + style.get("stroke", ())
        ]
        if any(self._is_tiled(paint) for paint in paints):
            raise TooMuchError
        size = max(extent(one) for style in styles for one in style.get("font-size", ("16",)))
        across, down = (
            [0.0, *(number for part in parts for number in numbers_of(part, *names))]
            for names in (("x", "dx"), ("y", "dy"))
        )
        long, high = size * letters + sum(map(abs, across)), 2 * size + sum(map(abs, down))
        box = Box(-long, -high, long, high)
        unusual = {"letter-spacing", "word-spacing", "writing-mode", "baseline-shift"}
        if any(etree.QName(part).localname == "textPath" for part in parts) or any(
            not unusual.isdisjoint(style) for style in styles
        ):
            box = EVERYWHERE
        lines, reach = letters * _OUTLINE, letters * size * 10
        self._edges(lines, reach * stretch(place.matrix))
        for style in styles:
            if any(one != "none" for one in style.get("stroke", ())):
                self._stroke(lines, reach, replace(place, style=style))
                box = box.wider(width(style))
        return self._painted(box, place, (_GRADIENT + _BLENDED) * len(parts))
