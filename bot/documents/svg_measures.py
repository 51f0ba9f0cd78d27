"""The numbers in a drawing: lengths, transforms, and where its shapes lie."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml import etree

ENDLESS = 1e9
"""No number is taken to be larger."""

_N = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
_NUMBER = re.compile(_N)
_LENGTH = re.compile(rf"\s*({_N})\s*([a-zA-Z]*)\s*")
_UNITS = {"": 1, "px": 1, "pt": 4 / 3, "pc": 16, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96}
_UNITS |= {"em": 16, "rem": 16, "ex": 8}
_MOVE = re.compile(r"(matrix|translate|scale|rotate|skewX|skewY)\s*\(([^)]*)\)")
_COMMAND = re.compile(r"([MLTHVCSQAZ])([^MLTHVCSQAZ]*)", re.IGNORECASE)
_ARITY = {"M": 2, "L": 2, "T": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4}
_ARC = re.compile(r"[\s,]*".join((rf"({_N})",) * 3 + ("[01]",) * 2 + (rf"({_N})",) * 2))
_LINES = {"A": 8, "C": 2, "S": 2, "Q": 2, "T": 2}
"""A curve turns, so that it counts for two lines; an arc is made of four curves."""

Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]
PLAIN: Matrix = (1, 0, 0, 1, 0, 0)


class Box(NamedTuple):
    """Where something lies."""

    left: float
    top: float
    right: float
    bottom: float

    def around(self, other: Box | None) -> Box:
        """The box that holds both."""
        if other is None:
            return self
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    def wider(self, by: float) -> Box:
        """The box with so much more on each side."""
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def moved(self, matrix: Matrix | None) -> Box:
        """The box that holds what is in this one after a transform."""
        if matrix is None:
            return EVERYWHERE
        corners = [(x, y) for x in (self.left, self.right) for y in (self.top, self.bottom)]
        return _box(_moved(corner, matrix) for corner in corners)


EVERYWHERE = Box(-ENDLESS, -ENDLESS, ENDLESS, ENDLESS)


class Outline(NamedTuple):
    """A shape's segments, a length that they do not exceed together, and where they lie."""

    segments: float
    reach: float
    box: Box


def numbers(text: str) -> list[float]:
    """The numbers in an attribute, none beyond all sense."""
    return [_bounded(float(number)) for number in _NUMBER.findall(text)]


def _bounded(number: float) -> float:
    return max(-ENDLESS, min(ENDLESS, number))


def length(text: str) -> float | None:
    """A length in pixels; None where it is none, or a part of something else."""
    found = _LENGTH.fullmatch(text)
    if found is None or found[2].lower() not in _UNITS:
        return None
    return _bounded(float(found[1]) * _UNITS[found[2].lower()])


def extent(text: str) -> float:
    """A length in pixels without its sign; endless where it is a part of something else."""
    found = length(text)
    return ENDLESS if found is None else abs(found)


def numbers_of(element: etree._Element, *names: str) -> list[float]:
    """The numbers in several attributes of an element."""
    return numbers(" ".join(element.get(name, "") for name in names))


def times(first: Matrix | None, second: Matrix | None) -> Matrix | None:
    """What lies in the second transform, in the first; None where one is not known."""
    if first is None or second is None:
        return None
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    whole = (a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j)
    moved = (a * k + c * m + e, b * k + d * m + f)
    a, b, c, d, e, f = map(_bounded, (*whole, *moved))
    return a, b, c, d, e, f


def matrix_of(transform: str) -> Matrix | None:
    """A list of transforms as one; None where a part of it has too few numbers."""
    whole: Matrix | None = PLAIN
    for name, inside in _MOVE.findall(transform):
        given = numbers(inside)
        if not given or (name == "matrix" and len(given) < 6):  # noqa: PLR2004 -- a to f
            return None
        whole = times(whole, _matrix(name, given))
    return whole


