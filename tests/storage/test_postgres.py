"""PostgreSQL: leases, lanes, what all processes share, and a server that goes away."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest

from bot.conversation.talk.values import Session, User
from bot.desk.update import DEATHS
from bot.storage.engine import shown
from bot.storage.errors import AwayError, StoreError
from bot.storage.postgres.engine import KNOWN, Hosted
from bot.storage.postgres.keyed import alone_there, checked_there
from bot.storage.postgres.lanes import HERE
from bot.storage.postgres.looks import Look, Looks
from bot.storage.postgres.server import AWAY, Server
from bot.storage.sealing import CLEAR, Key, Sealed
from bot.storage.store import Store
from tests.postgres import Cluster, programs
from tests.sealed import KEY, SEALED

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.skipif(programs() is None, reason="PostgreSQL is not installed")


def test_what_is_kept_is_there_for_the_next_process(url: str) -> None:
    with closing(Store(url)) as store:
        store.save(Session(User("test:1")), (), ("test", 1), {"x": 1})
    with closing(Store(url)) as store:
        assert store.people.knows("test:1")
        assert store.people.open("test:1", ("test", 1)).seen
        assert store.check() == "ok"


def test_a_key_is_the_databases_own(url: str) -> None:
    with closing(Store(url, SEALED)) as store:
        store.save(Session(User("test:1")), (), ("test", 1), {"x": "Zqsecret"})
        assert store.people.open("test:1", ("test", 1)).owed == {"x": "Zqsecret"}
    with closing(Server(url)) as db:
        ((owed,),) = db.ask("SELECT owed FROM updates").fetchall()
    assert "Zqsecret" not in owed
    with pytest.raises(StoreError, match="the database is encrypted"):
        Store(url)


def test_a_clear_database_is_encrypted_with_another_key_and_clear_again(url: str) -> None:
    second = Key(bytes(reversed(range(32))))
    with closing(Store(url)) as store:
        store.save(Session(User("test:1")), (), ("test", 1), {"x": "Zqsecret"})
    with alone_there(url) as work:
        assert work.apply(SEALED) == 2, "the person, and what is owed"
    report = checked_there(url, SEALED)
    assert (report.clear, dict(report.under)) == (0, {KEY.name: 2})
    with alone_there(url) as work:
        assert work.rotate(Sealed((second, KEY))) == 2
    report = checked_there(url, Sealed((second,)))
    assert (report.clear, dict(report.under), +report.broken) == (0, {second.name: 2}, Counter())
    with pytest.raises(StoreError, match="another key"):
        Store(url, SEALED)
    with alone_there(url) as work:
        assert work.remove(Sealed((second,))) == 2
    with closing(Store(url)) as store:
        assert store.people.open("test:1", ("test", 1)).owed == {"x": "Zqsecret"}


def test_no_key_is_put_to_work_while_the_program_runs(url: str) -> None:
    with closing(Hosted(url, CLEAR)) as engine:
        engine.lanes.take(HERE + "this one")
        with pytest.raises(StoreError, match="the program runs"), alone_there(url):
            pass


def test_a_later_versions_database_is_left_alone(url: str) -> None:
    Store(url).close()
    with closing(Server(url)) as db:
        db.ask("INSERT INTO demarche_steps (name) VALUES ('p999_later')")
    with pytest.raises(StoreError, match="later version of the program"):
        Store(url)


def test_anothers_database_is_left_alone(url: str) -> None:
    with closing(Server(url)) as db:
        db.ask("CREATE TABLE users (name text)")
    with pytest.raises(StoreError, match="another version"):
        Store(url)


def test_two_processes_that_start_at_once_take_each_step_once(url: str) -> None:
    with closing(Store(url)), closing(Store(url)), closing(Server(url)) as db:
        found = db.ask("SELECT name FROM demarche_steps ORDER BY name").fetchall()
    assert tuple(name for (name,) in found) == KNOWN


def test_of_what_is_written_together_each_statement_says_how_many_rows_it_changed(url: str) -> None:
    with closing(Server(url)) as db, db.atomic():
        db.ask("CREATE TABLE words (word text PRIMARY KEY)")
        with db.together():
            db.ask("INSERT INTO words VALUES ('one'), ('two')")
            gone = db.ask("DELETE FROM words WHERE word = $1", ("two",))
            missing = db.ask("DELETE FROM words WHERE word = $1", ("three",))
            assert db.ask("SELECT word FROM words").fetchall() == [("one",)], (
                "what is read is known"
            )
            assert (gone.rowcount, missing.rowcount) == (1, 0)


def _written(db: Server, *words: str, between: Callable[[], None] = lambda: None) -> None:
    """The words, together; something happens after the first."""
    with db.atomic(), db.together():
        for number, word in enumerate(words):
            if number == 1:
                between()
            db.ask("INSERT INTO words VALUES ($1)", (word,))


def test_what_is_written_together_is_kept_whole_or_not_at_all(url: str) -> None:
    with closing(Server(url)) as db:
        db.ask("CREATE TABLE words (word text PRIMARY KEY)")
        with pytest.raises(StoreError):
            _written(db, "one", "one", "two")
        assert db.ask("SELECT count(*) FROM words").fetchone() == (0,)
        _written(db, "two")
        assert db.ask("SELECT word FROM words").fetchall() == [("two",)]


def test_a_server_that_falls_within_what_is_written_together(server: Cluster, url: str) -> None:
    def fallen() -> None:
        server.stop("immediate")
        server.start()

    with closing(Server(url)) as db:
        db.ask("CREATE TABLE words (word text PRIMARY KEY)")
        with pytest.raises(StoreError, match="cannot be reached"):
            _written(db, "one", "two", between=fallen)
        assert db.ask("SELECT count(*) FROM words").fetchone() == (0,)


def test_a_server_that_goes_away_is_said_and_comes_back(server: Cluster, url: str) -> None:
    with closing(Store(url)) as store:
        store.save(Session(User("test:1")), (), ("test", 1), {})
        server.stop("immediate")
        try:
            with pytest.raises(StoreError, match="cannot be reached"):
                store.people.open("test:1")
            with pytest.raises(StoreError, match="cannot be reached"):  # and nobody waits again
                store.save(Session(User("test:1")), (), ("test", 2), {})
        finally:
            server.start()
        store._db._next = 0.0  # noqa: SLF001 -- a moment later
        assert store.people.open("test:1", ("test", 1)).seen
        assert not store.people.open("test:1", ("test", 2)).seen


def test_a_server_that_was_started_anew_is_noticed_by_nobody(server: Cluster, url: str) -> None:
    with closing(Store(url)) as store:
        store.save(Session(User("test:1")), (), ("test", 1), {})
        server.stop()
        server.start()
        with store.turn():
            assert store.people.open("test:1", ("test", 1)).seen
        store.save(Session(User("test:1")), (), ("test", 2), {})
        assert store.people.open("test:1", ("test", 2)).seen


def test_what_fails_within_a_turn_leaves_nothing(url: str) -> None:
    with closing(Store(url)) as store:

        def broken_off() -> None:
            with store.turn():
                store.save(Session(User("test:1")), (), ("test", 1), {})
                raise RuntimeError

        with pytest.raises(RuntimeError):
            broken_off()
        assert not store.people.knows("test:1")


def test_turns_of_two_processes_take_one_anothers_place(url: str) -> None:
    with closing(Store(url)) as one, closing(Store(url)) as other:
        other._db.ask("SET lock_timeout = '20ms'")  # noqa: SLF001 -- it would wait seconds
        with one.turn():
            one.save(Session(User("test:1")), (), ("test", 1), {})
            with pytest.raises(StoreError, match="busy"), other.turn():
                pass
        with other.turn():
            assert other.people.knows("test:1")


def test_an_update_is_kept_once_and_its_lane_is_one_processes(url: str) -> None:
    with closing(Hosted(url, CLEAR)) as one, closing(Hosted(url, CLEAR)) as other:
        assert one.lanes.put("telegram", 7, "telegram:1", "a") == (True, True, False)
        assert other.lanes.put("telegram", 8, "telegram:1", "b") == (True, False, False)
        assert other.lanes.put("telegram", 7, "telegram:1", "a") == (False, False, False)
        assert not other.lanes.claim("telegram:1")
        assert other.lanes.waiting("telegram") == ()
        assert one.lanes.next("telegram", "telegram:1") == (7, "a")
        assert one.lanes.leave("telegram", "telegram:1"), "the other has put one in"
        assert other.lanes.waiting("telegram") == ("telegram:1",)
        assert other.lanes.claim("telegram:1")


def test_of_a_process_that_died_all_is_taken_over(url: str) -> None:
    with closing(Hosted(url, CLEAR)) as one, closing(Hosted(url, CLEAR)) as other:
        one.db.ask("INSERT INTO users (id, data, draft_id) VALUES ('telegram:1', '', '')")
        one.db.ask(
            "INSERT INTO jobs (id, user_id, data, status) VALUES ('j', 'telegram:1', '', 'running')"
        )
        assert one.lanes.jobs("telegram") == (("telegram:1", "j"),)
        assert other.lanes.jobs("telegram") == ()
        assert one.lanes.claim("telegram:1")
        assert other.lanes.abandoned("telegram") == ()
        one.db.ask("UPDATE leases SET until = now() - interval '1 second'")
        assert other.lanes.abandoned("telegram") == ("telegram:1",)
        assert not other.lanes.claim("telegram:1"), "nobody takes it over in passing"
        assert other.lanes.put("telegram", 9, "telegram:1", "c") == (True, False, False)
        assert other.lanes.take_over("telegram:1")
        assert other.lanes.jobs("telegram") == (("telegram:1", "j"),)
        assert one.lanes.renew() == frozenset(), "who comes back has lost them"
        assert not one.lanes.claim("telegram:1")


def test_what_is_known_of_a_card_is_left_to_the_next_process(url: str) -> None:
    with closing(Store(url)) as store, closing(Hosted(url, CLEAR)) as other:
        lanes = store.lanes
        assert lanes is not None
        lanes.looks.keep("telegram:1", Look(5, b"a", 0), "tap")
        assert other.lanes.looks.of("telegram:1") is None, "of nobody something is kept"
        store.save(Session(User("telegram:1")), (), None, {})
        lanes.looks.keep("telegram:1", Look(5, b"a", 1), "")
        lanes.looks.keep("telegram:1", None, "tap")
        assert other.lanes.looks.of("telegram:1") == (5, b"a", 1)
        assert other.lanes.looks.is_last("telegram:1", "tap")
        other.lanes.looks.keep("telegram:1", Look(5, b"b", 0), "")
        assert lanes.looks.of("telegram:1") == (5, b"b", 1), "the file stands under it still"
        other.lanes.looks.keep("telegram:1", Look(6, b"b", 0), "next")
        assert lanes.looks.of("telegram:1") == (6, b"b", 0)
        assert not lanes.looks.is_last("telegram:1", "tap")
        other.lanes.claim("telegram:1")
        other.db.ask("UPDATE leases SET until = now() - interval '1 second'")
        assert lanes.take_over("telegram:1")
        assert lanes.looks.of("telegram:1") is None, "who died may have changed it last"
        lanes.looks.keep("telegram:1", Look(6, b"b", 0), "next")
        store.forget("telegram:1")
        assert other.db.ask("SELECT count(*) FROM cards").fetchone() == (0,)


def test_what_a_card_shows_is_told_by_no_one_without_the_key(url: str) -> None:
    with closing(Server(url)) as db:
        shown = b"A. Example"
        known = {Looks(db, sealing).digest(shown) for sealing in (CLEAR, SEALED)}
        assert len(known) == 2
        assert Looks(db, SEALED).digest(shown) in known


def test_what_is_allowed_is_allowed_to_all_together(url: str) -> None:
    with closing(Hosted(url, CLEAR)) as one, closing(Hosted(url, CLEAR)) as other:
        granted = [engine.allowance.granted(30, 10) for engine in (one, other) * 4]
        assert 30 <= sum(granted) <= 32, granted
        one.db.ask("UPDATE allowances SET at = at - interval '1 second'")
        assert other.allowance.granted(30, 100) == 30


def test_what_a_process_died_of_is_known_to_the_next(url: str) -> None:
    with closing(Hosted(url, CLEAR)) as one, closing(Hosted(url, CLEAR)) as other:
        dying = one.begun.mark("telegram:7")
        assert dying.__enter__() == 0
        with other.begun.mark("telegram:7") as deaths:
            assert deaths == 1
        with other.begun.mark("telegram:7") as deaths:
            assert deaths == 0, "it was ended"
        dying.__exit__(None, None, None)


def test_what_had_company_as_its_process_died_is_not_given_up_for_that(url: str) -> None:
    """One of all that was under way has ended it: what does so again is found nevertheless."""
    under_way = []
    with closing(Store(url)) as store:
        lanes = store.lanes
        assert lanes is not None
        for death in range(3):
            with closing(Hosted(url, CLEAR)) as dying:
                dying.lanes.take(HERE + dying.holder)
                for key in ("telegram:deadly", f"telegram:beside{death}"):
                    under_way.append(dying.begun.mark(key))
                    under_way[-1].__enter__()
                dying.db.ask("UPDATE leases SET until = now() - interval '1 second'")
                lanes.bury()
                lanes.bury()
            with store.begun.mark(f"telegram:beside{death}") as deaths:
                assert deaths == 1
        with store.begun.mark("telegram:deadly") as deaths:
            assert deaths == DEATHS


def test_what_is_begun_again_by_who_lives_has_ended_nobody(url: str) -> None:
    with closing(Hosted(url, CLEAR)) as one:
        not_ended = one.begun.mark("telegram:7")  # the server was away as it was to be ended
        assert not_ended.__enter__() == 0
        with one.begun.mark("telegram:7") as deaths:
            assert deaths == 0


def test_a_lease_that_could_not_be_let_go_of_runs_out(url: str) -> None:
    with closing(Hosted(url, CLEAR)) as one, closing(Hosted(url, CLEAR)) as other:
        for user in ("telegram:1", "telegram:2"):
            assert one.lanes.claim(user)
        with patch.object(one.db, "ask", side_effect=AwayError(AWAY)), pytest.raises(AwayError):
            one.lanes.leave("telegram", "telegram:1")
        assert one.lanes.renew() == {"lane:telegram:2"}, "it is not held for ever"
        other.db.ask("UPDATE leases SET until = now() WHERE name = 'lane:telegram:1'")
        assert other.lanes.abandoned("telegram") == ("telegram:1",)


def test_an_address_is_shown_without_its_password() -> None:
    assert shown("postgresql://bot:secret@db.example.org/d?x=1") == (
        "postgresql://bot:…@db.example.org/d"
    )
    with pytest.raises(StoreError, match=AWAY):
        Store("postgresql://bot:secret@127.0.0.1:1/demarche")
