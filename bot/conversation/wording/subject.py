"""What the table of subjects is told of this one."""

from __future__ import annotations

from bot.conversation.talk.subject import Ending, Subject
from bot.conversation.wording.kept import Proposed
from bot.conversation.wording.section import SectionPage
from bot.conversation.wording.sections import SectionsPage
from bot.conversation.wording.translating import TranslatingPage, proposed

SUBJECT = Subject(
    "wording",
    pages=(
        SectionsPage(),
        SectionPage(),
        TranslatingPage(),
    ),
    events={Proposed: Ending(proposed)},
)
