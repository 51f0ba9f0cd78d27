"""Which reader a file is for. It reads apart, before the turn, and the turn finds what it read.

A turn is pure and quick; a stranger's file is neither. So what is sent says first what it is to
be read as, from where the person stands; the desk has it read in a process of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.conversation.facts.importing import is_page, withdrawn
from bot.conversation.subjects import page_of
from bot.conversation.talk.events import Reader
from bot.conversation.whereabouts import asked

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from bot.conversation.talk.context import Context
    from bot.conversation.talk.events import FileSent


def reader_of(context: Context, event: FileSent) -> Reader | None:
    """What the file is read as where the person stands; None where files mean nothing."""
    if is_page(event) and context.library.is_administrator(context.user.id):
        return Reader.STATUS
    question = asked(context)
    if question:
        return Reader.SIGNATORIES if question.key == "signatories" else None
    return page_of(context).reads(context, event)


def withdrawn_by(context: Context) -> Mapping[str, date]:
    """Since when States are no longer party, as the person typed it for the page that is sent."""
    return withdrawn(context.user.view) if context.looks_at("facts") else {}
