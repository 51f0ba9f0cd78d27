"""`demarche move`: everything from a file to a server and back, row by row."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from bot.storage.errors import StoreError
from bot.storage.moving import TABLES, columns_of, move
from bot.storage.postgres.server import Server
from bot.storage.sealing import CLEAR
from bot.storage.store import Store
from tests.conversation.talk import Talk
from tests.everything import everything
from tests.postgres import programs
from tests.sealed import SEALED, all_stores
from tests.test_forgotten import do

if TYPE_CHECKING:
    from pathlib import Path

    from bot.storage.sealing import Sealing

pytestmark = [
    pytest.mark.file,
    pytest.mark.skipif(programs() is None, reason="PostgreSQL is not installed"),
]


def contents(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Every table's rows, in their order."""
    return {
        table: store.execute(
            f"SELECT {', '.join(columns_of(store, table))} FROM {table} ORDER BY rowid"  # noqa: S608 -- our own names
        ).fetchall()
        for table in TABLES
    }


@pytest.mark.parametrize("sealing", [CLEAR, SEALED], ids=["clear", "sealed"])
def test_there_and_back_everything_is_as_it_was(tmp_path: Path, url: str, sealing: Sealing) -> None:
    with all_stores(sealing):
        talk = do(Talk(tmp_path / "db", user="telegram:7"), everything())
    before = talk.session
    talk.desk.store.close()
    with closing(Store(tmp_path / "db", sealing)) as here, closing(Store(url, sealing)) as there:
        rows = move(here, there)
        kept = contents(here)
        assert rows == sum(map(len, kept.values()))
        assert sum(map(bool, kept.values())) > 15, "there is much to move"
        assert there.people.load("telegram:7") == before
        with closing(Store(tmp_path / "back", sealing)) as back:
            assert move(there, back) == rows
            assert back.people.load("telegram:7") == before
            assert contents(back) == kept


def test_nothing_is_moved_over_anything(tmp_path: Path, url: str) -> None:
    talk = Talk(tmp_path / "db", user="telegram:7").command("new").tap("OPSC")
    talk.desk.store.close()
    with closing(Store(tmp_path / "db")) as here, closing(Store(url)) as there:
        move(here, there)
        with pytest.raises(StoreError, match="is not empty"):
            move(here, there)
        with pytest.raises(StoreError, match="is not empty"):
            move(there, here)


def test_a_row_that_is_not_there_as_it_was_undoes_all(tmp_path: Path, url: str) -> None:
    talk = Talk(tmp_path / "db", user="telegram:7").command("new").tap("OPSC")
    talk.desk.store.close()
    with closing(Store(tmp_path / "db")) as here, closing(Store(url)) as there:
        with closing(Server(url)) as db:  # the server makes something else of it
            db.ask(
                "CREATE FUNCTION other() RETURNS trigger LANGUAGE plpgsql AS"
                " 'BEGIN NEW.preview := ''x''; RETURN NEW; END'"
            )
            db.ask(
                "CREATE TRIGGER other BEFORE INSERT ON users FOR EACH ROW EXECUTE FUNCTION other()"
            )
        with pytest.raises(StoreError, match="not there as it was here"):
            move(here, there)
        assert not there.people.knows("telegram:7")


def test_every_table_is_moved(tmp_path: Path) -> None:
    with closing(Store(tmp_path / "db")) as store:
        found = store.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    assert {name for (name,) in found} - set(TABLES) == {"_sqlite_migrations", "commits"}
