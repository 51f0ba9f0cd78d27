"""Addresses in running text: e-mail addresses, links, names with an underscore.

They are copied by machines, so no rule of typography may touch them: an apostrophe in them stays
straight, and a question mark in a link has no blank before it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_WORD = re.compile(r"[^\s«»]+")
_MARK = re.compile(r"\w@\w|//|\bwww\.|\w\.[a-z]{2,}/|[^\W_]_[^\W_]")
_STRAIGHT = re.compile(r"(?<=\w)'(?=\w)")
_STAND_IN = "\x1a"
"""Stands for an address meanwhile; no text of a letter has control characters."""


def with_apostrophes(text: str) -> str:
    """The text with the apostrophes of print; its addresses as they were."""
    return outside_addresses(text, _with_apostrophes) if "'" in text else text


def _with_apostrophes(text: str) -> str:
    return _STRAIGHT.sub("’", text)


def outside_addresses(text: str, change: Callable[[str], str]) -> str:
    """The text changed, with its addresses as they were."""
    found: list[str] = []

    def taken(word: re.Match[str]) -> str:
        address = word[0]
        if not _MARK.search(address):
            return address
        if "/" not in address:  # A link may end in these; where nothing else does, they are ours.
            address = address.rstrip(";!?")
        found.append(address)
        return _STAND_IN + word[0][len(address) :]

    rest = iter(found)
    changed = change(_WORD.sub(taken, text))
    return re.sub(_STAND_IN, lambda _: next(rest, _STAND_IN), changed)
