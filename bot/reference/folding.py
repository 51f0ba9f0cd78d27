"""Names as they are compared: without capitals, accents and marks, in any script."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import islice, product

_ALIKE = {
    "ı": "i", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "æ": "ae", "œ": "oe",
    "ħ": "h", "ə": "e", "ʻ": " ", "ʼ": " ", "ʿ": " ", "ʾ": " ",
    "ة": "ه", "ى": "ي", "ی": "ي", "ک": "ك", "ہ": "ه", "ھ": "ه", "ە": "ه", "ٱ": "ا", "ـ": "",
}  # fmt: skip
"""Letters that people type for each other and that Unicode does not take apart."""

_SMALL = frozenset([
    "the", "of", "and", "la", "le", "les", "el", "los", "las", "de", "du", "des", "del", "et", "y",
    "da", "do", "dos", "das", "di", "der", "die", "und",
])  # fmt: skip
_SHORT = {
    "st": ("saint", "state"), "ste": ("sainte",), "sta": ("santa",), "sts": ("states",),
    "rep": ("republic", "republique", "republica"),
    "dem": ("democratic", "democratique", "democratica"),
    "fed": ("federated", "federal", "federation", "federative"),
    "pop": ("populaire", "popular"), "arab": ("arab", "arabe"), "isl": ("islands", "islamic"),
    "is": ("islands",), "eq": ("equatorial", "equatoriale"), "cent": ("central",),
    "herz": ("herzegovina",), "utd": ("united",), "peop": ("peoples",), "plur": ("plurinational",),
    "s": ("south", "sao", "sud"), "n": ("north", "new", "northern", "nord"),
    "w": ("western", "west"), "e": ("east",), "dr": ("democratic republic",),
    "dpr": ("democratic peoples republic",),
}  # fmt: skip
_MOST_READINGS = 64


class _Kept(dict[int, str]):
    """What is kept of a character, found out once for each."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        category = unicodedata.category(char)
        if unicodedata.combining(char) or category == "Cf":
            kept = ""
        else:
            kept = _ALIKE.get(char, char) if category[0] in "LMN" else " "
        return self.setdefault(code, kept)


_KEPT = _Kept()


def is_small(word: str) -> bool:
    """Whether a folded word is an article or joins names, and so names nothing."""
    return word in _SMALL


@lru_cache(maxsize=256)
def fold(text: str) -> str:
    """Small letters of any script without accents; "&" is a word; punctuation is a blank.

    Vowel signs stay, as without them a name in Devanagari or Thai is another; Arabic loses its
    short vowels, its hamza above and below a letter, and the stroke that lengthens a word.
    """
    text = text.replace("&", " and ")
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
    return " ".join(unicodedata.normalize("NFKD", text.casefold()).translate(_KEPT).split())


SHORTEST = 3


def squeezed(text: str) -> str:
    """Folded, without blanks: "Viet Nam" is Vietnam, "U.K." is UK.

    Three Latin letters keep their accents: "Áo" is Austria in Vietnamese, AO is Angola's code.
    """
    key = fold(text).replace(" ", "")
    if len(key) <= SHORTEST and key.isascii() and not text.isascii():
        text = unicodedata.normalize("NFC", text.casefold())
        return "".join(char for char in text if char.isalnum())
    return key


_ARTICLE = re.compile(r"^(?:the|la|le|les|l|el|los|las) (?=..)")
_ARABIC_ARTICLE = re.compile(r"^ال(?=...)")


def bare(text: str) -> str:
    """Squeezed, without the article that begins it."""
    folded = fold(text)
    without = _ARABIC_ARTICLE.sub("", _ARTICLE.sub("", folded))
    return squeezed(text) if without == folded else without.replace(" ", "")


_APOSTROPHE = re.compile(r"\b[ld]['’‘ʼ]|['’‘ʼ](?=s\b)", re.IGNORECASE)
"""What elides an article, and what ends "People’s"."""


def readings(text: str) -> tuple[str, ...]:
    """The words that carry a name, in the alphabet's order, abbreviations written out.

    So "Korea, Dem. People's Rep." and "the Democratic People’s Republic of Korea" are one. An
    abbreviation may stand for several words; each gives a reading of its own.
    """
    words = fold(_APOSTROPHE.sub("", text)).split()
    if len(words) < 2:  # noqa: PLR2004 -- a word has one order
        return ()
    choices = [_SHORT.get(word, (word,)) for word in words if word in _SHORT or word not in _SMALL]
    found = (
        " ".join(sorted(word for part in one for word in part.split()))
        for one in islice(product(*choices), _MOST_READINGS)
    )
    return tuple(dict.fromkeys(reading for reading in found if reading))
