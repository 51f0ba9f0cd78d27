"""A version of the facts in the database: what goes in comes out."""

from __future__ import annotations

import json
from datetime import date, datetime

import pytest

from bot.letters.status import Act, Note, Version
from bot.storage.facts import row_of, version_from

pytestmark = pytest.mark.file

VERSION = Version(
    "OPSC",
    datetime(2026, 2, 3, 10, 16, 18),  # noqa: DTZ001 -- the page's own clock
    122,
    178,
    {
        "AUT": (Act(date(2000, 9, 6), False, "ratification", date(2004, 5, 6), date(2027, 5, 1)),),  # noqa: FBT003 -- as stored
        "MNE": (Act(date(2006, 10, 23), True, "succession", date(2006, 10, 23)),),  # noqa: FBT003 -- as stored
        "KEN": (Act(date(2000, 9, 8)),),
    },
    (date(2010, 12, 23),),
    7,
    frozenset({"KEN"}),
    {"AUT": Note("1", "On 1 May 2026 …", date(2027, 5, 1)), "KEN": Note("2", "See elsewhere.")},
    frozenset({"AUT"}),
)


def test_a_version_comes_back_as_it_was() -> None:
    assert version_from((7, *row_of(VERSION))) == VERSION  # type: ignore[arg-type]
    assert VERSION.leaving == {"AUT": date(2027, 5, 1)}


def test_versions_of_before_there_were_notes_are_read() -> None:
    *others, data = row_of(VERSION)
    old = json.loads(str(data))
    for key in ("notes", "dated", "unlisted"):
        del old[key]
    found = version_from((7, *others, json.dumps(old)))  # type: ignore[arg-type]
    assert (found.notes, found.dated, found.unlisted) == ({}, frozenset(), frozenset())
    assert found.acts == VERSION.acts
