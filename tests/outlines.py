"""Writes the outlines of the world map anew: `python -m tests.outlines FOLDER`.

FOLDER is the npm package world-atlas 2.0.2, unpacked (`npm pack world-atlas@2.0.2`): Natural Earth
as TopoJSON. What comes of it is bot/reference/data/outlines.csv: each State, and each area that is
none, as an SVG path in whole units of the Equal Earth projection, 4,000 units wide; for a State
too small to be seen also the middle of its largest island. Borders are made simpler once for both
their sides, so none gapes.
"""

from __future__ import annotations

import csv
import json
import sys
from collections import Counter
from dataclasses import dataclass
from math import asin, cos, hypot, radians, sin, sqrt
from pathlib import Path
from typing import TYPE_CHECKING, Any

from babel.core import get_global

from bot.reference.loader import DATA, load

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Point = tuple[float, float]
Ring = list[Point]

CUT = -169.0
"""The map ends in Bering Strait, where no land is cut in two."""

WIDTH = 4000
COARSE = 0.1
"""Degrees by which a simpler line may lie beside the true one."""

LEAST = 9.0
"""Square units: a smaller island is left out, unless it is the largest of its State."""

SEEN, SEEN_ISLANDS = 130.0, 300.0
"""Square units (some 75 square kilometres each): a State with less has a place, too. A circle upon
an island hides no neighbour."""

LEFT_OUT = {"010"}
"""Antarctica would take a sixth of the picture."""

CRIMEA, CRIMEA_IS_OF = (34.2, 45.2), "UKR"
"""The package draws it with the Russian Federation; see the General Assembly, A/RES/68/262."""

MOROCCO, ITS_SOUTH = "MAR", 27 + 40 / 60
"""The package draws most of Western Sahara with Morocco; the United Nations list it among the
Non-Self-Governing Territories. It begins at this latitude."""


@dataclass(frozen=True, slots=True)
class Atlas:
    """One of the package's files: its lines, of which the shapes are put together."""

    lines: list[Ring]
    shapes: list[dict[str, Any]]

    @classmethod
    def read(cls, path: Path, coarse: float) -> Atlas:
        """The file, its lines made simpler."""
        data = json.loads(path.read_text(encoding="utf-8"))
        (wide, high), (left, low) = data["transform"]["scale"], data["transform"]["translate"]
        lines = []
        for arc in data["arcs"]:
            x, y, line = 0, 0, []
            for dx, dy in arc:
                x, y = x + dx, y + dy
                line.append((x * wide + left, y * high + low))
            lines.append(simpler(unwrapped(line), coarse))
        return cls(lines, data["objects"]["countries"]["geometries"])

    def islands(self) -> set[str]:
        """The numbers of the shapes that share no border."""
        used = Counter(
            arc if arc >= 0 else ~arc for shape in self.shapes for arc in set(_arcs(shape))
        )
        return {
            shape["id"]
            for shape in self.shapes
            if "id" in shape and all(used[arc if arc >= 0 else ~arc] == 1 for arc in _arcs(shape))
        }

    def rings(self, shape: dict[str, Any]) -> Iterator[Ring]:
        """Every ring of a shape, outer ones and holes."""
        arcs = shape["arcs"]
        for polygon in arcs if shape["type"] == "MultiPolygon" else [arcs]:
            for ring in polygon:
                points: Ring = []
                for number in ring:
                    line = self.lines[number] if number >= 0 else self.lines[~number][::-1]
                    points += line[1:] if points else line
                yield unwrapped(points)


def _arcs(shape: dict[str, Any]) -> Iterator[int]:
    arcs = shape["arcs"]
    for polygon in arcs if shape["type"] == "MultiPolygon" else [arcs]:
        for ring in polygon:
            yield from ring


def unwrapped(line: Sequence[Point]) -> Ring:
    """The line without leaps from one edge of the world to the other."""
    found = [line[0]]
    for x, y in line[1:]:
        turns = round((found[-1][0] - x) / 360)
        found.append((x + 360 * turns, y))
    return found


def simpler(line: Ring, coarse: float) -> Ring:
    """The line by Douglas and Peucker; one that ends where it begins is cut at its far point."""
    if len(line) < 3:
        return line
    if (line[0][0] - line[-1][0]) % 360 < coarse / 1000 and line[0][1] == line[-1][1]:
        far = max(range(len(line)), key=lambda at: _apart(line[0], line[at]))
        return simpler_open(line[: far + 1], coarse)[:-1] + simpler_open(line[far:], coarse)
    return simpler_open(line, coarse)


def simpler_open(line: Ring, coarse: float) -> Ring:
    """The line's ends, and each point between that lies far enough from the straight way."""
    kept, todo = {0, len(line) - 1}, [(0, len(line) - 1)]
    while todo:
        first, last = todo.pop()
        if last - first < 2:
            continue
        far = max(range(first + 1, last), key=lambda at: _beside(line[at], line[first], line[last]))
        if _beside(line[far], line[first], line[last]) > coarse:
            kept.add(far)
            todo += [(first, far), (far, last)]
    return [line[at] for at in sorted(kept)]


def _apart(one: Point, other: Point) -> float:
    return hypot((one[0] - other[0]) * cos(radians(one[1])), one[1] - other[1])


def _beside(point: Point, start: Point, end: Point) -> float:
    flat = cos(radians(point[1]))
    ax, ay = (end[0] - start[0]) * flat, end[1] - start[1]
    bx, by = (point[0] - start[0]) * flat, point[1] - start[1]
    length = ax * ax + ay * ay
    along = min(1.0, max(0.0, (ax * bx + ay * by) / length)) if length else 0.0
    return hypot(bx - along * ax, by - along * ay)


