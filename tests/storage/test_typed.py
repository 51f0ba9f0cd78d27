"""Every column of the database holds people's words, or is named here as one that does not."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from bot.storage.typed import TYPED
from tests.world import make_desk

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.file

OTHERS = {
    "users": "id draft_id card preview acting touched screen stale",
    "drafts": "id user_id changed revision touched",
    "revisions": "draft_id number",
    "sets": "id user_id",
    "letterheads": "user_id kind width height",
    "jobs": "id user_id status begun_by touched parts",
    "lists": "user_id touched",
    "inbox": "channel id user_id touched",
    "updates": "channel id user_id touched sent",
    "signings": "id user_id deadline version acts heard closed nudged",
    "signing_texts": "signing_id version number key digest made",
    "endorsers": "id signing_id number status told user_id",
    "signing_links": "digest signing_id endorser_id kind expires used revoked visits",
    "signing_acts": "signing_id number endorser_id status at version key digest",
    "coalitions": "id founded",
    "members": "id coalition_id user_id role joined told",
    "invitations": "digest coalition_id role member_id expires uses",
    "mission_books": "user_id added",
    "missions": "user_id number state",
    "mission_proposals": "user_id owner touched",
    "deletions": "user_id ends seen passed",
    "facts": "number treaty as_of added signatories parties data undone",
    "proposals": "user_id treaty as_of signatories parties data touched",
    "notices": "user_id treaty state before told",
    "reminders": "user_id letter_id due told",
    "spent": "digest",
    "looks": "number day",
    "doomed": "kind id user_id found",
    "warnings": "user_id letter_id expires told",
    "removals": "number day places changes",
    "seals": "key proof begun",
    "commits": "number",
    "forgotten": "digest salt day",
    "admissions": "user_id way since",
    "access_codes": "digest uses expires",
    "blocks": "mark since told",
    "counts": "user_id day kind number",
    "access_values": "name value",
    "_sqlite_migrations": "id migration_set name applied_at",
}
"""Ids, numbers, dates, digests, and what is on public pages."""


def test_every_column_is_one_or_the_other(tmp_path: Path) -> None:
    path = tmp_path / "db"
    make_desk(path)
    typed = {one.table: one for one in TYPED}
    with closing(sqlite3.connect(path)) as connection:
        tables = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        ).fetchall()
        for (table,) in tables:
            columns = {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}
            words = set(typed[table].columns) if table in typed else set()
            assert words.isdisjoint(OTHERS[table].split()), table
            assert columns == words | set(OTHERS[table].split()), table
            if table in typed:
                assert set(typed[table].key) <= columns, table
    assert set(typed) <= set(OTHERS)
