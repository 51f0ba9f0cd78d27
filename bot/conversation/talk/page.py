"""What a page is, and what a step on it comes to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from bot.conversation.talk.values import Changes, Screen, Session, View

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context
    from bot.conversation.talk.draft import Draft
    from bot.conversation.talk.effects import Effect
    from bot.conversation.talk.events import FileSent, Reader, Typed

DRAFT = View("draft")


@dataclass(frozen=True, slots=True)
class Step:
    """What a tap or a text came to.

    `arrives` goes on to the next question, or sends the finished letter; `renews` changes the last
    letter sent in place. Neither: only the screen is shown.
    """

    session: Session
    notice: str = ""
    changes: Changes = ()
    effects: tuple[Effect, ...] = ()
    arrives: bool = False
    renews: bool = False


class Page:
    """Screens that belong together; `views` are the names by which they are looked at.

    With `of_draft` they are screens of the current draft, and home where there is none.
    """

    views: ClassVar[tuple[str, ...]] = ()
    of_draft: ClassVar[bool] = True

    def screen(self, context: Context, notice: str = "") -> Screen:
        """What is seen."""
        raise NotImplementedError

    def tapped(self, context: Context, action: str, value: str) -> Step:
        """What a tap on one of its buttons comes to."""
        raise NotImplementedError

    def typed(self, context: Context, event: Typed | FileSent) -> Step | None:
        """What a text or a file comes to; None where it means nothing here."""
        del context, event
        return None

    def reads(self, context: Context, event: FileSent) -> Reader | None:
        """What a file that is sent here is read as; None where it means nothing here."""
        del context, event
        return None


def looking(context: Context, view: View, notice: str = "") -> Step:
    """Look elsewhere."""
    return Step(context.session.looking(view), notice)


def drafted(
    context: Context, draft: Draft, view: View = DRAFT, notice: str = "", *, renews: bool = True
) -> Step:
    """Change the draft, look at a view, and renew the letter that was sent."""
    draft = replace(draft, updated=context.library.today())
    return Step(context.session.with_draft(draft).looking(view), notice, renews=renews)


def lines(*parts: str) -> str:
    """Those of the lines that say something."""
    return "\n".join(part for part in parts if part)


def blocks(*parts: str) -> str:
    """Those of the paragraphs that say something."""
    return "\n\n".join(part for part in parts if part)


CLIP = 1300
"""Characters of a section's text on a screen that shows three."""


def clipped(text: str, most: int = CLIP) -> str:
    """The text, or as much of it as a screen has room for."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
