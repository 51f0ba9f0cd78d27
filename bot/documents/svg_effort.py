"""What drawing may cost: at the resolution that the cost allows, or not at all."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from bot.documents.rasters import PPI, ROOM

if TYPE_CHECKING:
    from bot.documents.svg_measures import Box, Matrix

FINEST, COARSEST = PPI, 140
"""Pixels to the inch: the more there is to draw, the fewer."""

TIME = 150_000_000
"""Nanoseconds that drawing may take by this reckoning."""

MEMORY = 20 * 1024 * 1024
"""Bytes of the layers that lie upon one another while a drawing is drawn."""

MAX_DRAWN, MAX_SEGMENTS, MAX_DASHES, MAX_LETTERS = 5000, 120_000, 20_000, 500


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


class Drawn(NamedTuple):
    """What was reckoned of a part: where it lies, and the layers at once, in whole pictures.

    The box is handed up through one transform after the other, as resvg does: it grows on the way.
    """

    box: Box | None = None
    layers: float = 0.0

    def moved(self, matrix: Matrix | None) -> Drawn:
        """The same, as what holds it sees it."""
        return Drawn(self.box.moved(matrix), self.layers) if self.box else self

    def and_then(self, other: Drawn) -> Drawn:
        """With a part that is drawn after it."""
        box = other.box.around(self.box) if other.box else self.box
        return Drawn(box, max(self.layers, other.layers))