def projected(point: Point) -> Point:
    """Equal Earth (Šavrič, Patterson, Jenny 2018), in units; y grows to the south."""
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    t = asin(sqrt(3) / 2 * sin(radians(point[1])))
    slope = 9 * a4 * t**8 + 7 * a3 * t**6 + 3 * a2 * t**2 + a1
    x = 2 * sqrt(3) * radians(point[0] - CUT - 180) * cos(t) / (3 * slope)
    y = a4 * t**9 + a3 * t**7 + a2 * t**3 + a1 * t
    scale = WIDTH / 2 / (2 * sqrt(3) * radians(180) / (3 * a1))
    return WIDTH / 2 + x * scale, -y * scale


def pieces(ring: Ring) -> Iterator[Ring]:
    """The ring's parts on either side of where the map is cut, each in its place."""
    for turn in (-1, 0, 1, 2):
        west = CUT + 360 * turn
        part = _clipped(_clipped(ring, west, 1), west + 360, -1)
        if len(part) > 2:
            yield [(x - 360 * turn, y) for x, y in part]


def owned(code: str, ring: Ring) -> Iterator[tuple[str, Ring]]:
    """Whose the ring is: as the package has it, but for what it draws otherwise than the UN."""
    if code and holds(ring, CRIMEA):
        yield CRIMEA_IS_OF, ring
    elif code == MOROCCO:
        turned = [(y, x) for x, y in ring]
        for whose, side in ((code, 1), ("", -1)):
            part = [(x, y) for y, x in _clipped(turned, ITS_SOUTH, side)]
            if len(part) > 2:
                yield whose, part
    else:
        yield code, ring


def _clipped(ring: Ring, edge: float, side: int) -> Ring:
    found: Ring = []
    for (x, y), (to_x, to_y) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (x - edge) * side >= 0:
            found.append((x, y))
        if (x - edge) * (to_x - edge) < 0:
            found.append((edge, y + (to_y - y) * (edge - x) / (to_x - x)))
    return found


def area(ring: Sequence[Point]) -> float:
    """With a sign by the way round."""
    following = zip(ring, [*ring[1:], ring[0]], strict=True)
    return sum(x * to_y - to_x * y for (x, y), (to_x, to_y) in following) / 2


def centre(ring: Sequence[Point]) -> Point:
    """Of its area; of its points where it has none."""
    whole = area(ring)
    if not whole:
        return sum(x for x, _ in ring) / len(ring), sum(y for _, y in ring) / len(ring)
    x = y = 0.0
    for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True):
        x += (ax + bx) * (ax * by - bx * ay)
        y += (ay + by) * (ax * by - bx * ay)
    return x / 6 / whole, y / 6 / whole


def holds(ring: Ring, point: Point) -> bool:
    """Whether the point lies inside."""
    inside = False
    for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True):
        across = (ay > point[1]) != (by > point[1])
        if across and point[0] < (bx - ax) * (point[1] - ay) / (by - ay) + ax:
            inside = not inside
    return inside


def path(rings: Sequence[Sequence[Point]]) -> str:
    """The rings as one path in whole units, each step from the point before."""
    drawn = []
    for ring in rings:
        whole = [(round(x), round(y)) for x, y in ring]
        steps = [whole[0]]
        at = whole[0]
        for x, y in whole[1:]:
            if (x, y) != at:
                steps.append((x - at[0], y - at[1]))
            at = (x, y)
        if len(steps) > 2:
            numbers = " ".join(f"{x} {y}" for x, y in steps[1:])
            drawn.append(f"M{steps[0][0]} {steps[0][1]}l{numbers.replace(' -', '-')}z")
    return "".join(drawn)


def states_by_number() -> dict[str, str]:
    """The States' codes by those of M49, as CLDR has them."""
    states = {state.iso2: state.iso3 for state in load().states.values()}
    return {
        number: states[codes[0]]
        for number, codes in get_global("territory_aliases").items()
        if number.isdigit() and len(codes) == 1 and codes[0] in states
    }


def written(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Code (empty for an area that is no State here), place and path, by code."""
    numbers, found = states_by_number(), dict[str, list[Ring]]()
    atlas = Atlas.read(folder / "countries-50m.json", COARSE)
    for shape in atlas.shapes:
        code = numbers.get(shape.get("id", ""), "")
        if shape.get("id") not in LEFT_OUT:
            for ring in atlas.rings(shape):
                for whose, part in owned(code, ring):
                    found.setdefault(whose, []).extend(
                        [projected(point) for point in piece] for piece in pieces(part)
                    )
    fine = Atlas.read(folder / "countries-10m.json", 0.0)
    true = {numbers[shape["id"]]: shape for shape in fine.shapes if shape.get("id") in numbers}
    islands = {numbers[number] for number in atlas.islands() if number in numbers}
    for code in ("", *sorted(load().states)):
        rings = found.get(code, [])
        largest = max(map(abs, map(area, rings)), default=0.0)
        drawn = [one for one in rings if abs(area(one)) >= min(LEAST, largest)]
        place = ""
        if code and abs(sum(map(area, rings))) < (SEEN_ISLANDS if code in islands else SEEN):
            (piece,) = pieces(max(fine.rings(true[code]), key=lambda one: abs(area(one))))
            x, y = centre([projected(point) for point in piece])
            place = f"{round(x)} {round(y)}"
        yield code, place, path(drawn)


def main(folder: Path) -> None:
    """Write the file."""
    with (DATA / "outlines.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["code", "place", "path"])
        writer.writerows(written(folder))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
