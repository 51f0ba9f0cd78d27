"""How long what is kept lives: the lines of “How long” under /privacy."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.conversation.talk.context import Context


def lifetime_lines(context: Context) -> tuple[str, ...]:
    """A paragraph for each kind of thing that is kept."""
    _ = context._
    return (
        _(
            "Your letters, sets of co-signers, signings and settings are kept until you delete "
            "them. A letter that is open for signing keeps what its co-signers gave until it is "
            "deleted."
        ),
        _(
            "If you have everything about you deleted, it is also overwritten, at once: no trace "
            "of it is left in the database. Only backups that were made before still have it, "
            "until they are replaced: as a rule after 14 nights."
        ),
    )
