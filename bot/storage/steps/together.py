"""Signings, coalitions, mission books: steps 8 to 10."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


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
