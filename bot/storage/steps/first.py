"""People, letters and their history, facts, what waits, what reminds: steps 1 to 7."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


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


def m002_history_letterheads_jobs(db: Database) -> None:
    """Every state a draft was in, what stands at the head of letters, letters to many States."""
    db.table("drafts").add_column("revision", int, not_null_default=0)
    db.table("users").add_column("preview", str, not_null_default="")
    db.table("revisions").create(
        {"draft_id": str, "number": int, "data": str},
        pk=("draft_id", "number"),
        foreign_keys=[("draft_id", "drafts", "id")],
        not_null={"data"},
    )
    db.table("letterheads").create(
        {
            "user_id": str,
            "word": bytes,
            "logo": bytes,
            "kind": str,
            "width": float,
            "height": float,
            "lines": str,
        },
        pk="user_id",
        foreign_keys=[("user_id", "users", "id")],
    )
    db.table("jobs").create(
        {"id": str, "user_id": str, "data": str, "status": str},
        pk="id",
        foreign_keys=[("user_id", "users", "id")],
        not_null={"user_id", "data", "status"},
    )
    db.table("jobs").create_index(["user_id"])


def m003_facts(db: Database) -> None:
    """The status of treaties, renewed from later pages; what was undone stays, and is marked."""
    db.table("facts").create(
        {
            "number": int,
            "treaty": str,
            "as_of": str,
            "added": str,
            "signatories": int,
            "parties": int,
            "data": str,
            "undone": int,
        },
        pk="number",
        not_null={"treaty", "as_of", "added", "signatories", "parties", "data", "undone"},
    )
    db.table("facts").create_index(["treaty"])


def m004_proposals_notices(db: Database) -> None:
    """Facts that an administrator has sent and not yet stored; who is to be told of a change.

    `before` is the stage that the person last heard of.
    """
    db.table("proposals").create(
        {
            "user_id": str,
            "treaty": str,
            "as_of": str,
            "signatories": int,
            "parties": int,
            "data": str,
        },
        pk=("user_id", "treaty"),
        foreign_keys=[("user_id", "users", "id")],
        not_null={"as_of", "signatories", "parties", "data"},
    )
    db.table("notices").create(
        {"user_id": str, "treaty": str, "state": str, "before": str, "told": int},
        pk=("user_id", "treaty", "state"),
        foreign_keys=[("user_id", "users", "id")],
        not_null={"before", "told"},
    )


def m005_inbox_lists(db: Database) -> None:
    """Updates whose files are still to be read; lists of co-signers that are not yet added."""
    db.table("inbox").create(
        {"channel": str, "id": int, "user_id": str, "data": str},
        pk=("channel", "id"),
        not_null={"user_id", "data"},
    )
    db.table("lists").create(
        {"user_id": str, "data": str},
        pk="user_id",
        foreign_keys=[("user_id", "users", "id")],
        not_null={"data"},
    )


def m006_spent(db: Database) -> None:
    """What tells the last updates of people who were forgotten, should they be handed in again."""
    db.table("spent").create({"digest": bytes}, pk="digest")


def m007_reminders(db: Database) -> None:
    """When whom to remind of a letter, or of letters to many States, that has no answer yet."""
    db.table("reminders").create(
        {"user_id": str, "letter_id": str, "due": str, "told": int},
        pk=("user_id", "letter_id"),
        foreign_keys=[("user_id", "users", "id")],
        not_null={"due", "told"},
    )
    db.table("reminders").create_index(["due"])
