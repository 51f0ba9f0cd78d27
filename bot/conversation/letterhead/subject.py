"""What the table of subjects is told of this one."""

from __future__ import annotations

from bot.conversation.letterhead.kept import LETTERHEADS, LetterheadKept
from bot.conversation.letterhead.page import LetterheadPage
from bot.conversation.talk.subject import Subject

SUBJECT = Subject(
    "letterhead",
    pages=(LetterheadPage(),),
    changes=(LetterheadKept,),
    shelves=(LETTERHEADS,),
)
