"""What was answered is on disk; what fails says why in one line."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.conversation.person.kept import Forgotten
from bot.conversation.signing.kept import SetKept, SetRemoved
from bot.conversation.talk.draft import Draft, Fate, Last, Way
from bot.conversation.talk.drafts import DraftRemoved
from bot.conversation.talk.selection import Selection
from bot.conversation.talk.values import Session, SignatorySet, User, View
from bot.letters.model import Addressee, Gender, Language, Office, Rank, Signatory
from bot.letters.own_words import Change, Source, Wording
from bot.storage.errors import StoreError
from bot.storage.store import Store
from tests.world import OPENED

if TYPE_CHECKING:
    from pathlib import Path

    from bot.conversation.talk.draft import Json

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
SIGNATORIES = st.lists(st.builds(Signatory, TEXT, TEXT, TEXT), max_size=4).map(tuple)
SECTIONS = st.frozensets(st.sampled_from(["hope", "thanks", "copies"]))
WORDINGS = st.lists(
    st.builds(
        Wording,
        st.sampled_from(Language),
        TEXT,
        TEXT,
        st.none() | st.builds(Source, st.sampled_from(Language), TEXT),
    ),
    min_size=1,
    max_size=3,
).map(tuple)
DRAFTS = st.builds(
    Draft,
    id=st.just("draft001"),
    treaty=st.none() | st.just("OPSC"),
    state=st.none() | st.just("KEN"),
    language=st.none() | st.sampled_from(Language),
    signatories=SIGNATORIES,
    signatories_done=st.booleans(),
    seat=st.none() | st.sampled_from(Office),
    place=st.none() | TEXT,
    date=st.none() | st.dates(),
    without=SECTIONS,
    within=SECTIONS,
    fresh=st.booleans(),
    updated=st.none() | st.dates(),
    also=st.lists(st.sampled_from(["OPAC", "CRC"]), max_size=2).map(tuple),
    addressee=st.builds(
        Addressee, st.none() | st.sampled_from(Rank), st.none() | st.sampled_from(Gender), TEXT
    ),
    changes=st.lists(
        st.builds(Change, st.sampled_from(["hope", "own1"]), WORDINGS, TEXT), max_size=2
    ).map(tuple),
    fate=st.builds(
        Fate,
        st.none() | st.dates(),
        st.none() | st.sampled_from(Way),
        st.none() | st.dates(),
        st.booleans(),
    ),
    address=TEXT,
    city=TEXT,
)
SELECTIONS = st.none() | st.builds(
    Selection,
    st.just("draft001"),
    st.frozensets(st.sampled_from(["KEN", "TON"])),
    st.dictionaries(st.sampled_from(["KEN"]), st.sampled_from(["en", "all"])),
    st.dictionaries(st.sampled_from(["Africa"]), st.sampled_from(["fr", "own"])),
)
USERS = st.builds(
    User,
    st.just("test:1"),
    st.sampled_from(Language),
    st.booleans(),
    st.builds(View, TEXT, TEXT, st.integers(0, 99), TEXT),
    st.just("draft001"),
    st.builds(
        Last,
        TEXT,
        st.none() | st.sampled_from(Language),
        SIGNATORIES,
        st.none() | st.sampled_from(Office),
        TEXT,
        TEXT,
    ),
    SELECTIONS,
)


@settings(deadline=None, max_examples=40)
@given(user=USERS, draft=DRAFTS, names=st.lists(SIGNATORIES, max_size=3))
def test_a_session_comes_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory,
    user: User,
    draft: Draft,
    names: list[tuple[Signatory, ...]],
) -> None:
    path = tmp_path_factory.mktemp("store") / "db"
    sets = tuple(SignatorySet(f"set{n}", f"set{n}", one) for n, one in enumerate(names))
    with closing(Store(path)) as store:
        store.save(Session(user, draft, sets), tuple(map(SetKept, sets)), ("test", 1), {})
    with closing(Store(path)) as again:
        assert again.people.load("test:1") == Session(user, draft, sets)
        assert seen(again, "test", 1, "test:1") == (True, {})
        assert seen(again, "test", 2, "test:1") == (False, {})


def seen(store: Store, channel: str, number: int, user: str) -> tuple[bool, Json]:
    """Whether the user's update was taken before, and what is still owed for it."""
    found = store.people.open(user, (channel, number))
    return found.seen, found.owed


def opened(path: Path) -> Store:
    """The database, open until the test's end or until it is closed."""
    return OPENED.enter_context(closing(Store(path)))


def saved(path: Path, user: str = "test:1", draft: str = "draft001") -> Store:
    store = opened(path)
    session = Session(User(user, draft_id=draft), Draft(draft, "OPSC", updated=date(2026, 3, 2)))
    store.save(
        session, (SetKept(SignatorySet(f"set-{user}", "A", ())),), ("test", 7), {"send": [1]}
    )
    return store


def test_another_users_draft_and_set_cannot_be_written(tmp_path: Path) -> None:
    store = saved(tmp_path / "db")
    thief = Session(User("test:2", draft_id="draft001"), Draft("draft001", "CRC"))
    changes = (
        SetKept(SignatorySet("set-test:1", "stolen", ())),
        DraftRemoved("draft001"),
        SetRemoved("set-test:1"),
    )
    store.save(thief, changes, None, {})
    assert [d.treaty for d in store.shelves.drafts.of("test:1")] == ["OPSC"]
    assert [s.name for s in store.people.load("test:1").sets] == ["A"]
    assert store.people.load("test:2").draft is None


