"""What the headings of a table of participants say: which column is which, what its marks mean.

A heading names the acts that stand in its column, each with the mark that follows a date: "Approval
(AA), Acceptance(A), Accession(a), Ratification", in any order; the one without has no mark. Columns
come in any order and number. Those of acts by which no one becomes party are set aside.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.reference.folding import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SIGNED = "signature"
SUCCEEDED = "succession to signature"
APPLIED = "provisional application"
DEFINITIVE = "definitive signature"

_WORDS = {
    "succession to signature": SUCCEEDED,
    "succession to the signature": SUCCEEDED,
    "succession to signatures": SUCCEEDED,
    "definitive signature": DEFINITIVE,
    "definitive signatures": DEFINITIVE,
    "signature without reservation": DEFINITIVE,
    "signature": SIGNED,
    "signatures": SIGNED,
    "provisional application": APPLIED,
    "provisional acceptance": APPLIED,
    "provisionally": APPLIED,
    "formal confirmation": "formal confirmation",
    "confirmation": "formal confirmation",
    "consent to be bound": "consent to be bound",
    "simplified procedure": "simplified procedure",
    "ratification": "ratification",
    "acceptance": "acceptance",
    "approval": "approval",
    "accession": "accession",
    "adhesion": "accession",
    "adherence": "accession",
    "succession": "succession",
    "participation": "participation",
}
"""How a heading calls an act, today and in old treaties, folded."""

_OF_OTHERS = frozenset({
    "denunciation", "denunciations", "withdrawal", "withdrawals", "rejection", "objection",
    "objections", "termination", "reservation", "reservations", "declaration", "declarations",
})  # fmt: skip
"""Words of headings under which nobody becomes party, whatever else they name."""

USUAL = {
    "": "ratification",
    "a": "accession",
    "d": "succession",
    "A": "acceptance",
    "AA": "approval",
    "c": "formal confirmation",
    "P": "consent to be bound",
    "s": DEFINITIVE,
    "p": "simplified procedure",
    "n": APPLIED,
}
"""What a mark means where its heading does not say."""

USUAL_SIGNED = {"": SIGNED, "d": SUCCEEDED, "s": DEFINITIVE}
"""The same in a column of signatures."""

LONGEST_HEADING, MOST_ACTS, MOST_COLUMNS = 1000, 40, 30
_MARK = re.compile(r"\(([A-Za-z]{1,3})\)")
_PATTERN = re.compile(r"\b(" + "|".join(sorted(_WORDS, key=len, reverse=True)) + r")\b")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of dates: what each mark in it means by its heading."""

    marks: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_signature(self) -> bool:
        """Whether signatures stand in it."""
        found = set(self.marks.values())
        return SIGNED in found or (SUCCEEDED in found and not self._joins)

    @property
    def is_act(self) -> bool:
        """Whether acts stand in it by which a State becomes party."""
        return not self.is_signature and bool(self._joins)

    @property
    def _joins(self) -> set[str]:
        return set(self.marks.values()) - {SIGNED, SUCCEEDED, APPLIED}

    def meaning(self, mark: str) -> str:
        """What a mark means: by the heading, or as it mostly does; empty if neither knows it.

        Among signatures nothing is an act but a definitive one.
        """
        found = self.marks.get(mark, "")
        if self.is_signature:
            return found if found in USUAL_SIGNED.values() else USUAL_SIGNED.get(mark, "")
        return found or USUAL.get(mark, "")


@dataclass(frozen=True, slots=True)
class Columns:
    """Where in a row the participant stands, its signature (-1: nowhere), and its acts."""

    participant: int
    signature: int
    acts: tuple[int, ...]
    kinds: tuple[Column, ...]

    @property
    def last(self) -> int:
        """The last that is read: a row without it is cut off."""
        return max(self.participant, self.signature, *self.acts)


def column_of(heading: str) -> Column:
    """The meaning of each mark that a heading lists; of a mark listed twice, the first."""
    found: dict[str, str] = {}
    for one in re.split(r"[,;]", heading[:LONGEST_HEADING])[:MOST_ACTS]:
        mark = _MARK.search(one)
        meaning = _meaning(_MARK.sub(" ", one))
        if meaning:
            found.setdefault(mark[1] if mark else "", meaning)
    return Column(found)


def _meaning(words: str) -> str:
    folded = fold(words)
    found = _PATTERN.search(folded)
    if found is None:
        return ""
    meaning = _WORDS[found[1]]
    return "" if meaning != DEFINITIVE and _OF_OTHERS & set(folded.split()) else meaning


def columns_of(headings: Sequence[str]) -> Columns | None:
    """The columns by their headings; None where none is of participants, or none of acts."""
    if len(headings) > MOST_COLUMNS:
        return None
    names = [at for at, one in enumerate(headings) if fold(one[:60]).startswith("participant")]
    kinds = tuple(Column() if at in names else column_of(one) for at, one in enumerate(headings))
    signatures = [at for at, one in enumerate(kinds) if one.is_signature]
    acts = tuple(at for at, one in enumerate(kinds) if one.is_act)
    if len(names) != 1 or not (acts or signatures):
        return None
    return Columns(names[0], signatures[0] if signatures else -1, acts, kinds)
