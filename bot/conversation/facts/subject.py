"""What the table of subjects is told of this one."""

from __future__ import annotations

from bot.conversation.facts.age import FactsAgePage
from bot.conversation.facts.importing import FactsPage
from bot.conversation.facts.kept import (
    NOTICES,
    PROPOSALS,
    FactsRenewed,
    NoticesRead,
    NoticesTold,
    Proposal,
    ProposalsDropped,
)
from bot.conversation.facts.news_page import NewsPage
from bot.conversation.facts.status import StatusPage
from bot.conversation.talk.subject import Subject

SUBJECT = Subject(
    "facts",
    pages=(
        NewsPage(),
        FactsPage(),
        StatusPage(),
        FactsAgePage(),
    ),
    changes=(
        Proposal,
        ProposalsDropped,
        FactsRenewed,
        NoticesTold,
        NoticesRead,
    ),
    shelves=(
        PROPOSALS,
        NOTICES,
    ),
)
