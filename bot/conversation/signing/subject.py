"""What the table of subjects is told of this one."""

from __future__ import annotations

from bot.conversation.signing.kept import LISTS, ListKept, SetKept, SetRemoved
from bot.conversation.signing.members import SetMembersPage
from bot.conversation.signing.sets import SaveSetPage, SetsPage
from bot.conversation.talk.subject import Subject

SUBJECT = Subject(
    "signing",
    pages=(
        SetsPage(),
        SetMembersPage(),
        SaveSetPage(),
    ),
    changes=(
        SetKept,
        SetRemoved,
        ListKept,
    ),
    shelves=(LISTS,),
)
