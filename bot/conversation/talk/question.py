"""What a question is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.draft import Draft
    from bot.conversation.talk.events import Event
    from bot.conversation.talk.values import Answer, Screen


class Question(Protocol):
    """One question: how it is put, what answers it, how its answer is taken away."""

    key: str

    def name(self, context: Context) -> str:
        """What the question is called in lists of answers."""
        ...

    def applies(self, context: Context) -> bool:
        """Whether the question is put at all."""
        ...

    def is_answered(self, draft: Draft) -> bool:
        """Whether the draft holds its answer."""
        ...

    def shown(self, context: Context) -> str:
        """The present answer in a few words."""
        ...

    def screen(self, context: Context, notice: str = "") -> Screen:
        """The question, with a line on what was not understood."""
        ...

    def answer(self, context: Context, event: Event) -> Answer:
        """What a tap on one of its buttons, typed text or a file answers."""
        ...

    def cleared(self, draft: Draft) -> Draft:
        """The draft without this answer."""
        ...


def action_of(data: str) -> tuple[str, str]:
    """The action and value of a button's data."""
    _, action, value = data.split(":", 2)
    return action, value
