"""Lists on a phone: pages of buttons with the way to the next and the one before."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.conversation.talk.context import Context
    from bot.conversation.talk.values import Button

Rows = tuple[tuple["Button", ...], ...]


def in_rows(buttons: Sequence[Button], width: int) -> Rows:
    """Buttons side by side, `width` to a row."""
    return tuple(tuple(buttons[i : i + width]) for i in range(0, len(buttons), width))


def paged(
    context: Context, buttons: Sequence[Button], page: int, *, size: int, width: int = 1
) -> Rows:
    """One page of the buttons, and the row that turns pages where there is more than one."""
    last = max(0, (len(buttons) - 1) // size)
    page = min(max(page, 0), last)
    rows = in_rows(buttons[page * size : (page + 1) * size], width)
    return (*rows, *turning(context, len(buttons), page, size=size))


def turning(context: Context, count: int, page: int, *, size: int) -> Rows:
    """The row that turns pages of so many things; none where there is one page."""
    _ = context._
    last = max(0, (count - 1) // size)
    buttons = []
    if page > 0:
        buttons.append(context.button(_("◀ Previous"), "page", str(page - 1)))
    if page < last:
        buttons.append(context.button(_("Next ▶"), "page", str(page + 1)))
    return (tuple(buttons),) if buttons else ()
