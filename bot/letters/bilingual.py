"""A letter and its courtesy translation as one document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.letters.language import grammar
from bot.letters.model import Letter, joined, run_on_groups

if TYPE_CHECKING:
    from datetime import date

ONCE = frozenset({"signatories"})
"""Sections that are the same in every language and stand once where columns stand side by side."""


@dataclass(frozen=True, slots=True)
class Bilingual:
    """The same letter twice: one after the other, or `beside` each other in two columns."""

    first: Letter
    second: Letter
    beside: bool = False

    @property
    def date(self) -> date:
        """The letter's date."""
        return self.first.date

    @property
    def subject(self) -> str:
        """The subject, in the first language."""
        return self.first.subject

    @property
    def heading(self) -> str:
        """What stands above the second letter."""
        text: str = grammar(self.second.language).COURTESY_TRANSLATION
        return text


Sheet = Letter | Bilingual
"""What a document is made of."""


@dataclass(frozen=True, slots=True)
class Row:
    """One paragraph in both languages; the second is empty for what stands once."""

    key: str
    first: str
    second: str


def rows(pair: Bilingual) -> tuple[Row, ...]:
    """The paragraphs of the two letters, each beside its translation."""
    first, second = run_on_groups(pair.first), run_on_groups(pair.second)
    if [[s.key for s in group] for group in first] != [[s.key for s in group] for group in second]:
        # Own words may break a paragraph in one language only: then section stands by section.
        first = [[section] for section in pair.first.sections]
        second = [[section] for section in pair.second.sections]
    texts = {group[0].key: joined(group).text for group in first}
    others = {group[0].key: joined(group).text for group in second}
    return tuple(
        Row(key, texts.get(key, ""), "" if key in ONCE and key in texts else others.get(key, ""))
        for key in dict.fromkeys((*texts, *others))
    )
