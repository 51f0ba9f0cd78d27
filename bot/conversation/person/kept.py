"""What is kept of a person: all of it may be forgotten, at once or after a day to think again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.conversation.talk.values import Change

if TYPE_CHECKING:
    from datetime import datetime

UNDO = timedelta(hours=24)
"""So long what is to be deleted is put away, and may be had back."""


@dataclass(frozen=True, slots=True)
class Forgotten(Change):
    """Everything about the person is deleted."""


@dataclass(frozen=True, slots=True)
class DeletionBegun(Change):
    """Everything about the person is put away, and deleted a day after that was asked."""

    asked: datetime


@dataclass(frozen=True, slots=True)
class DeletionUndone(Change):
    """Everything about the person is there again, as it was before."""
