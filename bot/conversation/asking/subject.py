"""What the table of subjects is told of this one."""

from __future__ import annotations

from bot.conversation.asking.languages import LanguagesPage
from bot.conversation.talk.subject import Subject

SUBJECT = Subject(
    "asking",
    pages=(LanguagesPage(),),
)
