"""The States being chosen for one letter to many, and the languages in which it is to be."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.letters.model import Language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.conversation.talk.draft import Json
    from bot.letters.model import State

OWN, ALL = "own", "all"
"""Codes beside the languages': the language of the State's own mission, and all three."""

CODES = (OWN, *Language, ALL)


@dataclass(frozen=True, slots=True)
class Selection:
    """States chosen by code, and languages: of a State, else of its region, else its own."""

    draft_id: str
    states: frozenset[str] = frozenset()
    languages: Mapping[str, str] = field(default_factory=dict)
    regions: Mapping[str, str] = field(default_factory=dict)

    def code(self, state: State) -> str:
        """The language code that holds for the State."""
        return self.languages.get(state.iso3) or self.regions.get(state.region, OWN)

    def to_json(self) -> Json:
        """The selection as plain JSON values."""
        return {
            "draft_id": self.draft_id,
            "states": sorted(self.states),
            "languages": dict(self.languages),
            "regions": dict(self.regions),
        }

    @classmethod
    def from_json(cls, data: Json) -> Selection:
        """A selection from what `to_json` gave."""
        return cls(data["draft_id"], frozenset(data["states"]), data["languages"], data["regions"])
