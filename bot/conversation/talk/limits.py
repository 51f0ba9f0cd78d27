"""How much one person may do in a day, and keep: the one table of all limits."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

MEGABYTE = 1_000_000


class Kind(StrEnum):
    """What is counted: each in a day (UTC), but `STORAGE`, which is what is kept in all.

    `LETTERS` are those of letters to many States; `MEGABYTES` are of the files that are sent in.
    """

    DRAFTS = "drafts"
    DOCUMENTS = "documents"
    LETTERS = "letters"
    UPLOADS = "uploads"
    MEGABYTES = "megabytes"
    SIGNINGS = "signings"
    LINKS = "links"
    TOKENS = "tokens"
    EXPORTS = "exports"
    STORAGE = "storage"


DEFAULTS: Mapping[Kind, int] = MappingProxyType(
    {
        Kind.DRAFTS: 1_000,
        Kind.DOCUMENTS: 3_000,
        Kind.LETTERS: 6_000,
        Kind.UPLOADS: 300,
        Kind.MEGABYTES: 500,
        Kind.SIGNINGS: 300,
        Kind.LINKS: 3_000,
        Kind.TOKENS: 20,
        Kind.EXPORTS: 20,
        Kind.STORAGE: 300,
    }
)
"""Whoever writes to 200 States, in three languages and several times a day, meets none of these.

A list of co-signers has at most 1,000, each with a link of their own.
"""


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds that hold, where whoever runs the bot has set others."""

    own: Mapping[Kind, int] = field(default_factory=dict)

    def of(self, kind: Kind) -> int:
        """At most so many."""
        return self.own.get(kind, DEFAULTS[kind])


def limits_from(own: Mapping[str, int]) -> Limits | str:
    """The limits as they were set by name; or the first name that is none."""
    names = set(Kind)
    wrong = next((name for name in own if name not in names), None)
    return wrong or Limits({Kind(name): most for name, most in own.items()})
