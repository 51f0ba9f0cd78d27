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


@migrations()
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


@migrations()
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


@migrations()
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


@migrations()
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


@migrations()
def m006_spent(db: Database) -> None:
    """What tells the last updates of people who were forgotten, should they be handed in again."""
    db.table("spent").create({"digest": bytes}, pk="digest")


@migrations()
def m007_reminders(db: Database) -> None:
    """When whom to remind of a letter, or of letters to many States, that has no answer yet."""
    db.table("reminders").create(
        {"user_id": str, "letter_id": str, "due": str, "told": int},
        pk=("user_id", "letter_id"),
        foreign_keys=[("user_id", "users", "id")],
        not_null={"due", "told"},
    )
    db.table("reminders").create_index(["due"])


@migrations()
def m008_signings(db: Database) -> None:
    """Letters open for signing: their frozen texts, who is asked, links by digest, what was said.

    `signing_acts` holds no name and no word of anybody: it is the record that only grows.
    """
    db.table("signings").create(
        {
            "id": str,
            "user_id": str,
            "data": str,
            "deadline": str,
            "version": int,
            "acts": int,
            "heard": int,
            "closed": str,
            "nudged": int,
        },
        pk="id",
        foreign_keys=[("user_id", "users", "id")],
        not_null={"user_id", "data", "deadline", "version", "acts", "heard", "closed", "nudged"},
    )
    db.table("signings").create_index(["user_id"])
    db.table("signing_texts").create(
        {
            "signing_id": str,
            "version": int,
            "number": int,
            "key": str,
            "digest": str,
            "made": str,
            "data": str,
        },
        pk=("signing_id", "version", "number"),
        foreign_keys=[("signing_id", "signings", "id")],
        not_null={"key", "digest", "made", "data"},
    )
    db.table("endorsers").create(
        {
            "id": str,
            "signing_id": str,
            "number": int,
            "status": str,
            "told": int,
            "user_id": str,
            "data": str,
        },
        pk="id",
        foreign_keys=[("signing_id", "signings", "id")],
        not_null={"signing_id", "number", "status", "told", "user_id", "data"},
    )
    db.table("endorsers").create_index(["signing_id", "number"])
    db.table("endorsers").create_index(["user_id"])
    db.table("signing_links").create(
        {
            "digest": bytes,
            "signing_id": str,
            "endorser_id": str,
            "kind": str,
            "expires": str,
            "used": int,
            "revoked": int,
            "visits": int,
        },
        pk="digest",
        foreign_keys=[("signing_id", "signings", "id")],
        not_null={"signing_id", "endorser_id", "kind", "expires", "used", "revoked", "visits"},
    )
    db.table("signing_links").create_index(["signing_id"])
    db.table("signing_acts").create(
        {
            "signing_id": str,
            "number": int,
            "endorser_id": str,
            "status": str,
            "at": str,
            "version": int,
            "key": str,
            "digest": str,
        },
        pk=("signing_id", "number"),
        foreign_keys=[("signing_id", "signings", "id")],
        not_null={"endorser_id", "status", "at", "version", "key", "digest"},
    )


@migrations()
def m009_coalitions(db: Database) -> None:
    """Coalitions, their members, and the links by which others are invited: of these a digest.

    What belongs to a coalition stands in the same tables as a person's, under the coalition's id,
    for which there is a row of `users`, too. `told` is 0 where a member is to hear of their role.
    """
    db.table("users").add_column("acting", str, not_null_default="")
    db.table("jobs").add_column("begun_by", str, not_null_default="")
    db.table("coalitions").create(
        {"id": str, "name": str, "founded": str},
        pk="id",
        foreign_keys=[("id", "users", "id")],
        not_null={"name", "founded"},
    )
    db.table("members").create(
        {
            "id": str,
            "coalition_id": str,
            "user_id": str,
            "role": str,
            "joined": str,
            "shown_as": str,
            "told": int,
        },
        pk=("user_id", "coalition_id"),
        foreign_keys=[("coalition_id", "coalitions", "id"), ("user_id", "users", "id")],
        not_null={"id", "role", "joined", "shown_as", "told"},
    )
    db.table("members").create_index(["coalition_id"])
    db.table("invitations").create(
        {
            "digest": str,
            "coalition_id": str,
            "role": str,
            "member_id": str,
            "expires": str,
            "uses": int,
        },
        pk="digest",
        foreign_keys=[("coalition_id", "coalitions", "id")],
        not_null={"coalition_id", "role", "member_id", "expires", "uses"},
    )
    db.table("invitations").create_index(["coalition_id"])


@migrations()
def m010_missions(db: Database) -> None:
    """Mission books, whose `user_id` is a coalition's, or empty for the office's that runs the bot.

    And a book that somebody has sent and not yet stored: for which `owner` it is meant.
    """
    db.table("mission_books").create(
        {"user_id": str, "added": str}, pk="user_id", not_null={"added"}
    )
    db.table("missions").create(
        {"user_id": str, "number": int, "state": str, "data": str},
        pk=("user_id", "number"),
        foreign_keys=[("user_id", "mission_books", "user_id")],
        not_null={"state", "data"},
    )
    db.table("missions").create_index(["user_id", "state"])
    db.table("mission_proposals").create(
        {"user_id": str, "owner": str, "data": str},
        pk="user_id",
        foreign_keys=[("user_id", "users", "id")],
        not_null={"owner", "data"},
    )
    db.table("mission_proposals").create_index(["owner"])
