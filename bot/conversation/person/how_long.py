"""What lives how long, as it is said to people: from the one table of `bot.keeping.lifetimes`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.keeping.lifetimes import TABLE

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context


def how_long(context: Context) -> tuple[str, ...]:
    """A line for each kind of what is kept, with the days that hold here; and how it ends."""
    _, lifetimes = context._, context.library.lifetimes
    lines = (f"• {_(one.said(lifetimes[one.key]), days=lifetimes[one.key])}" for one in TABLE)
    told = _(
        "A week before letters are deleted I tell you, with a way to keep them. What is deleted is "
        "written over, too; backups that were made before have it until they are replaced."
    )
    deleted = _(
        "If you have everything about you deleted, it is also overwritten: no trace of it is left "
        "in the database. Only backups that were made before still have it, until they are "
        "replaced: as a rule after 14 nights."
    )
    return "\n".join(lines), told, deleted
