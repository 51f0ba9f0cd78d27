"""Under which keys values are closed: step 13."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def m013_seals(db: Database) -> None:
    """A row for each key that something may be closed with; none where all is clear.

    `proof` opens with that key and no other. `begun` names the work under way on all rows.
    """
    db.table("seals").create(
        {"key": str, "proof": bytes, "begun": str}, pk="key", not_null={"proof", "begun"}
    )
