"""The questions in their order. A broken table fails at start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.conversation.asking.again import AgainQuestion
from bot.conversation.asking.first import FirstQuestion
from bot.conversation.asking.language import LanguageQuestion
from bot.conversation.asking.place_date import PlaceDateQuestion
from bot.conversation.asking.seat import SeatQuestion
from bot.conversation.asking.state import StateQuestion
from bot.conversation.asking.treaty import TreatyQuestion
from bot.conversation.signing.signatories import SignatoriesQuestion

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.question import Question

QUESTIONS: tuple[Question, ...] = (
    TreatyQuestion(),
    StateQuestion(),
    FirstQuestion(),
    AgainQuestion(),
    LanguageQuestion(),
    SignatoriesQuestion(),
    SeatQuestion(),
    PlaceDateQuestion(),
)

EDITABLE = tuple(question for question in QUESTIONS if question.key not in {"first", "again"})
"""Questions whose answer stands in the letter."""

_BY_KEY = {question.key: question for question in QUESTIONS}
if len(_BY_KEY) != len(QUESTIONS):
    message = "two questions have the same key"
    raise ValueError(message)


def question_of(key: str) -> Question | None:
    """The question of that key."""
    return _BY_KEY.get(key)


def current(context: Context) -> Question | None:
    """The first question without an answer, or the one that was reopened."""
    view = context.user.view
    reopened = question_of(view.key) if view.name == "draft" else None
    if reopened:
        return reopened
    draft = context.draft
    return next(
        (q for q in QUESTIONS if not q.is_answered(draft) and q.applies(context)),
        None,
    )
