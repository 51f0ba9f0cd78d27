"""Everything that is kept of a person, given to them as one file: /export."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.conversation.talk.effects import SendExport
from bot.conversation.talk.page import Step, looking
from bot.conversation.talk.values import View
from bot.letters.day_words import folded

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context

EXPORT = "export"
EXPORT_WORDS = frozenset(
    {
        *("export", "export everything", "export my data"),
        *("exporter", "tout exporter", "exporter mes donnees"),
        *("exportar", "exportar todo", "exportar mis datos"),
    }
)
DELETE_WORDS = frozenset(
    {
        *("delete everything", "delete my data"),
        *("tout supprimer", "supprimer mes donnees"),
        *("borrar todo", "borrar mis datos"),
    }
)
"""How both are asked for in words, folded."""


def asked_by_word(context: Context, text: str) -> Step | None:
    """What a word typed at home or under Privacy asks for; None where it is neither."""
    word = folded(text).strip().rstrip(".")
    if word in EXPORT_WORDS:
        return exported(context)
    return looking(context, View("forget")) if word in DELETE_WORDS else None


def exported(context: Context) -> Step:
    """The file, and below it where it came from."""
    notice = context._(
        "Everything that I keep of you is in the ZIP file above. Its README.txt says what is where."
    )
    step = looking(context, View("privacy"), notice)
    return Step(step.session, step.notice, effects=(SendExport(),))
