"""How a letter is laid out on its pages, where that is a choice; its words are the same."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Columns(StrEnum):
    """How the co-signers stand."""

    AUTOMATIC = "automatic"
    ONE = "one"
    TWO = "two"


class Paper(StrEnum):
    """What the letter is printed on: A4, or US Letter, as in New York."""

    A4 = "a4"
    LETTER = "letter"


COLUMNS_FROM = 40
"""So many co-signers and more stand in two columns, where nothing else was chosen."""

SIGNED_BY_HAND = 4
"""So many sign by hand at most: each has room for it. More put their names to a letter."""

SIZES = {Paper.A4: (210.0, 297.0), Paper.LETTER: (215.9, 279.4)}
"""Width and height in millimetres."""


@dataclass(frozen=True, slots=True)
class Layout:
    """What was chosen. `stacked`: name, role and organisation on lines of their own."""

    columns: Columns = Columns.AUTOMATIC
    stacked: bool = False
    paper: Paper = Paper.A4

    def in_two(self, count: int) -> bool:
        """Whether so many co-signers stand in two columns."""
        many = self.columns is Columns.AUTOMATIC and count >= COLUMNS_FROM
        return many or (self.columns is Columns.TWO and count > 1)


USUAL = Layout()
"""Nothing was chosen."""
