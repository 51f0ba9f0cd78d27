"""Events of which nothing can be made, whatever is asked: each has a line that says what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.conversation.talk.events import EDITED, FileSent, LeftOut, Typed, Unsupported

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.events import Event

MAX_TYPED = 100_000
"""Characters of a message: a thousand co-signers with their organisations; no one types more."""


def unusable(context: Context, event: Event) -> str:
    """Why nothing can be made of the event; empty where something may be."""
    _ = context._
    match event:
        case LeftOut():
            return _(
                "What you sent last has stopped me more than once, so I have left it out. Your "
                "other answers are safe: please go on here, or send it in another form."
            )
        case FileSent(lost=True):
            return _("That file could not be fetched. Please send it again.")
        case Unsupported(kind=kind) if kind == EDITED:
            return _(
                "You have edited a message that I had read already: what it said still holds. "
                "Please change it here, or send the corrected text as a new message."
            )
        case Typed(text=text) if len(text) > MAX_TYPED:
            return _(
                "That message has more than %(count)s characters. Please send it in parts.",
                count=MAX_TYPED,
            )
        case Typed(text=text) if not text.strip():
            return _("That message was empty. Please type your answer.")
        case _:
            return ""
