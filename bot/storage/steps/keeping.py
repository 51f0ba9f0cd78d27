"""What lives how long, and names that were removed: step 12."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

TOUCHED = (
    *("users", "drafts", "jobs", "lists", "proposals", "mission_proposals", "inbox", "updates"),
)
"""Tables whose rows have a day from which they are counted."""


def m012_keeping(db: Database) -> None:
    """From which day a row is counted; what was found to be due; who is told; names removed.

    `touched` is empty from a change on until the next look, which is then its day: so what was
    there before this step is counted from the day of it. `looks` counts the days on which the
    program has looked: of what is due it keeps by this number when it was found, and told.
    """
    for table in TOUCHED:
        db.table(table).add_column("touched", str, not_null_default="")
    db.table("looks").create({"number": int, "day": str}, pk="number", not_null={"day"})
    db.table("doomed").create(
        {"kind": str, "id": str, "user_id": str, "found": int},
        pk=("kind", "id"),
        not_null={"user_id", "found"},
    )
    db.table("doomed").create_index(["user_id"])
    db.table("warnings").create(
        {"user_id": str, "letter_id": str, "expires": str, "told": int},
        pk=("user_id", "letter_id"),
        foreign_keys=[("user_id", "users", "id")],
        not_null={"expires", "told"},
    )
    db.table("warnings").create_index(["letter_id"])
    db.table("removals").create(
        {"number": int, "day": str, "places": int, "changes": int},
        pk="number",
        not_null={"day", "places", "changes"},
    )
