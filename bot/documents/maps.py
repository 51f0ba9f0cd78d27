"""A map of the world whose States are filled by kind, as a drawing (SVG) that Typst sets.

The kinds are told apart without colour, too: full, striped, empty, dotted. A State too small to be
seen is a circle as well; circles that would lie upon each other are set apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from math import hypot
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

FRAME = (85, -990, 3925, 1785)
"""Left, top, width and height, in the outlines' own units: from Greenland to Cape Horn."""

RADIUS, APART = 27, 62
"""Of a circle, and the least way between two middles, in those units."""

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
    '<pattern id="stripes" width="34" height="34" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><rect width="34" height="34" fill="#ffffff"/>'
    f'<rect width="14" height="34" fill="{_DARK}"/></pattern>'
    '<pattern id="dots" width="30" height="30" patternUnits="userSpaceOnUse">'
    f'<rect width="30" height="30" fill="{_WARM}"/>'
    '<circle cx="15" cy="15" r="8" fill="#000000"/></pattern>'
)


@dataclass(frozen=True, slots=True)
class Outline:
    """A State's shape, and where its circle belongs if it is small; no code: no State here."""

    code: str
    path: str
    place: tuple[float, float] | None = None


def world(outlines: tuple[Outline, ...], kinds: Mapping[str, str]) -> str:
    """The map; each State is one group that bears its code and its kind, all circles on top."""
    circles = places(outlines)
    drawn, above = [], []
    for one in outlines:
        kind = kinds.get(one.code, "")
        named = f'id="{one.code}" class="{kind}"' if one.code else ""
        shape = f'<path d="{one.path}" fill="{_FILLS[kind]}"/>' if one.path else ""
        if one.code in circles:
            drawn.append(shape)
            above.append(f"<g {named}>{_circle(circles[one.code], kind)}</g>")
        else:
            drawn.append(f"<g {named}>{shape}</g>")
    left, top, width, height = FRAME
    sea = f'<rect x="{left}" y="{top}" width="{width}" height="{height}" rx="60" fill="{_SEA}"/>'
    return _drawing(FRAME, f'{sea}<g stroke="{_EDGE}" stroke-width="4">{"".join(drawn + above)}</g>')


def sample(kind: str) -> str:
    """What the kind looks like, for the legend: as a shape and as a circle."""
    square = f'<rect x="4" y="4" width="112" height="72" fill="{_FILLS[kind]}"/>'
    circle = _circle((168, 40), kind) if kind else ""
    return _drawing((0, 0, 210, 80), f'<g stroke="{_EDGE}" stroke-width="4">{square}{circle}</g>')


@lru_cache(maxsize=1)
def places(outlines: tuple[Outline, ...]) -> dict[str, tuple[float, float]]:
    """Where the circles stand: at their place, or as near to it as leaves each to be seen."""
    found = {one.code: one.place for one in outlines if one.place}
    for _round in range(_ROUNDS):
        still = True
        for one, other in combinations(found, 2):
            (ax, ay), (bx, by) = found[one], found[other]
            way = hypot(bx - ax, by - ay)
            if way < APART:
                still = False
                push = (APART - way) / 2 + 0.1
                dx, dy = ((bx - ax) / way, (by - ay) / way) if way else (1.0, 0.0)
                found[one] = (ax - dx * push, ay - dy * push)
                found[other] = (bx + dx * push, by + dy * push)
        if still:
            break
    return found


def _circle(place: tuple[float, float], kind: str) -> str:
    """Filled, with a dot, empty, or crossed out: stripes would not be seen in it."""
    x, y = round(place[0]), round(place[1])
    fill = _DARK if kind == "party" else _WARM if kind == "withdrew" else "#ffffff"
    ring = (
        f'<circle cx="{x}" cy="{y}" r="{RADIUS + 5}" fill="#ffffff" stroke="none"/>'
        f'<circle cx="{x}" cy="{y}" r="{RADIUS}" fill="{fill}" stroke="{_DARK}" stroke-width="8"/>'
    )
    if kind == "signed":
        return f'{ring}<circle cx="{x}" cy="{y}" r="13" fill="{_DARK}" stroke="none"/>'
    if kind == "withdrew":
        line = f"M{x - 15} {y - 15}l30 30m0-30l-30 30"
        return f'{ring}<path d="{line}" stroke="#000000" stroke-width="9"/>'
    return ring


def _drawing(frame: tuple[int, int, int, int], inner: str) -> str:
    box = " ".join(map(str, frame))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" width="{frame[2]}" '
        f'height="{frame[3]}"><defs>{_PATTERNS}</defs>{inner}</svg>'
    )
