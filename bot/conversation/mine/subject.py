"""What the table of subjects is told of this one."""

from __future__ import annotations

from bot.conversation.mine.expiring import EXPIRING, ExpiryTold, LettersKept
from bot.conversation.mine.expiring_page import ExpiringPage
from bot.conversation.mine.fate import FatePage
from bot.conversation.mine.kept import REMINDERS, ReminderDropped, ReminderSet
from bot.conversation.mine.reminders import RemindersPage
from bot.conversation.mine.sent import SentPage
from bot.conversation.mine.shelf import ShelfPage
from bot.conversation.mine.to_many import ManyPage
from bot.conversation.talk.subject import Subject

SUBJECT = Subject(
    "mine",
    pages=(
        ShelfPage(),
        FatePage(),
        SentPage(),
        ManyPage(),
        RemindersPage(),
        ExpiringPage(),
    ),
    changes=(
        ReminderSet,
        ReminderDropped,
        ExpiryTold,
        LettersKept,
    ),
    shelves=(REMINDERS, EXPIRING),
)
