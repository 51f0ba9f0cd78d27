"""What is owed to a chat: its screen, the rest of what was half sent, old cards: step 15."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def m015_owed_screens(db: Database) -> None:
    """The screen that was not shown yet; messages that were sent; cards to be taken away.

    `users.screen` is the number of the update that the screen is owed for, -1 where it is none,
    0 for nothing owed. `stale` and `sent` hold ids of messages; `parts` counts a job's files.
    """
    db.table("users").add_column("screen", int, not_null_default=0)
    db.table("users").add_column("stale", str, not_null_default="")
    db.table("updates").add_column("sent", str, not_null_default="")
    db.table("jobs").add_column("parts", int, not_null_default=0)
