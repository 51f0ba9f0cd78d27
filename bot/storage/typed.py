"""Where in the database stands what people have typed or sent, column by column.

Whoever looks for a name, or closes what is written to the disk, goes through this list; a test
holds it against the schema, so that no column is forgotten.
"""

from __future__ import annotations

from typing import NamedTuple


class Typed(NamedTuple):
    """A table's columns with people's words, and the columns that tell its rows apart."""

    table: str
    key: tuple[str, ...]
    columns: tuple[str, ...]


TYPED = (
    Typed("users", ("id",), ("data",)),
    Typed("drafts", ("id",), ("data",)),
    Typed("revisions", ("draft_id", "number"), ("data",)),
    Typed("sets", ("id",), ("name", "signatories")),
    Typed("letterheads", ("user_id",), ("word", "logo", "lines")),
    Typed("jobs", ("id",), ("data",)),
    Typed("lists", ("user_id",), ("data",)),
    Typed("inbox", ("channel", "id"), ("data",)),
    Typed("updates", ("channel", "id"), ("owed",)),
    Typed("signings", ("id",), ("data",)),
    Typed("signing_texts", ("signing_id", "version", "number"), ("data",)),
    Typed("endorsers", ("id",), ("data",)),
    Typed("coalitions", ("id",), ("name",)),
    Typed("members", ("id",), ("shown_as",)),
    Typed("missions", ("user_id", "number"), ("data",)),
    Typed("mission_proposals", ("user_id",), ("data",)),
)
