"""The schema, as append-only steps: a step that was released is never edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlite_utils import Migrations

if TYPE_CHECKING:
    from sqlite_utils import Database

migrations = Migrations("demarche")


@migrations()
def m001_users_drafts_sets(db: Database) -> None:
    """People, their letters, their sets of co-signers, and the updates already taken."""
    db.table("users").create(
        {"id": str, "data": str, "draft_id": str, "card": int},
        pk="id",
        not_null={"data", "draft_id"},
    )
    db.table("drafts").create(
        {"id": str, "user_id": str, "data": str, "changed": int},
        pk="id",
        foreign_keys=[("user_id", "users", "id")],
        not_null={"user_id", "data", "changed"},
    )
    db.table("drafts").create_index(["user_id", "changed"])
    db.table("sets").create(
        {"id": str, "user_id": str, "name": str, "signatories": str},
        pk="id",
        foreign_keys=[("user_id", "users", "id")],
        not_null={"user_id", "name", "signatories"},
    )
    db.table("sets").create_index(["user_id"])
    db.table("updates").create(
        {"channel": str, "id": int, "user_id": str, "owed": str},
        pk=("channel", "id"),
        not_null={"user_id", "owed"},
    )
