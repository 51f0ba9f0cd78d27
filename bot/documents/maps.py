"""A map of the world whose States are filled by kind, as drawings (SVG) that Typst sets.

The kinds are told apart without colour, too: full, striped, empty, dotted. Where small States lie
close together the map is drawn once more, larger. A State too small to be seen is a circle as well;
circles that would lie upon each other are set apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from math import hypot
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Frame:
    """A part of the map, in the outlines' own units, and how wide it stands on the page, in mm."""

    left: int
    top: int
    width: int
    height: int
    across: float

    @property
    def unit(self) -> float:
        """How many of the outlines' units a millimetre of the page has."""
        return self.width / self.across

    def holds(self, place: Place) -> bool:
        """Whether the place lies in it."""
        right, bottom = self.left + self.width, self.top + self.height
        return self.left < place[0] < right and self.top < place[1] < bottom


WORLD = Frame(85, -990, 3925, 1785, 94)
"""From Greenland to Cape Horn."""

LARGER = (Frame(1850, -745, 630, 400, 61), Frame(1025, -395, 220, 275, 31))
"""Europe and the eastern Mediterranean, as far as the Gulf; the Caribbean."""

FRAMES = (WORLD, *LARGER)

RADIUS, APART = 0.68, 1.5
"""Of a circle, and the least way between two middles, in millimetres."""

_ROUNDS = 200
_SEA, _EDGE, _DARK, _WARM = "#e6eff7", "#5f6b78", "#1f4e79", "#e69f00"
_FILLS = {
    "party": _DARK,
    "signed": "url(#stripes)",
    "no_action": "#ffffff",
    "withdrew": "url(#dots)",
    "": "#c6c6c6",
}
_PATTERNS = (
    '<pattern id="stripes" width="0.84" height="0.84" patternUnits="userSpaceOnUse" '
    'patternTransform="scale({unit}) rotate(45)"><rect width="0.84" height="0.84" fill="#ffffff"/>'
    f'<rect width="0.35" height="0.84" fill="{_DARK}"/></pattern>'
    '<pattern id="dots" width="0.74" height="0.74" patternUnits="userSpaceOnUse" '
    'patternTransform="scale({unit})">'
    f'<rect width="0.74" height="0.74" fill="{_WARM}"/>'
    '<circle cx="0.37" cy="0.37" r="0.2" fill="#000000"/></pattern>'
)


@dataclass(frozen=True, slots=True)
class Outline:
    """A State's shape, and where its circle belongs if it is small; no code: no State here."""

    code: str
    path: str
    place: Place | None = None


def drawings(outlines: tuple[Outline, ...], kinds: Mapping[str, str]) -> tuple[str, ...]:
    """The world, then its larger parts; a circle stands in one of them alone.

    Every shape and circle bears the State's code and its kind.
    """
    return tuple(_map(frame, outlines, kinds) for frame in FRAMES)


def _map(frame: Frame, outlines: tuple[Outline, ...], kinds: Mapping[str, str]) -> str:
    shapes = []
    for one in outlines:
        kind = kinds.get(one.code, "")
        named = f' id="{one.code}" class="{kind}"' if one.code else ""
        if one.path:
            shapes.append(f'<path{named} d="{one.path}" fill="{_FILLS[kind]}"/>')
    circles = [
        f'<g id="{code}-circle" class="{kinds[code]}" transform="translate({x:.1f} {y:.1f}) '
        f'scale({frame.unit:.2f})">{_circle(kinds[code])}</g>'
        for code, (x, y) in places(outlines, frame).items()
    ]
    sea = f'<rect {_bounds(frame)} fill="{_SEA}"/>'
    edges = [_edge(one, frame.unit) for one in ((frame, *LARGER) if frame == WORLD else (frame,))]
    return _drawing(frame, "".join((sea, *shapes, *circles, *edges)))


def sample(kind: str) -> str:
    """What the kind looks like, for the legend: as a shape and as a circle."""
    square = f'<rect x="0.1" y="0.1" width="2.8" height="1.8" fill="{_FILLS[kind]}"/>'
    circle = f'<g transform="translate(4.2 1)">{_circle(kind)}</g>'
    return _drawing(Frame(0, 0, 5, 2, 5), square + circle)


def places(outlines: tuple[Outline, ...], frame: Frame) -> dict[str, Place]:
    """Where the circles stand in that part: as near to their places as leaves each to be seen."""
    return dict(_spread(tuple(_in(outlines, frame)), APART * frame.unit))


def _in(outlines: tuple[Outline, ...], frame: Frame) -> Iterator[tuple[str, Place]]:
    for one in outlines:
        larger = next((part for part in LARGER if one.place and part.holds(one.place)), WORLD)
        if one.place and larger == frame:
            yield one.code, one.place


@lru_cache(maxsize=len(FRAMES))
def _spread(found: tuple[tuple[str, Place], ...], apart: float) -> tuple[tuple[str, Place], ...]:
    stand = dict(found)
    for _round in range(_ROUNDS):
        still = True
        for one, other in combinations(stand, 2):
            (ax, ay), (bx, by) = stand[one], stand[other]
            way = hypot(bx - ax, by - ay)
            if way < apart:
                still = False
                push = (apart - way) / 2 + 0.1
                dx, dy = ((bx - ax) / way, (by - ay) / way) if way else (1.0, 0.0)
                stand[one] = (ax - dx * push, ay - dy * push)
                stand[other] = (bx + dx * push, by + dy * push)
        if still:
            break
    return tuple(stand.items())


def _circle(kind: str) -> str:
    """Filled, with a dot, empty, or crossed out: stripes would not be seen in it."""
    fill = {"party": _DARK, "withdrew": _WARM}.get(kind, "#ffffff")
    ring = (
        f'<circle r="{RADIUS + 0.1:.2f}" fill="#ffffff" stroke="none"/>'
        f'<circle r="{RADIUS - 0.1:.2f}" fill="{fill}" stroke="{_DARK}" stroke-width="0.2"/>'
    )
    if kind == "signed":
        return f'{ring}<circle r="0.3" fill="{_DARK}" stroke="none"/>'
    if kind == "withdrew":
        return f'{ring}<path d="M-.35-.35l.7.7m0-.7l-.7.7" stroke="#000000" stroke-width="0.22"/>'
    return ring


def _edge(frame: Frame, unit: float) -> str:
    """Of the drawing itself, and on the world also of the larger parts; seen on dark and light."""
    lines = (("#ffffff", 0.45), ("#000000", 0.18))
    return "".join(
        f'<rect {_bounds(frame)} fill="none" stroke="{color}" stroke-width="{width * unit:.2f}"/>'
        for color, width in lines
    )


def _bounds(frame: Frame) -> str:
    return f'x="{frame.left}" y="{frame.top}" width="{frame.width}" height="{frame.height}"'


def _drawing(frame: Frame, inner: str) -> str:
    box = f"{frame.left} {frame.top} {frame.width} {frame.height}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" width="{frame.width}" '
        f'height="{frame.height}"><defs>{_PATTERNS.format(unit=round(frame.unit, 2))}</defs>'
        f'<g stroke="{_EDGE}" stroke-width="{0.1 * frame.unit:.2f}">{inner}</g></svg>'
    )
