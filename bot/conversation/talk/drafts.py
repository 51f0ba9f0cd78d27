"""What is kept of letters and drafts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from bot.conversation.talk.shelf import Shelf
from bot.conversation.talk.values import Owned, of_kind

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.draft import Draft


@dataclass(frozen=True, slots=True)
class DraftKept(Owned):
    """A draft of the user's beside the one at hand."""

    draft: Draft


@dataclass(frozen=True, slots=True)
class DraftRemoved(Owned):
    """The draft and its history are deleted."""

    draft_id: str


class Drafts(Protocol):
    """What is asked of the store."""

    def of(self, user_id: str) -> tuple[Draft, ...]:
        """The user's drafts, the latest first."""
        ...

    def revision(self, user_id: str, draft: Draft, number: int) -> Draft | None:
        """The user's draft as it was at a step of its history."""
        ...


DRAFTS = Shelf[Drafts]("drafts")


def drafts_of(context: Context) -> tuple[Draft, ...]:
    """The user's drafts, the latest first."""
    new = [one.draft for one in of_kind(context.pending, DraftKept)]
    removed = {one.draft_id for one in of_kind(context.pending, DraftRemoved)}
    changed = {draft.id: draft for draft in new}
    if context.session.draft:
        changed.setdefault(context.session.draft.id, context.session.draft)
    known = DRAFTS.of(context).of(context.owner)
    ids = {draft.id for draft in known}
    return tuple(draft for draft in new if draft.id not in ids) + tuple(
        changed.get(draft.id, draft) for draft in known if draft.id not in removed
    )


def earlier(context: Context, draft: Draft, number: int) -> Draft | None:
    """The draft as it was at a step of its history."""
    return DRAFTS.of(context).revision(context.owner, draft, number)


def draft_of(context: Context, draft_id: str) -> Draft | None:
    """One of the user's own drafts, mostly the one at hand."""
    draft = context.session.draft
    if draft and draft.id == draft_id:
        return draft
    return next((one for one in drafts_of(context) if one.id == draft_id), None)
