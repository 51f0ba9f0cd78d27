"""What the table of subjects is told of this one."""

from __future__ import annotations

from bot.conversation.endorsing.asked import AskedPage, MineAskedPage
from bot.conversation.endorsing.asking import linked
from bot.conversation.endorsing.card import SigningPage, SigningsPage
from bot.conversation.endorsing.closing import ClosingPage
from bot.conversation.endorsing.inviting import InvitePage
from bot.conversation.endorsing.kept import (
    SIGNINGS,
    EndorserBound,
    EndorserKept,
    EndorserRemoved,
    EndorserSpoke,
    Heard,
    LinkMade,
    LinksRevoked,
    LinkUsed,
    LinkVisited,
    Nudged,
    Reminded,
    SigningKept,
    SigningOpened,
    SigningRemoved,
    Told,
    VersionMade,
)
from bot.conversation.endorsing.newtext import NewTextPage
from bot.conversation.endorsing.opening import OpenPage
from bot.conversation.endorsing.signers import SignerPage, SignersPage
from bot.conversation.talk.subject import Subject
from bot.signings.tokens import PREFIX

SUBJECT = Subject(
    "endorsing",
    pages=(
        OpenPage(),
        SigningPage(),
        SigningsPage(),
        SignersPage(),
        SignerPage(),
        InvitePage(),
        NewTextPage(),
        ClosingPage(),
        AskedPage(),
        MineAskedPage(),
    ),
    changes=(
        SigningOpened,
        SigningKept,
        VersionMade,
        SigningRemoved,
        EndorserKept,
        EndorserSpoke,
        EndorserBound,
        EndorserRemoved,
        LinkMade,
        LinkUsed,
        LinkVisited,
        LinksRevoked,
        Heard,
        Told,
        Nudged,
        Reminded,
    ),
    shelves=(SIGNINGS,),
    links={PREFIX: linked},
)