@pytest.mark.file
def test_forgetting_leaves_nothing(tmp_path: Path) -> None:
    store = saved(tmp_path / "db")
    store.save(Session(User("test:1")), (Forgotten(),), ("test", 8), {})
    store.close()
    with closing(sqlite3.connect(tmp_path / "db")) as connection:
        counts = [
            connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 -- our tables
            for table in ("drafts", "sets")
        ]
    assert counts == [0, 0]


def test_what_is_owed_stays_until_it_is_settled(tmp_path: Path) -> None:
    store = saved(tmp_path / "db")
    store.close()
    store = opened(tmp_path / "db")
    assert store.updates.owed("test") == ((7, "test:1", {"send": [1]}),)
    store.updates.settle("test", 7, "test:1")
    assert store.updates.owed("test") == ()
    assert seen(store, "test", 7, "test:1") == (True, {})


def test_what_is_owed_to_one_is_neither_shown_to_nor_settled_by_another(tmp_path: Path) -> None:
    store = saved(tmp_path / "db")
    assert seen(store, "test", 7, "test:2") == (False, {})
    store.updates.settle("test", 7, "test:2")
    assert seen(store, "test", 7, "test:1") == (True, {"send": [1]})


def test_nothing_of_a_turn_is_kept_where_a_part_fails(tmp_path: Path) -> None:
    store = saved(tmp_path / "db")
    broken = SignatorySet("set2", None, ())  # type: ignore[arg-type]
    session = replace(store.people.load("test:1"), draft=Draft("draft001", "CRC"))
    with pytest.raises(StoreError):
        store.save(session, (SetKept(broken),), ("test", 9), {})
    assert [d.treaty for d in store.shelves.drafts.of("test:1")] == ["OPSC"]
    assert seen(store, "test", 9, "test:1") == (False, {})


@pytest.mark.file
def test_settings_that_make_it_last(tmp_path: Path) -> None:
    store = saved(tmp_path / "db")
    pragmas = {
        name: store._db.execute(f"PRAGMA {name}").fetchone()[0]  # noqa: SLF001 -- looks inside
        for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
    }
    assert pragmas == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
    }
    assert (tmp_path / "db").stat().st_mode & 0o077 == 0


@pytest.mark.file
def test_a_damaged_file_is_one_clear_line_and_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "db"
    path.write_bytes(b"this is no database, but a file of somebody" * 100)
    before = path.read_bytes()
    with pytest.raises(StoreError, match="restore a backup"):
        Store(path)
    assert path.read_bytes() == before


@pytest.mark.file
def test_a_locked_database_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.storage.file.BUSY_MILLISECONDS", 10)
    store = saved(tmp_path / "db")
    with closing(sqlite3.connect(tmp_path / "db")) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreError, match="in use by another program"):
            store.save(Session(User("test:1")), (), None, {})
    store.save(Session(User("test:1")), (), None, {})


@pytest.mark.file
def test_a_full_disk_says_so_and_loses_nothing(tmp_path: Path) -> None:
    store = saved(tmp_path / "db")
    pages = store._db.execute("PRAGMA page_count").fetchone()[0]  # noqa: SLF001 -- looks inside
    store._db.execute(f"PRAGMA max_page_count = {pages}").fetchall()  # noqa: SLF001 -- looks inside
    large = tuple(Signatory("x" * 200, "y" * 200) for _ in range(200))
    session = replace(
        store.people.load("test:1"), draft=Draft("draft001", "CRC", signatories=large)
    )
    with pytest.raises(StoreError, match="disk is full"):
        store.save(session, (), None, {})
    assert [d.treaty for d in store.shelves.drafts.of("test:1")] == ["OPSC"]


@pytest.mark.file
def test_a_folder_that_cannot_be_made_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="database"):
        Store(tmp_path / "file" / "db")


OLD_DRAFT = {
    "treaty": "OPSC",
    "state": "KEN",
    "language": "en",
    "signatories": [],
    "signatories_done": True,
    "seat": "geneva",
    "place": "Geneva",
    "date": "2026-03-02",
    "without": ["hope"],
    "fresh": False,
    "updated": "2026-03-02",
}
OLD_USER = {"language": "en", "language_chosen": False, "view": ["draft", "", 0, ""]}


@pytest.mark.clear
def test_a_letter_of_the_first_version_opens_and_can_be_undone(tmp_path: Path) -> None:
    store = opened(tmp_path / "db")
    last = {key: value for key, value in Last().to_json().items() if key != "city"}
    user = {**OLD_USER, "last": last}
    execute = store._execute  # noqa: SLF001 -- as the first version left it
    execute("INSERT INTO users (id, data, draft_id) VALUES (?, ?, ?)", ("u", json.dumps(user), "d"))
    execute(
        "INSERT INTO drafts (id, user_id, data, changed) VALUES (?, ?, ?, 1)",
        ("d", "u", json.dumps(OLD_DRAFT)),
    )
    session = store.people.load("u")
    first = session.draft
    assert first
    assert (sorted(first.without), sorted(first.within)) == (["hope"], ["copies"])
    changed = replace(first, place="Brussels")
    store.save(replace(session, draft=changed), (), None, {})
    now = store.people.load("u").draft
    assert now
    assert (now, now.revision, now.revisions) == (changed, 2, 2)
    assert store.shelves.drafts.revision("u", now, 1) == first
