"""The answers so far in one line; and the one that was typed last, to be taken back in a tap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.conversation.questions import EDITABLE, current, question_of
from bot.conversation.talk.context import LANGUAGE_NAMES, local_place, own_campaign
from bot.conversation.talk.dates import on_its_weekday
from bot.conversation.talk.drafts import earlier
from bot.conversation.talk.events import Typed
from bot.conversation.talk.names import about
from bot.conversation.talk.offices import is_to_mission, said_of, whom
from bot.conversation.talk.page import DRAFT, Step
from bot.conversation.talk.values import View

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.draft import Draft
    from bot.conversation.talk.events import Event
    from bot.conversation.talk.question import Question
    from bot.conversation.talk.values import Button

MOST_CODES = 3


def answers_line(context: Context, question: Question | None) -> str:
    """What is answered beside the question: OPSC · Kenya ✓ · Français · 2 co-signers.

    The answer that was typed last is ticked; on the finished letter it stands alone.
    """
    said = said_back(context, question)
    if question is None:
        return f"{_in_full(context, said)} ✓" if said else ""
    parts = [
        f"{what} ✓" if said and said.key == key else what
        for key, what in _given(context).items()
        if key != question.key
    ]
    return " · ".join(parts)


def said_back(context: Context, question: Question | None) -> Question | None:
    """The question that was answered by typing just now; none once it is open again."""
    draft = context.session.draft
    found = (question_of(key) for key in context.user.view.said.split())
    said = next((one for one in found if one and one is not question), None)
    return said if said and draft and said.is_answered(draft) else None


def saying(context: Context, question: Question, event: Event, *, answered: bool) -> str:
    """What is said back after the event: `View.said`.

    Typing that does not answer yet, and turning a page, leave what was said before it standing.
    """
    before = context.user.view.said.split()
    typed = isinstance(event, Typed) or question.key in before
    if answered:
        return question.key if typed else ""
    return " ".join(dict.fromkeys([*before, question.key] if typed else before))


def without(context: Context, question: Question) -> Step:
    """The question again, without its answer; in an edit, with the answer that stood before.

    So a letter that was finished loses nothing when one of its answers is changed and taken back.
    """
    draft = context.draft
    if not _is_edit(context):
        return Step(context.session.with_draft(question.cleared(draft)).looking(DRAFT))
    before = _before(context, question)
    session = context.session.with_draft(before or draft)
    view = View("draft", question.key) if question in EDITABLE else View("edit")
    return Step(session.looking(view), renews=draft.is_complete and before is not None)


def _is_edit(context: Context) -> bool:
    """Whether the draft was finished and is being changed: more is answered than is asked now."""
    draft = context.draft
    if draft.is_complete or draft.revision != 1:
        return draft.revision > 1
    now = current(context)
    later = EDITABLE[EDITABLE.index(now) + 1 :] if now in EDITABLE else ()
    return any(one.is_answered(draft) for one in later)


def _before(context: Context, question: Question) -> Draft | None:
    """The draft before the answer; None where the answer can only be asked for again."""
    draft = context.draft
    if not draft.is_complete:
        return earlier(context, draft, draft.revision)
    if question is not said_back(context, None):
        return None
    before = earlier(context, draft, draft.revision - 1)
    # Another State may have asked for its language: taking that back keeps the State.
    same = before and (before.treaty, before.state) == (draft.treaty, draft.state)
    return before if same or question.key in {"treaty", "state"} else None


def take_back(context: Context, question: Question | None) -> tuple[Button, ...]:
    """The button that opens again what was understood wrongly; nothing to take back, no button."""
    said = said_back(context, question)
    if said is None:
        return ()
    label = context._("↶ Not %(answer)s", answer=_in_short(context, said))
    return (context.button(label, "unsay"),)


def _in_short(context: Context, question: Question) -> str:
    return _given(context).get(question.key) or question.shown(context)


def _in_full(context: Context, question: Question) -> str:
    """A place and date with the weekday, which shows a slip; the others in short."""
    draft = context.draft
    if question.key != "place_date" or draft.date is None:
        return _in_short(context, question)
    place = local_place(draft.place or "", context.user.language, context.library)
    return f"{place}, {on_its_weekday(context, draft.date)}"


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
    if own_campaign(draft, context.library) or not draft.treaty:
        given |= {"treaty": said} if (said := about(context, draft)) else {}
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
        # Once a place is given, Geneva alone could be either.
        doubtful = draft.place and is_to_mission(draft)
        given["seat"] = said_of(context, draft) if doubtful else whom(context, draft)
    return given
