"""What the table of subjects is told of this one."""

from __future__ import annotations

from bot.conversation.missions.kept import (
    BookForgotten,
    BookKept,
    BookProposalDropped,
    BookProposed,
)
from bot.conversation.missions.page import MissionsPage
from bot.conversation.missions.used import BookedPage
from bot.conversation.talk.booked import MISSIONS
from bot.conversation.talk.subject import Subject

SUBJECT = Subject(
    "missions",
    pages=(
        MissionsPage(),
        BookedPage(),
    ),
    changes=(
        BookProposed,
        BookProposalDropped,
        BookKept,
        BookForgotten,
    ),
    shelves=(MISSIONS,),
)
"""The book of whoever runs the bot, and those of coalitions."""
