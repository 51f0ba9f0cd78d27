"""The answers so far in one line; and the one that was typed last, to be taken back in a tap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.conversation.context import LANGUAGE_NAMES
from bot.conversation.questions.again import seat_name
from bot.conversation.questions.table import question_of

if TYPE_CHECKING:
    from bot.conversation.context import Context
    from bot.conversation.questions.base import Question
    from bot.conversation.values import Button

MOST_CODES = 3


def answers_line(context: Context, question: Question | None) -> str:
    """What is answered beside the question: OPSC · Kenya ✓ · Français · 2 co-signers.

    The answer that was typed last is ticked; on the finished letter it stands alone.
    """
    said = said_back(context, question)
    if question is None:
        return f"{_in_short(context, said)} ✓" if said else ""
    parts = [
        f"{what} ✓" if said and said.key == key else what
        for key, what in _given(context).items()
        if key != question.key
    ]
    return " · ".join(parts)


def said_back(context: Context, question: Question | None) -> Question | None:
    """The question that was answered by typing just now; none once it is open again."""
    said = question_of(context.user.view.said)
    draft = context.session.draft
    if said is None or draft is None or said is question or not said.is_answered(draft):
        return None
    return said


def take_back(context: Context, question: Question | None) -> tuple[Button, ...]:
    """The button that opens again what was understood wrongly; nothing to take back, no button."""
    said = said_back(context, question)
    if said is None:
        return ()
    label = context._("↶ Not %(answer)s", answer=_in_short(context, said))
    return (context.button(label, "unsay"),)


def _in_short(context: Context, question: Question) -> str:
    return _given(context).get(question.key) or question.shown(context)


def _given(context: Context) -> dict[str, str]:
    """Each answer in a word or two, by its question's key; but for place and date, the last."""
    _, draft = context._, context.session.draft
    given: dict[str, str] = {}
    if draft is None:
        return given
    if draft.treaty:
        codes = (draft.treaty, *draft.also)
        shown = codes[:1] if len(codes) > MOST_CODES else codes
        more = f" +{len(codes) - 1}" if shown != codes else ""
        given["treaty"] = ", ".join(shown) + more
    if draft.state:
        # "Iran" is enough here, where lists say "Iran (Islamic Republic of)".
        given["state"] = context.state_name(context.state(draft)).split(" (")[0]
    if draft.language:
        given["language"] = LANGUAGE_NAMES[draft.language]
    if draft.signatories_done:
        count = len(draft.signatories)
        given["signatories"] = (
            _.plural("%(count)s co-signer", "%(count)s co-signers", count)
            if count
            else _("no co-signers")
        )
    if draft.seat:
        given["seat"] = seat_name(context, draft.seat)
    return given
