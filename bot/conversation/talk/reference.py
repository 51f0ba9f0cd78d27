"""What a person is told beside an error: by which reference it is found in the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.conversation.talk.library import Translator


def referred(_: Translator, text: str, reference: str) -> str:
    """The text, and how to ask about it; without a reference it stands alone."""
    if not reference:
        return text
    # Translators: The reference is a code such as K7M2-QX4P, which stands in the program's log.
    line = _(
        "If you write to whoever runs this bot, give this reference: %(reference)s",
        reference=reference,
    )
    return f"{text} {line}"
