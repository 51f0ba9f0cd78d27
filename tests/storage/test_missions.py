"""Mission books in the database: the office's, and each coalition's own."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING

import pytest

from bot.conversation.missions.kept import BookProposalDropped, BookProposed
from bot.conversation.talk.booked import OFFICE
from bot.conversation.talk.values import Session, User
from bot.letters.mission_book import Book, Entry
from bot.letters.model import Office
from bot.storage.errors import StoreError
from bot.storage.store import Store
from tests.everything import left
from tests.hosted import connect

if TYPE_CHECKING:
    from pathlib import Path

DAY = date(2026, 5, 3)
KENYA = Entry("KEN", Office.GENEVA, DAY, lines=("Zqstreet",), email="zqmail@example.org")
GUYANA = Entry("GUY", Office.NEW_YORK, DAY, email="a@example.org")
THEIRS = Entry("KEN", Office.GENEVA, DAY, lines=("Other Street",))


def test_a_book_is_replaced_whole(tmp_path: Path) -> None:
    with closing(Store(tmp_path / "db")) as store:
        shelf = store.shelves.missions
        assert shelf.of(OFFICE) is None
        shelf.put(OFFICE, Book((KENYA, GUYANA)), DAY)
        assert shelf.of(OFFICE) == Book((KENYA, GUYANA))
        shelf.put(OFFICE, Book((GUYANA,)), DAY)
        assert shelf.of(OFFICE) == Book((GUYANA,))
        assert shelf.entries(OFFICE, "KEN") == ()
        assert shelf.entries(OFFICE, "GUY") == (GUYANA,)


def test_a_coalitions_own_book_holds_for_it_else_the_offices(tmp_path: Path) -> None:
    with closing(Store(tmp_path / "db")) as store:
        shelf = store.shelves.missions
        assert shelf.holding("coalition:a") is None
        shelf.put(OFFICE, Book((KENYA,)), DAY)
        shelf.put("coalition:a", Book((THEIRS,)), DAY)
        assert shelf.holding("coalition:a") == "coalition:a"
        assert shelf.holding("coalition:b") == OFFICE
        assert shelf.holding("test:1") == OFFICE
        assert shelf.entries("coalition:a", "KEN") == (THEIRS,)
        assert shelf.forget("coalition:a")
        assert not shelf.forget("coalition:a")
        assert shelf.holding("coalition:a") == OFFICE


def test_it_is_known_at_once_whether_there_is_a_book(tmp_path: Path) -> None:
    with closing(Store(tmp_path / "db")) as store:
        store.save(Session(User("test:1")), (), None, {})
        assert "missions" in store.people.load("test:1").empty
        store.shelves.missions.put("coalition:a", Book((THEIRS,)), DAY)
        assert "missions" in store.people.load("test:1").empty
        store.shelves.missions.put(OFFICE, Book((KENYA,)), DAY)
        assert "missions" not in store.people.load("test:1").empty


@pytest.mark.file
@pytest.mark.clear
def test_of_a_book_that_was_removed_no_byte_is_left(tmp_path: Path) -> None:
    with closing(Store(tmp_path / "db")) as store:
        entries = (Entry("KEN", Office.EMBASSY, DAY, f"Zqcity {n}") for n in range(500))
        store.shelves.missions.put(OFFICE, Book((KENYA, *entries)), DAY)
        assert left(tmp_path / "db", tmp_path / "none", set()) == {
            b"Zqstreet",
            b"zqmail",
            b"Zqcity",
        }
        store.shelves.missions.forget(OFFICE)
        assert store.tidy()
        assert left(tmp_path / "db", tmp_path / "none", set()) == set()


def test_what_was_sent_waits_for_its_sender_alone(tmp_path: Path) -> None:
    with closing(Store(tmp_path / "db")) as store:
        session = Session(User("test:1"))
        store.save(session, (BookProposed("coalition:a", Book((KENYA,))),), None, {})
        store.save(session, (BookProposed(OFFICE, Book((GUYANA,))),), None, {})
        assert store.shelves.missions.proposal("test:1") == (OFFICE, Book((GUYANA,)))
        assert store.shelves.missions.proposal("test:2") is None
        store.save(session, (BookProposalDropped(),), None, {})
        assert store.shelves.missions.proposal("test:1") is None


@pytest.mark.file
def test_a_row_that_is_damaged_is_said_so(tmp_path: Path) -> None:
    with closing(Store(tmp_path / "db")) as store:
        store.shelves.missions.put(OFFICE, Book((KENYA,)), DAY)
        with closing(connect(tmp_path / "db")) as other, other:
            other.execute("UPDATE missions SET data = '[1]'")
        with pytest.raises(StoreError):
            store.shelves.missions.of(OFFICE)
