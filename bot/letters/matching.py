"""What a typed name could mean. Only what is exact may be taken without asking."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.letters.model import Language

Found = TypeVar("Found")


class Sort(StrEnum):
    """What that is which is no State here."""

    PLACE = "place"
    ORGANISATION = "organisation"
    REGION = "region"
    FORMER = "former"


@dataclass(frozen=True, slots=True)
class NoState:
    """A name that people type for a State and that is none of those which can be written to."""

    sort: Sort
    names: Mapping[Language, str]


@dataclass(frozen=True, slots=True)
class Match(Generic[Found]):
    """What a text means, what it may mean (best first), or what it means that is no State.

    `slip` says that `other` is only near to the text, or a part of it.
    """

    exact: Found | None = None
    near: tuple[Found, ...] = ()
    other: NoState | None = None
    slip: bool = False

    @property
    def found(self) -> tuple[Found, ...]:
        """All that it means or may mean: to list, never to choose from."""
        return self.near if self.exact is None else (self.exact,)
