"""Whose name is meant: a person's full name, found in fields and in texts, and taken out of them.

Capitals, accents and the kind of blanks do not count; whole words do, and a name within a longer
one is another's: “Ana” is not found in “Anastasia”, and whether “Ana María” is meant in “Ana María
López” is for a person to say.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import NamedTuple

MARKS = {"en": "[name removed]", "fr": "[nom supprimé]", "es": "[nombre suprimido]"}
"""What stands in a text in place of a name, by the text's language."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_TITLES = _words(
    """
    mr mrs ms miss mx dr prof professor sir dame madam he hon rev ambassador director president
    m mme mlle me pr professeur professeure madame monsieur ambassadeur ambassadrice
    sr sra srta dra don dona senor senora senorita embajador embajadora profesor profesora
    excellency excellence excelencia
    """
)
_BEFORE = _TITLES | _words(
    """
    dear with for by to from as and or thank thanks signed contact see ask
    cher chere avec pour par de a et ou merci contactez
    estimado estimada con por para y o gracias
    """
)
"""Words with a capital before a name that are no part of it."""

_PARTICLES = "de|del|della|di|da|do|dos|du|des|van|von|der|den|la|le|las|los|bin"
_ELISIONS = _words("d l qu s n j c m t")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—"), "-") | {ord("’"): "'", ord("ʼ"): "'"}


class Hits(NamedTuple):
    """How often a name stands in a text; `doubtful` where it may be a part of a longer one."""

    sure: int = 0
    doubtful: int = 0


class _Span(NamedTuple):
    start: int
    end: int
    sure: bool


def _folded(text: str) -> tuple[str, list[int]]:
    """Small letters without accents, and from where in the text each comes."""
    letters: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text.translate(_DASHES)):
        for one in unicodedata.normalize("NFKD", char.casefold()):
            if not unicodedata.combining(one):
                letters.append(one)
                places.append(place)
    return "".join(letters), [*places, len(text)]


def folded(text: str) -> str:
    """The text as names are compared."""
    return " ".join(_folded(text)[0].split())


@dataclass(frozen=True, slots=True)
class Name:
    """A person's full name, of one organisation where that is given: both as they are compared."""

    words: str
    organisation: str = ""

    @classmethod
    def of(cls, name: str, organisation: str = "") -> Name | None:
        """The name; None where no name is there."""
        words = folded(name).strip(" ,;.")
        return cls(words, folded(organisation)) if re.search(r"\w", words) else None

    def is_in_field(self, field: str) -> bool:
        """Whether a field that holds one name holds this one, be it with a title before it."""
        words = folded(field).split()
        while words and words[0].strip(".") in _TITLES and " ".join(words) != self.words:
            words = words[1:]
        return " ".join(words).strip(" ,;.") == self.words

    def is_of(self, organisation: str) -> bool:
        """Whether that organisation is meant, too."""
        return not self.organisation or folded(organisation) == self.organisation

    def hits(self, text: str) -> Hits:
        """How often it stands in a text."""
        spans = self._spans(text)
        sure = sum(one.sure for one in spans)
        return Hits(sure, len(spans) - sure)

    def without(self, text: str, mark: str, *, every: bool = False) -> str:
        """The text with the mark in its place; with `every` also where that is doubtful."""
        for one in reversed(self._spans(text)):
            if one.sure or every:
                text = text[: one.start] + mark + text[one.end :]
        return text

    def _spans(self, text: str) -> list[_Span]:
        plain, places = _folded(text)
        wanted = r"\s+".join(map(re.escape, self.words.split()))
        found = re.finditer(rf"(?<!\w)(?<!\w-){wanted}(?!\w)(?!-\w)(?!'(?!s\b)\w)", plain)
        return [
            _Span(start, end, self._is_sure(text, start, end))
            for one in found
            if not _is_elided(plain[: one.start()])
            for start, end in [(places[one.start()], places[one.end() - 1] + 1)]
            for end in [_with_accents(text, end)]
        ]

    def _is_sure(self, text: str, start: int, end: int) -> bool:
        """Whether no other word of the same line belongs to it, as far as that can be seen."""
        before = re.search(r"([\w.'-]+)[^\S\n]+$", text[:start].translate(_DASHES))
        after = re.match(rf"[^\S\n]+(?:(?:{_PARTICLES})[^\S\n]+)*([\w'-]+)", text[end:])
        single = " " not in self.words
        if before:
            word = folded(before[1]).strip(".")
            is_name = before[1][:1].isupper() or single
            if is_name and word not in _BEFORE and not before[1].endswith((".", "'")):
                return False
        return not (after and (after[1][:1].isupper() or single))


def _is_elided(before: str) -> bool:
    """Whether an apostrophe before it makes it another name, as in O'Brien; not in d'Anne."""
    found = re.search(r"(\w+)'$", before)
    return bool(found and found[1] not in _ELISIONS)


def _with_accents(text: str, end: int) -> int:
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return end
