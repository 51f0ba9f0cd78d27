"""Encrypted: a value opens in its place alone, nothing is in clear, another's key is refused."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.storage.errors import StoreError
from bot.storage.keys import make_keys, new_key, read_keys
from bot.storage.resealing import alone, checked
from bot.storage.sealing import MARK, STEP, Key, Sealed
from bot.storage.store import Store
from bot.storage.typed import TYPED
from tests.conversation.talk import Talk
from tests.everything import everything, left, much, sent, typed
from tests.hosted import connect
from tests.sealed import KEY, SEALED, all_stores
from tests.test_cli import run
from tests.test_forgotten import do

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
PLACES = [(one.table, column) for one in TYPED for column in one.columns]
OTHER = Sealed((Key(bytes(range(1, 33))),))


@given(TEXTS, st.sampled_from(PLACES), st.text(max_size=3), st.integers())
def test_a_value_opens_in_its_place_and_nowhere_else(
    text: str, place: tuple[str, str], first: str, second: int
) -> None:
    closed = SEALED.close(text, *place, first, second)
    assert SEALED.open(closed, *place, first, second) == text
    if not text:
        assert closed == "", "what is empty stays so"
        return
    assert isinstance(closed, bytes)
    assert text.encode() not in closed or len(text) < 3
    assert (len(closed) - len(SEALED.close("x", *place, first, second))) % STEP == 0
    elsewhere = PLACES[(PLACES.index(place) + 1) % len(PLACES)]
    for where in ((*elsewhere, first, second), (*place, first, second + 1), (*place, first)):
        with pytest.raises(StoreError, match="damaged"):
            SEALED.open(closed, *where)
    with pytest.raises(StoreError, match="not in the key file"):
        OTHER.open(closed, *place, first, second)


def test_a_value_that_was_changed_does_not_open() -> None:
    closed = SEALED.close("A. Example", "members", "shown_as", "one")
    assert isinstance(closed, bytes)
    for at in range(len(closed)):
        changed = closed[:at] + bytes([closed[at] ^ 1]) + closed[at + 1 :]
        with pytest.raises(StoreError):
            SEALED.open(changed, "members", "shown_as", "one")
    with pytest.raises(StoreError, match="damaged"):
        SEALED.open("A. Example", "members", "shown_as", "one")


def test_the_same_is_never_written_twice_alike_and_short_names_are_of_one_length() -> None:
    closed = [SEALED.close(name, "sets", "name", "one") for name in ("A", "A", "Example" * 8)]
    assert len(set(closed)) == 3
    assert len(set(map(len, closed))) == 1


def test_the_key_is_not_shown() -> None:
    for shown in (repr(KEY), repr(SEALED), str(SEALED.keys)):
        assert KEY.secret.hex()[:16] not in shown
        assert str(KEY.secret)[:12] not in shown


@pytest.mark.file
def test_of_everything_nothing_is_in_clear_and_it_works_as_ever(tmp_path: Path) -> None:
    with all_stores():
        talk = do(Talk(tmp_path / "db"), everything())
        words = sent(everything())
        assert typed(everything()) <= words
        assert left(talk.path, tmp_path / "tmp", set()) & words == set()
        assert talk.desk.store.check() == "ok"
        talk.command("letters").type("kenia")
        assert any("Kenya" in button.label for row in talk.screen.rows for button in row)
    report = checked(talk.path, SEALED)
    assert report.under[KEY.name] > 20
    assert (report.clear, sum(report.broken.values())) == (0, 0)


@pytest.mark.file
@pytest.mark.clear
def test_a_clear_database_is_encrypted_with_another_key_and_clear_again(tmp_path: Path) -> None:
    path, marks = tmp_path / "db", sent(much())
    talk = do(Talk(path), much())
    before = talk.desk.shelves.drafts.of(talk.user)
    assert typed(much()) <= left(path, tmp_path / "tmp", set())
    with pytest.raises(StoreError, match="in use by another program"), alone(path) as work:
        work.apply(SEALED)
    talk.desk.store.close()
    with pytest.raises(StoreError, match="run “demarche keys apply”"):
        Store(path, SEALED)
    with alone(path) as work:
        rows = work.apply(SEALED)
    assert left(path, tmp_path / "tmp", set()) & marks == set()
    assert checked(path, SEALED).under == {KEY.name: rows}
    both = Sealed((*OTHER.keys, KEY))
    with alone(path) as work:
        assert work.rotate(both) == rows
    assert KEY.id not in path.read_bytes(), "no old byte is left"
    with closing(Store(path, OTHER)) as store:
        assert store.shelves.drafts.of(talk.user) == before
        assert store.check() == "ok"
    with alone(path) as work:
        assert work.remove(OTHER) == rows
    assert MARK not in path.read_bytes()
    assert typed(much()) <= left(path, tmp_path / "tmp", set())
    with closing(Store(path)) as store:
        assert store.shelves.drafts.of(talk.user) == before


@pytest.mark.file
@pytest.mark.clear
def test_whose_key_it_is_not_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    path = tmp_path / "db"
    Store(path, SEALED).close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="set DEMARCHE_KEY_FILE"):
        Store(path)
    with pytest.raises(StoreError, match="another key"):
        Store(path, OTHER)
    with closing(connect(path)) as connection:
        connection.execute("UPDATE seals SET proof = zeroblob(100)")
        connection.commit()
    with pytest.raises(StoreError, match="another key"):
        Store(path, SEALED)
    assert len(path.read_bytes()) == len(before)


@pytest.mark.file
def test_a_value_moved_to_another_row_is_damage_that_a_check_names(tmp_path: Path) -> None:
    with all_stores():
        talk = do(Talk(tmp_path / "db"), much())
        talk.command("new").tap("OPSC").type("tonga")
        drafts = [draft.id for draft in talk.desk.shelves.drafts.of(talk.user)]
        with closing(connect(talk.path)) as connection:
            connection.execute(
                "UPDATE drafts SET data = (SELECT data FROM drafts WHERE id = ?) WHERE id = ?",
                drafts[:2],
            )
            connection.commit()
        with pytest.raises(StoreError, match="damaged"):
            talk.desk.shelves.drafts.of(talk.user)
    assert checked(talk.path, SEALED).broken == {"drafts": 1}


def test_a_key_file_is_for_its_owner_alone_and_every_slip_in_it_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "key"
    key = Key(bytes(range(31)) + b"\0")  # its last letter could be another and mean the same
    make_keys(path, (key,))
    assert path.stat().st_mode & 0o777 == 0o600
    assert read_keys(path) == (key,)
    with pytest.raises(StoreError, match="is there already"):
        make_keys(path, (new_key(),))
    text = path.read_text()
    line = text.splitlines()[-1]
    for at in range(len(line)):
        path.write_text(line[:at] + ("B" if line[at] == "A" else "A") + line[at + 1 :])
        with pytest.raises(StoreError, match="line 1 is no key") as refused:
            read_keys(path)
        assert line[30:50] not in str(refused.value)
    path.write_text("# nothing\n")
    with pytest.raises(StoreError, match="holds no key"):
        read_keys(path)
    path.write_text(text)
    for mode in (0o604, 0o620, 0o644):
        path.chmod(mode)
        with pytest.raises(StoreError, match="chmod 600"):
            read_keys(path)
    path.chmod(0o440)  # as systemd hands it to a service
    assert read_keys(path) == (key,)


@pytest.mark.file
@pytest.mark.clear
def test_every_command_on_the_database_says_in_a_line_what_is_wrong(tmp_path: Path) -> None:
    file, other = tmp_path / "key", tmp_path / "other"
    for one in (file, other):
        assert run("keys", "new", str(one), home=tmp_path).returncode == 0
    data = tmp_path / "demarche" / "demarche.sqlite3"
    keys = read_keys(file)
    Store(data, Sealed(keys)).close()
    missing = tmp_path / "missing"
    commands = (["missions", "show"], ["treaties", "history"], ["letter", "--state", "Kenya"])
    for given_file, said in (
        ("", "set DEMARCHE_KEY_FILE"),
        (other, "another key"),
        (missing, "No such file"),
    ):
        for command in (*commands, ["keys", "check"], ["try", "--no-browser"]):
            result = run(*command, home=tmp_path, DEMARCHE_KEY_FILE=str(given_file))
            assert result.returncode == 2, command
            assert said in result.stderr.decode(), command
            assert result.stderr.count(b"\n") == 1, command
    doctor = run("doctor", home=tmp_path, DEMARCHE_KEY_FILE=str(other))
    assert doctor.returncode == 1
    assert b"MEND database: the database is encrypted with another key" in doctor.stdout
    good = run("doctor", home=tmp_path, DEMARCHE_KEY_FILE=str(file))
    assert b"database: ok, encrypted" in good.stdout


@pytest.mark.clear
def test_a_message_that_cannot_be_read_keeps_no_other_from_being_taken(tmp_path: Path) -> None:
    with closing(Store(tmp_path / "db", SEALED)) as store:
        for number in (1, 2):
            store.inbox.keep("test", number, "test:1", f"message {number}")
        store.people._execute("UPDATE inbox SET data = x'00' WHERE id = 1")  # noqa: SLF001 -- damage
        assert store.inbox.kept("test") == ("message 2",)
