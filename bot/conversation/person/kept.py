"""What is kept of a person: all of it may be forgotten."""

from __future__ import annotations

from dataclasses import dataclass

from bot.conversation.talk.values import Change


@dataclass(frozen=True, slots=True)
class Forgotten(Change):
    """Everything about the person is deleted."""
