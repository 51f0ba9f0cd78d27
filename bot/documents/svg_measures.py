"""The numbers in a drawing: lengths, and bounds of what they draw."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml import etree

ENDLESS = 1e9
"""No number is taken to be larger."""

Style = dict[str, tuple[str, ...]]
"""The values that each property may have: more than one where a rule may or may not hold."""

NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_UNITS = {"": 1, "px": 1, "pt": 4 / 3, "pc": 16, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96}
_UNITS |= {"em": 16, "rem": 16, "ex": 8}
_MOVE = re.compile(r"(matrix|scale|skewX|skewY)\s*\(([^)]*)\)")
_COMMAND = re.compile(r"([MLTHVCSQA])([^MLTHVCSQAZ]*)", re.IGNORECASE)
_ARITY = {"M": 2, "L": 2, "T": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "A": 7}
_ARC = 4
"""Curves that an arc is made of."""


def numbers(text: str) -> list[float]:
    """The numbers in an attribute, none beyond all sense."""
    return [max(-ENDLESS, min(ENDLESS, float(number))) for number in NUMBER.findall(text)]


def length(text: str) -> float | None:
    """A length in pixels; None where it is none, or a part of something else."""
    found = re.fullmatch(rf"\s*({NUMBER.pattern})\s*([a-zA-Z]*)\s*", text)
    if found is None or found[2].lower() not in _UNITS:
        return None
    return float(found[1]) * _UNITS[found[2].lower()]


def extent(text: str) -> float:
    """A length in pixels without its sign; endless where it is a part of something else."""
    found = length(text)
    return ENDLESS if found is None else min(ENDLESS, abs(found))


def numbers_of(element: etree._Element, *names: str) -> list[float]:
    """The numbers in several attributes of an element."""
    return numbers(" ".join(element.get(name, "") for name in names))


def stretched(transforms: Iterable[str]) -> float:
    """How far a transform may stretch what it is applied to, from above."""
    factor = 1.0
    for transform in transforms:
        for name, inside in _MOVE.findall(transform):
            given = numbers(inside)
            if name.startswith("skew"):
                factor *= 1 + abs(math.tan(math.radians(given[0]))) if given else 1.0
            elif given:
                factor *= max(1e-6, math.hypot(*given[:4]))
    return factor


def outline(element: etree._Element, tag: str) -> tuple[float, float]:
    """The segments of a shape, and a length that its outline does not exceed."""
    if tag in ("rect", "circle", "ellipse"):
        sides = [element.get(side, "0") for side in ("width", "height", "r", "rx", "ry")]
        return 12.0, 7 * sum(map(extent, sides))
    if tag == "line":
        return 1.0, 2 * sum(extent(element.get(side, "0")) for side in ("x1", "y1", "x2", "y2"))
    if tag != "path":
        points = numbers(element.get("points", ""))
        return 1 + len(points) / 2, 2 * sum(map(abs, points))
    segments, reach = 0.0, 0.0
    for command, inside in _COMMAND.findall(element.get("d", "")):
        given = numbers(inside)
        kind = command.upper()
        arc = kind == "A"
        segments += 1 + len(given) / _ARITY[kind] * (_ARC if arc else 1)
        # The curves of T go on as the last did, ever wider.
        reach += ENDLESS if kind == "T" else (7 if arc else 2) * sum(map(abs, given))
    return segments, reach


def width(style: Style) -> float:
    """How far a stroke may reach from its line: its width, or the point of a corner."""
    wide = max(map(extent, style.get("stroke-width", ("1",))))
    return wide * max((*numbers(" ".join(style.get("stroke-miterlimit", ()))), 4.0))
