"""A campaigner's own words in a letter: changed sections, own paragraphs, their translations.

A change holds one wording for each language it was given in. One of them is the source, written
as it stands; every other remembers the source text that it was translated from, so that a later
change of the source shows it to be out of date.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.letters.addresses import with_apostrophes
from bot.letters.french import spaced
from bot.letters.model import BODY_KEYS, SECTION_KEYS, Language, Section
from bot.letters.signatories import is_removed

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

MAX_TEXT = 4000
"""Characters of a section."""

MAX_OWN = 20
"""Own paragraphs of one letter."""

OWN = "own"
FIRST_PLACE = "thanks"
"""A new paragraph stands before the thanks: after the last section of substance."""

_BLANKS = " \t\u00a0\u202f\u2007\u3000"


@dataclass(frozen=True, slots=True)
class Source:
    """The text that a translation was made from."""

    language: Language
    text: str


@dataclass(frozen=True, slots=True)
class Wording:
    """A change in one language. An empty text is the template's own.

    `original` is what the template said when this was written: where it says something else now,
    the facts have moved on. `source` is None for what was written as it stands.
    """

    language: Language
    text: str
    original: str = ""
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """Own words for a section, or an own paragraph that stands `after` a section."""

    key: str
    wordings: tuple[Wording, ...]
    after: str = ""

    @property
    def is_own(self) -> bool:
        """Whether it is a paragraph that no template has."""
        return bool(self.after)

    @property
    def source(self) -> Wording:
        """The wording that was written as it stands."""
        return next((one for one in self.wordings if one.source is None), self.wordings[0])

    def wording(self, language: Language) -> Wording | None:
        """The wording in that language, if there is one."""
        return next((one for one in self.wordings if one.language is language), None)

    def text(self, language: Language, template: str = "") -> str:
        """What stands in the letter: the source's words where there are none in the language."""
        wording = self.wording(language)
        if wording is None:
            return self.source.text or template
        return wording.text or template

    def fit(self, language: Language) -> Fit:
        """Whether there is a wording in the language, and of the present source."""
        wording = self.wording(language)
        if wording is None:
            return Fit.MISSING if self.source.text else Fit.GOOD
        if wording.source is None or wording.source == _source_of(self.source):
            return Fit.GOOD
        return Fit.STALE


class Fit(StrEnum):
    """How a change stands in one language."""

    GOOD = "good"
    MISSING = "missing"
    STALE = "stale"


def _source_of(wording: Wording) -> Source:
    return Source(wording.language, wording.text)


def written(change: Change, language: Language, text: str, original: str) -> Change:
    """The change with new words: they are the source now, and translations are out of date."""
    before = change.wording(language)
    stale = Source(language, before.text if before and before.text != text else "")
    others = tuple(
        one
        if one.source and one.source.language is language and one.source.text
        else replace(one, source=stale)
        for one in change.wordings
        if one.language is not language
    )
    return replace(change, wordings=(Wording(language, text, original), *others))


def translated(change: Change, language: Language, text: str, original: str) -> Change:
    """The change with a translation of its source; an empty text is the template's own."""
    source = change.source
    if source.language is language:
        return written(change, language, text, original)
    others = tuple(one for one in change.wordings if one.language is not language)
    new = Wording(language, text, original, _source_of(source))
    return replace(change, wordings=(*others, new))


def noted(change: Change, language: Language, original: str) -> Change:
    """The change, its words kept in sight of what the template says now."""
    return replace(
        change,
        wordings=tuple(
            replace(one, original=original) if one.language is language else one
            for one in change.wordings
        ),
    )


def put(changes: tuple[Change, ...], change: Change) -> tuple[Change, ...]:
    """The changes with that one in its place, or behind the others."""
    if any(one.key == change.key for one in changes):
        return tuple(change if one.key == change.key else one for one in changes)
    return (*changes, change)


def without(changes: tuple[Change, ...], key: str) -> tuple[Change, ...]:
    """The changes without that one."""
    return tuple(one for one in changes if one.key != key)


OF_ONE_STATE = frozenset({"addressee", "salutation", "copies"})
"""Sections whose own words can hold for one State only."""


def for_another_state(changes: tuple[Change, ...]) -> tuple[Change, ...]:
    """The changes without those that can hold for one State only."""
    return tuple(one for one in changes if one.key not in OF_ONE_STATE)


def next_key(changes: tuple[Change, ...]) -> str:
    """A key for a new paragraph."""
    taken = [int(one.key.removeprefix(OWN)) for one in changes if one.is_own]
    return f"{OWN}{max(taken, default=0) + 1}"


def moved(changes: tuple[Change, ...], key: str, step: int, standing: Collection[str]) -> Changes:
    """An own paragraph one place up (-1) or down (1), past what stands in the letter."""
    own = [one for one in changes if one.is_own]
    change = next(one for one in own if one.key == key)
    beside = [one for one in own if one.after == change.after]
    place = beside.index(change) + step
    if 0 <= place < len(beside):
        return _swapped(changes, change, beside[place])
    places = [one for one in BODY_KEYS if one in standing or one == change.after]
    index = places.index(change.after) + step
    if not 0 <= index < len(places):
        return changes
    new = replace(change, after=places[index])
    rest = without(changes, key)
    # Going up it stands last in its new place, going down first.
    return (*rest, new) if step < 0 else (new, *rest)


Changes = tuple[Change, ...]


def _swapped(changes: Changes, one: Change, other: Change) -> Changes:
    exchanged = {one.key: other, other.key: one}
    return tuple(exchanged.get(change.key, change) for change in changes)


def applied(
    template: Mapping[str, str], changes: Changes, language: Language, left_out: Collection[str]
) -> tuple[Section, ...]:
    """The letter's sections in order: the template's, changed as the campaigner wished."""
    own = {change.key: change for change in changes if not change.is_own}
    found: list[Section] = []
    for key in SECTION_KEYS:
        text = template.get(key, "")
        if key in own:
            text = own[key].text(language, text)
        if text and key not in left_out:
            found.append(Section(key, text))
        found += [
            Section(change.key, change.text(language))
            for change in changes
            if change.after == key and change.key not in left_out
        ]
    return tuple(found)


def tidy(text: str, language: Language) -> tuple[str, bool]:
    """Typed text as it stands in a letter, and whether hidden characters were removed.

    Paragraphs stay parted by one blank line. Apostrophes become typographic, and French gets its
    no-break blanks, but not within addresses; nothing else is touched.
    """
    kept: list[str] = []
    removed = False
    for char in re.sub(r"\r\n?|[\u0085\u2028\u2029]", "\n", text):
        if char in "\n\t" or not is_removed(char):
            kept.append(" " if char == "\t" else char)
        else:
            removed = True
    lines = [line.strip(_BLANKS) for line in "".join(kept).split("\n")]
    whole = re.sub(r"\n{3,}", "\n\n", "\n".join(re.sub(" {2,}", " ", line) for line in lines))
    whole = with_apostrophes(whole.strip("\n"))
    return (spaced(whole) if language is Language.FR else whole), removed
