"""One door from a subject to what the store keeps of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar, cast

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context

S = TypeVar("S")


class Shelf(Generic[S]):
    """The storage's own object of that name, typed by what the subject asks of it.

    The subject says in a Protocol what it asks; the storage's class of the same name says that it
    is one, so that the types are checked where it is written.
    """

    def __init__(self, name: str) -> None:
        self.name = name

    def of(self, context: Context) -> S:
        """The object itself: what is asked of it is asked of the storage, without a detour."""
        return cast("S", getattr(context.library.shelves, self.name))

    def is_empty(self, context: Context) -> bool:
        """Whether it is known already that nothing of the user's is there."""
        return self.name in context.session.empty
