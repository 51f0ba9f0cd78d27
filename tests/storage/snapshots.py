"""What the database holds of somebody, to be compared."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any

from tests.hosted import connect

if TYPE_CHECKING:
    from pathlib import Path

OWNED = ("drafts", "sets", "letterheads", "jobs", "mission_books", "missions")


def everything_owned(database: Path, owner: str) -> dict[str, list[Any]]:
    """The rows of a person's or a coalition's, with every step of the history."""
    with closing(connect(database)) as connection:
        found = {
            table: connection.execute(
                f"SELECT * FROM {table} WHERE user_id = ? ORDER BY 1",  # noqa: S608 -- our tables
                (owner,),
            ).fetchall()
            for table in OWNED
        }
        found["revisions"] = connection.execute(
            "SELECT * FROM revisions WHERE draft_id IN (SELECT id FROM drafts WHERE user_id = ?)"
            " ORDER BY draft_id, number",
            (owner,),
        ).fetchall()
        for table in ("members", "invitations"):
            found[table] = connection.execute(
                f"SELECT * FROM {table} WHERE coalition_id = ? ORDER BY 1, 2",  # noqa: S608 -- our tables
                (owner,),
            ).fetchall()
        found["coalitions"] = connection.execute(
            "SELECT * FROM coalitions WHERE id = ?", (owner,)
        ).fetchall()
        return {table: rows for table, rows in found.items() if rows}
