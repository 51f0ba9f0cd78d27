"""What a drawing costs to draw, reckoned before it is drawn: rather too much than too little.

Copies are walked as often as they are drawn, and the walk ends where it has seen enough. The
weights are nanoseconds of resvg, measured with one hostile drawing of each kind.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from bot.documents.rasters import PPI, ROOM
from bot.documents.svg_measures import (
    ENDLESS,
    EVERYWHERE,
    PLAIN,
    Box,
    Matrix,
    Outline,
    extent,
    length,
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

FINEST, COARSEST = PPI, 140
"""Pixels to the inch: the more there is to draw, the fewer."""

TIME = 150_000_000
"""Nanoseconds that drawing may take by this reckoning."""

MEMORY = 20 * 1024 * 1024
"""Bytes of the layers that lie upon one another while a drawing is drawn."""

MAX_DRAWN, MAX_SEGMENTS, MAX_DASHES, MAX_LETTERS = 5000, 120_000, 20_000, 500
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
_AROUND = 2
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
    """Where something is drawn: what it inherits, how it is moved, whose size it is to have."""

    style: Style
    matrix: Matrix | None = PLAIN
    level: int = 0
    used_by: etree._Element | None = None


class _Drawn(NamedTuple):
    """What was reckoned of a part: where it lies, and the layers at once, in whole pictures."""

    box: Box | None = None
    layers: float = 0.0

    def and_then(self, other: _Drawn) -> _Drawn:
        """With a part that is drawn after it."""
        box = other.box.around(self.box) if other.box else self.box
        return _Drawn(box, max(self.layers, other.layers))


@dataclass
class Effort:
    """Time by itself, for each row of pixels and for each pixel; layers at once; counts."""

    work: float = 0.0
    rows: float = 0.0
    pixels: float = 0.0
    layers: float = 1.0
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

    def visit(self, element: etree._Element, place: _Place, *, copied: bool = False) -> _Drawn:
        """Reckon an element, and what it holds, as it is drawn once in this place."""
        tag = etree.QName(element).localname
        self.effort.drawn += 1
        self.effort.work += _PER_ELEMENT
        if self.effort.is_beyond or place.level > MAX_NESTING:
            raise TooMuchError
        if tag not in _DRAWN and not (copied and tag == "symbol"):
            return _Drawn()
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
        return self._layered(drawn, inner)

    def _entered(self, element: etree._Element, place: _Place) -> _Place:
        style = self._styles.of(element, place.style)
        matrix = place.matrix
        moves = style.get("transform", ())
        if moves:
            matrix = times(matrix, matrix_of(moves[0])) if len(moves) == 1 else None
        return _Place(style, matrix, place.level + 1, place.used_by)

    def _copy(self, element: etree._Element, place: _Place) -> _Drawn:
        target = self._linked(element.get("href", ""))
        if target is None:
            return _Drawn()
        x, y, _width, _height = sides(element, "use")
        matrix = times(place.matrix, (1, 0, 0, 1, x, y))
        return self.visit(target, replace(place, matrix=matrix, used_by=element), copied=True)

    def _held(self, element: etree._Element, tag: str, place: _Place) -> _Drawn:
        """What a group holds; a drawing within the drawing is fitted into its own size, and cut."""
        inner = replace(place, used_by=None)
        is_nested = tag in ("svg", "symbol") and element is not self._root
        if is_nested:
            inner = replace(inner, matrix=times(place.matrix, self._fitted(element, place.used_by)))
        drawn = _Drawn()
        for child in element:
            drawn = drawn.and_then(self.visit(child, inner))
        if is_nested and drawn.box:
            share = self._share(drawn.box)
            self.effort.pixels += _LAYERS["clip-path"] * share
            drawn = _Drawn(drawn.box, drawn.layers + 2 * share)
        return drawn

    def _fitted(self, element: etree._Element, used_by: etree._Element | None) -> Matrix | None:
        """How a drawing within a drawing is moved into its size; None where that is not plain."""
        box = numbers(element.get("viewBox", ""))
        x, y = (length(element.get(name, "0")) or 0.0 for name in ("x", "y"))
        if len(box) != 4:  # noqa: PLR2004 -- x, y, width, height
            return (1, 0, 0, 1, x, y)
        given = [(used_by if used_by is not None else element).get(s) for s in ("width", "height")]
        wanted = [
            whole if text is None else length(text)
            for text, whole in zip(given, (self._width, self._height), strict=True)
        ]
        if None in wanted or min(box[2:]) <= 0 or "preserveAspectRatio" in element.attrib:
            return None
        wide, high = (side or 0.0 for side in wanted)
        scale = min(wide / box[2], high / box[3])
        left, top = (wide - box[2] * scale) / 2, (high - box[3] * scale) / 2
        return (scale, 0, 0, scale, x + left - box[0] * scale, y + top - box[1] * scale)

    def _linked(self, link: str) -> etree._Element | None:
        return self._by_id.get(link[1:]) if len(link) > 1 else None

    def _painted_with(self, value: str) -> etree._Element | None:
        link = _LINK.search(value)
        return self._by_id.get(link[1]) if link else None

    def _share(self, box: Box) -> float:
        """How many times the size of the picture is drawn for what lies in a box."""
        if not self._width:
            return float((1 + 2 * _AROUND) ** 2)
        left, right = ((side - self._left) / self._width for side in (box.left, box.right))
        top, bottom = ((side - self._top) / self._height for side in (box.top, box.bottom))
        across, down = (
            max(0.0, min(1.0 + _AROUND, far) - max(-float(_AROUND), near))
            for near, far in ((left, right), (top, bottom))
        )
        return across * down + 0.001

    def _layered(self, drawn: _Drawn, place: _Place) -> _Drawn:
        """With the layers that an element is drawn on."""
        if drawn.box is None:
            return drawn
        return _Drawn(drawn.box, drawn.layers + self._veils(place, self._share(drawn.box)))

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
        inner = self._entered(target, replace(place, used_by=None))
        if any("Content" in name or name == "clipPathUnits" for name in target.attrib):
            inner = replace(inner, matrix=None)  # in units of a box whose size is not known
        drawn = _Drawn()
        for child in target:
            drawn = drawn.and_then(self.visit(child, inner))
        return drawn.layers + self._veils(inner, share)

    def _painted(self, box: Box, place: _Place, weight: float) -> _Drawn:
        """What is painted in a box, with so many nanoseconds for each pixel."""
        moved = box.moved(place.matrix)
        self.effort.pixels += weight * self._share(moved)
        return _Drawn(moved)

    def _shape(self, element: etree._Element, tag: str, place: _Place) -> _Drawn:
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

    def _text(self, element: etree._Element, place: _Place) -> _Drawn:
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
        places = [numbers_of(part, "x", "y", "dx", "dy") for part in parts]
        begins = [0.0, *(number for given in places for number in given)]
        box = Box(min(begins), min(begins), max(begins), max(begins)).wider(2 * size * letters)
        if any(etree.QName(part).localname == "textPath" for part in parts):
            box = EVERYWHERE
        self._edges(letters * _OUTLINE, letters * size * 10 * stretch(place.matrix))
        return self._painted(box, place, (_GRADIENT + _BLENDED) * len(parts))
