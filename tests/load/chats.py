"""Chats as the double keeps them: the newest card, what was sent, and what a person waits for."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import asyncio

TAP, TYPED, DOCUMENT, ZIP = "tap", "typed", "document", "zip"

ERRORS = (
    "Something went wrong",
    "could not save that",
    "I am still busy",
    "could not be written",
    "has stopped me",
)
"""What the bot says when it could not do what it was asked for."""


class FailedError(Exception):
    """The bot said that it could not."""


@dataclass(slots=True)
class Step:
    """What somebody did, when the bot was handed it, and when its answer stood in the chat.

    The answer is a card, and for a document so many more pictures and files than before; where it
    is `files`, the card may have stayed.
    """

    kind: str
    pressed: float
    photos: int
    documents: int
    over: asyncio.Future[None]
    files: bool = False
    handed: float = 0.0
    answered: float = 0.0
    shown: bool = False


@dataclass(slots=True)
class Chat:
    """One private chat."""

    number: int
    last: int = 0
    card: int = 0
    text: str = ""
    markup: str = ""
    photos: int = 0
    documents: int = 0
    step: Step | None = None
    calls: Counter[str] = field(default_factory=Counter)

    def next_id(self) -> int:
        """The number of a new message."""
        self.last += 1
        return self.last

    def show(self, message: int, text: str, markup: str) -> None:
        """A card, new or changed."""
        self.card, self.text, self.markup = message, text, markup
        if self.step and self.step.handed:
            self.step.shown = True

    def hear(self, now: float) -> None:
        """The tap was answered: where it brought a file, the card may stay above it."""
        step = self.step
        if step and step.handed and step.kind == DOCUMENT and self.documents >= step.documents:
            step.shown = step.shown or step.files
            self.look(now)

    def fail(self, words: str) -> None:
        """What was asked for was not done."""
        if self.step and not self.step.over.done():
            self.step.over.set_exception(FailedError(words))
            self.step = None

    def look(self, now: float) -> None:
        """Whether what was waited for is there."""
        step = self.step
        if step is None or not step.shown:
            return
        if self.photos >= step.photos and self.documents >= step.documents:
            step.answered, self.step = now, None
            if not step.over.done():
                step.over.set_result(None)

    @property
    def buttons(self) -> list[tuple[str, str]]:
        """The labels of the card, each with what it sends."""
        rows: list[list[dict[str, Any]]] = (
            json.loads(self.markup)["inline_keyboard"] if self.markup else []
        )
        return [(one["text"], one["callback_data"]) for row in rows for one in row]

    @property
    def title(self) -> str:
        """The first line of the card."""
        return self.text.partition("\n")[0]
