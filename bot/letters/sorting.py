"""Co-signers in the order of the alphabet, and which of them stand in a list twice."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from bot.letters.signatory_words import folded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.letters.model import Signatory

_ARTICLE = re.compile(r"(?:the|an?|la|les?|une?|el|los|las|una)\s+|l'\s*")
"""Leading articles of the three languages, folded; a library's catalogue passes over them, too."""

_MARKS = str.maketrans("’‘ʼ`´“”„–—‐‑", "'''''\"\"\"----")
_WORDS = re.compile(r"[^\w\s]+")


def by_organisation(signatories: Iterable[Signatory]) -> tuple[Signatory, ...]:
    """By organisation, then by name; who has none stands by the name."""
    return tuple(sorted(signatories, key=_organisation_key))


def by_name(signatories: Iterable[Signatory]) -> tuple[Signatory, ...]:
    """By name as it is written: which word of it is the family's nobody can tell."""
    return tuple(sorted(signatories, key=_name_key))


def joined(
    have: Iterable[Signatory], more: Iterable[Signatory]
) -> tuple[tuple[Signatory, ...], tuple[Signatory, ...]]:
    """All of them once, in their order; and those of `more` that were there already.

    Capitals, accents, blanks and the form of apostrophes make no other co-signer.
    """
    found = {_same(one): one for one in have}
    twice: list[Signatory] = []
    for one in more:
        if _same(one) in found:
            twice.append(one)
        else:
            found[_same(one)] = one
    return tuple(found.values()), tuple(twice)


def _organisation_key(one: Signatory) -> tuple[str, str]:
    return _key(one.organisation or one.name), _key(one.name)


def _name_key(one: Signatory) -> tuple[str, str]:
    return _key(one.name or one.organisation), _key(one.organisation)


def _key(text: str) -> str:
    plain = folded(text).replace("’", "'").lstrip("\"'“”«»„( ")
    article = _ARTICLE.match(plain)
    bare = plain[article.end() :] if article and article.end() < len(plain) else plain
    return " ".join(_WORDS.sub(" ", bare).split()) or plain


def _same(one: Signatory) -> tuple[str, str, str]:
    name, role, organisation = map(_compared, (one.name, one.role, one.organisation))
    return name, role, organisation


def _compared(text: str) -> str:
    plain = text.casefold().translate(_MARKS)
    if not plain.isascii():
        apart = unicodedata.normalize("NFKD", plain)
        plain = "".join(char for char in apart if not _is_accent(char)) or plain
    return " ".join(plain.split())


def _is_accent(char: str) -> bool:
    """Whether it is an accent of Latin, Greek or Cyrillic; in other scripts a mark is a letter."""
    return "\u0300" <= char <= "\u036f"
