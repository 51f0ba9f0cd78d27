"""What a subject says of itself to the table of subjects."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.conversation.talk.context import Context
    from bot.conversation.talk.events import Ended
    from bot.conversation.talk.page import Page, Step
    from bot.conversation.talk.shelf import Shelf
    from bot.conversation.talk.values import Change

    Link = Callable[[Context, str], Step | None]


@dataclass(frozen=True, slots=True)
class Ending:
    """What an errand's end comes to: a step, or None where nobody waits for it any more.

    With `below` it is shown below what came in the meantime.
    """

    comes_to: Callable[[Context, Any], Step | None]
    below: bool = False


@dataclass(frozen=True, slots=True)
class Subject:
    """Its pages, its kinds of changes, the ends of its errands, the shelves that it asks.

    `links` says what `/start` with a token comes to, by the token's first letter: a step, or None
    where the token opens nothing. Why it does not is never said: the answer is the same for all.
    """

    name: str
    pages: tuple[Page, ...] = ()
    changes: tuple[type[Change], ...] = ()
    events: Mapping[type[Ended], Ending] = field(default_factory=dict)
    shelves: tuple[Shelf[Any], ...] = ()
    links: Mapping[str, Link] = field(default_factory=dict)