def _matrix(name: str, given: list[float]) -> Matrix:
    one, two = given[0], given[1] if len(given) > 1 else None
    if name == "matrix":
        return one, given[1], given[2], given[3], given[4], given[5]
    if name == "translate":
        return 1, 0, 0, 1, one, two or 0.0
    if name == "scale":
        return one, 0, 0, one if two is None else two, 0, 0
    turn = math.radians(one)
    if name == "skewX":
        return 1, 0, _bounded(math.tan(turn)), 1, 0, 0
    if name == "skewY":
        return 1, _bounded(math.tan(turn)), 0, 1, 0, 0
    sine, cosine = math.sin(turn), math.cos(turn)
    x, y = (given[1], given[2]) if len(given) > 2 else (0.0, 0.0)  # noqa: PLR2004 -- a centre
    return cosine, sine, -sine, cosine, x - cosine * x + sine * y, y - sine * x - cosine * y


def stretch(matrix: Matrix | None) -> float:
    """How far a transform stretches a line at most."""
    return ENDLESS if matrix is None else min(ENDLESS, math.hypot(*matrix[:4]))


def _moved(point: Point, matrix: Matrix) -> Point:
    (x, y), (a, b, c, d, e, f) = point, matrix
    return a * x + c * y + e, b * x + d * y + f


def _box(points: Iterable[Point]) -> Box:
    xs, ys = zip(*points, strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))


def outline(element: etree._Element, tag: str) -> Outline:
    """The outline of a shape before it is transformed."""
    if tag == "path":
        return _path(element.get("d", ""))
    if tag in ("polyline", "polygon"):
        given = numbers(element.get("points", ""))
        points = list(zip(given[::2], given[1::2], strict=False)) or [(0.0, 0.0)]
        reach = sum(map(math.dist, points, [*points[1:], points[0]]))
        return Outline(len(points), reach, _box(points))
    x, y, width, height = sides(element, tag)
    box = Box(x, y, _bounded(x + width), _bounded(y + height))
    return Outline(12, 2 * (abs(width) + abs(height)), box)


def sides(element: etree._Element, tag: str) -> tuple[float, float, float, float]:
    """Left, top, width and height of what is no path; endless where they are not known."""

    def given(name: str, otherwise: float = 0.0) -> float:
        found = length(element.get(name, str(otherwise)))
        return ENDLESS if found is None else found

    if tag == "line":
        x, y = given("x1"), given("y1")
        return x, y, given("x2") - x, given("y2") - y
    if tag in ("circle", "ellipse"):
        across, down = (given("r"), given("r")) if tag == "circle" else (given("rx"), given("ry"))
        across, down = across or down, down or across
        return given("cx") - across, given("cy") - down, 2 * across, 2 * down
    return given("x"), given("y"), given("width"), given("height")


def _path(text: str) -> Outline:
    """A path's points with those that bend it: its curves lie within them."""
    at = start = bend = (0.0, 0.0)
    points, segments, reach, wide = [at], 1.0, 0.0, 0.0
    for command, inside in _COMMAND.findall(text):
        kind = command.upper()
        if kind == "Z":
            at = bend = start
            continue
        for given in _parts(kind, inside):
            found = _points(kind, given, at if command.islower() else (0.0, 0.0), at)
            if kind in "ST":
                found.insert(0, (2 * at[0] - bend[0], 2 * at[1] - bend[1]))
            if kind == "A":
                radius = max(abs(given[0]), abs(given[1]), math.dist(at, found[-1]))
                wide, reach = max(wide, 2 * radius), reach + 7 * radius
            reach += sum(map(math.dist, [at, *found[:-1]], found))
            segments += _LINES.get(kind, 1)
            at = found[-1]
            bend = found[-2] if kind in "CSQT" else at
            points += found
        start = points[-1] if kind == "M" else start
    if len(points) > 1:
        points = points[1:]
    return Outline(segments, min(ENDLESS, reach), _box(points).wider(wide))


def _parts(kind: str, inside: str) -> list[list[float]]:
    if kind == "A":  # its flags may stand without a blank before the next number
        return [[_bounded(float(one)) for one in part] for part in _ARC.findall(inside)]
    given, size = numbers(inside), _ARITY[kind]
    return [given[start : start + size] for start in range(0, len(given) - size + 1, size)]


def _points(kind: str, given: list[float], base: Point, at: Point) -> list[Point]:
    if kind == "H":
        return [(_bounded(given[0] + base[0]), at[1])]
    if kind == "V":
        return [(at[0], _bounded(given[0] + base[1]))]
    if kind == "A":
        given = given[3:]
    return [
        (_bounded(x + base[0]), _bounded(y + base[1]))
        for x, y in zip(given[::2], given[1::2], strict=True)
    ]
