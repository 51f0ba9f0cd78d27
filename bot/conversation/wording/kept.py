"""What comes back of the translation of a section."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.conversation.talk.events import Ended

if TYPE_CHECKING:
    from bot.letters.model import Language


@dataclass(frozen=True, slots=True)
class Proposed(Ended):
    """A translation service answered; the text is empty where it failed.

    Where that was a mistake of ours, there is a reference to it.
    """

    draft_id: str
    key: str
    language: Language
    text: str
    reference: str = ""
