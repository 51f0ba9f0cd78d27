"""What the table of subjects is told of this one."""

from __future__ import annotations

from bot.conversation.coalitions.choosing import CoalitionsPage
from bot.conversation.coalitions.copying import CopyPage
from bot.conversation.coalitions.inviting import LETTER, InvitePage, JoiningPage, opened
from bot.conversation.coalitions.kept import (
    COALITIONS,
    Closed,
    Copied,
    Founded,
    InvitationsWithdrawn,
    Invited,
    Joined,
    Left,
    MemberRemoved,
    MembershipTold,
    Renamed,
    RoleGiven,
)
from bot.conversation.coalitions.members import CoalitionPage
from bot.conversation.coalitions.parting import PartingPage
from bot.conversation.talk.subject import Subject

SUBJECT = Subject(
    "coalitions",
    pages=(
        CoalitionsPage(),
        CoalitionPage(),
        InvitePage(),
        JoiningPage(),
        PartingPage(),
        CopyPage(),
    ),
    changes=(
        *(Founded, Renamed, Closed, Invited, InvitationsWithdrawn),
        *(Joined, RoleGiven, MemberRemoved, Left, MembershipTold, Copied),
    ),
    shelves=(COALITIONS,),
    links={LETTER: opened},
)
