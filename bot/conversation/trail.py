"""The way back: the places that led here, each once; Back goes to the last that is still there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.asking.state_party import LACKING, PARTY, holds
from bot.conversation.coalitions.kept import membership_of
from bot.conversation.many.kept import jobs_of
from bot.conversation.questions import question_of
from bot.conversation.talk.drafts import draft_of, earlier
from bot.conversation.talk.values import Place, View
from bot.conversation.whereabouts import here, is_letter

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.draft import Draft
    from bot.conversation.talk.values import Session

MODES = frozenset({"addparagraph", "letters", "archive", "unfinished"})
"""Views whose key makes no other place of them."""

MOST = 20
"""So many places are remembered; from the first of them, Back is home."""

OF_PARTY = (PARTY, LACKING)
"""How the text of the State's question begins where it is about a State that has joined."""

PASSED = frozenset({"home", "newset", "job"})
"""Views that are not gone back to: home is the end of the way, and what was begun is begun."""

ASKING = frozenset(
    {
        *("sentby", "senton", "sentearly", "answeredon", "manysent", "remind"),
        *("deleteletter", "deletemany", "deleteset", "renameset", "forget"),
        *("conflict", "unready"),
        *("opensign", "signasks", "signuntil", "newuntil", "newtext", "closesign"),
        *("askedname", "askedsure", "askedchange", "askedaway", "askederase"),
        *("foundcoalition", "foundas", "joining", "joinas", "renamecoalition"),
        *("handover", "removemember", "leavecoalition", "closecoalition"),
    }
)
"""Views that ask about one thing, one after the other, and lead to another when it is said."""

SEARCHES = frozenset({"languages", "letters", "archive", "unfinished", "status", "statusin"})
"""Views whose text is what they show: found by a word, or of a region."""


PARTED = "seat"
"""The question that asks in parts: a mission, another office, its city or address."""

PARTS = {"sorted": "order"}
"""Parts of a list of co-signers that are the same place as another."""


def after(before: Context, now: Context, trail: tuple[Place, ...]) -> tuple[Place, ...]:
    """The way back once the user has moved from one screen to another; `trail` is the way so far.

    A place that is come to again is the end of the way to it. A finished letter is not the next
    screen after its last question: the questions, and the screens of other letters, fall away.
    """
    was, place = here(before), here(now)
    passed = PASSED if place.view.name in ASKING else PASSED | ASKING
    if place.view.name == "home":
        return ()
    if was.view.name in ASKING and place.view.name not in ASKING:
        # What was asked is answered: it is not asked again by going back.
        trail = tuple(one for one in trail if one.view.name not in ASKING)
    known = [_identity(one) for one in trail]
    if _identity(place) in known:
        trail = trail[: known.index(_identity(place))]
    elif was.view.name not in passed and _identity(was) != _identity(place):
        trail = (*trail, _kept(was, place))
    if is_letter(now):
        trail = tuple(one for one in trail if not one.draft_id)
    return trail[-MOST:]


def target(context: Context) -> Place | None:
    """Where Back goes; None is home."""
    context = _as_finished(context)
    found = next((one for one in reversed(context.user.trail) if _is_there(context, one)), None)
    return found or (Place(View("letters")) if is_letter(context) else None)


def gone_back(context: Context) -> Session:
    """The session where Back leads, with the way that is left from there."""
    context = _as_finished(context)
    place, trail = target(context), context.user.trail
    session = context.session
    if place is None:
        return replace(session, user=replace(session.user, view=View("home"), trail=()))
    left = trail[: trail.index(place)] if place in trail else ()
    draft = draft_of(context, place.draft_id) if place.draft_id else session.draft
    user = replace(session.user, view=place.view, trail=left)
    return replace(session, user=user).with_draft(draft)


def _as_finished(context: Context) -> Context:
    """A letter that was finished is finished again: going back from a change takes it back."""
    draft = context.session.draft
    if draft is None or draft.is_complete or not draft.revision:
        return context
    before = earlier(context, draft, draft.revision)
    return context.moved(context.session.with_draft(before), context.pending) if before else context


def has_parts(view: View) -> bool:
    """Whether the view's text says which part of a list of co-signers is looked at."""
    return view.name == "members" or (view.name == "draft" and view.key == "signatories")


def _identity(place: Place) -> tuple[str, str, str, str]:
    """What makes two places the same, whichever page of a list or typed text they show."""
    view = place.view
    part = ""
    if has_parts(view):
        part = view.text.partition(":")[0]
        part = PARTS.get(part, part)
    elif view.name == "opensign" or (
        view.name == "draft" and (view.key == PARTED or view.text.startswith(OF_PARTY))
    ):
        part = view.text
    elif (view.name == "draft" and view.key) or view.name in SEARCHES:
        part = "found" if view.text else ""
    key = "" if view.name in MODES else view.key
    return place.draft_id, view.name, key, part


def _kept(place: Place, now: Place) -> Place:
    """A question is gone back to as it is put first; its list of co-signers, where it was.

    One that has parts is gone back to in its part, as long as another of them is looked at.
    """
    view = place.view
    stays = view.key == "signatories" or view.text.startswith(OF_PARTY)
    stays = stays or (view.key == PARTED and now.view.key == PARTED)
    if view.name == "draft" and view.key and not stays:
        return replace(place, view=View("draft", view.key))
    return place


def _is_there(context: Context, place: Place) -> bool:
    """Whether the draft is still there, and the question is one that may be put."""
    if not place.draft_id:
        return _has_its_subject(context, place.view)
    draft = draft_of(context, place.draft_id)
    if draft is None:
        return False
    question = question_of(place.view.key) if place.view.name == "draft" else None
    if question and not _may_be_put(draft, question.key):
        return False
    moved = context
    if draft is not context.session.draft:
        moved = context.moved(context.session.with_draft(draft), context.pending)
    if place.view.text.startswith(OF_PARTY) and not holds(moved, place.view.text):
        return False
    return question.applies(moved) if question else draft.is_complete


def _may_be_put(draft: Draft, key: str) -> bool:
    """Whether the answers are there without which the question means nothing."""
    if key == "treaty":
        return True
    return bool(draft.has_subject and (key == "state" or draft.state))


OF_LETTER = frozenset(
    {"fate", "sentby", "senton", "sentearly", "answeredon", "remind", "copyletter"}
)
OF_MANY = frozenset({"many", "manysent"})
OF_SET = frozenset({"set", "members", "renameset", "copyset"})
OF_COALITION = frozenset({"coalition", "member", "invitemember"})
"""Views whose key is a letter's, a job's, a set's or a coalition's id."""


def _has_its_subject(context: Context, view: View) -> bool:
    """Whether the letter, the letters, the set or the coalition of the view is still there."""
    if view.name in OF_COALITION:
        return membership_of(context, view.key) is not None
    if view.name in OF_SET:
        return context.session.set_of(view.key) is not None
    if view.name in OF_LETTER and draft_of(context, view.key):
        return True
    if view.name in OF_LETTER | OF_MANY:
        return any(job.id == view.key for job in jobs_of(context))
    return True
