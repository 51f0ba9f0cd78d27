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

_WORDS = re.compile(r"[^\w\s]+")


def by_organisation(signatories: Iterable[Signatory]) -> tuple[Signatory, ...]:
    """By organisation, then by name; who has none stands by the name."""
    return tuple(sorted(signatories, key=_organisation_key))


def by_name(signatories: Iterable[Signatory]) -> tuple[Signatory, ...]:
    """By name as it is written: which word of it is the family's nobody can tell."""
    return tuple(sorted(signatories, key=lambda one: (_key(one.name), _key(one.organisation))))


def joined(
    have: Iterable[Signatory], more: Iterable[Signatory]
) -> tuple[tuple[Signatory, ...], tuple[Signatory, ...]]:
    """All of them once, in their order; and those of `more` that were there already.

    Capitals, blanks, the form of apostrophes and of accents make no other person; an accent does.
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


def _key(text: str) -> str:
    plain = folded(text).replace("’", "'").lstrip("\"'“”«»„( ")
    article = _ARTICLE.match(plain)
    bare = plain[article.end() :] if article and article.end() < len(plain) else plain
    return " ".join(_WORDS.sub(" ", bare).split()) or plain


def _same(one: Signatory) -> tuple[str, str, str]:
    name, role, organisation = map(_compared, (one.name, one.role, one.organisation))
    return name, role, organisation


def _compared(text: str) -> str:
    plain = unicodedata.normalize("NFC", text).casefold().replace("’", "'").replace("ʼ", "'")
    return " ".join(plain.split())
