"""Who may use the bot, and how much of it: step 14."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def m014_access(db: Database) -> None:
    """Whom it lets in, invitations by the digest of their code, blocks, and what is counted.

    A block outlives what is deleted about somebody, and so bears a mark instead of their id: a
    keyed digest, whose key is drawn here. So do the wrong codes of somebody of whom nothing is
    kept. Beside the key stands the bot's name, for links.
    """
    db.table("admissions").create(
        {"user_id": str, "way": str, "since": str}, pk="user_id", not_null={"way", "since"}
    )
    db.table("access_codes").create(
        {"digest": bytes, "uses": int, "expires": str},
        pk="digest",
        not_null={"uses", "expires"},
    )
    db.table("blocks").create(
        {"mark": bytes, "since": str, "told": str}, pk="mark", not_null={"since", "told"}
    )
    db.table("counts").create(
        {"user_id": str, "day": str, "kind": str, "number": int},
        pk=("user_id", "day", "kind"),
        not_null={"number"},
    )
    db.table("counts").create_index(["day"])
    db.table("access_values").create({"name": str, "value": bytes}, pk="name", not_null={"value"})
    db.execute("INSERT INTO access_values (name, value) VALUES ('key', randomblob(32))")
