"""What the table of subjects is told of this one."""

from __future__ import annotations

from bot.conversation.person.kept import Forgotten
from bot.conversation.person.menus import MenusPage
from bot.conversation.talk.subject import Subject

SUBJECT = Subject(
    "person",
    pages=(MenusPage(),),
    changes=(Forgotten,),
)
