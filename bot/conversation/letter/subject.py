"""What the table of subjects is told of this one."""

from __future__ import annotations

from bot.conversation.letter.addressed import AddressedPage
from bot.conversation.letter.bilingual import BilingualPage
from bot.conversation.letter.change import ChangePage
from bot.conversation.letter.handing_out import UnreadyPage
from bot.conversation.letter.layout import LayoutPage
from bot.conversation.letter.more import MorePage
from bot.conversation.letter.review import ReviewPage
from bot.conversation.letter.sending import SendingPage
from bot.conversation.letter.treaties import TreatiesPage
from bot.conversation.talk.drafts import DRAFTS, DraftKept, DraftRemoved
from bot.conversation.talk.subject import Subject

SUBJECT = Subject(
    "letter",
    pages=(
        ReviewPage(),
        ChangePage(),
        SendingPage(),
        MorePage(),
        UnreadyPage(),
        BilingualPage(),
        AddressedPage(),
        LayoutPage(),
        TreatiesPage(),
    ),
    changes=(
        DraftKept,
        DraftRemoved,
    ),
    shelves=(DRAFTS,),
)
