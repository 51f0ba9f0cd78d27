"""What the table of subjects is told of this one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.conversation.access.codes import LETTER, code_in
from bot.conversation.access.kept import (
    ACCESS,
    Blocked,
    BlockTold,
    CameIn,
    CodeMade,
    CodesRevoked,
    CountedOn,
    LetIn,
    ShutOut,
    Unblocked,
)
from bot.conversation.access.people import PeoplePage
from bot.conversation.talk.page import Step, looking
from bot.conversation.talk.subject import Subject
from bot.conversation.talk.values import View

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context


def opened(context: Context, token: str) -> Step | None:
    """An invitation that somebody opens who is let in already: nothing is used of it."""
    if not code_in(token[1:]):
        return None
    return looking(context, View("home"), context._("You may use this bot already."))


SUBJECT = Subject(
    "access",
    pages=(PeoplePage(),),
    changes=(
        CodeMade,
        CodesRevoked,
        LetIn,
        ShutOut,
        Blocked,
        Unblocked,
        CameIn,
        BlockTold,
        CountedOn,
    ),
    shelves=(ACCESS,),
    links={LETTER: opened},
)
