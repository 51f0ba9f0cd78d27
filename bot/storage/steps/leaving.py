"""Who has asked for everything to be deleted, and may still undo it: step 11."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def m011_deletions(db: Database) -> None:
    """Until when it may be undone, when the clock was last looked at, and what has passed since.

    `passed` are seconds, counted by every look: see `bot.storage.deletions`.
    """
    db.table("deletions").create(
        {"user_id": str, "ends": str, "seen": str, "passed": float},
        pk="user_id",
        foreign_keys=[("user_id", "users", "id")],
        not_null={"ends", "seen", "passed"},
    )
