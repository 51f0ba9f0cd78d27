"""What the table of subjects is told of this one."""

from __future__ import annotations

from bot.conversation.many.choosing import MailingPage
from bot.conversation.many.job import JobPage, ended
from bot.conversation.many.kept import JOBS, JobCancelled, JobEnded, JobKept, JobRemoved
from bot.conversation.many.last_look import LastLookPage
from bot.conversation.talk.subject import Ending, Subject

SUBJECT = Subject(
    "many",
    pages=(
        MailingPage(),
        LastLookPage(),
        JobPage(),
    ),
    changes=(
        JobKept,
        JobCancelled,
        JobRemoved,
    ),
    events={JobEnded: Ending(ended, below=True)},
    shelves=(JOBS,),
)
