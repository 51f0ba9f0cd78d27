"""In which of the letters' languages a State's mission corresponds, and where that comes from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.letters.model import Language


class Origin(StrEnum):
    """Where it comes from: the surest first."""

    SET = "set"
    """Whoever writes has set it."""

    BOOK = "book"
    """The mission book says so, which whoever writes keeps; the source is its day."""

    DOCUMENTS = "documents"
    """The State's own documents at the United Nations are written in it."""

    OFFICIAL = "official"
    """It is an official language of the State."""

    NONE = "none"
    """None of the letters' languages is: English stands in."""


@dataclass(frozen=True, slots=True)
class Correspondence:
    """The language, its origin, and the source: symbols of documents.

    `official` are all of the letters' languages that are official in the State.
    """

    language: Language
    origin: Origin
    official: tuple[Language, ...] = ()
    source: str = ""

    @property
    def is_own(self) -> bool:
        """Whether it may be called the State's own."""
        return self.origin is not Origin.NONE
