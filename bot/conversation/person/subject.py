"""What the table of subjects is told of this one."""

from __future__ import annotations

from bot.conversation.person.kept import DeletionBegun, DeletionUndone, Forgotten
from bot.conversation.person.menus import MenusPage
from bot.conversation.person.privacy import PrivacyPage
from bot.conversation.talk.subject import Subject

SUBJECT = Subject(
    "person",
    pages=(MenusPage(), PrivacyPage()),
    changes=(Forgotten, DeletionBegun, DeletionUndone),
)
