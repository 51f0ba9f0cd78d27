"""What has changed between two texts: old and new paragraphs side by side."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from bot.signings.texts import canonical

if TYPE_CHECKING:
    from bot.letters.model import Letter


@dataclass(frozen=True, slots=True)
class Changed:
    """A paragraph before and after; empty where it was put in or taken out."""

    old: str
    new: str


def changed(before: Letter, after: Letter) -> tuple[Changed, ...]:
    """The paragraphs that differ, in their order."""
    old, new = _paragraphs(before), _paragraphs(after)
    found: list[Changed] = []
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        was, now = old[i:j], new[k:m]
        pairs = max(len(was), len(now))
        was += [""] * (pairs - len(was))
        now += [""] * (pairs - len(now))
        found += [Changed(*pair) for pair in zip(was, now, strict=True)]
    return tuple(found)


def _paragraphs(letter: Letter) -> list[str]:
    return canonical(letter).rstrip("\n").split("\n\n")
