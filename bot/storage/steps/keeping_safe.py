"""What was lost is noticed; what was deleted stays so when a copy is restored."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def m016_safe(db: Database) -> None:
    """How often was written, in one row; and who had everything deleted, as digests with a day."""
    db.table("commits").create({"number": int}, not_null={"number"})
    db.execute("INSERT INTO commits (number) VALUES (0)")
    db.table("forgotten").create(
        {"digest": bytes, "salt": bytes, "day": str}, pk="digest", not_null={"salt", "day"}
    )
